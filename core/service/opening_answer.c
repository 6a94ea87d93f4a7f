/* The record of the opening: each bidder confirms it or objects in the time there is; an objection is
 * answered before the next step to the award, and nothing binds before all of them had their time. */
#include "acts.h"
#include "core/base/time.h"
#include "core/service/forms.h"
#include "core/service/open.h"

struct answer_body {
    bool agrees;
    const char *reason;
};
struct reply_body {
    const char *reply;
};
/* clang-format off */
static const linli_option answer_rows[] = {
    ROW(answer_body, agrees, BOOL, true, 0, 0, NULL, "记录无误", "the record is right"),
    ROW_TEXT(answer_body, reason, false, 4000, "有异议的，异议内容", "what is wrong, where it is not"),
};
static const linli_option reply_rows[] = {
    ROW_TEXT(reply_body, reply, true, 4000, "答复", "the answer to the objection"),
};
/* clang-format on */
const struct form form_opening_answer = FORM(answer_rows, struct answer_body);
const struct form form_opening_reply = FORM(reply_rows, struct reply_body);

static int answer_of(struct act *a, struct rows **ret_bid, struct rows **ret, struct err *err)
{
    int status = bid_load(a, ret_bid, err);

    return status ? status
                  : tx_run(a->tx, Q_opening_answer_of, ret, err, P_INT(a->office),
                           P_TEXT(row_text(*ret_bid, 0, "tender_id")), P_TEXT(a->subject));
}

static int in_time(const struct act *a, const struct rows *bid, const struct rows *r, struct err *err)
{
    char until[TIME_TEXT];

    if (row_null(bid, 0, "key") || row_null(r, 0, "answers_until"))
        return err_both(err, E_REFUSED, "state/refused", "there is no record of an opening of this bid",
                        "该投标尚无开标记录");
    if (!row_null(r, 0, "agrees"))
        return err_both(err, E_REFUSED, "state/refused", "the record was answered already",
                        "已经确认或提出异议");
    if (a->now_us < row_time(r, 0, "answers_until"))
        return 0;
    time_print(row_time(r, 0, "answers_until"), until);
    err_set(err, E_REFUSED, "state/refused", "the time to answer the record of the opening was over at %s",
            until);
    err_zh(err, "对开标记录确认或提出异议的时间已于 %s 截止", until);
    return E_REFUSED;
}

int act_opening_answer(struct act *a, struct err *err)
{
    const struct answer_body *b = a->body;
    struct rows *bid, *r;
    int status = answer_of(a, &bid, &r, err);

    if (status)
        return status;
    if (!bid_own(a, bid))
        return err_set(err, E_ABSENT, "bid/absent", "there is no bid %s", a->subject);
    if ((status = in_time(a, bid, r, err)))
        return status;
    if (!b->agrees && (!b->reason || !b->reason[0])) {
        err_both(err, E_INVALID, "body/invalid", "an objection says what is wrong", "提出异议须说明内容");
        err_at(err, "/reason", "required", "what is wrong", "异议内容");
        return E_INVALID;
    }
    return tx_run(a->tx, Q_opening_answer_add, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                  P_TEXT(row_text(bid, 0, "tender_id")), P_BOOL(b->agrees),
                  P_TEXT(b->reason && b->reason[0] ? b->reason : NULL), P_TIME(a->now_us),
                  P_TEXT(a->actor->person));
}

int act_opening_reply(struct act *a, struct err *err)
{
    const struct reply_body *b = a->body;
    struct rows *bid, *r;
    int status = answer_of(a, &bid, &r, err);

    if (status)
        return status;
    if (row_null(r, 0, "agrees") || row_bool(r, 0, "agrees") || !row_null(r, 0, "replied"))
        return err_both(err, E_REFUSED, "state/refused", "there is no objection of this bidder to answer",
                        "该投标人没有待答复的开标异议");
    return tx_run(a->tx, Q_opening_answer_reply, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                  P_TEXT(b->reply), P_TIME(a->now_us), P_TEXT(a->actor->person));
}

static int silent(int64_t until_us, struct err *err)
{
    char until[TIME_TEXT];

    time_print(until_us, until);
    err_set(err, E_REFUSED, "state/refused",
            "until %s bidders that have not answered may object to the record of the opening", until);
    err_zh(err, "尚未答复的投标人在 %s 之前仍可对开标记录提出异议", until);
    return E_REFUSED;
}

int opening_settled(struct act *a, const struct tender *t, const struct lot *l, bool binding, struct err *err)
{
    struct rows *r;
    int status = tx_run(a->tx, Q_opening_objected, &r, err, P_INT(t->office), P_TEXT(t->id), P_INT(l->no));

    if (status)
        return status;
    if (row_int(r, 0, "count") == 0)
        return binding && row_time(r, 0, "silent_until") > a->now_us
                   ? silent(row_time(r, 0, "silent_until"), err)
                   : 0;
    err_set(err, E_REFUSED, "state/refused",
            "%lld objections to the record of the opening wait for an answer",
            (long long)row_int(r, 0, "count"));
    err_zh(err, "有 %lld 份对开标记录的异议尚未答复", (long long)row_int(r, 0, "count"));
    return E_REFUSED;
}
