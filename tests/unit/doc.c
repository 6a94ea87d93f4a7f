/* Answers looked into by JSON Pointers. */
#include <criterion/criterion.h>
#include <string.h>

#include "core/json/doc.h"

static struct doc *doc_of(struct arena *arena, const char *json)
{
    struct doc *doc = NULL;
    struct err err;

    cr_assert_eq(doc_read(arena, json, strlen(json), &doc, &err), 0, "%s", err.detail);
    return doc;
}

Test(doc, values_by_pointer)
{
    struct arena *arena = arena_new(0);
    struct doc *doc =
        doc_of(arena, "{\"id\":\"x\",\"items\":[{\"n\":1},{\"n\":-22,\"ok\":true}],\"no\":null}");

    cr_assert_str_eq(doc_text(doc, "/id"), "x");
    cr_assert_str_eq(doc_text(doc, "/items/0/n"), "1");
    cr_assert_str_eq(doc_text(doc, "/items/1/n"), "-22");
    cr_assert_str_eq(doc_text(doc, "/items/1/ok"), "true");
    cr_assert_eq(doc_count(doc, "/items"), 2);
    arena_free(arena);
}

Test(doc, what_is_not_there)
{
    struct arena *arena = arena_new(0);
    struct doc *doc = doc_of(arena, "{\"items\":[{\"n\":1}],\"no\":null}");

    cr_assert_null(doc_text(doc, "/id"));
    cr_assert_null(doc_text(doc, "/no"), "null is no text");
    cr_assert_null(doc_text(doc, "/items"), "nor is a list");
    cr_assert_null(doc_text(doc, "/items/1/n"));
    cr_assert_null(doc_text(doc, "/items/0/n/deeper"));
    cr_assert_eq(doc_count(doc, "/no"), 0);
    arena_free(arena);
}

Test(doc, faults)
{
    struct arena *arena = arena_new(0);
    struct doc *doc = NULL;
    struct err err;

    cr_assert_eq(doc_read(arena, "[1]", 3, &doc, &err), E_MALFORMED, "not an object");
    cr_assert_eq(doc_read(arena, "{\"a\":1,\"a\":2}", 13, &doc, &err), E_MALFORMED, "a key twice");
    arena_free(arena);
}

/* Where in nested lists and objects a number is that no 64 bits hold. */
Test(doc, what_does_not_fit_is_pointed_at)
{
    static const struct {
        const char *json, *pointer;
    } cases[] = {
        {"{\"a\":99999999999999999999}", "/a"},
        {"{\"a\":[1,{\"b\":2}],\"c\":{\"d\":99999999999999999999}}", "/c/d"},
        {"{\"a\":[[1,2],[3,99999999999999999999]]}", "/a/1/1"},
        {"{\"a\":{\"b\":[],\"c\":{},\"d\":99999999999999999999}}", "/a/d"},
        {"{\"a\":{\"b\":{\"c\":[0,0,99999999999999999999]}}}", "/a/b/c/2"},
    };
    struct arena *arena = arena_new(0);
    struct doc *doc = NULL;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct err err = {0};
        cr_assert_neq(doc_read(arena, cases[i].json, strlen(cases[i].json), &doc, &err), 0, "%s",
                      cases[i].json);
        cr_assert_str_eq(err.at[0].pointer, cases[i].pointer, "%s: %s", cases[i].json, err.at[0].pointer);
    }
    arena_free(arena);
}

/* Fractions and exponents are refused wherever they stand and whatever they begin with; digits in a text are
 * none. */
Test(doc, fractions)
{
    static const char *const refused[] = {"{\"a\":0.5}", "{\"a\":[1,-0.5]}", "{\"a\":9e1}", "{\"a\":10E2}",
                                          "{\"a\":-1.0}"};
    struct arena *arena = arena_new(0);
    struct doc *doc = NULL;
    struct err err = {0};

    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        cr_assert_neq(doc_read(arena, refused[i], strlen(refused[i]), &doc, &err), 0, "%s", refused[i]);
    cr_assert_str_eq(doc_text(doc_of(arena, "{\"a\":\"0.5\",\"b\":0}"), "/a"), "0.5");
    arena_free(arena);
}

/* What takes no memory says the same as what does. */
Test(doc, without_memory)
{
    struct arena *arena = arena_new(0);
    struct doc *doc = doc_of(arena, "{\"b\":[1,\"x\"],\"a\":{\"z\":true,\"y\":\"-7\",\"n\":null}}");
    const size_t used = arena_used(arena);
    int64_t value = 0;

    cr_assert(doc_equal(doc, "/b/0", "1") && !doc_equal(doc, "/b/0", "01") && !doc_equal(doc, "/b/0", "0"));
    cr_assert(doc_equal(doc, "/b/1", "x") && doc_equal(doc, "/a/z", "true") && !doc_equal(doc, "/a/z", "1"));
    cr_assert(!doc_equal(doc, "/a", "0") && !doc_equal(doc, "/a/n", "null") && !doc_equal(doc, "/c", "0"));
    cr_assert(doc_integer(doc, "/a/y", &value) && value == -7 && doc_integer(doc, "/b/0", &value) &&
              value == 1);
    cr_assert(!doc_integer(doc, "/b/1", &value) && !doc_integer(doc, "/a/z", &value) &&
              !doc_integer(doc, "/c", &value));
    cr_assert(doc_has(doc, "/a/n") && doc_has(doc, "/b") && !doc_has(doc, "/b/2") && !doc_has(doc, "/c"));
    cr_assert_eq(arena_used(arena), used);
    cr_assert_str_eq(doc_json(doc, "/a"), "{\"n\":null,\"y\":\"-7\",\"z\":true}");
    cr_assert_str_eq(doc_json(doc, "/b"), "[1,\"x\"]");
    cr_assert_null(doc_json(doc, "/c"));
    arena_free(arena);
}
