/* Option rows to structs and back: every type, every refusal. */
#include <criterion/criterion.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/host/form.h"
#include "core/host/host.h"
#include "core/host/options.h"

struct inner {
    const char *code;
    linli_rate share;
};

struct sample {
    bool yes, has_note;
    int64_t count;
    linli_money price;
    linli_points points;
    linli_rate rate;
    linli_period window;
    int32_t choice;
    const char *code;
    linli_text name;
    linli_list parts, numbers;
    linli_time at;
    linli_date on;
    const char *note, *id, *mail, *uscc, *phone;
    struct inner inner;
    linli_bytes hash;
};

static const linli_text labels[] = {{"甲", "First"}, {"乙", "Second"}, {NULL, NULL}};
static const char *const codes[] = {"first", "second", NULL};

#define AT(member) .offset = offsetof(struct sample, member)
#define WORDS      .label = {"名", "Name"}, .help = {"说明", "Help"}

static const linli_option inner_rows[] = {
    {.name = "code", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(struct inner, code), WORDS},
    {.name = "share",
     .type = LINLI_OPT_RATE,
     .required = true,
     .offset = offsetof(struct inner, share),
     WORDS},
};
static const linli_option number_row[] = {{.name = "", .type = LINLI_OPT_COUNT, .low = 1, .high = 9, WORDS}};

/* clang-format off */
static const linli_option rows[] = {
    { .name = "yes", .type = LINLI_OPT_BOOL, AT(yes), .initial = "true", WORDS },
    { .name = "count", .type = LINLI_OPT_COUNT, AT(count), .low = 1, .high = 10, .initial = "5", WORDS },
    { .name = "price", .type = LINLI_OPT_MONEY, AT(price), .required = true, .low = 0, .high = 100000000, WORDS },
    { .name = "points", .type = LINLI_OPT_POINTS, AT(points), .initial = "90", .low = 0, .high = 100000000, WORDS },
    { .name = "rate", .type = LINLI_OPT_RATE, AT(rate), .initial = "30%", .low = 0, .high = 1000000, WORDS },
    { .name = "window", .type = LINLI_OPT_PERIOD, AT(window), .initial = "20d", .low = 1, .high = 60, WORDS },
    { .name = "choice", .type = LINLI_OPT_CHOICE, AT(choice), .initial = "second", .choices = labels, .codes = codes, WORDS },
    { .name = "code", .type = LINLI_OPT_CODE, AT(code), WORDS },
    { .name = "name", .type = LINLI_OPT_TEXT, AT(name), WORDS },
    { .name = "parts", .type = LINLI_OPT_LIST, AT(parts), .low = 1, .high = 3, .item = inner_rows, .item_count = 2,
      .item_size = sizeof(struct inner), WORDS },
    { .name = "numbers", .type = LINLI_OPT_LIST, AT(numbers), .item = number_row, .item_count = 1,
      .item_size = sizeof(int64_t), WORDS },
    { .name = "at", .type = LINLI_OPT_TIME, AT(at), WORDS },
    { .name = "on", .type = LINLI_OPT_DATE, AT(on), WORDS },
    { .name = "note", .type = LINLI_OPT_STRING, AT(note), .present = offsetof(struct sample, has_note), .low = 0, .high = 4, .format = "line", WORDS },
    { .name = "id", .type = LINLI_OPT_ID, AT(id), WORDS },
    { .name = "mail", .type = LINLI_OPT_STRING, AT(mail), .format = "email", WORDS },
    { .name = "uscc", .type = LINLI_OPT_STRING, AT(uscc), .format = "uscc", WORDS },
    { .name = "phone", .type = LINLI_OPT_STRING, AT(phone), .format = "phone", WORDS },
    { .name = "inner", .type = LINLI_OPT_OBJECT, AT(inner), .item = inner_rows, .item_count = 2, .item_size = sizeof(struct inner), WORDS },
    { .name = "hash", .type = LINLI_OPT_BYTES, AT(hash), .low = 3, .high = 3, WORDS },
};
/* clang-format on */
static const struct form form = FORM(rows, struct sample);

static struct arena *arena;
static struct err err;

static void setup(void)
{
    arena = arena_new(0);
}

static void teardown(void)
{
    arena_free(arena);
}

TestSuite(options, .init = setup, .fini = teardown);

static int read_text(const char *json, struct sample **ret)
{
    void *out = NULL;
    int status = form_read(&form, arena, json, strlen(json), &out, &err);

    *ret = out;
    return status;
}

Test(options, defaults)
{
    struct sample *s;

    cr_assert_eq(read_text("{\"price\":\"12.50\"}", &s), 0, "%s", err.detail);
    cr_assert(s->yes);
    cr_assert_eq(s->count, 5);
    cr_assert_eq(s->price.minor, 1250);
    cr_assert_eq(s->points.micro, 90000000);
    cr_assert_eq(s->rate.ppm, 300000);
    cr_assert_eq(s->window.count, 20);
    cr_assert_eq(s->window.unit, LINLI_CALENDAR_DAYS);
    cr_assert_eq(s->choice, 1);
    cr_assert_null(s->code);
    cr_assert_eq(s->parts.count, 0);
    cr_assert_not(s->has_note);
}

static const char *const full =
    "{\"at\":\"2026-12-01T01:00:00Z\",\"choice\":\"first\",\"code\":\"a_b\",\"count\":10,\"hash\":\"AQID\","
    "\"id\":\"01234567-89ab-4def-8123-456789abcdef\",\"inner\":{\"code\":\"x\",\"share\":\"12.5%\"},"
    "\"mail\":\"a@b.cn\",\"name\":{\"en\":\"Name\",\"zh\":\"名字\"},\"note\":\"四个汉字\",\"numbers\":[1,9],"
    "\"on\":\"2026-11-21\",\"parts\":[{\"code\":\"p\",\"share\":\"30%\"},{\"code\":\"q\",\"share\":\"70%\"}],"
    "\"phone\":\"+86 21-1234 5678\",\"points\":\"0.000001\",\"price\":\"480000.00\",\"rate\":\"0.0001%\","
    "\"uscc\":\"91310000MA1FL0000X\",\"window\":\"7wd\",\"yes\":false}";

Test(options, every_type_round_trip)
{
    struct sample *s;
    struct buf out = {0};

    cr_assert_eq(read_text(full, &s), 0, "%s %s", err.detail, err.at[0].pointer);
    form_write(&form, s, &out);
    cr_assert_str_eq(out.data, full);
    cr_assert_eq(((const int64_t *)s->numbers.items)[1], 9);
    cr_assert_eq(s->hash.count, 3);
    cr_assert(s->has_note);
    buf_free(&out);
}

static void refused(const char *json, const char *pointer, const char *code)
{
    struct sample *s;

    cr_assert_eq(read_text(json, &s), E_INVALID, "%s was taken", json);
    cr_assert_str_eq(err.type, "body/invalid");
    cr_assert_str_eq(err.at[0].pointer, pointer, "%s gives %s", json, err.at[0].pointer);
    cr_assert_str_eq(err.at[0].code, code, "%s gives %s", json, err.at[0].code);
    cr_assert(err.at[0].text[0] && err.at[0].zh[0]);
}

Test(options, findings)
{
    refused("{}", "/price", "required");
    refused("{\"price\":\"1.00\",\"a/b~\":1}", "/a~1b~0", "unknown");
    refused("{\"price\":1}", "/price", "type");
    refused("{\"price\":null}", "/price", "type");
    refused("{\"price\":\"1.0\"}", "/price", "format");
    refused("{\"price\":\"-1.00\"}", "/price", "format");
    refused("{\"price\":\"1000000.01\"}", "/price", "range");
    refused("{\"price\":\"1.00\",\"count\":0}", "/count", "range");
    refused("{\"price\":\"1.00\",\"count\":11}", "/count", "range");
    refused("{\"price\":\"1.00\",\"count\":\"5\"}", "/count", "type");
    refused("{\"price\":\"1.00\",\"rate\":\"30\"}", "/rate", "format");
    refused("{\"price\":\"1.00\",\"rate\":\"100.0001%\"}", "/rate", "range");
    refused("{\"price\":\"1.00\",\"window\":\"61d\"}", "/window", "range");
    refused("{\"price\":\"1.00\",\"window\":\"5y\"}", "/window", "format");
    refused("{\"price\":\"1.00\",\"choice\":\"third\"}", "/choice", "choice");
    refused("{\"price\":\"1.00\",\"code\":\"Bad\"}", "/code", "format");
    refused("{\"price\":\"1.00\",\"name\":{\"zh\":\"x\"}}", "/name/en", "required");
    refused("{\"price\":\"1.00\",\"name\":{\"zh\":\"x\",\"en\":\"\"}}", "/name/en", "length");
    refused("{\"price\":\"1.00\",\"parts\":[]}", "/parts", "length");
    refused("{\"price\":\"1.00\",\"parts\":[{\"code\":\"p\",\"share\":\"1%\"},{\"code\":\"p\"}]}",
            "/parts/1/share", "required");
    refused("{\"price\":\"1.00\",\"numbers\":[1,10]}", "/numbers/1", "range");
    refused("{\"price\":\"1.00\",\"on\":\"2026-02-29\"}", "/on", "format");
    refused("{\"price\":\"1.00\",\"at\":\"2026-02-28 10:00\"}", "/at", "format");
    refused("{\"price\":\"1.00\",\"note\":\"五个汉字啊\"}", "/note", "length");
    refused("{\"price\":\"1.00\",\"note\":\"a\\nb\"}", "/note", "encoding");
    refused("{\"price\":\"1.00\",\"note\":\"   \"}", "/note", "blank");
    refused("{\"price\":\"1.00\",\"note\":\"\u200B\"}", "/note", "blank");
    refused("{\"price\":\"1.00\",\"name\":{\"zh\":\"\u3000\",\"en\":\"x\"}}", "/name/zh", "blank");
    refused("{\"price\":\"1.00\",\"id\":\"01234567-89AB-4def-8123-456789abcdef\"}", "/id", "format");
    refused("{\"price\":\"1.00\",\"hash\":\"AQI\"}", "/hash", "encoding");
    refused("{\"price\":\"1.00\",\"hash\":\"AQIDBA==\"}", "/hash", "length");
    refused("{\"price\":\"1.00\",\"mail\":\"a@b\"}", "/mail", "format");
    refused("{\"price\":\"1.00\",\"phone\":\"call me\"}", "/phone", "format");
    refused("{\"price\":\"1.00\",\"uscc\":\"123\"}", "/uscc", "format");
    refused("{\"price\":\"1.00\",\"inner\":{\"code\":\"x\",\"share\":\"1%\",\"z\":1}}", "/inner/z",
            "unknown");
}

static void taken(const char *member, const char *value)
{
    char json[700];
    struct sample *s;

    snprintf(json, sizeof json, "{\"price\":\"1.00\",\"%s\":%s}", member, value);
    cr_expect_eq(read_text(json, &s), 0, "%s: %s", json, err.detail);
}

static void wrong(const char *member, const char *value, const char *code)
{
    char json[700], pointer[100];

    snprintf(json, sizeof json, "{\"price\":\"1.00\",\"%s\":%s}", member, value);
    snprintf(pointer, sizeof pointer, "/%s", member);
    refused(json, pointer, code);
}

/* An address of at most 254 bytes (RFC 5321), with one sign, a name before it and a dotted place behind. */
Test(options, addresses)
{
    static const char *const bad[] = {
        "@b.cn",    "a@@b.cn",  "a@b@c.cn",      "a@.cn",     "a@b.",     "a.b",      "a b@c.cn", "a@b c.cn",
        "a,b@c.cn", "a@(b).cn", "a@b\\u007f.cn", "a@b\\t.cn", "<a@b.cn>", "a;b@c.cn", "a:b@c.cn", "a@[b].cn"};
    char text[300];

    taken("mail", "\"li.wei+x@mail.example.cn\"");
    for (size_t i = 0; i < LENGTH(bad); i++) {
        snprintf(text, sizeof text, "\"%s\"", bad[i]);
        char json[400];
        struct sample *s;
        snprintf(json, sizeof json, "{\"price\":\"1.00\",\"mail\":%s}", text);
        cr_expect_eq(read_text(json, &s), E_INVALID, "%s was taken", json);
    }
    memset(text, 'a', sizeof text);
    memcpy(text + 249, "@b.cn", 6);
    char quoted[310];
    snprintf(quoted, sizeof quoted, "\"%s\"", text);
    taken("mail", quoted);
    memcpy(text + 250, "@b.cn", 6);
    snprintf(quoted, sizeof quoted, "\"%s\"", text);
    wrong("mail", quoted, "format");
}

/* 3 to 15 digits (E.164), a plus in front, spaces and hyphens between. */
Test(options, numbers_to_call)
{
    taken("phone", "\"110\"");
    taken("phone", "\"+123456789012345\"");
    taken("phone", "\"021-59 00 19\"");
    wrong("phone", "\"11\"", "format");
    wrong("phone", "\"1234567890123456\"", "format");
    wrong("phone", "\"12+3456\"", "format");
    wrong("phone", "\"-123456\"", "format");
    wrong("phone", "\" 123456\"", "format");
}

/* What is no value of the row's kind is told so, of every kind. */
Test(options, kinds)
{
    wrong("name", "[]", "type");
    refused("{\"price\":\"1.00\",\"name\":{\"zh\":1,\"en\":\"x\"}}", "/name/zh", "type");
    wrong("parts", "{}", "type");
    wrong("numbers", "7", "type");
    wrong("inner", "[]", "type");
    wrong("yes", "1", "type");
    wrong("note", "7", "type");
    refused("{\"price\":\"1.00\",\"name\":{\"zh\":\"x\",\"en\":\"x\",\"fr\":\"x\"}}", "/name", "unknown");
    refused("{\"price\":\"1.00\",\"parts\":[7]}", "/parts/0", "type");
}

/* One and three of them are as many as may be, and no list at all is none. */
Test(options, lengths_of_lists)
{
    static const char one[] = "{\"code\":\"p\",\"share\":\"1%\"}";
    char text[200];

    snprintf(text, sizeof text, "[%s]", one);
    taken("parts", text);
    snprintf(text, sizeof text, "[%s,%s,%s]", one, one, one);
    taken("parts", text);
    snprintf(text, sizeof text, "[%s,%s,%s,%s]", one, one, one, one);
    wrong("parts", text, "length");
    taken("numbers", "[]");
}

Test(options, periods)
{
    taken("window", "\"60d\"");
    wrong("window", "\"d\"", "format");
    wrong("window", "\"1234567d\"", "format");
    wrong("window", "\"12345678d\"", "format");
    wrong("window", "\"123456789012d\"", "format");
    wrong("window", "\"-1d\"", "format");
}

/* No more is looked for once as many are told as are told at once. */
Test(options, a_list_of_faults_ends)
{
    char text[2000] = "{\"price\":\"1.00\",\"numbers\":[";
    struct sample *s;

    for (int i = 0; i < 40; i++)
        strcat(text, i ? ",0" : "0");
    strcat(text, "]}");
    cr_assert_eq(read_text(text, &s), E_INVALID);
    cr_assert_eq(err.at_count, ERR_POINTERS);
    cr_assert_str_eq(err.at[ERR_POINTERS - 1].pointer, "/numbers/7");
}

Test(options, all_findings_at_once)
{
    struct sample *s;

    cr_assert_eq(read_text("{\"count\":0,\"rate\":1,\"choice\":\"x\",\"zzz\":1}", &s), E_INVALID);
    cr_assert_eq(err.at_count, 5);
}

/* JSON knows no largest integer, and a NUL in a text: both are refused at their place, not as unreadable. */
Test(options, what_json_can_say_and_we_cannot_hold)
{
    struct sample *s;

    cr_assert_eq(read_text("{\"count\":99999999999999999999}", &s), E_INVALID);
    cr_assert_str_eq(err.at[0].pointer, "/count");
    cr_assert_eq(read_text("{\"price\":\"\\u0000\"}", &s), E_INVALID);
    cr_assert_str_eq(err.at[0].pointer, "/price");
}

static void malformed(const char *json, size_t bytes)
{
    void *out = NULL;

    cr_assert_eq(form_read(&form, arena, json, bytes, &out, &err), E_MALFORMED, "%.40s was taken", json);
    cr_assert_str_eq(err.type, "body/malformed");
    cr_assert_null(out);
}

Test(options, malformed_json)
{
    static const char *const bad[] = {"",
                                      "[]",
                                      "1",
                                      "{",
                                      "{\"price\":1.5}",
                                      "{\"count\":1e2}",
                                      "{\"count\":1E2}",
                                      "{\"price\":\"1.00\",\"price\":\"2.00\"}",
                                      "{\"price\":\"1.00\"}x",
                                      "{\"price\":\"\xff\"}",
                                      "{'price':1}",
                                      "{\"price\":\"1.00\",}",
                                      "{\"note\":\"\\"};
    char deep[200] = "{\"parts\":";

    for (size_t i = 0; i < LENGTH(bad); i++)
        malformed(bad[i], strlen(bad[i]));
    memset(deep + 9, '[', 40);
    malformed(deep, strlen(deep));
    malformed("{}\0{}", 5);
    cr_assert_eq(read_text("{\"price\":\"1.00\",\"note\":\"1.5e\"}", &(struct sample *){NULL}), 0);
}

Test(options, duplicate_says_so)
{
    static const char twice[] = "{\"price\":\"1.00\",\"price\":\"2.00\"}";

    malformed(twice, sizeof twice - 1);
    cr_assert_str_eq(err.at[0].code, "duplicate");
}

Test(options, schema)
{
    struct buf out = {0};

    option_schema(&out, rows, LENGTH(rows));
    cr_assert(strstr(out.data, "\"$schema\":\"https://json-schema.org/draft/2020-12/schema\""));
    cr_assert(strstr(out.data, "\"additionalProperties\":false"));
    cr_assert(strstr(out.data, "\"enum\":[\"first\",\"second\"]"));
    cr_assert(strstr(out.data, "\"x-label\":{\"zh\":\"名\",\"en\":\"Name\"}"));
    cr_assert(strstr(out.data, "\"required\":[\"price\"]"));
    cr_assert(strstr(out.data, "\"default\":\"30%\""));
    cr_assert(strstr(out.data, "\"default\":5"));
    /* The schema itself is JSON: every bracket closed, every member known. */
    void *none = NULL;
    cr_assert_eq(form_read(&(struct form){rows, 0, 1}, arena, out.data, out.size, &none, &err), E_INVALID);
    buf_free(&out);
}

/* ---- what somebody wrote whom nobody trusts -------------------------------------------------- */

struct region {
    size_t used;
    _Alignas(max_align_t) char bytes[4096];
};

static void *region_memory(void *from, size_t count, size_t size)
{
    struct region *r = from;
    void *at = r->bytes + r->used;

    r->used += (count * size + 15) & ~(size_t)15;
    return r->used <= sizeof r->bytes ? at : NULL;
}

static struct sample *in_region(struct region *r)
{
    struct sample *s, *copy;

    cr_assert_eq(read_text("{\"price\":\"1.00\",\"name\":{\"zh\":\"甲\",\"en\":\"a\"},\"parts\":[{\"code\":"
                           "\"x\",\"share\":\"5%\"}],"
                           "\"note\":\"n\",\"inner\":{\"code\":\"y\",\"share\":\"6%\"},\"hash\":\"AP8B\"}",
                           &s),
                 0, "%s", err.detail);
    *r = (struct region){0};
    copy = region_memory(r, 1, sizeof *copy);
    cr_assert(form_copy(&form, s, copy, region_memory, r));
    return copy;
}

static bool copied_within(const struct region *r, const struct sample *s)
{
    struct sample out;

    return form_copy_within(&form, s, r->bytes, sizeof r->bytes, &out, form_memory_arena, arena);
}

Test(options, what_points_elsewhere_is_not_copied)
{
    static struct region r;
    static char outside[64] = "outside";
    struct sample *s = in_region(&r);
    struct inner *part;

    cr_expect(copied_within(&r, s));
    s->note = outside;
    cr_expect_not(copied_within(&r, s));
    s = in_region(&r);
    s->note = (const char *)1;
    cr_expect_not(copied_within(&r, s), "what can be mapped nowhere is not even looked at");
    s = in_region(&r);
    memset(r.bytes + sizeof r.bytes - 8, 'x', 8);
    s->note = r.bytes + sizeof r.bytes - 8;
    cr_expect_not(copied_within(&r, s), "a text that does not end in the region");
    s = in_region(&r);
    s->name.en = r.bytes + sizeof r.bytes;
    cr_expect_not(copied_within(&r, s));
    s = in_region(&r);
    s->parts.count = SIZE_MAX / sizeof(struct inner) + 2;
    cr_expect_not(copied_within(&r, s), "a count that wraps");
    s = in_region(&r);
    s->parts.count = 4096;
    cr_expect_not(copied_within(&r, s));
    s = in_region(&r);
    part = (struct inner *)(uintptr_t)s->parts.items;
    part->code = outside;
    cr_expect_not(copied_within(&r, s), "inside of a list");
    s = in_region(&r);
    s->inner.code = outside;
    cr_expect_not(copied_within(&r, s));
    s = in_region(&r);
    s->hash.data = (const uint8_t *)outside;
    cr_expect_not(copied_within(&r, s));
}
