/* Residents support each other's proposals: a number everybody reads, which decides nothing by itself. */
#include <string.h>

#include "acts.h"
#include "core/service/open.h"
#include "core/service/tender.h"

/* From the day proposals come in until they have been checked; where they come and are decided on one by one,
 * as long as they do. */
static int supportable(struct act *a, const struct rows *bid, struct err *err)
{
    const char *state = row_text(bid, 0, "state");
    struct tender *t;
    struct lot *l;
    int status = tender_load(a, row_text(bid, 0, "tender_id"), &t, err);

    if (!status)
        status = tender_lot(t, (int32_t)row_int(bid, 0, "lot_no"), &l, err);
    if (status)
        return status;
    /* A sealed bid is nobody else's business, and does not exist. */
    if (!t->plan || t->plan->sealing != LINLI_OPEN_BIDS)
        return err_set(err, E_ABSENT, "bid/absent", "there is no bid %s", a->subject);
    if (strcmp(state, "open") == 0 &&
        (strcmp(l->state, "bidding") == 0 || strcmp(l->state, "opened") == 0 || lot_rolls(t, l)))
        return 0;
    return err_both(err, E_REFUSED, "state/refused",
                    "proposals are supported while they come in and until they are checked",
                    "提案征集和审核期间才能附议");
}

static int support_load(struct act *a, struct rows **ret_bid, bool *ret_now, struct err *err)
{
    struct rows *r;
    int status = bid_load(a, ret_bid, err);

    if (status || (status = supportable(a, *ret_bid, err)) ||
        (status = tx_run(a->tx, Q_support_now, &r, err, P_INT(a->office), P_TEXT(a->subject),
                         P_TEXT(a->actor->person))))
        return status;
    *ret_now = row_bool(r, 0, "supports");
    return 0;
}

int act_proposal_support(struct act *a, struct err *err)
{
    struct rows *bid;
    bool now;
    int status = support_load(a, &bid, &now, err);

    if (status)
        return status;
    if (strcmp(row_text(bid, 0, "person_id"), a->actor->person) == 0 || bid_own(a, bid))
        return err_both(err, E_REFUSED, "state/refused", "a proposal is supported by others than its own",
                        "不能附议自己提出的提案");
    if (now)
        return err_both(err, E_REFUSED, "state/refused", "you support this proposal already",
                        "您已经附议过这项提案");
    return tx_run(a->tx, Q_support_add, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                  P_TEXT(a->actor->person), P_TIME(a->now_us));
}

int act_support_withdraw(struct act *a, struct err *err)
{
    struct rows *bid;
    bool now;
    int status = support_load(a, &bid, &now, err);

    if (status)
        return status;
    if (!now)
        return err_both(err, E_REFUSED, "state/refused", "you do not support this proposal",
                        "您没有附议这项提案");
    return tx_run(a->tx, Q_support_end, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                  P_TEXT(a->actor->person), P_TIME(a->now_us));
}
