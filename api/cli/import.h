/* What the parts of `linli import` share. */
#ifndef API_CLI_IMPORT_H
#define API_CLI_IMPORT_H

#include "api/cli/client.h"
#include "core/base/buf.h"

enum { IMPORT_BATCH = 500 };        /* most entries and ballots of one request */

struct import {
    struct arena  *arena;
    const char    *kind, *file, *url, *login, *approver_login, *name, *scheme, *scheme_options, *regime, *appropriation;
    int64_t        office;
    bool           quiet;
    struct client *client;
    struct pass    clerk, approver;
    struct reply   reply;           /* to the last question */
    const char    *etag;            /* If-Match of the next one */
    const char    *roll;
    struct buf     entries;         /* of the roll, waiting to be sent */
    size_t         waiting;
};

/* Asks and keeps the answer in im->reply; the waiting etag is used up. */
int import_ask(struct import *im, const struct pass *as, const char *method, const char *path, const char *json,
               struct err *err) MUST_USE;
/* A member of the last answer; "" where it is not there. */
const char *import_text(const struct import *im, const char *pointer);
void import_say(const struct import *im, const char *format, ...) PRINTF(2, 3);

/* A roll: started, entries added one by one and sent in batches, the rest sent at the end. */
int import_roll_start(struct import *im, const char *name, struct err *err) MUST_USE;
int import_roll_add(struct import *im, const char *number, const char *area, struct err *err) MUST_USE;
int import_roll_end(struct import *im, struct err *err) MUST_USE;

/* The whole of a participatory budget. */
int import_pabulib(struct import *im, const char *text, size_t bytes, struct err *err) MUST_USE;

#endif
