/* What went wrong, and the catalogue of problem types. */
#include "core/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/buf.h"

static const struct problem {
    const char *type;
    int code;
    const char *zh, *en;
} problems[] = {
#define PROBLEM(type, code, zh, en) {type, code, zh, en},
#include "core/base/problems.def"
#undef PROBLEM
};

static const struct detail {
    const char *en, *zh;
} details[] = {
#define DETAIL(en, zh) {en, zh},
#include "core/base/details.def"
#undef DETAIL
};

/* The Chinese sentence of an English one; NULL: nobody wrote one. */
static const char *detail_zh(const char *en)
{
    for (size_t i = 0; i < LENGTH(details); i++)
        if (strcmp(details[i].en, en) == 0)
            return details[i].zh;
    return NULL;
}

/* ---- back from Chinese ---- */

enum { SLOTS = 4 };

struct held { /* what a sentence holds where its format has a conversion */
    const char *at;
    size_t size;
};

/* Of the conversion that stands here; 0: none does. */
static size_t slot_size(const char *format)
{
    size_t n = *format == '%' ? 1 + strspn(format + 1, ".*0123456789lz") : 0;

    return n && format[n] && strchr("dsux", format[n]) ? n + 1 : 0;
}

static size_t fixed_size(const char *format)
{
    size_t n = 0;

    while (format[n] && !slot_size(format + n))
        n++;
    return n;
}

/* Where what is fixed after a conversion comes next: the last of it ends the sentence. */
static const char *fixed_find(struct arena *arena, const char *text, const char *fixed, size_t size)
{
    const size_t left = strlen(text);

    if (fixed[size])
        return strstr(text, arena_ndup(arena, fixed, size));
    return left >= size && strcmp(text + left - size, fixed) == 0 ? text + left - size : NULL;
}

static bool sentence_is(struct arena *arena, const char *text, const char *format, struct held ret[SLOTS])
{
    size_t fixed = fixed_size(format);

    if (strncmp(text, format, fixed) != 0)
        return false;
    text += fixed, format += fixed;
    for (int n = 0; *format; n++) {
        format += slot_size(format);
        fixed = fixed_size(format);
        const char *end = n < SLOTS ? fixed_find(arena, text, format, fixed) : NULL;
        if (!end)
            return false;
        ret[n] = (struct held){text, (size_t)(end - text)};
        text = end + fixed, format += fixed;
    }
    return !*text;
}

static const char *sentence_of(struct arena *arena, const char *format, const struct held held[SLOTS])
{
    CLEANUP(buf_free) struct buf text = {0};

    for (int n = 0;; n++) {
        size_t fixed = fixed_size(format);

        buf_printf(&text, "%.*s", (int)fixed, format);
        format += fixed;
        if (!*format)
            return arena_ndup(arena, text.data, text.size);
        buf_printf(&text, "%.*s", (int)held[n].size, held[n].at);
        format += slot_size(format);
    }
}

const char *detail_en(struct arena *arena, const char *zh)
{
    struct held held[SLOTS];

    for (size_t i = 0; i < LENGTH(details); i++)
        if (sentence_is(arena, zh, details[i].zh, held))
            return sentence_of(arena, details[i].en, held);
    return NULL;
}

/* ---- the catalogue of problems ---- */

static const struct problem *problem_find(const char *type)
{
    for (size_t i = 0; i < LENGTH(problems); i++)
        if (strcmp(problems[i].type, type) == 0)
            return &problems[i];
    return NULL;
}

int problem_code(const char *type)
{
    const struct problem *problem = problem_find(type);

    return problem ? problem->code : 0;
}

const char *problem_title(const char *type, bool chinese)
{
    const struct problem *problem = problem_find(type);

    if (!problem)
        return chinese ? "请求未能完成" : "The request could not be done";
    return chinese ? problem->zh : problem->en;
}

/* Cuts at a whole UTF-8 character, so that a long value never makes an answer unreadable. */
static void text_cut(char *text, size_t room)
{
    size_t size = strlen(text);

    if (size + 1 < room)
        return;
    while (size > 0 && ((unsigned char)text[size - 1] & 0xC0) == 0x80)
        size--;
    if (size > 0 && (unsigned char)text[size - 1] >= 0xC0)
        size--;
    text[size] = '\0';
}

static void text_set(char *out, size_t room, const char *text)
{
    snprintf(out, room, "%s", text ? text : "");
    text_cut(out, room);
}

/* The Chinese sentence is one of the table, which a test holds against its English one: it takes the same. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
int err_set(struct err *err, int code, const char *type, const char *format, ...)
{
    char detail[sizeof(err->detail)],
        chinese[sizeof(err->zh)]; /* the arguments may quote what err says now */
    const char *zh = detail_zh(format);
    va_list args;

    if (!err)
        return code;
    va_start(args, format);
    vsnprintf(detail, sizeof(detail), format, args);
    va_end(args);
    if (zh) {
        va_start(args, format);
        vsnprintf(chinese, sizeof(chinese), zh, args);
        va_end(args);
        zh = chinese;
    } else {
        zh = detail_zh(detail);
    }
    *err = (struct err){.code = code};
    text_set(err->type, sizeof(err->type), type);
    text_set(err->detail, sizeof(err->detail), detail);
    text_set(err->zh, sizeof(err->zh), zh);
    return code;
}
#pragma GCC diagnostic pop

void err_at(struct err *err, const char *pointer, const char *code, const char *text, const char *zh)
{
    if (!err || err->at_count >= ERR_POINTERS)
        return;
    int at = err->at_count++;
    text_set(err->at[at].pointer, sizeof(err->at[at].pointer), pointer);
    text_set(err->at[at].code, sizeof(err->at[at].code), code);
    text_set(err->at[at].text, sizeof(err->at[at].text), text);
    text_set(err->at[at].zh, sizeof(err->at[at].zh), zh);
}

void err_zh(struct err *err, const char *format, ...)
{
    va_list args;

    if (!err)
        return;
    va_start(args, format);
    vsnprintf(err->zh, sizeof(err->zh), format, args);
    va_end(args);
    text_cut(err->zh, sizeof(err->zh));
}

int err_both(struct err *err, int code, const char *type, const char *text, const char *zh)
{
    err_set(err, code, type, "%s", text);
    err_zh(err, "%s", zh);
    return code;
}

int err_member(struct err *err, const char *pointer, const char *code, const char *text, const char *zh)
{
    err_both(err, E_INVALID, "body/invalid", text, zh);
    err_at(err, pointer, code, text, zh);
    return E_INVALID;
}

void err_article(struct err *err, const char *article)
{
    if (err)
        text_set(err->article, sizeof(err->article), article);
}

void must_failed(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: broken promise: %s\n", file, line, what);
    abort();
}
