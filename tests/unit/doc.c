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
