/* The pre-scan and the jansson call behind core/json/strict.h. */
#include "core/json/strict.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "core/json/line.h"

void json_release(json_t **json)
{
    json_decref(*json);
}

/* True where the number that starts at *at has a fraction or an exponent. */
static bool number_is_real(const char **at, const char *end)
{
    bool real = false;
    const char *next = *at;

    for (; next < end && *next != '\0' && strchr("0123456789+-.eE", *next); next++)
        real = real || *next == '.' || *next == 'e' || *next == 'E';
    *at = next - 1;
    return real;
}

/* jansson would round a real number silently and recurse 2048 levels deep. */
static const char *scan(const char *json, size_t bytes, const char **ret_zh)
{
    const char *end = json + bytes;
    int depth = 0;

    for (const char *at = json; at < end; at++) {
        if (*at == '"') {
            at = json_string_end(at, end);
        } else if (*at == '{' || *at == '[') {
            if (++depth > JSON_DEPTH_MAX) {
                *ret_zh = "JSON 嵌套超过 32 层";
                return "the JSON is nested more than 32 levels deep";
            }
        } else if (*at == '}' || *at == ']') {
            depth--;
        } else if (((*at >= '0' && *at <= '9') || *at == '-') && number_is_real(&at, end)) {
            *ret_zh = "不接受带小数或指数的数字，请用字符串写金额、分值和比率";
            return "a number with a fraction or an exponent is refused; write amounts as strings";
        }
    }
    return NULL;
}

/* Where in the text jansson stopped, as a JSON Pointer: the containers that are open there, and how far they
 * got. */
struct place {
    const char *key[JSON_DEPTH_MAX + 1]; /* NULL: an array */
    size_t size[JSON_DEPTH_MAX + 1], index[JSON_DEPTH_MAX + 1];
    bool keyed[JSON_DEPTH_MAX + 1]; /* an object whose key was read */
    int depth;
};

static void place_take(struct place *p, const char *at, const char *after)
{
    const int d = p->depth;

    if (*at == '"' && d > 0 && p->key[d] && !p->keyed[d]) {
        p->key[d] = at + 1;
        p->size[d] = (size_t)(after - at - 1);
        p->keyed[d] = true;
    } else if ((*at == '{' || *at == '[') && d < JSON_DEPTH_MAX) {
        p->depth++;
        p->key[d + 1] = *at == '{' ? "" : NULL;
        p->size[d + 1] = p->index[d + 1] = 0;
        p->keyed[d + 1] = false;
    } else if ((*at == '}' || *at == ']') && d > 0) {
        p->depth--;
    } else if (*at == ',') {
        p->index[d]++;
        p->keyed[d] = false;
    }
}

static void place_print(const struct place *p, char *out, size_t room)
{
    size_t at = 0;

    for (int d = 1; d <= p->depth && at + 2 < room; d++) {
        int n = p->key[d] ? snprintf(out + at, room - at, "/%.*s", (int)p->size[d], p->key[d])
                          : snprintf(out + at, room - at, "/%zu", p->index[d]);

        at += n > 0 ? (size_t)n : 0;
    }
    out[at < room ? at : room - 1] = '\0';
}

/* A number of more than 64 bits or a NUL is JSON, but nothing that is stored here. */
static int out_of_range(const char *json, size_t stopped, bool number, const char *type, struct err *err)
{
    struct place place = {.depth = 0};
    const char *en = number ? "the number does not fit into 64 bits" : "a text has no NUL character";
    const char *zh = number ? "数字超出64位整数范围" : "文本不能含空字符";
    char pointer[sizeof err->at[0].pointer];

    for (const char *at = json; at < json + stopped; at++) {
        const char *after = *at == '"' ? json_string_end(at, json + stopped) : at;

        place_take(&place, at, after);
        at = after;
    }
    place_print(&place, pointer, sizeof pointer);
    err_set(err, E_INVALID, strcmp(type, "body/malformed") == 0 ? "body/invalid" : type, "%s", en);
    err_zh(err, "%s", zh);
    err_at(err, pointer, "range", en, zh);
    return E_INVALID;
}

int json_strict(const char *json, size_t bytes, size_t bytes_max, const char *type, json_t **ret,
                struct err *err)
{
    json_error_t error;
    const char *zh = "", *wrong;

    if (bytes > bytes_max) {
        err_set(err, E_MALFORMED, type, "the JSON is longer than %zu bytes", bytes_max);
        err_zh(err, "JSON 超过 %zu 字节", bytes_max);
        return E_MALFORMED;
    }
    if (bytes == 0) {
        err_set(err, E_MALFORMED, type, "a body is needed: one JSON object");
        err_zh(err, "缺少请求内容：应为一个 JSON 对象");
        return E_MALFORMED;
    }
    wrong = scan(json, bytes, &zh);
    if (wrong) {
        err_set(err, E_MALFORMED, type, "%s", wrong);
        err_zh(err, "%s", zh);
        return E_MALFORMED;
    }
    json_t *value = json_loadb(json, bytes, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (json_is_object(value)) {
        *ret = value;
        return 0;
    }
    if (value) {
        json_decref(value);
        err_set(err, E_MALFORMED, type, "one JSON object is expected");
        err_zh(err, "应为一个 JSON 对象");
    } else if (json_error_code(&error) == json_error_numeric_overflow ||
               json_error_code(&error) == json_error_null_character) {
        return out_of_range(json, (size_t)error.position,
                            json_error_code(&error) == json_error_numeric_overflow, type, err);
    } else {
        bool twice = json_error_code(&error) == json_error_duplicate_key;
        err_set(err, E_MALFORMED, type, "%s: %s, line %d, column %d",
                twice ? "a member is given twice" : "not readable as JSON", error.text, error.line,
                error.column);
        err_zh(err, "%s：第 %d 行第 %d 列", twice ? "成员重复" : "不是有效的 JSON", error.line, error.column);
        if (twice)
            err_at(err, "", "duplicate", "a member is given twice", "成员重复");
    }
    return E_MALFORMED;
}
