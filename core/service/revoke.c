/*
 * A contract that is signed and that nobody has begun to perform is revoked on a lawful ground
 * (政府采购法实施条例 §71): the next qualified candidate takes its place, or the purchase begins again.  One
 * person asks, a second approves (contract_change_approve).  What was performed is not revoked: that contract
 * is ended, settled at what was done.
 */
#include <string.h>

#include "acts.h"
#include "core/service/bond.h"
#include "core/service/call.h"
#include "core/service/forms.h"
#include "core/service/tranche.h"

static const char *const ground_codes[] = {"disqualified", "unlawful", "ordered", "ended", NULL};
static const linli_text ground_labels[] = {
    {"不具备资格或者提供虚假材料", "not qualified, or false papers"},
    {"违法行为影响或者可能影响结果", "an unlawful act that may have changed the result"},
    {"监管部门、法院决定", "ordered by the authority or a court"},
    {"组织已注销或者合并", "the organisation is no more"},
    {NULL, NULL}};
static const char *const then_codes[] = {"next", "again", NULL};
static const linli_text then_labels[] = {
    {"从合格候选人中另行确定", "the next candidate"}, {"重新开展采购活动", "all over again"}, {NULL, NULL}};
struct revocation {
    int32_t ground, consequence;
    const char *reason;
};
static const linli_option revocation_rows[] = {
    ROW_CHOICE(revocation, ground, true, ground_codes, ground_labels, NULL, "情形", "ground"),
    ROW_CHOICE(revocation, consequence, true, then_codes, then_labels, NULL, "处理", "what follows"),
    ROW_TEXT(revocation, reason, true, 4000, "事实与依据", "reason"),
};
const struct form form_contract_revoke = FORM(revocation_rows, struct revocation);

static int performed(const struct rows *c, const linli_rule *rule, struct err *err)
{
    const bool out = row_int(c, 0, "out_fen") > 0;

    if (!out && !row_bool(c, 0, "begun"))
        return 0;
    err_both(err, E_REFUSED, "contract/performed",
             out ? "money of this contract is out: ask it back first, or end the contract, settled at what "
                   "was done"
                 : "what was done of this contract is reported: end it, settled at what was done, and tender "
                   "the rest",
             out ? "合同已有款项核准或支付：应先追回，或者终止合同，按已完成部分结算"
                 : "合同已开始履行：应终止合同，按已完成部分结算，其余重新采购");
    if (rule)
        err_article(err, rule->source);
    return E_REFUSED;
}

/* Asked again at the approval: meanwhile it may have been begun. */
static int revocable(struct act *a, const struct tender *t, const struct rows *c, bool next, struct err *err)
{
    const char *state = row_text(c, 0, "state");

    if (makes_agreements(t) || (strcmp(state, "signed") != 0 && strcmp(state, "suspended") != 0))
        return err_both(err, E_REFUSED, "state/refused",
                        "only a signed contract is revoked, and no agreement",
                        "只能撤销已签订的合同，框架协议除外");
    if (row_int(c, 0, "others") > 0)
        return err_both(err, E_REFUSED, "state/refused",
                        "other contracts of this lot are signed: end this one, settled at nothing",
                        "本采购包还有其他已签订的合同：应终止本合同，按零结算");
    if (next && row_int(c, 0, "next_fen") == 0)
        return err_both(err, E_REFUSED, "state/refused", "no candidate is left: it begins again",
                        "没有合格的候选人，应重新开展采购活动");
    return performed(c, tender_rule(a, t, "award_annulled"), err);
}

int act_contract_revoke(struct act *a, struct err *err)
{
    const struct revocation *b = a->body;
    struct tender *t = NULL;
    struct lot *l = NULL;
    struct rows *c = NULL;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    int status = tx_run(a->tx, Q_contract_revocable, &c, err, P_INT(a->office), P_TEXT(a->path[0]));

    if (!status)
        status = tender_of_lot(a, row_text(c, 0, "lot_id"), &t, &l, err);
    if (!status)
        status = revocable(a, t, c, strcmp(then_codes[b->consequence], "next") == 0, err);
    if (status)
        return status;
    id_new(a->office, id);
    a->subject = id;
    status = tx_run(a->tx, Q_contract_revoke_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(a->path[0]),
                    P_TEXT(b->reason), P_TEXT(ground_codes[b->ground]), P_TEXT(then_codes[b->consequence]),
                    P_TIME(a->now_us), P_TEXT(a->actor->person));
    return status == E_CONFLICT
               ? err_both(err, E_REFUSED, "state/refused",
                          "another change of this contract waits for approval", "该合同已有待审批的变更")
               : status;
}

/* The contract's money is free, its bid stands no longer, and what it won is nobody's. */
static int undo(struct act *a, const struct rows *c, const char *reason, struct err *err)
{
    struct money m = act_money(a);
    struct rows *left = NULL;
    int status = tx_run(a->tx, Q_contract_apply, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_NULL);

    if (!status)
        status = tx_run(a->tx, Q_contract_committed, &left, err, P_INT(a->office), P_TEXT(a->path[0]));
    if (!status && row_int(left, 0, "committed_fen") > 0)
        status = money_uncommit(&m, a->path[0], a->path[0], row_int(left, 0, "committed_fen"), err);
    if (!status)
        status = tx_run(a->tx, Q_contract_revoked, NULL, err, P_INT(a->office), P_TEXT(a->path[0]),
                        P_TEXT(reason));
    return status ? status
                  : tx_run(a->tx, Q_bid_leave, NULL, err, P_INT(a->office), P_TEXT(row_text(c, 0, "bid_id")),
                           P_TIME(a->now_us));
}

int contract_revoke(struct act *a, struct tender *t, struct lot *l, const struct rows *change,
                    struct err *err)
{
    const bool next = strcmp(row_text(change, 0, "consequence"), "next") == 0;
    const char *reason = row_text(change, 0, "reason");
    struct money m = act_money(a);
    struct rows *c = NULL;
    int status = tx_run(a->tx, Q_contract_revocable, &c, err, P_INT(a->office), P_TEXT(a->path[0]));

    if (!status)
        status = revocable(a, t, c, next, err);
    if (!status)
        status = undo(a, c, reason, err);
    if (status || !next)
        return status ? status : lot_end(a, t, l, reason, err);
    if (t->funded)
        status = money_reserve_next(&m, t->id, a->subject, row_int(c, 0, "next_fen"), err);
    if (!status)
        status = bonds_free(a, t, err);
    if (!status)
        status = lot_recontract(a, t, l, err);
    return status ? status : lot_advance(a, t, l, err);
}
