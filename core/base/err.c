/* What went wrong, and the catalogue of problem types. */
#include "core/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
