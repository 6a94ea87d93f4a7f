/*
 * Ballots: cast by a resident, or on paper, typed in by two people in batches: what agrees counts.
 * One ballot a roll number is the key of the table, so that no second one can
 * be counted whoever enters it where.  Nothing here tells how many there are.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/host/options.h"
#include "core/service/forms.h"
#include "core/service/panel.h"

enum { BALLOTS_MOST = 500, CHOICES_MOST = 400 };

struct choice_body {
    const char *bid;
    int64_t number, rank, value;
    bool has_number, has_rank, has_value;
};
struct ballot_body {
    const char *number, *area;
    linli_list choices;
};
struct ballots_enter {
    linli_list ballots;
};
struct ballot_cast {
    linli_list choices;
};

static const linli_option choice_rows[] = {
    ROW_ID(choice_body, bid, false, "提案", "the proposal, by id"),
    {.name = "number",
     .type = LINLI_OPT_COUNT,
     .offset = offsetof(struct choice_body, number),
     .present = offsetof(struct choice_body, has_number),
     .low = 1,
     .high = 100000,
     .label = {"提案编号", "or by its printed number"},
     .help = {"提案编号", "or by its printed number"}},
    {.name = "rank",
     .type = LINLI_OPT_COUNT,
     .offset = offsetof(struct choice_body, rank),
     .present = offsetof(struct choice_body, has_rank),
     .low = 1,
     .high = CHOICES_MOST,
     .label = {"名次", "place, from 1; as written where left out"},
     .help = {"名次", "place, from 1; as written where left out"}},
    {.name = "value",
     .type = LINLI_OPT_COUNT,
     .offset = offsetof(struct choice_body, value),
     .present = offsetof(struct choice_body, has_value),
     .low = 1,
     .high = INT64_C(1000000000),
     .label = {"分值", "points given; 1 where left out"},
     .help = {"分值", "points given; 1 where left out"}},
};
static const linli_option ballot_rows[] = {
    ROW_LINE(ballot_body, number, true, 40, "名册编号", "roll number"),
    ROW(ballot_body, area, STRING, false, 0, 60, "line", "片区，不填则依名册",
        "area; as on the roll where left out"),
    ROW_LIST(ballot_body, choices, true, 0, CHOICES_MOST, choice_rows, choice_body, "所选提案",
             "choices; none: a blank ballot"),
};
static const linli_option enter_rows[] = {
    ROW_LIST(ballots_enter, ballots, true, 1, BALLOTS_MOST, ballot_rows, ballot_body, "选票", "ballots"),
};
const struct form form_ballots_enter = FORM(enter_rows, struct ballots_enter);
const struct form form_ballots_confirm = FORM(enter_rows, struct ballots_enter);
static const linli_option cast_rows[] = {
    ROW_LIST(ballot_cast, choices, true, 0, CHOICES_MOST, choice_rows, choice_body, "所选提案", "choices"),
};
const struct form form_ballot_cast = FORM(cast_rows, struct ballot_cast);

/* ---- the vote ---- */

struct vote {
    struct tender *t;
    struct lot *l;
    struct rows *bids;         /* id, key, open */
    const linli_criterion *by; /* bounds of a value; NULL: the scheme names none */
    int64_t sum;               /* bound of all values of a ballot; 0: none */
};

/* What was typed in while the vote ran is typed in again until it is counted. */
static int not_counted(const struct lot *l, struct err *err)
{
    const char *kind = l->phase_kind ? l->phase_kind : "";

    return strcmp(kind, "voting") == 0 || (strcmp(kind, "evaluating") == 0 && !l->waiting)
               ? 0
               : err_both(err, E_REFUSED, "state/refused", "the ballots are counted already", "选票已经计完");
}

/* `again`: paper ballots are typed in by the second person. */
static int vote_open(struct act *a, struct vote *v, bool again, struct err *err)
{
    const linli_criteria *criteria = NULL;
    struct lot_facts f = {0};
    int status = tender_of_lot(a, a->subject, &v->t, &v->l, err);

    if (!status)
        status = again ? not_counted(v->l, err) : lot_may(a, v->t, v->l, LINLI_VOTE, NULL, err);
    if (!status && !v->t->roll_id) {
        err_set(err, E_REFUSED, "ballot/not-entitled", "the tender has no roll of voters");
        err_zh(err, "该项目没有选民名册");
        return E_REFUSED;
    }
    if (!status)
        status =
            tx_run(a->tx, Q_ballot_bids, &v->bids, err, P_INT(a->office), P_TEXT(v->t->id), P_INT(v->l->no));
    if (!status)
        status = lot_facts_load(a, v->t, NULL, &f, err);
    if (!status)
        status = criteria_load(a, v->t, &f, &criteria, err);
    for (size_t i = 0; !status && i < criteria->count; i++)
        if (criteria->items[i].by == LINLI_BY_BALLOTS)
            v->by = &criteria->items[i];
    if (!status)
        v->sum = criteria->ballot_sum;
    return status;
}

/* The key of a choice, or 0: no such proposal to be voted for. */
static int64_t choice_key(const struct vote *v, const struct choice_body *c)
{
    for (size_t i = 0; i < rows_count(v->bids); i++)
        if (row_bool(v->bids, i, "open") &&
            (c->bid ? strcmp(c->bid, row_text(v->bids, i, "id")) == 0
                    : c->has_number && c->number == row_int(v->bids, i, "number")))
            return row_int(v->bids, i, "key");
    return 0;
}

static int choice_at_fault(struct err *err, const char *where, size_t i, const char *code, const char *en,
                           const char *zh)
{
    char pointer[96];

    snprintf(pointer, sizeof pointer, "%s/choices/%zu", where, i);
    err_set(err, E_INVALID, "body/invalid", "a choice cannot be counted");
    err_at(err, pointer, code, en, zh);
    return E_INVALID;
}

struct ranked {
    int64_t key, value, rank;
};

static int ranked_order(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;

    return a->rank < b->rank ? -1 : a->rank > b->rank;
}

/* The choices as they are stored: [[key, value], ..] in rank order. */
static int choices_write(struct act *a, const struct vote *v, const linli_list *choices, const char *where,
                         const char **ret, struct err *err)
{
    const struct choice_body *c = choices->items;
    struct ranked *list = ARENA_NEW(a->arena, struct ranked, choices->count);
    int32_t most = v->t->plan->choices;
    int64_t left = v->sum;
    struct buf text = {0};

    if (most > 0 && choices->count > (size_t)most)
        return choice_at_fault(err, where, (size_t)most, "length", "more choices than a ballot may have",
                               "所选超过每票上限");
    for (size_t i = 0; i < choices->count; i++) {
        list[i] = (struct ranked){choice_key(v, &c[i]), c[i].has_value ? c[i].value : 1,
                                  c[i].has_rank ? c[i].rank : (int64_t)i + 1};
        if (list[i].key == 0)
            return choice_at_fault(err, where, i, "unknown", "no such proposal to vote for",
                                   "没有可以投票的这个提案");
        if (v->by && (list[i].value < v->by->low || (v->by->high > 0 && list[i].value > v->by->high)))
            return choice_at_fault(err, where, i, "range", "not within the points one may give",
                                   "分值超出范围");
        if (v->sum > 0 && list[i].value > left)
            return choice_at_fault(err, where, i, "range", "more points together than a ballot has",
                                   "各项分值合计超过每票总分");
        left -= list[i].value;
        for (size_t j = 0; j < i; j++)
            if (list[j].key == list[i].key || list[j].rank == list[i].rank)
                return choice_at_fault(err, where, i, "duplicate", "a proposal or a place twice",
                                       "同一提案或名次重复");
    }
    qsort(list, choices->count, sizeof list[0], ranked_order);
    buf_char(&text, '[');
    for (size_t i = 0; i < choices->count; i++)
        buf_printf(&text, "%s[%lld,%lld]", i ? "," : "", (long long)list[i].key, (long long)list[i].value);
    buf_char(&text, ']');
    *ret = arena_ndup(a->arena, text.data, text.size);
    buf_free(&text);
    return 0;
}

/* ---- on paper ---- */

struct batch {
    const char **numbers, **areas, **choices;
    size_t count;
};

static int64_t row_of(const struct rows *rows, const char *number)
{
    for (size_t i = 0; i < rows_count(rows); i++)
        if (strcmp(row_text(rows, i, "number"), number) == 0)
            return (int64_t)i;
    return -1;
}

static void number_at_fault(const struct batch *b, size_t i, const char *code, struct err *err)
{
    char pointer[64];

    snprintf(pointer, sizeof pointer, "/ballots/%zu/number", i);
    err_at(err, pointer, code, b->numbers[i], b->numbers[i]);
}

static int numbers_rolled(const struct batch *b, const struct rows *rolled, struct err *err)
{
    int status = 0;

    for (size_t i = 0; i < b->count; i++) {
        if (row_of(rolled, b->numbers[i]) >= 0)
            continue;
        if (!status)
            status = err_both(err, E_REFUSED, "ballot/not-entitled",
                              "some ballots cannot be entered; nothing of the batch was",
                              "有编号不在名册中，整批未录入");
        number_at_fault(b, i, "unknown", err);
    }
    return status;
}

/* Before anybody is asked about: a batch that fails for itself tells nothing of who has voted. */
static int numbers_once(const struct batch *b, struct err *err)
{
    int status = 0;

    for (size_t i = 1; i < b->count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(b->numbers[i], b->numbers[j]) == 0) {
                if (!status)
                    status = err_both(err, E_CONFLICT, "ballot/taken",
                                      "a number is there twice; nothing of the batch was entered",
                                      "有编号重复，整批未录入");
                number_at_fault(b, i, "duplicate", err);
                break;
            }
    return status;
}

/* Who has voted is nobody's to ask while the vote runs: no number is named, and that it was tried stays. */
static int some_voted(struct act *a, const struct batch *b, struct err *err)
{
    json_key(&a->payload, "ballots");
    json_int(&a->payload, (int64_t)b->count);
    a->kept = "ballots_refused";
    return err_both(err, E_CONFLICT, "ballot/taken",
                    "somebody among these has voted; nothing of the batch was entered, and which is not told "
                    "while the vote runs",
                    "其中有编号已经投票，整批未录入；投票期间不告知是哪一个，已记入日志");
}

static int batch_fill(struct act *a, const struct vote *v, struct batch *b, struct err *err)
{
    const struct ballots_enter *body = a->body;
    const struct ballot_body *ballots = body->ballots.items;

    *b = (struct batch){ARENA_NEW(a->arena, const char *, body->ballots.count),
                        ARENA_NEW(a->arena, const char *, body->ballots.count),
                        ARENA_NEW(a->arena, const char *, body->ballots.count), body->ballots.count};
    for (size_t i = 0; i < b->count; i++) {
        char where[32];
        int status;

        snprintf(where, sizeof where, "/ballots/%zu", i);
        b->numbers[i] = ballots[i].number;
        b->areas[i] = ballots[i].area;
        status = choices_write(a, v, &ballots[i].choices, where, &b->choices[i], err);
        if (status)
            return status;
    }
    return 0;
}

static int batch_store(struct act *a, const struct vote *v, const struct batch *b, const char *source,
                       struct rows **ret, struct err *err)
{
    const char **ids = ARENA_NEW(a->arena, const char *, b->count);

    for (size_t i = 0; i < b->count; i++) {
        char *id = arena_alloc(a->arena, UUID_TEXT, 1);

        uuid_new(id);
        ids[i] = id;
    }
    return tx_run(a->tx, Q_ballots_add, ret, err, P_INT(a->office), P_TEXT(v->t->id), P_INT(v->l->no),
                  P_TEXT(source), P_TEXT(a->actor->person), P_TIME(a->now_us), P_TEXTS(b->numbers, b->count),
                  P_TEXTS(b->areas, b->count), P_TEXTS(b->choices, b->count), P_TEXTS(ids, b->count));
}

/* Of each ballot, so that the second person is told which differ and nothing is kept of the first. */
static const char **digests_of(struct act *a, const struct batch *b)
{
    const char **digests = ARENA_NEW(a->arena, const char *, b->count);
    uint8_t digest[SHA256_BYTES];

    for (size_t i = 0; i < b->count; i++) {
        const char *text = arena_printf(a->arena, "%s\n%s\n%s", b->numbers[i], b->areas[i] ? b->areas[i] : "",
                                        b->choices[i]);
        char *hex = arena_alloc(a->arena, SHA256_TEXT, 1);

        sha256_of(text, strlen(text), digest);
        hex_print(digest, SHA256_BYTES, hex);
        digests[i] = hex;
    }
    return digests;
}

/* The batch as it was typed, each of the roll and once. */
static int batch_read(struct act *a, struct vote *v, bool again, struct batch *b, struct err *err)
{
    struct rows *rows = NULL;
    int status = vote_open(a, v, again, err);

    if (!status)
        status = batch_fill(a, v, b, err);
    if (!status)
        status = numbers_once(b, err);
    if (!status)
        status = tx_run(a->tx, Q_ballot_rolled, &rows, err, P_INT(a->office), P_TEXT(v->t->roll_id),
                        P_TEXTS(b->numbers, b->count));
    if (!status)
        status = numbers_rolled(b, rows, err);
    for (size_t i = 0; !status && i < b->count; i++)
        if (!b->areas[i])
            b->areas[i] = row_text(rows, (size_t)row_of(rows, b->numbers[i]), "area");
    return status;
}

int ballots_waiting(struct act *a, const struct lot *l, int64_t *ret, struct err *err)
{
    struct rows *r;
    int status = tx_run(a->tx, Q_ballot_batches_open, &r, err, P_INT(a->office), P_TEXT(l->id));

    if (!status)
        *ret = row_int(r, 0, "count");
    return status;
}

/* The batch is counted or dropped; the vote that waited for nothing else ends. */
static int batch_decide(struct act *a, struct tender *t, struct lot *l, const char *state, const char *reason,
                        struct err *err)
{
    int64_t left = 0;
    int status = tx_run(a->tx, Q_ballot_batch_decide, NULL, err, P_INT(a->office), P_TEXT(a->path[1]),
                        P_TEXT(state), P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(reason));

    if (!status)
        status = ballots_waiting(a, l, &left, err);
    if (status || left || !l->waiting || strcmp(l->waiting, "ballots") != 0)
        return status;
    status = lot_waits(a, l, NULL, err);
    return status ? status : lot_advance(a, t, l, err);
}

static void batch_answer(struct act *a, const char *batch, size_t counted, size_t waiting)
{
    json_open(&a->answer, '{');
    json_key(&a->answer, "batch");
    json_string(&a->answer, batch);
    json_key(&a->answer, "entered");
    json_int(&a->answer, (int64_t)counted);
    json_key(&a->answer, "waiting");
    json_int(&a->answer, (int64_t)waiting);
    json_close(&a->answer, '}');
}

int act_ballots_enter(struct act *a, struct err *err)
{
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    struct vote v = {0};
    struct batch b = {0};
    int status = batch_read(a, &v, false, &b, err);

    if (status)
        return status;
    id_new(a->office, id);
    json_key(&a->payload, "batch");
    json_string(&a->payload, id);
    batch_answer(a, id, 0, b.count);
    return tx_run(a->tx, Q_ballot_batch_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(v.t->id),
                  P_TEXT(v.l->id), P_TEXTS(digests_of(a, &b), b.count), P_TIME(a->now_us),
                  P_TEXT(a->actor->person));
}

static int batch_load(struct act *a, struct rows **ret, struct err *err)
{
    int status =
        tx_run(a->tx, Q_ballot_batch_of, ret, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT(a->path[1]));

    json_key(&a->payload, "batch");
    json_string(&a->payload, a->path[1]);
    return status || rows_count(*ret)
               ? status
               : err_both(err, E_ABSENT, "ballot/absent", "no batch of this lot waits under this id",
                          "没有待复录的这个批次");
}

/* Each ballot as it was typed in first; those that differ are named. */
static int same_again(const struct rows *first, const struct batch *b, const char *const *digests,
                      struct err *err)
{
    const char *known = row_text(first, 0, "digests");
    int status = 0;

    for (size_t i = 0; i < b->count; i++) {
        if (strstr(known, digests[i]))
            continue;
        if (!status)
            status = err_both(err, E_INVALID, "body/invalid", "it is not what was typed in first",
                              "与第一次录入的内容不一致");
        number_at_fault(b, i, "choice", err);
    }
    if (status || row_int(first, 0, "ballots") == (int64_t)b->count)
        return status;
    err_both(err, E_INVALID, "body/invalid", "another number of ballots was typed in first",
             "与第一次录入的张数不一致");
    err_at(err, "/ballots", "length", "as many as the first time", "与第一次相同");
    return E_INVALID;
}

int act_ballots_confirm(struct act *a, struct err *err)
{
    struct vote v = {0};
    struct batch b = {0};
    struct rows *first, *rows;
    int status = batch_load(a, &first, err);

    if (status)
        return status;
    if (strcmp(row_text(first, 0, "entered_by"), a->actor->person) == 0)
        return err_both(err, E_REFUSED, "approval/same-person", "a second person has to do this",
                        "须由另一人复录");
    if ((status = batch_read(a, &v, true, &b, err)) ||
        (status = same_again(first, &b, digests_of(a, &b), err)) ||
        (status = batch_store(a, &v, &b, "paper", &rows, err)))
        return status;
    if (rows_count(rows) < b.count)
        return some_voted(a, &b, err);
    batch_answer(a, a->path[1], b.count, 0);
    return batch_decide(a, v.t, v.l, "counted", NULL, err);
}

/* While the vote runs what was typed in wrong is typed in again; once it is over nobody could, and who
 * dropped it alone would have the say over who counts. */
static int drop_may(const struct act *a, const struct lot *l, const struct rows *batch, struct err *err)
{
    const bool runs = l->phase_kind && strcmp(l->phase_kind, "voting") == 0 && l->phase_due_us &&
                      a->now_us < l->phase_due_us;

    if (runs || strcmp(row_text(batch, 0, "entered_by"), a->actor->person) != 0)
        return 0;
    return err_both(err, E_REFUSED, "approval/same-person",
                    "the vote is over: a second person has to drop it", "投票已结束，须由另一人作废");
}

struct drop_body {
    const char *reason;
};
static const linli_option drop_rows[] = {ROW_TEXT(drop_body, reason, true, 2000, "理由", "reason")};
const struct form form_ballots_drop = FORM(drop_rows, struct drop_body);

int act_ballots_drop(struct act *a, struct err *err)
{
    const struct drop_body *b = a->body;
    struct tender *t = NULL;
    struct lot *l = NULL;
    struct rows *first;
    int status = batch_load(a, &first, err);

    if (!status)
        status = tender_of_lot(a, a->subject, &t, &l, err);
    if (!status)
        status = drop_may(a, l, first, err);
    if (status)
        return status;
    batch_answer(a, a->path[1], 0, 0);
    return batch_decide(a, t, l, "dropped", b->reason, err);
}

/* ---- online ---- */

int act_ballot_cast(struct act *a, struct err *err)
{
    const struct ballot_cast *body = a->body;
    const char *number, *area, *choices = NULL;
    struct rows *rows = NULL;
    struct vote v = {0};
    int status = vote_open(a, &v, false, err);

    if (!status)
        status = tx_run(a->tx, Q_ballot_entry, &rows, err, P_INT(a->office), P_TEXT(v.t->roll_id),
                        P_TEXT(a->actor->person));
    if (!status && rows_count(rows) == 0) {
        err_set(err, E_REFUSED, "ballot/not-entitled", "you are not on the roll");
        err_zh(err, "您不在选民名册中");
        return E_REFUSED;
    }
    if (!status)
        status = choices_write(a, &v, &body->choices, "", &choices, err);
    if (status)
        return status;
    number = row_text(rows, 0, "number");
    area = row_text(rows, 0, "area");
    status = batch_store(a, &v, &(struct batch){&number, &area, &choices, 1}, "online", &rows, err);
    if (!status && rows_count(rows) == 0) {
        err_set(err, E_CONFLICT, "ballot/taken", "a ballot of your number was cast already");
        err_zh(err, "您的编号已经投票");
        return E_CONFLICT;
    }
    return status;
}
