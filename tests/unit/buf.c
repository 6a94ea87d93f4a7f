/* Buffers and the JSON writer. */
#include "core/base/buf.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"

Test(buf, grows_and_stays_terminated)
{
    CLEANUP(buf_free) struct buf b = {0};

    for (int i = 0; i < 1000; i++) {
        buf_printf(&b, "%d,", i);
        cr_assert_eq(b.data[b.size], '\0');
    }
    cr_assert_eq(b.size, strlen(b.data));
    cr_assert_str_eq(b.data + b.size - 8, "998,999,");
    buf_clear(&b);
    cr_assert_str_eq(b.data, "");
    char *wide = calloc(1, 5001);
    memset(wide, 'x', 5000);
    buf_printf(&b, "[%s]", wide);
    free(wide);
    cr_assert_eq(b.size, 5002);
}

Test(buf, integers)
{
    CLEANUP(buf_free) struct buf b = {0};

    json_open(&b, '[');
    json_int(&b, 0);
    json_int(&b, INT64_MAX);
    json_int(&b, INT64_MIN);
    json_int(&b, -7);
    json_close(&b, ']');
    cr_assert_str_eq(b.data, "[0,9223372036854775807,-9223372036854775808,-7]");
}

Test(buf, take_gives_the_block)
{
    struct buf b = {0};
    size_t size;

    buf_text(&b, "abc");
    char *text = buf_take(&b, &size);
    cr_assert_eq(size, 3);
    cr_assert_str_eq(text, "abc");
    cr_assert_null(b.data);
    free(text);
    text = buf_take(&b, NULL);
    cr_assert_str_eq(text, "");
    free(text);
}

Test(json, commas_come_from_the_writer)
{
    CLEANUP(buf_free) struct buf b = {0};

    json_open(&b, '{');
    json_key(&b, "items");
    json_open(&b, '[');
    json_open(&b, '{');
    json_close(&b, '}');
    json_open(&b, '[');
    json_close(&b, ']');
    json_bool(&b, true);
    json_bool(&b, false);
    json_null(&b);
    json_string(&b, NULL);
    json_string(&b, "");
    json_raw(&b, "{\"a\":1}", 7);
    json_close(&b, ']');
    json_key(&b, "n");
    json_int(&b, 5);
    json_key(&b, "s");
    json_string(&b, "ends in a comma,");
    json_key(&b, "t");
    json_string(&b, "{");
    json_close(&b, '}');
    cr_assert_str_eq(b.data, "{\"items\":[{},[],true,false,null,null,\"\",{\"a\":1}],\"n\":5,"
                             "\"s\":\"ends in a comma,\",\"t\":\"{\"}");
}

Test(json, lines_of_a_stream_start_afresh)
{
    CLEANUP(buf_free) struct buf b = {0};

    for (int i = 0; i < 2; i++) {
        json_open(&b, '{');
        json_close(&b, '}');
        buf_char(&b, '\n');
    }
    cr_assert_str_eq(b.data, "{}\n{}\n");
}

Test(json, strings_are_escaped_no_more_than_needed)
{
    CLEANUP(buf_free) struct buf b = {0};

    json_string(&b, "邻里 \"a\\b\" /\n\t\r\b\f\x01\x1f\x7f");
    cr_assert_str_eq(b.data, "\"邻里 \\\"a\\\\b\\\" /\\n\\t\\r\\b\\f\\u0001\\u001f\x7f\"");
    buf_clear(&b);
    json_stringn(&b, "a\0b", 3);
    cr_assert_str_eq(b.data, "\"a\\u0000b\"");
}

Test(json, values_of_the_domain)
{
    CLEANUP(buf_free) struct buf b = {0};

    json_open(&b, '[');
    json_fen(&b, 48000000);
    json_points(&b, 87925000);
    json_points(&b, 90000000);
    json_rate(&b, 300000);
    json_rate(&b, 125000);
    json_time(&b, 0);
    json_time(&b, INT64_C(1796086799123456));
    json_date(&b, date_of(2026, 11, 21));
    json_close(&b, ']');
    cr_assert_str_eq(b.data, "[\"480000.00\",\"87.925\",\"90.0\",\"30%\",\"12.5%\",null,"
                             "\"2026-12-01T00:59:59.123456Z\",\"2026-11-21\"]");
}

/* An escape at every place of words of every length, since the writer looks at eight bytes at once. */
Test(json, an_escape_is_found_wherever_it_is)
{
    static const char special[] = {'"', '\\', '\n', '\x01', '\x1f'};

    for (size_t size = 1; size <= 40; size++)
        for (size_t at = 0; at < size; at++)
            for (size_t s = 0; s < sizeof(special); s++) {
                CLEANUP(buf_free) struct buf b = {0};
                char text[40];
                memset(text, at % 2 ? '\xE9' : 'x', sizeof(text));
                text[at] = special[s];
                json_stringn(&b, text, size);
                cr_assert_eq(b.size, size + 2 + (s < 3 ? 1 : 5), "size %zu, at %zu", size, at);
                cr_assert_eq(b.data[at + 1], '\\');
            }
}
