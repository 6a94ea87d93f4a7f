/*
 * Money of a year that is moved to another appropriation, kept for the next year (结转), given up
 * (结余收回), or, where it is bound or reserved and the year has ended, budgeted again in a later one
 * (重新安排): decided on, asked for by one person, approved by a second.  What donors gave for a field leaves
 * it with their consent alone.
 */
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/money/ledger.h"
#include "core/service/forms.h"
#include "core/service/words.h"

enum { MOVE, CARRY_OVER, LAPSE, AGAIN };
static const char *const kind_codes[] = {"transfer", "carry_over", "lapse", "again", NULL};
static const linli_text kind_labels[] = {{"调剂", "to another appropriation"},
                                         {"结转下年", "kept for the next year"},
                                         {"结余收回", "given up"},
                                         {"重新安排", "budgeted again in a later year"},
                                         {NULL, NULL}};

struct transfer_body {
    int32_t kind;
    const char *to, *contract, *tender, *reason, *decision, *consent;
    linli_money amount;
    linli_date last_request;
};
static const linli_option transfer_rows[] = {
    ROW_CHOICE(transfer_body, kind, false, kind_codes, kind_labels, "transfer", "种类", "kind"),
    ROW_ID(transfer_body, to, false, "调入的预算指标",
           "appropriation it goes to, or that pays from now on; of a transfer and of what is budgeted again"),
    ROW_ID(transfer_body, contract, false, "合同",
           "whose money is budgeted again, all the appropriation still bears of it; of that only"),
    ROW_ID(transfer_body, tender, false, "项目",
           "what is reserved for it, and no contract bound yet, is budgeted again; of that only"),
    ROW_MONEY(transfer_body, amount, false, "金额", "sum; of a transfer and of what is given up"),
    ROW(transfer_body, last_request, DATE, false, 0, 0, NULL, "新的支付申请截止日",
        "new last day to ask for payments; of what is carried over"),
    ROW_TEXT(transfer_body, reason, true, 2000, "理由", "reason"),
    ROW_LINE(transfer_body, decision, true, 100, "决定文号", "number of the decision it rests on"),
    ROW_ID(transfer_body, consent, false, "捐赠人同意书",
           "the donor's consent, a file of the appropriation; where it was given for a field"),
};
const struct form form_transfer_propose = FORM(transfer_rows, struct transfer_body);

/* Each kind has its own members. */
static int members_fit(const struct transfer_body *b, const char *from, struct err *err)
{
    if ((b->kind == MOVE || b->kind == AGAIN) != (b->to != NULL))
        return err_member(err, "/to", "choice",
                          "a transfer and what is budgeted again say where it goes, nothing else does",
                          "调剂、重新安排须填写调入指标，其他不得填写");
    if ((b->kind == AGAIN) != (b->contract != NULL) + (b->tender != NULL))
        return err_member(err, b->tender ? "/tender" : "/contract", "choice",
                          "of what is budgeted again a contract or a tender, and only of that",
                          "仅重新安排须填写，合同与项目任填其一");
    if (b->to && strcmp(b->to, from) == 0)
        return err_member(err, "/to", "choice", "it is there already", "调入与调出相同");
    if ((b->kind == CARRY_OVER || b->kind == AGAIN) == (b->amount.minor != 0))
        return err_member(err, "/amount", "choice",
                          "all of it is carried over or budgeted again; otherwise say how much",
                          "结转、重新安排不填金额，其他须填写");
    if ((b->kind == CARRY_OVER) != (b->last_request.day != 0))
        return err_member(err, "/last_request", "choice", "of what is carried over, and only of that",
                          "仅结转须填写");
    return 0;
}

/* Whether a year may follow: the number of the rules in force when its last day was set. */
static int may_carry(const struct rows *p, const struct transfer_body *b, struct err *err)
{
    int year, month, day;

    if (row_null(p, 0, "last_request") || row_int(p, 0, "carried") >= row_int(p, 0, "carry_years")) {
        err_set(err, E_REFUSED, "fund/lapsed",
                "it was carried over as often as it may be, or has no last day");
        err_zh(err, "结转已满年限，应作为结余收回；或未设支付申请截止日");
        err_article(err, "预算法 §42");
        return E_REFUSED;
    }
    date_split(b->last_request.day, &year, &month, &day);
    return year == row_int(p, 0, "year") + row_int(p, 0, "carried") + 1
               ? 0
               : err_member(err, "/last_request", "choice", "is a day of the year that follows",
                            "应为结转的下一年度内的日期");
}

/* An office moves what one holder holds, within its purpose, to where it can still be paid from. */
static int target_fits(struct act *a, const char *to, struct err *err)
{
    struct rows *r = NULL;
    char day[DATE_TEXT];
    int status = tx_run(a->tx, Q_appropriation_target, &r, err, P_INT(a->office), P_TEXT(a->path[0]),
                        P_TEXT(to), P_TIME(a->now_us));

    if (status)
        return status;
    if (rows_count(r) == 0)
        return err_member(err, "/to", "choice", "there is no such appropriation here",
                          "本单位没有该预算指标");
    if (!row_bool(r, 0, "same_holder") || !row_bool(r, 0, "same_currency"))
        return err_both(err, E_REFUSED, "fund/holder",
                        "another holder's money comes as a payment or a gift, not by a transfer",
                        "两项资金的持有人（或币种）不同：应以支付或捐赠方式办理，不得调剂");
    if (row_bool(r, 0, "loses_mark"))
        return err_both(err, E_REFUSED, "fund/purpose", "lottery money stays lottery money",
                        "彩票公益金只能调剂到同样标明彩票公益金的指标");
    if (row_null(r, 0, "over") || !row_bool(r, 0, "over"))
        return 0;
    date_print(row_date(r, 0, "last_request"), day);
    err_set(err, E_REFUSED, "fund/closed",
            "nothing is paid from it since %s: it has to be carried over first", day);
    err_zh(err, "调入指标的支付申请截止日为 %s，须先办理结转", day);
    err_article(err, "预算法 §42");
    return E_REFUSED;
}

/* What is budgeted again is all that an appropriation whose year has ended bears of a contract; as much as
 * was asked for, where that is known. */
static int again_fits(struct act *a, struct transfer_body *b, struct err *err)
{
    const char *whose = b->tender ? "/tender" : "/contract";
    struct rows *r = NULL;
    int64_t held;
    int status = tx_run(a->tx, Q_again_load, &r, err, P_INT(a->office), P_TEXT(a->path[0]), P_TEXT(b->to),
                        P_TEXT(b->contract), P_TIME(a->now_us), P_TEXT(b->tender));

    if (status)
        return status;
    if (rows_count(r) == 0)
        return err_member(err, whose, "choice", "there is no such contract or tender here",
                          "本单位没有该合同或项目");
    held = row_int(r, 0, "held_fen");
    if (held == 0)
        return err_member(err, whose, "choice", "the appropriation bears nothing of it any more",
                          "该指标已不承担其款项");
    if (!row_bool(r, 0, "ended"))
        return err_both(err, E_REFUSED, "state/refused",
                        "its last day has not passed: it pays itself, or is carried over",
                        "该指标的支付申请截止日未过，可以直接支付或办理结转");
    if (!row_bool(r, 0, "later"))
        return err_member(err, "/to", "choice", "is of a later year, and that has begun",
                          "应为已开始的以后年度的预算指标");
    if (!row_bool(r, 0, "serves"))
        return err_both(err, E_REFUSED, "fund/purpose", "it may not pay for that",
                        "该指标限定的用途或标明的来源与该合同、项目不符");
    if (row_bool(r, 0, "ordered"))
        return err_both(err, E_REFUSED, "state/refused",
                        "a payment of the contract is ordered: approve or refuse it first",
                        "合同有付款单尚未审批，应先审批或退回");
    if (b->amount.minor && b->amount.minor != held)
        return err_both(err, E_REFUSED, "state/refused",
                        "what it bears is not what was asked for: refuse it and ask anew",
                        "该指标承担的款项已有变化，应退回后重新提出");
    b->amount.minor = held;
    return 0;
}

static int money_fits(struct act *a, struct transfer_body *b, struct err *err)
{
    struct rows *p = NULL;
    int status = tx_run(a->tx, Q_appropriation_money, &p, err, P_INT(a->office), P_TEXT(a->path[0]),
                        P_TEXT(b->consent));

    if (status)
        return status;
    if (b->consent && !row_bool(p, 0, "consents"))
        return err_member(err, "/consent", "choice", "the appropriation has no such file",
                          "该预算指标没有这个附件");
    if (b->kind == LAPSE && strcmp(row_text(p, 0, "holder_kind"), "finance") != 0) {
        err_set(err, E_REFUSED, "fund/purpose", "only budget money lapses");
        err_zh(err, "仅财政资金可收回结余");
        return E_REFUSED;
    }
    if (b->kind == MOVE || b->kind == AGAIN)
        status = target_fits(a, b->to, err);
    if (!status && b->kind == AGAIN)
        return again_fits(a, b, err);
    return status ? status : b->kind == CARRY_OVER ? may_carry(p, b, err) : 0;
}

int act_transfer_propose(struct act *a, struct err *err)
{
    const struct transfer_body *asked = a->body;
    struct transfer_body filled = *asked, *b = &filled;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    int status = members_fit(b, a->path[0], err);

    if (!status)
        status = money_fits(a, b, err);
    if (status)
        return status;
    id_new(a->office, id);
    a->subject = id;
    return tx_run(a->tx, Q_transfer_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(a->path[0]),
                  P_TEXT(kind_codes[b->kind]), P_TEXT(b->to), p_some(b->amount.minor),
                  P_DATE(b->last_request.day), P_TEXT(b->reason), P_TEXT(b->decision), P_TEXT(b->consent),
                  P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(b->contract), P_TEXT(b->tender));
}

static int load(struct act *a, struct rows **ret, struct err *err)
{
    int status =
        tx_run(a->tx, Q_transfer_load, ret, err, P_INT(a->office), P_TEXT(a->path[0]), P_TEXT(a->path[1]));

    if (!status && rows_count(*ret) == 0)
        status = err_set(err, E_ABSENT, "ledger/absent", "there is no transfer %s", a->path[1]);
    if (status)
        return status;
    a->subject = a->path[1];
    return strcmp(row_text(*ret, 0, "state"), "proposed") == 0
               ? 0
               : err_both(err, E_REFUSED, "state/refused", "it is decided already", "该事项已审批");
}

static int decide(struct act *a, const char *state, const char *note, struct err *err)
{
    return tx_run(a->tx, Q_transfer_decide, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT(state),
                  P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(note));
}

int act_transfer_approve(struct act *a, struct err *err)
{
    struct transfer_body b = {0};
    struct money m = act_money(a);
    struct rows *x = NULL;
    int status = load(a, &x, err);

    if (!status && strcmp(row_text(x, 0, "proposed_by"), a->actor->person) == 0)
        status = err_both(err, E_REFUSED, "approval/same-person", "a second person has to do this",
                          "须由另一人办理");
    if (status)
        return status;
    while (strcmp(row_text(x, 0, "kind"), kind_codes[b.kind]) != 0)
        b.kind++;
    b.to = row_text(x, 0, "to_id");
    b.contract = row_text(x, 0, "contract_id");
    b.tender = row_text(x, 0, "tender_id");
    if (b.kind == CARRY_OVER)
        b.last_request.day = row_date(x, 0, "last_request");
    else
        b.amount.minor = row_int(x, 0, "amount_fen");
    status = money_fits(a, &b, err);
    if (!status)
        status = decide(a, "approved", NULL, err);
    if (!status && b.kind == AGAIN)
        status = money_again(&m, a->subject, err);
    else if (!status && b.kind != CARRY_OVER)
        status = money_transfer(&m, a->subject, err);
    return status || b.kind != CARRY_OVER ? status
                                          : tx_run(a->tx, Q_appropriation_carry, NULL, err, P_INT(a->office),
                                                   P_TEXT(a->path[0]), P_DATE(b.last_request.day));
}

struct refusal {
    const char *reason;
};
static const linli_option refusal_rows[] = {ROW_TEXT(refusal, reason, true, 2000, "理由", "reason")};
const struct form form_transfer_refuse = FORM(refusal_rows, struct refusal);

int act_transfer_refuse(struct act *a, struct err *err)
{
    const struct refusal *b = a->body;
    struct rows *x = NULL;
    int status = load(a, &x, err);

    return status ? status : decide(a, "refused", b->reason, err);
}

/* ---- the last day ------------------------------------------------------------------------ */

struct last_day {
    linli_date last_request;
};
static const linli_option last_day_rows[] = {
    ROW(last_day, last_request, DATE, true, 0, 0, NULL, "支付申请截止日", "last day to ask for payments")};
const struct form form_appropriation_last_day = FORM(last_day_rows, struct last_day);

int act_appropriation_last_day(struct act *a, struct err *err)
{
    const struct last_day *b = a->body;
    const struct rule_set *set = NULL;
    const linli_rule *rule;
    struct rows *p = NULL;
    int year, month, day;
    int status =
        tx_run(a->tx, Q_appropriation_money, &p, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT(NULL));

    if (!status)
        status = rules_here(a, regime_of(row_text(p, 0, "regime")), &set, err);
    if (status)
        return status;
    date_split(b->last_request.day, &year, &month, &day);
    if (year != row_int(p, 0, "year") + row_int(p, 0, "carried"))
        return err_member(err, "/last_request", "choice", "must lie in its budget year",
                          "应在该指标的预算年度内");
    rule = set ? rule_find(set->rules, set->count, "carry_over_years") : NULL;
    return tx_run(a->tx, Q_appropriation_last_day, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                  P_DATE(b->last_request.day), P_INT(rule ? rule->value : 0));
}
