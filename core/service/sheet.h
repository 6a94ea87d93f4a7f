/* Sheets of marks, as the acts that enter, lock and reveal them share them. */
#ifndef CORE_SERVICE_SHEET_H
#define CORE_SERVICE_SHEET_H

#include "core/service/panel.h"

enum { SHEETS_MOST = 200, MARKS_MOST = 100 };

struct mark_body {
    const char *criterion, *value, *reason;
};
struct sheet_body {
    const char *bid;
    linli_list marks;       /* struct mark_body */
};
struct marks_put {
    linli_list sheets;      /* struct sheet_body */
};

/* The member that marks, its lot, the facts and what is looked at. */
struct marking {
    const struct tender *t;
    const struct lot *l;
    struct members members;
    const struct member *m;
    struct lot_facts facts;
    const linli_criteria *criteria;
};
int marking_open(struct act *a, struct marking *ret, struct err *err) MUST_USE;

/* Checks and keeps what the acting member gives bids. */
int marks_enter(struct act *a, const struct marking *k, const struct marks_put *body, struct err *err) MUST_USE;
/* Locks its open sheets of these bids (NULL: of all), which must be complete, and tells the log what they say. */
int sheets_lock(struct act *a, const struct marking *k, const linli_list *bids, size_t *ret_count, struct err *err) MUST_USE;
/* Says how many sheets were locked, and closes the sitting with the last. */
int marks_locked(struct act *a, const struct marking *k, size_t count, struct err *err) MUST_USE;

/* Which members have a sheet of which bids to fill in. */
struct due_sheets {
    const linli_admissions *admitted;
    struct rows *sheets, *recusals, *commits;
    bool blind;             /* part of it is marked blindly first */
};
int due_sheets_load(struct act *a, const struct marking *k, struct due_sheets *ret, struct err *err) MUST_USE;
/* True where `done` is of every bid compared and every member present that does not sit it out. */
typedef bool sheet_done(const struct due_sheets *d, const struct member *m, const char *bid);
bool sheets_all(const struct marking *k, const struct due_sheets *d, sheet_done *done);
sheet_done sheet_locked, sheet_blind_locked;    /* it is; its blind marks are */
/* The row of a member's sheet of a bid; SIZE_MAX: there is none. */
size_t sheet_row(const struct rows *rows, const char *member, const char *bid);

/* Is this criterion marked by who may not know whose bid it is? */
bool criterion_blind(const struct tender *t, const char *code);
/* May the acting member not know yet whose bid is whose? */
bool marking_blindly(const struct marking *k);
/* How the tender says its panel marks fits what the scheme looks at. */
int scoring_check(const struct tender *t, const linli_criteria *criteria, struct err *err) MUST_USE;

#endif
