/*
 * What went wrong, for programs and for people.
 *
 * A function that can fail returns 0 or one of the codes below and fills its
 * last argument, `struct err *err`, once, where the failure is known; callers
 * pass it up unchanged.  Results come back through `ret_` parameters, set only
 * on success.  Library code does not log.
 *
 * Bugs are not errors: MUST() and NEVER() abort.
 */
#ifndef CORE_BASE_ERR_H
#define CORE_BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/attr.h"

/* Each has one HTTP status, in one table (api/problem.c); two types have their own, which RFC 9110 and the draft of
 * Idempotency-Key give them: method/absent 405, idempotency/missing 400. */
enum {
    E_INVALID      = -1,    /* 422 the content breaks a rule of its form */
    E_MALFORMED    = -2,    /* 400 not readable as what it should be */
    E_ABSENT       = -3,    /* 404 no such thing, or not for you */
    E_REFUSED      = -4,    /* 409 a rule, a state or a plug-in says no */
    E_FORBIDDEN    = -5,    /* 403 your role may not */
    E_UNKNOWN      = -6,    /* 401 who are you */
    E_STALE        = -7,    /* 412 If-Match does not fit */
    E_CONDITION    = -8,    /* 428 If-Match is missing */
    E_CONFLICT     = -9,    /* 409 the same key is in use, or a unique value is taken */
    E_BUSY         = -10,   /* 503 try again later; Retry-After */
    E_TOO_LARGE    = -11,   /* 413 */
    E_TOO_MANY     = -12,   /* 429 */
    E_UNSUPPORTED  = -13,   /* 415 */
    E_RETRY        = -14,   /* inside only: serialization or deadlock, run the transaction again */
    E_BROKEN       = -15    /* 500 our fault */
};

enum { ERR_POINTERS = 8 };

struct err {
    int  code;                       /* E_* */
    char type[64];                   /* stable, for programs: "bid/after-deadline" */
    char detail[512];                /* English, one line; may quote the value at fault */
    char zh[512];                    /* the same in Chinese; "" where nobody wrote one */
    char article[128];               /* the article that refuses; "" where none */
    struct {
        char pointer[128];           /* JSON Pointer to the member at fault */
        char code[48];               /* "required", "unknown", "range", "type" ... */
        char text[400], zh[400];     /* what is wrong with it, in both languages; room for every code of a choice */
    } at[ERR_POINTERS];
    int  at_count;
    int64_t retry_after_s;           /* for E_BUSY and E_TOO_MANY */
    char *why_json;                  /* lines of a plug-in, rendered as JSON; in the request's arena; or NULL */
};

/* Fills err (which may be NULL) afresh and returns code, so that a caller can write
 * `return err_set(err, E_ABSENT, "tender/absent", "no tender %s", id);`.
 * A type of the catalogue (core/base/problems.def) gives title and status. */
int err_set(struct err *err, int code, const char *type, const char *format, ...) PRINTF(4, 5);
/* Adds a member at fault after err_set, which forgets earlier ones; more than
 * ERR_POINTERS are dropped. */
void err_at(struct err *err, const char *pointer, const char *code, const char *text, const char *zh);
/* Sets the Chinese sentence and the article after err_set. */
void err_zh(struct err *err, const char *format, ...) PRINTF(2, 3);
/* err_set and err_zh for fixed sentences. */
int  err_both(struct err *err, int code, const char *type, const char *text, const char *zh);
/* 422 body/invalid for one member of the body that is at fault. */
int  err_member(struct err *err, const char *pointer, const char *code, const char *text, const char *zh);
void err_article(struct err *err, const char *article);

/* The title of a type in the catalogue; a general sentence for any other.  The
 * E_ code it is meant to go with; 0 for any other. */
const char *problem_title(const char *type, bool chinese);
int         problem_code(const char *type);

struct arena;
/* The English sentence that core/base/details.def pairs with a Chinese one, with what that one holds in the
 * same places; NULL: nobody wrote one. */
const char *detail_en(struct arena *arena, const char *zh);

NORETURN void must_failed(const char *file, int line, const char *what);
#define MUST(x)     ((x) ? (void)0 : must_failed(__FILE__, __LINE__, #x))
#define NEVER(what) must_failed(__FILE__, __LINE__, (what))

#endif
