/* What is read as JSON and what is refused: size, depth, numbers, texts, members given twice, and where. */
#include "core/json/strict.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 1 << 16 };

static int read_as(const char *text, size_t most, const char *type, struct err *err)
{
    json_t *value = NULL;
    int status = json_strict(text, strlen(text), most, type, &value, err);

    if (status == 0)
        json_release(&value);
    return status;
}

static void taken(const char *text)
{
    struct err err = {0};

    cr_expect_eq(read_as(text, ROOM, "body/malformed", &err), 0, "%s: %s", text, err.detail);
}

static void refused(const char *text, const char *says)
{
    struct err err = {0};

    cr_expect_eq(read_as(text, ROOM, "body/malformed", &err), E_MALFORMED, "%s", text);
    cr_expect_str_eq(err.type, "body/malformed");
    cr_expect(strstr(err.detail, says), "%s: %s", text, err.detail);
}

/* {"a": with so many arrays in it. */
static char *nested(int depth, const char *inmost)
{
    char *text = calloc(ROOM, 1);

    strcpy(text, "{\"a\":");
    for (int i = 1; i < depth; i++)
        strcat(text, "[");
    strcat(text, inmost);
    for (int i = 1; i < depth; i++)
        strcat(text, "]");
    return strcat(text, "}");
}

/* {"a":[ITEM,ITEM,...]} */
static char *repeated(const char *item, int times)
{
    char *text = calloc(ROOM, 1);

    strcpy(text, "{\"a\":[");
    for (int i = 0; i < times; i++) {
        strcat(text, i ? "," : "");
        strcat(text, item);
    }
    return strcat(text, "]}");
}

Test(strict, as_many_bytes_as_are_allowed)
{
    static const char text[] = "{\"a\":1}";
    struct err err = {0};

    cr_expect_eq(read_as(text, strlen(text), "body/malformed", &err), 0);
    cr_expect_eq(read_as(text, strlen(text) - 1, "body/malformed", &err), E_MALFORMED);
    cr_expect(strstr(err.detail, "longer than 6 bytes"), "%s", err.detail);
    refused("", "a body is needed");
}

Test(strict, thirty_two_levels)
{
    char *deepest = nested(JSON_DEPTH_MAX, ""), *deeper = nested(JSON_DEPTH_MAX + 1, "");

    taken(deepest);
    refused(deeper, "nested more than 32 levels");
    free(deepest);
    free(deeper);
}

/* What is closed again is no depth, whatever stands in it. */
Test(strict, wide_is_not_deep)
{
    static const char *const items[] = {"{}",       "[]",        "[1]",          "{\"x\":-2}",
                                        "\"]}[{\"", "\"\\\"{\"", "[{\"x\":[7]}]"};

    for (size_t i = 0; i < LENGTH(items); i++) {
        char *text = repeated(items[i], 3 * JSON_DEPTH_MAX);

        taken(text);
        free(text);
    }
}

Test(strict, whole_numbers_only)
{
    static const char *const real[] = {
        "1.5", "-0.1", "1e3", "1E3", "0.0", "[1,2.5]", "{\"b\":1,\"c\":-1e-2}"};
    char text[100];

    for (size_t i = 0; i < LENGTH(real); i++) {
        snprintf(text, sizeof text, "{\"a\":%s}", real[i]);
        refused(text, "a fraction or an exponent");
    }
    taken("{\"a\":-9223372036854775808,\"b\":9223372036854775807,\"c\":\"1.5e3\"}");
}

Test(strict, one_object)
{
    refused("[]", "one JSON object");
    refused("7", "one JSON object");
    refused("\"a\"", "one JSON object");
    refused("null", "one JSON object");
}

Test(strict, a_member_given_twice_and_what_is_no_json)
{
    struct err err = {0};

    cr_expect_eq(read_as("{\"a\":1,\"a\":2}", ROOM, "body/malformed", &err), E_MALFORMED);
    cr_expect(strstr(err.detail, "given twice"), "%s", err.detail);
    cr_assert_eq(err.at_count, 1);
    cr_expect_str_eq(err.at[0].code, "duplicate");
    err = (struct err){0};
    cr_expect_eq(read_as("{\"a\" 1}", ROOM, "body/malformed", &err), E_MALFORMED);
    cr_expect(strstr(err.detail, "not readable as JSON"), "%s", err.detail);
    cr_expect_eq(err.at_count, 0);
}

/* JSON all the same, and nothing that is stored: told where it stands. */
Test(strict, what_does_not_fit_is_found)
{
    static const struct {
        const char *text, *pointer, *says;
    } cases[] = {
        {"{\"a\":99999999999999999999}", "/a", "64 bits"},
        {"{\"a\":-99999999999999999999}", "/a", "64 bits"},
        {"{\"a\":{\"x\":1},\"b\":{\"y\":99999999999999999999}}", "/b/y", "64 bits"},
        {"{\"a\":[1,[2,3],99999999999999999999]}", "/a/2", "64 bits"},
        {"{\"a\":[{\"x\":1},{\"x\":2,\"y\":99999999999999999999}]}", "/a/1/y", "64 bits"},
        {"{\"a,b\":[\"],\",99999999999999999999]}", "/a,b/1", "64 bits"},
        {"{\"a\":\"x\\u0000y\"}", "/a", "NUL"},
        {"{\"a\":[{\"b\":\"c\"},\"\\u0000\"]}", "/a/1", "NUL"},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct err err = {0};

        cr_expect_eq(read_as(cases[i].text, ROOM, "body/malformed", &err), E_INVALID, "%s", cases[i].text);
        cr_expect_str_eq(err.type, "body/invalid");
        cr_expect(strstr(err.detail, cases[i].says), "%s: %s", cases[i].text, err.detail);
        cr_assert_eq(err.at_count, 1);
        cr_expect_str_eq(err.at[0].pointer, cases[i].pointer);
        cr_expect_str_eq(err.at[0].code, "range");
    }
}

/* A file says so in its own words. */
Test(strict, a_file_is_no_body)
{
    struct err err = {0};

    cr_expect_eq(read_as("{\"a\":99999999999999999999}", ROOM, "rules/malformed", &err), E_INVALID);
    cr_expect_str_eq(err.type, "rules/malformed");
}

/* A pointer longer than its room is cut, and ends. */
Test(strict, a_long_way_down_is_cut)
{
    struct err err = {0};
    char *text = calloc(ROOM, 1);
    const size_t room = sizeof err.at[0].pointer;

    strcpy(text, "{\"");
    memset(text + 2, 'k', 2 * room);
    strcat(text, "\":[99999999999999999999]}");
    cr_expect_eq(read_as(text, ROOM, "body/malformed", &err), E_INVALID);
    cr_expect_eq(strlen(err.at[0].pointer), room - 1);
    free(text);
}
