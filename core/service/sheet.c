/* Marks: entered by each member for itself, for many bids at once; locked; one sheet opened again on a lawful
 * ground. */
#include <stdio.h>
#include <string.h>

#include "acts.h"
#include "core/service/forms.h"
#include "core/service/opening.h"
#include "core/service/review.h"
#include "core/service/sheet.h"

/* ---- a value as it is written ---- */

bool mark_read(const linli_criterion *c, const char *text, int64_t *ret)
{
    switch (c->unit) {
    case LINLI_UNIT_POINTS:
        return points_parse(text, ret);
    case LINLI_UNIT_MONEY:
        return money_parse(text, false, ret);
    case LINLI_UNIT_RATE:
        return rate_parse(text, ret);
    case LINLI_UNIT_YES_NO:
        *ret = strcmp(text, "yes") == 0;
        return *ret || strcmp(text, "no") == 0;
    default:
        return int_parse(text, INT64_MIN, INT64_MAX, ret);
    }
}

static void value_show(const linli_criterion *c, int64_t value, struct buf *out)
{
    char text[MONEY_TEXT];

    switch (c->unit) {
    case LINLI_UNIT_POINTS:
        points_print(value, text);
        break;
    case LINLI_UNIT_MONEY:
        money_print(value, text);
        break;
    case LINLI_UNIT_RATE:
        rate_print(value, text);
        break;
    case LINLI_UNIT_YES_NO:
        snprintf(text, sizeof text, "%s", value ? "yes" : "no");
        break;
    default:
        snprintf(text, sizeof text, "%lld", (long long)value);
    }
    buf_text(out, text);
}

static const linli_criterion *criterion_of(const linli_criteria *criteria, const char *code)
{
    for (size_t i = 0; i < criteria->count; i++)
        if (criteria->items[i].by == LINLI_BY_JUDGES && strcmp(criteria->items[i].code, code) == 0)
            return &criteria->items[i];
    return NULL;
}

static size_t by_judges(const linli_criteria *criteria)
{
    size_t n = 0;

    for (size_t i = 0; i < criteria->count; i++)
        n += criteria->items[i].by == LINLI_BY_JUDGES;
    return n;
}

/* ---- entering ---- */

static const linli_option mark_rows[] = {
    ROW_CODE(mark_body, criterion, true, "评审因素", "criterion"),
    ROW_LINE(mark_body, value, true, 30, "评分", "value, in the criterion's unit"),
    ROW_TEXT(mark_body, reason, true, 2000, "理由", "reason"),
};
static const linli_option sheet_rows[] = {
    ROW_ID(sheet_body, bid, true, "投标", "bid"),
    ROW_LIST(sheet_body, marks, true, 1, MARKS_MOST, mark_rows, mark_body, "各项评分", "marks"),
};
static const linli_option put_rows[] = {
    ROW_LIST(marks_put, sheets, true, 1, SHEETS_MOST, sheet_rows, sheet_body, "评分表", "sheets"),
};
const struct form form_marks_put = FORM(put_rows, struct marks_put);

/* Every mark of the request, flat, beside its sheet. */
struct flat {
    const char **sheets, **criteria, **shown, **reasons;
    int64_t *values;
    size_t count;
};

static int mark_at_fault(struct err *err, size_t sheet, size_t mark, const char *code,
                         const linli_criterion *c)
{
    char pointer[64], low[MONEY_TEXT * 3] = "";
    struct buf text = {0};

    if (c) {
        value_show(c, c->low, &text);
        buf_text(&text, " .. ");
        value_show(c, c->high, &text);
        snprintf(low, sizeof low, "%s", text.data);
        buf_free(&text);
    }
    snprintf(pointer, sizeof pointer, "/sheets/%zu/marks/%zu/%s", sheet, mark, c ? "value" : "criterion");
    err_set(err, E_INVALID, "mark/range", c ? "a mark is outside %s or off its step" : "no such criterion%s",
            low);
    err_zh(err, c ? "评分应在 %s 之间并符合步长" : "没有这个评审因素%s", low);
    err_at(err, pointer, code, c ? low : "no criterion marked by judges", c ? low : "没有这个评审因素");
    return E_INVALID;
}

static int mark_check(const linli_criteria *criteria, const struct mark_body *m, size_t sheet, size_t at,
                      int64_t *ret_value, struct err *err)
{
    const linli_criterion *c = criterion_of(criteria, m->criterion);

    if (!c)
        return mark_at_fault(err, sheet, at, "unknown", NULL);
    if (!mark_read(c, m->value, ret_value) || *ret_value < c->low || *ret_value > c->high ||
        (c->step > 0 && (*ret_value - c->low) % c->step != 0))
        return mark_at_fault(err, sheet, at, "range", c);
    return 0;
}

/* Checks every mark and writes it down flat; `ids` tells the sheet of each bid of the body. */
static int marks_flatten(const struct marks_put *body, const linli_criteria *criteria, const char *const *ids,
                         struct flat *f, struct err *err)
{
    const struct sheet_body *sheets = body->sheets.items;

    for (size_t i = 0; i < body->sheets.count; i++) {
        const struct mark_body *marks = sheets[i].marks.items;

        for (size_t j = 0; j < sheets[i].marks.count; j++) {
            int status = mark_check(criteria, &marks[j], i, j, &f->values[f->count], err);

            for (size_t k = 0; !status && k < j; k++)
                if (strcmp(marks[k].criterion, marks[j].criterion) == 0)
                    status = mark_at_fault(err, i, j, "duplicate", NULL);
            if (status)
                return status;
            f->sheets[f->count] = ids[i];
            f->criteria[f->count] = marks[j].criterion;
            f->shown[f->count] = marks[j].value;
            f->reasons[f->count++] = marks[j].reason;
        }
    }
    return 0;
}

static bool is_recused(const struct rows *recusals, const char *member, const char *bid)
{
    for (size_t i = 0; i < rows_count(recusals); i++)
        if (strcmp(row_text(recusals, i, "member_id"), member) == 0 &&
            strcmp(row_text(recusals, i, "bid_id"), bid) == 0)
            return true;
    return false;
}

int bid_recused(struct act *a, const struct lot *l, const char *bid, struct err *err)
{
    struct rows *recusals = NULL;
    int status = tx_run(a->tx, Q_recusals_of_lot, &recusals, err, P_INT(a->office), P_TEXT(l->id));

    for (size_t i = 0; !status && i < rows_count(recusals); i++)
        if (strcmp(row_text(recusals, i, "person_id"), a->actor->person) == 0 &&
            strcmp(row_text(recusals, i, "bid_id"), bid) == 0) {
            err_set(err, E_REFUSED, "conflict/interest", "you sit out this bid");
            err_zh(err, "您已回避该项申报");
            status = E_REFUSED;
        }
    return status;
}

/* Nobody marks a bid it sits out. */
static int none_recused(struct act *a, const struct lot *l, const struct marks_put *body, struct err *err)
{
    const struct sheet_body *sheets = body->sheets.items;
    int status = 0;

    for (size_t i = 0; !status && i < body->sheets.count; i++)
        status = bid_recused(a, l, sheets[i].bid, err);
    return status;
}

static int bids_known(const struct marks_put *body, const struct lot_facts *f, struct err *err)
{
    const struct sheet_body *sheets = body->sheets.items;
    char pointer[64];

    for (size_t i = 0; i < body->sheets.count; i++) {
        bool twice = false;

        for (size_t j = 0; j < i; j++)
            twice |= strcmp(sheets[i].bid, sheets[j].bid) == 0;
        if (lot_bid_key(f, sheets[i].bid) && !twice)
            continue;
        snprintf(pointer, sizeof pointer, "/sheets/%zu/bid", i);
        err_set(err, E_INVALID, "body/invalid", "a bid is not of this lot, or is named twice");
        err_at(err, pointer, twice ? "duplicate" : "unknown", "no such bid here, or named twice",
               "没有这份投标或重复");
        return E_INVALID;
    }
    return 0;
}

/* Makes or takes the sheets of the bids of the body; ret[i] is the id of the one of bid i. */
static int sheets_save(struct act *a, const struct marking *k, const struct marks_put *body,
                       const char ***ret, struct err *err)
{
    const struct sheet_body *sheets = body->sheets.items;
    size_t count = body->sheets.count;
    const char **ids = ARENA_NEW(a->arena, const char *, count),
               **bids = ARENA_NEW(a->arena, const char *, count);
    struct rows *rows = NULL;
    int status;

    for (size_t i = 0; i < count; i++) {
        char *id = arena_alloc(a->arena, UUID_TEXT, 1);

        id_new(a->office, id);
        ids[i] = id;
        bids[i] = sheets[i].bid;
    }
    status = tx_run(a->tx, Q_sheets_save, &rows, err, P_INT(a->office), P_TEXT(k->l->id), P_TEXT(k->m->id),
                    P_TEXTS(ids, count), P_TEXTS(bids, count), P_TIME(a->now_us));
    if (status)
        return status;
    if (rows_count(rows) < count) {
        err_set(err, E_REFUSED, "mark/locked", "a sheet is locked");
        err_zh(err, "有评分表已锁定");
        return E_REFUSED;
    }
    for (size_t r = 0; r < count; r++)
        for (size_t i = 0; i < count; i++)
            if (strcmp(bids[i], row_text(rows, r, "bid_id")) == 0)
                ids[i] = row_text(rows, r, "id");
    *ret = ids;
    return 0;
}

/* ---- in two parts: what is marked blindly, then the rest ---- */

bool criterion_blind(const struct tender *t, const char *code)
{
    const char *at = t->blind;
    size_t size = strlen(code);

    for (; (at = strstr(at, code)); at++)
        if ((at == t->blind || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0'))
            return true;
    return false;
}

static size_t blind_count(const struct marking *k)
{
    size_t n = 0;

    for (size_t i = 0; i < k->criteria->count; i++)
        n += criterion_blind(k->t, k->criteria->items[i].code);
    return n;
}

bool marking_blindly(const struct marking *k)
{
    return k->t->blind[0] && !k->m->unblinded;
}

size_t sheet_row(const struct rows *rows, const char *member, const char *bid)
{
    for (size_t i = 0; i < rows_count(rows); i++)
        if (strcmp(row_text(rows, i, "member_id"), member) == 0 &&
            strcmp(row_text(rows, i, "bid_id"), bid) == 0)
            return i;
    return SIZE_MAX;
}

/* The blind marks of a bid that the member locked are open again: while it may not know whose the bid is, it
 * may think better of them. */
static int blind_unlock(struct act *a, const struct marking *k, const struct rows *sheets, const char *bid,
                        struct err *err)
{
    size_t row = sheet_row(sheets, k->m->id, bid);

    return row == SIZE_MAX || row_null(sheets, row, "blind_locked")
               ? 0
               : tx_run(a->tx, Q_sheet_blind_unlock, NULL, err, P_INT(a->office),
                        P_TEXT(row_text(sheets, row, "id")));
}

/* Who may not know yet whose bid is whose marks the blind criteria alone; who does no longer changes them. */
static int stage_holds(struct act *a, const struct marking *k, const struct marks_put *body, struct err *err)
{
    const struct sheet_body *sheets = body->sheets.items;
    struct rows *rows = NULL;
    int status =
        k->t->blind[0] ? tx_run(a->tx, Q_sheets_of_lot, &rows, err, P_INT(a->office), P_TEXT(k->l->id)) : 0;

    for (size_t i = 0; k->t->blind[0] && !status && i < body->sheets.count; i++) {
        const struct mark_body *marks = sheets[i].marks.items;
        size_t row = sheet_row(rows, k->m->id, sheets[i].bid);
        bool shut = row != SIZE_MAX && !row_null(rows, row, "blind_locked");

        for (size_t j = 0; !status && j < sheets[i].marks.count; j++) {
            bool blind = criterion_blind(k->t, marks[j].criterion);
            if (blind && shut && !marking_blindly(k))
                status = err_both(err, E_REFUSED, "mark/locked", "the blind marks of this bid are locked",
                                  "该投标的暗标评分已锁定");
            else if (!blind && marking_blindly(k))
                status =
                    err_both(err, E_REFUSED, "mark/blind",
                             "the criteria that are not blind are marked once every blind mark is locked",
                             "暗标部分全部锁定后，方可评其他因素");
        }
        if (!status && marking_blindly(k))
            status = blind_unlock(a, k, rows, sheets[i].bid, err);
    }
    return status;
}

int marking_open(struct act *a, struct marking *k, struct err *err)
{
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status = tender_of_lot(a, a->subject, &t, &l, err);

    if (!status)
        status = lot_may(a, t, l, LINLI_MARK, NULL, err);
    k->t = t;
    k->l = l;
    if (!status)
        status = members_load(a, k->l, &k->members, err);
    if (!status)
        status = member_acting(a, &k->members, &k->m, err);
    if (!status)
        status = lot_facts_load(a, k->t, k->l, &k->facts, err);
    return status ? status : criteria_load(a, k->t, &k->facts, &k->criteria, err);
}

/* Where marks are committed to first, they come no other way. */
static int not_committed(const struct marking *k, struct err *err)
{
    return k->t->marks_committed
               ? err_both(err, E_REFUSED, "mark/committed", "marks are committed to first, then revealed",
                          "本项目先承诺评分、再揭示")
               : 0;
}

int marks_enter(struct act *a, const struct marking *k, const struct marks_put *body, struct err *err)
{
    const struct sheet_body *sheets = body->sheets.items;
    const char **ids = NULL;
    struct flat f = {0};
    size_t total = 0;
    int status = bids_known(body, &k->facts, err);

    if (!status)
        status = prices_unseen(a, k->l, err);
    if (!status)
        status = none_recused(a, k->l, body, err);
    if (!status)
        status = stage_holds(a, k, body, err);
    if (!status)
        status = sheets_save(a, k, body, &ids, err);
    if (status)
        return status;
    for (size_t i = 0; i < body->sheets.count; i++)
        total += sheets[i].marks.count;
    f = (struct flat){ARENA_NEW(a->arena, const char *, total), ARENA_NEW(a->arena, const char *, total),
                      ARENA_NEW(a->arena, const char *, total), ARENA_NEW(a->arena, const char *, total),
                      ARENA_NEW(a->arena, int64_t, total),      0};
    status = marks_flatten(body, k->criteria, ids, &f, err);
    return status ? status
                  : tx_run(a->tx, Q_marks_save, NULL, err, P_INT(a->office), P_TEXTS(f.sheets, total),
                           P_TEXTS(f.criteria, total), P_INTS(f.values, total), P_TEXTS(f.shown, total),
                           P_TEXTS(f.reasons, total));
}

int act_marks_put(struct act *a, struct err *err)
{
    struct marking k = {0};
    int status = marking_open(a, &k, err);

    if (!status)
        status = not_committed(&k, err);
    if (!status)
        status = marks_enter(a, &k, a->body, err);
    if (!status) {
        json_key(&a->payload, "member");
        json_string(&a->payload, k.m->id);
    }
    return status;
}

/* ---- locking ---- */

struct marks_lock {
    linli_list bids;
};
static const linli_option lock_item[] = {
    {.name = "", .type = LINLI_OPT_ID, .required = true, .label = {"投标", "bid"}, .help = {"投标", "bid"}},
};
static const linli_option lock_rows[] = {
    {.name = "bids",
     .type = LINLI_OPT_LIST,
     .required = false,
     .offset = offsetof(struct marks_lock, bids),
     .low = 0,
     .high = SHEETS_MOST,
     .item = lock_item,
     .item_count = 1,
     .item_size = sizeof(const char *),
     .label = {"要锁定的投标，不填则全部", "bids to lock; none: all"},
     .help = {"要锁定的投标，不填则全部", "bids to lock; none: all"}},
};
const struct form form_marks_lock = FORM(lock_rows, struct marks_lock);

static bool to_lock(const linli_list *list, const char *bid)
{
    const char *const *bids = list ? list->items : NULL;

    for (size_t i = 0; bids && i < list->count; i++)
        if (strcmp(bids[i], bid) == 0)
            return true;
    return !list || list->count == 0;
}

static int incomplete(const struct lot_facts *f, const char *bid, struct err *err)
{
    unsigned long long number = lot_bid_key(f, bid);

    err_set(err, E_REFUSED, "mark/absent", "the sheet of bid %llu is not complete", number);
    err_zh(err, "第 %llu 份投标的评分表尚未填完", number);
    return E_REFUSED;
}

/* The log commits to what was locked; nobody is shown it before the result. */
static int locked_tell(struct act *a, const char *member, const char *const *sheets, size_t count,
                       struct err *err)
{
    struct rows *rows;
    int status = tx_run(a->tx, Q_sheets_locked, &rows, err, P_INT(a->office), P_TEXTS(sheets, count));

    if (status)
        return status;
    json_key(&a->payload, "member");
    json_string(&a->payload, member);
    json_key(&a->payload, "marks");
    json_open(&a->payload, '[');
    for (size_t i = 0; i < rows_count(rows); i++) {
        json_open(&a->payload, '{');
        json_key(&a->payload, "bid");
        json_string(&a->payload, row_text(rows, i, "bid"));
        json_key(&a->payload, "criterion");
        json_string(&a->payload, row_text(rows, i, "criterion"));
        json_key(&a->payload, "value");
        json_int(&a->payload, row_int(rows, i, "value"));
        json_close(&a->payload, '}');
    }
    json_close(&a->payload, ']');
    return 0;
}

/* The open sheets of the member that are to be locked; in the first part those whose blind marks are open. */
static int sheets_to_lock(struct act *a, const struct marking *k, const linli_list *bids, const char ***ret,
                          size_t *ret_count, struct err *err)
{
    const bool dark = marking_blindly(k);
    const size_t needed = dark ? blind_count(k) : by_judges(k->criteria);
    struct rows *rows = NULL;
    size_t n = 0;
    int status = tx_run(a->tx, Q_sheets_of_lot, &rows, err, P_INT(a->office), P_TEXT(k->l->id));

    if (status)
        return status;
    *ret = ARENA_NEW(a->arena, const char *, rows_count(rows));
    for (size_t i = 0; i < rows_count(rows); i++) {
        const char *bid = row_text(rows, i, "bid_id");
        if (strcmp(row_text(rows, i, "member_id"), k->m->id) != 0 ||
            strcmp(row_text(rows, i, "state"), "open") != 0 || !to_lock(bids, bid) ||
            (dark && !row_null(rows, i, "blind_locked")))
            continue;
        if ((size_t)row_int(rows, i, dark ? "blind_marks" : "marks") < needed)
            return incomplete(&k->facts, bid, err);
        (*ret)[n++] = row_text(rows, i, "id");
    }
    *ret_count = n;
    return n ? 0
             : err_both(err, E_REFUSED, "mark/absent", "there is no open sheet to lock",
                        "没有可锁定的评分表");
}

int sheets_lock(struct act *a, const struct marking *k, const linli_list *bids, size_t *ret_count,
                struct err *err)
{
    const char **ids = NULL;
    int status = sheets_to_lock(a, k, bids, &ids, ret_count, err);

    if (!status)
        status = tx_run(a->tx, marking_blindly(k) ? Q_sheets_blind_lock : Q_sheets_lock, NULL, err,
                        P_INT(a->office), P_TEXTS(ids, *ret_count), P_TIME(a->now_us));
    return status ? status : locked_tell(a, k->m->id, ids, *ret_count, err);
}

/* ---- who has locked what ---- */

int due_sheets_load(struct act *a, const struct marking *k, struct due_sheets *ret, struct err *err)
{
    ret->blind = k->t->blind[0] != '\0';
    int status =
        ask_admit(k->t->mechanism, a->arena, k->t->options, k->facts.facts, &ret->admitted, NULL, err);

    if (!status)
        status = tx_run(a->tx, Q_sheets_of_lot, &ret->sheets, err, P_INT(a->office), P_TEXT(k->l->id));
    if (!status)
        status = tx_run(a->tx, Q_recusals_of_lot, &ret->recusals, err, P_INT(a->office), P_TEXT(k->l->id));
    return status ? status
                  : tx_run(a->tx, Q_commits_of_lot, &ret->commits, err, P_INT(a->office), P_TEXT(k->l->id));
}

bool sheets_all(const struct marking *k, const struct due_sheets *d, sheet_done *done)
{
    for (size_t m = 0; m < k->members.count; m++)
        for (size_t i = 0; i < d->admitted->count; i++) {
            const struct member *member = &k->members.items[m];
            const char *bid = k->facts.bid_ids[d->admitted->items[i].bid - 1];
            if (strcmp(member->state, "present") == 0 && d->admitted->items[i].admitted &&
                !is_recused(d->recusals, member->id, bid) && !done(d, member, bid))
                return false;
        }
    return true;
}

bool sheet_locked(const struct due_sheets *d, const struct member *m, const char *bid)
{
    size_t row = sheet_row(d->sheets, m->id, bid);

    return row != SIZE_MAX && strcmp(row_text(d->sheets, row, "state"), "locked") == 0;
}

bool sheet_blind_locked(const struct due_sheets *d, const struct member *m, const char *bid)
{
    size_t row = sheet_row(d->sheets, m->id, bid);

    return row != SIZE_MAX && !row_null(d->sheets, row, "blind_locked");
}

/* Where all is marked blindly nothing is left to mark. */
static int blind_end(struct act *a, const struct marking *k, const struct due_sheets *d, bool *ret_all,
                     struct err *err)
{
    const char **ids = ARENA_NEW(a->arena, const char *, rows_count(d->sheets));

    if (blind_count(k) < by_judges(k->criteria))
        return 0;
    for (size_t i = 0; i < rows_count(d->sheets); i++)
        ids[i] = row_text(d->sheets, i, "id");
    int status = tx_run(a->tx, Q_sheets_lock, NULL, err, P_INT(a->office),
                        P_TEXTS(ids, rows_count(d->sheets)), P_TIME(a->now_us));
    return status ? status : sitting_close(a, k->t, k->l, ret_all, err);
}

/* The last blind mark of the panel is locked: those who sit may know whose bid is whose. */
static int lights_on(struct act *a, const struct marking *k, bool *ret_all, struct err *err)
{
    struct due_sheets d = {0};
    struct err unfit;
    int status = due_sheets_load(a, k, &d, err);

    if (status || panel_complete(a, k->t, &k->members, &unfit) || !sheets_all(k, &d, sheet_blind_locked))
        return status;
    json_key(&a->payload, "unblinded");
    json_bool(&a->payload, true);
    status =
        tx_run(a->tx, Q_members_unblind, NULL, err, P_INT(a->office), P_TEXT(k->l->id), P_TIME(a->now_us));
    return status ? status : blind_end(a, k, &d, ret_all, err);
}

int marks_locked(struct act *a, const struct marking *k, size_t count, struct err *err)
{
    bool all = false;
    int status = marking_blindly(k) ? lights_on(a, k, &all, err) : sitting_close(a, k->t, k->l, &all, err);

    if (status)
        return status;
    json_key(&a->payload, "sheets");
    json_int(&a->payload, (int64_t)count);
    json_key(&a->payload, "all_locked");
    json_bool(&a->payload, all);
    return 0;
}

int act_marks_lock(struct act *a, struct err *err)
{
    const struct marks_lock *body = a->body;
    struct marking k = {0};
    size_t count = 0;
    int status = marking_open(a, &k, err);

    if (!status)
        status = not_committed(&k, err);
    if (!status)
        status = sheets_lock(a, &k, &body->bids, &count, err);
    return status ? status : marks_locked(a, &k, count, err);
}

int sitting_close(struct act *a, const struct tender *t, const struct lot *l, bool *ret_locked,
                  struct err *err)
{
    struct marking k = {.t = t, .l = l};
    struct due_sheets d = {0};
    struct err unfit;
    int status = members_load(a, l, &k.members, err);

    if (!status)
        status = lot_facts_load(a, t, l, &k.facts, err);
    if (!status)
        status = criteria_load(a, t, &k.facts, &k.criteria, err);
    if (!status)
        status = due_sheets_load(a, &k, &d, err);
    if (status)
        return status;
    *ret_locked = members_present(&k.members) > 0 && panel_complete(a, t, &k.members, &unfit) == 0 &&
                  (by_judges(k.criteria) == 0 || sheets_all(&k, &d, sheet_locked));
    return *ret_locked ? sitting_store(a, l, a->now_us, 0, err) : 0;
}

int sitting_need(struct act *a, const struct tender *t, const struct lot *l, const struct members *members,
                 struct err *err)
{
    struct sitting sitting = {0};
    bool locked = false;
    int status = sitting_load(a, l, &sitting, err);

    if (status || sitting.locked_us)
        return status;
    status = panel_complete(a, t, members, err);
    if (!status)
        status = sitting_close(a, t, l, &locked, err);
    if (status || locked)
        return status;
    return err_set(err, E_REFUSED, "state/refused", "not every sheet is locked yet");
}

/* ---- one sheet opened again (87:64) ---- */

struct sheet_request {
    int32_t ground;
    const char *reason;
};
static const linli_option request_rows[] = {
    /* All grounds but the first: a qualification is not looked at on a sheet. */
    ROW_WITH(sheet_request, ground, CHOICE, true, .high = REVIEW_GROUNDS - 2,
             .codes = review_ground_codes + 1, .choices = review_ground_labels + 1,
             .label = {"法定情形", "lawful ground"}, .help = {"法定情形", "lawful ground"}),
    ROW_TEXT(sheet_request, reason, true, 4000, "说明", "reason"),
};
const struct form form_sheet_request = FORM(request_rows, struct sheet_request);

struct reopening {
    struct tender *t;
    struct lot *l;
    struct members members;
    struct rows *sheet;
};

static int reopening_open(struct act *a, int act, struct reopening *r, struct err *err)
{
    int status = tx_run(a->tx, Q_sheet_get, &r->sheet, err, P_INT(a->office), P_TEXT(a->subject));

    if (!status)
        status = tender_of_lot(a, row_text(r->sheet, 0, "lot_id"), &r->t, &r->l, err);
    if (!status)
        status = lot_may(a, r->t, r->l, act, NULL, err);
    if (!status)
        status = members_load(a, r->l, &r->members, err);
    if (status)
        return status;
    if (strcmp(row_text(r->sheet, 0, "state"), "locked") != 0 ||
        strcmp(row_text(r->sheet, 0, "member_state"), "present") != 0) {
        err_set(err, E_REFUSED, "state/refused", "the sheet is not locked, or its member no longer sits");
        err_zh(err, "该评分表未锁定，或成员已不在评审小组");
        return E_REFUSED;
    }
    return 0;
}

int act_sheet_request(struct act *a, struct err *err)
{
    const struct sheet_request *body = a->body;
    const char *ground = review_ground_codes[body->ground + 1];
    const struct member *m = NULL;
    struct reopening r = {0};
    char id[UUID_TEXT];
    int status = reopening_open(a, LINLI_REPORT, &r, err);

    if (!status)
        status = member_acting(a, &r.members, &m, err);
    if (status)
        return status;
    if (!m->chair) {
        err_set(err, E_FORBIDDEN, "auth/forbidden", "the chair asks for a sheet to be opened again");
        err_zh(err, "由组长提出重新评分申请");
        return E_FORBIDDEN;
    }
    if (!row_null(r.sheet, 0, "asked")) {
        err_set(err, E_REFUSED, "state/refused", "this was asked already");
        err_zh(err, "已提出申请");
        return E_REFUSED;
    }
    status = review_ground_holds(a, r.t, ground, err);
    if (!status)
        status = prices_unseen(a, r.l, err);
    if (status)
        return status;
    id_new(a->office, id);
    return tx_run(a->tx, Q_sheet_ask, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(a->subject),
                  P_TEXT(ground), P_TEXT(body->reason), P_TEXT(a->actor->person), P_TIME(a->now_us));
}

int act_sheet_reopen(struct act *a, struct err *err)
{
    struct reopening r = {0};
    int status = reopening_open(a, LINLI_APPROVE, &r, err);

    if (status)
        return status;
    if (row_null(r.sheet, 0, "asked") || strcmp(row_text(r.sheet, 0, "asked_by"), a->actor->person) == 0) {
        err_set(err, E_REFUSED, "approval/missing",
                "the chair has to ask first, and another person approves");
        err_zh(err, "须由组长提出申请并由他人批准");
        if (!row_null(r.sheet, 0, "ground")) {
            const linli_rule *rule = review_rule(a, r.t, row_text(r.sheet, 0, "ground"));
            err_article(err, rule ? rule->source : "");
        }
        return E_REFUSED;
    }
    if ((status = prices_unseen(a, r.l, err)))
        return status;
    json_key(&a->payload, "lot");
    json_string(&a->payload, r.l->id);
    status = tx_run(a->tx, Q_sheet_reopen, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                    P_TEXT(row_text(r.sheet, 0, "asked")), P_TEXT(a->actor->person), P_TIME(a->now_us));
    if (!status)
        status = sitting_store(a, r.l, 0, 0, err);
    return status ? status : report_drop(a, r.l, err);
}
