/*
 * What becomes of a signed contract: supplemented, changed, suspended, ended before its time, carried on by a
 * successor.  Each is asked for with its reason by one person, agreed by the other side where it binds it,
 * and approved by a second person; the database brings it into the contract (linli.contract_apply), so that
 * its tranches add up to it after each.
 */
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/service/call.h"
#include "core/service/contract.h"
#include "core/service/forms.h"
#include "core/service/payable.h"
#include "core/service/tranche.h"

enum { WHOLE_PPM = 1000000 };

/* A contract with its tender, as it stands. */
struct standing {
    struct rows *row;
    struct tender *t;
    struct lot *l;
};

/* One of its changes as it is asked for; absent members are zero. */
struct wanted {
    const char *kind, *reason, *terms, *trigger, *tranches_json, *organisation;
    linli_text name;
    linli_date ends, due_on;
    bool with_amount;
    int64_t amount_fen;
};

static int standing_load(struct act *a, struct standing *s, struct err *err)
{
    int status = tx_run(a->tx, Q_contract_standing, &s->row, err, P_INT(a->office), P_TEXT(a->path[0]));

    if (!status && rows_count(s->row) == 0)
        status = err_set(err, E_ABSENT, "contract/absent", "no contract %s", a->path[0]);
    return status ? status : tender_of_lot(a, row_text(s->row, 0, "lot_id"), &s->t, &s->l, err);
}

static bool is_state(const struct standing *s, const char *state)
{
    return strcmp(row_text(s->row, 0, "state"), state) == 0;
}

static int wrong_state(const struct standing *s, struct err *err)
{
    err_set(err, E_REFUSED, "state/refused", "the contract is %s", row_text(s->row, 0, "state"));
    err_zh(err, "合同的状态不允许此操作");
    return E_REFUSED;
}

static int money_wrong(struct err *err, const char *pointer, const char *text, const char *zh)
{
    err_set(err, E_INVALID, "contract/exceeded", "%s", text);
    err_zh(err, "%s", zh);
    err_at(err, pointer, "range", text, zh);
    return E_INVALID;
}

static int propose(struct act *a, const struct standing *s, const struct wanted *w, struct err *err)
{
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    int status;

    id_new(a->office, id);
    status = tx_run(a->tx, Q_contract_change_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(a->path[0]),
                    P_INT(row_int(s->row, 0, "changes") + 1), P_TEXT(w->kind), P_TEXT(w->reason),
                    w->with_amount ? P_INT(w->amount_fen) : P_NULL, P_DATE(w->ends.day), P_TEXT(w->terms),
                    P_TEXT(w->name.zh), P_TEXT(w->name.en), P_TEXT(w->trigger), P_DATE(w->due_on.day),
                    P_TEXT(w->tranches_json), P_TEXT(w->organisation), P_TIME(a->now_us),
                    P_TEXT(a->actor->person), P_BOOL(!(a->roles & ROLES_OFFICE)));
    if (status == E_CONFLICT) {
        err_set(err, E_REFUSED, "state/refused", "another change of this contract waits for approval");
        err_zh(err, "该合同已有待审批的变更");
        return E_REFUSED;
    }
    a->subject = id;
    return status;
}

/* ---- supplement: within the share the plan was published with ------------------ */

static const char *const trigger_codes[] = {"signing", "milestone", "acceptance", "date", NULL};
static const linli_text trigger_labels[] = {{"签订后", "on signing"},
                                            {"达到节点", "on a milestone"},
                                            {"验收后", "on acceptance"},
                                            {"到期", "on a date"},
                                            {NULL, NULL}};
enum { TRIGGER_DATE = 3 };

struct supplement {
    linli_money amount;
    linli_text name;
    int32_t trigger;
    linli_date due_on;
    const char *reason;
};
static const linli_option supplement_rows[] = {
    ROW_MONEY(supplement, amount, true, "追加金额", "what is added"),
    ROW(supplement, name, TEXT, true, 0, 100, NULL, "款项名称", "name of its tranche"),
    {.name = "trigger",
     .type = LINLI_OPT_CHOICE,
     .offset = offsetof(struct supplement, trigger),
     .high = 3,
     .initial = "acceptance",
     .codes = trigger_codes,
     .choices = trigger_labels,
     .label = {"支付条件", "paid"},
     .help = {"不填为验收后", "on acceptance where left out"}},
    ROW(supplement, due_on, DATE, false, 0, 0, NULL, "到期日", "the date, where it is paid on one"),
    ROW_TEXT(supplement, reason, true, 4000, "理由", "reason"),
};
const struct form form_contract_supplement = FORM(supplement_rows, struct supplement);

int supplement_within(const struct tender *t, int64_t first_fen, int64_t grown_fen, int64_t more_fen,
                      struct err *err)
{
    __extension__ typedef __int128 wide;
    const linli_rule *rule = rule_find(t->rules.rules, t->rules.count, "supplement_max");
    const int64_t left = (int64_t)((wide)first_fen * t->plan->extra.ppm / WHOLE_PPM) - grown_fen;

    if (more_fen <= left)
        return 0;
    err_set(err, E_REFUSED, "contract/supplement", "%lld.%02lld yuan may still be added",
            (long long)(left / 100), (long long)(left % 100));
    err_zh(err, "补充合同累计最多还可追加 %lld.%02lld 元", (long long)(left / 100), (long long)(left % 100));
    if (rule && t->plan->extra.ppm == rule->value)
        err_article(err, rule->source);
    err_at(err, "/amount", "range", "more than may still be added", "超过可追加的金额");
    return E_REFUSED;
}

int act_contract_supplement(struct act *a, struct err *err)
{
    const struct supplement *b = a->body;
    const struct wanted w = {.kind = "supplement",
                             .reason = b->reason,
                             .with_amount = true,
                             .amount_fen = b->amount.minor,
                             .name = b->name,
                             .trigger = trigger_codes[b->trigger],
                             .due_on = b->due_on};
    struct standing s = {0};
    int status = standing_load(a, &s, err);

    if (!status && !is_state(&s, "signed"))
        status = wrong_state(&s, err);
    if (!status && (b->trigger == TRIGGER_DATE) != (b->due_on.day != 0)) {
        err_set(err, E_INVALID, "body/invalid", "a date belongs to what is paid on one");
        err_at(err, "/due_on", "required", "a date belongs to what is paid on one",
               "按日期支付的应填到期日，其他不填");
        return E_INVALID;
    }
    if (!status)
        status = supplement_within(s.t, row_int(s.row, 0, "first_fen"), row_int(s.row, 0, "grown_fen"),
                                   b->amount.minor, err);
    return status ? status : propose(a, &s, &w, err);
}

/* ---- change: last day, terms, how the sum is spread over what is not let out yet ---- */

struct part {
    const char *tranche;
    linli_money amount;
};
static const linli_option part_rows[] = {
    ROW_ID(part, tranche, true, "拨款期次", "tranche"),
    ROW_MONEY(part, amount, true, "金额", "its new sum"),
};
struct change {
    linli_date ends;
    const char *terms, *reason;
    linli_list tranches;
};
static const linli_option change_rows[] = {
    ROW(change, ends, DATE, false, 0, 0, NULL, "结束日", "last day"),
    ROW_TEXT(change, terms, false, 60000, "合同条款", "terms"),
    ROW_LIST(change, tranches, false, 1, 100, part_rows, part, "各期金额",
             "tranches that change, adding up to what they were"),
    ROW_TEXT(change, reason, true, 4000, "理由", "reason"),
};
const struct form form_contract_change = FORM(change_rows, struct change);

static int64_t row_of(const struct rows *rows, const char *id)
{
    for (size_t i = 0; i < rows_count(rows); i++)
        if (strcmp(row_text(rows, i, "id"), id) == 0)
            return (int64_t)i;
    return -1;
}

static int part_wrong(struct act *a, struct err *err, size_t i, const char *text, const char *zh)
{
    err_set(err, E_INVALID, "body/invalid", "%s", text);
    err_zh(err, "%s", zh);
    err_at(err, arena_printf(a->arena, "/tranches/%zu", i), "choice", text, zh);
    return E_INVALID;
}

/* Each of them open, none twice, none below what was accepted of it, together what they were. */
static int parts_fit(struct act *a, const linli_list *list, struct err *err)
{
    const struct part *parts = list->items;
    struct rows *rows = NULL;
    int64_t sum = 0;
    int status = tx_run(a->tx, Q_tranche_plan, &rows, err, P_INT(a->office), P_TEXT(a->path[0]));

    for (size_t i = 0; !status && i < list->count; i++) {
        int64_t row = row_of(rows, parts[i].tranche);

        for (size_t k = 0; k < i; k++)
            if (strcmp(parts[k].tranche, parts[i].tranche) == 0)
                return part_wrong(a, err, i, "named twice", "同一期次出现两次");
        if (row < 0)
            return part_wrong(a, err, i, "no open tranche of this contract", "不是本合同尚未核准的期次");
        sum += parts[i].amount.minor - row_int(rows, (size_t)row, "amount_fen");
    }
    return status || sum == 0 ? status
                              : money_wrong(err, "/tranches", "the tranches must add up to the contract",
                                            "各期合计应等于合同金额");
}

static const char *parts_json(struct act *a, const linli_list *list)
{
    CLEANUP(buf_free) struct buf out = {0};
    const struct part *parts = list->items;

    if (list->count == 0)
        return NULL;
    json_open(&out, '[');
    for (size_t i = 0; i < list->count; i++) {
        json_open(&out, '[');
        json_string(&out, parts[i].tranche);
        json_int(&out, parts[i].amount.minor);
        json_close(&out, ']');
    }
    json_close(&out, ']');
    return arena_ndup(a->arena, out.data, out.size);
}

/* A new last day keeps to the rules the contract was drawn up by; asked again at the approval. */
static int ends_fits(struct act *a, const struct standing *s, int32_t ends, struct err *err)
{
    const struct term w = {.first = {row_date(s->row, 0, "first_starts")},
                           .starts = {row_date(s->row, 0, "starts")},
                           .ends = {ends},
                           .retention_until = {row_date(s->row, 0, "retention_until")}};

    return ends ? term_fits(a, s->t, &w, err) : 0;
}

int act_contract_change(struct act *a, struct err *err)
{
    const struct change *b = a->body;
    const struct wanted w = {.kind = "change",
                             .reason = b->reason,
                             .ends = b->ends,
                             .terms = b->terms,
                             .tranches_json = parts_json(a, &b->tranches)};
    struct standing s = {0};
    int status = standing_load(a, &s, err);

    if (!status && !is_state(&s, "signed"))
        status = wrong_state(&s, err);
    if (!status && !b->ends.day && !b->terms && b->tranches.count == 0) {
        err_set(err, E_INVALID, "body/invalid", "nothing is changed");
        err_at(err, "", "required", "say what changes", "请写明变更内容");
        return E_INVALID;
    }
    if (!status)
        status = ends_fits(a, &s, b->ends.day, err);
    if (!status)
        status = parts_fit(a, &b->tranches, err);
    return status ? status : propose(a, &s, &w, err);
}

/* ---- suspend, resume ------------------------------------------------------------ */

struct reason {
    const char *reason;
};
static const linli_option reason_rows[] = {ROW_TEXT(reason, reason, true, 4000, "理由", "reason")};
const struct form form_contract_suspend = FORM(reason_rows, struct reason);
const struct form form_contract_resume = FORM(reason_rows, struct reason);

static int hold(struct act *a, const char *kind, const char *from, struct err *err)
{
    const struct reason *b = a->body;
    const struct wanted w = {.kind = kind, .reason = b->reason};
    struct standing s = {0};
    int status = standing_load(a, &s, err);

    if (!status && !is_state(&s, from))
        status = wrong_state(&s, err);
    return status ? status : propose(a, &s, &w, err);
}

int act_contract_suspend(struct act *a, struct err *err)
{
    return hold(a, "suspend", "signed", err);
}

int act_contract_resume(struct act *a, struct err *err)
{
    return hold(a, "resume", "suspended", err);
}

/* ---- terminate: settled at what was done --------------------------------------------- */

struct terminate {
    linli_money settled;
    bool has_settled;
    const char *reason;
};
static const linli_option terminate_rows[] = {
    {.name = "settled",
     .type = LINLI_OPT_MONEY,
     .offset = offsetof(struct terminate, settled),
     .present = offsetof(struct terminate, has_settled),
     .high = INT64_C(100000000000000),
     .label = {"结算金额", "settled at"},
     .help = {"已完成部分的价值合计；不填为已验收价值",
              "what was done is worth in all; left out: what was accepted"}},
    ROW_TEXT(terminate, reason, true, 4000, "理由", "reason"),
};
const struct form form_contract_terminate = FORM(terminate_rows, struct terminate);

int act_contract_terminate(struct act *a, struct err *err)
{
    const struct terminate *b = a->body;
    struct wanted w = {.kind = "terminate", .reason = b->reason, .with_amount = true};
    struct standing s = {0};
    int status = standing_load(a, &s, err);

    if (!status && !is_state(&s, "signed") && !is_state(&s, "suspended"))
        status = wrong_state(&s, err);
    if (!status && !(a->roles & ROLES_OFFICE) &&
        (!makes_agreements(s.t) || !actor_of_organisation(a->actor, row_text(s.row, 0, "organisation_id"))))
        status =
            err_set(err, E_FORBIDDEN, "auth/forbidden", "a supplier may only ask to leave its own agreement");
    if (status)
        return status;
    w.amount_fen = b->has_settled ? b->settled.minor : row_int(s.row, 0, "accepted_fen");
    if (w.amount_fen < row_int(s.row, 0, "accepted_fen"))
        return money_wrong(err, "/settled", "less than was accepted already", "低于已验收的价值");
    if (w.amount_fen > row_int(s.row, 0, "amount_fen"))
        return money_wrong(err, "/settled", "more than the contract is worth", "超过合同金额");
    return propose(a, &s, &w, err);
}

/* ---- succeed: a contractor that was renamed, merged or divided ------------------------- */

struct succeed {
    const char *organisation, *reason;
};
static const linli_option succeed_rows[] = {
    ROW_ID(succeed, organisation, true, "承继主体", "successor"),
    ROW_TEXT(succeed, reason, true, 4000, "合并、分立或更名的依据", "what the succession rests on"),
};
const struct form form_contract_succeed = FORM(succeed_rows, struct succeed);

/* Nobody but who the registry says carries on; anything else would pass the contract on (转包). */
static int succession_known(struct act *a, const char *before, const char *after, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_organisation_succeeds, &r, err, P_TEXT(before), P_TEXT(after));

    if (status || row_bool(r, 0, "yes"))
        return status;
    err_both(err, E_REFUSED, "contract/transfer", "the registry knows no merger or division between the two",
             "登记信息中没有两者合并或者分立的记录，合同不得转让");
    err_article(err, "政府采购法实施条例 §72");
    err_at(err, "/organisation", "choice", "not the successor", "不是承继主体");
    return E_REFUSED;
}

int act_contract_succeed(struct act *a, struct err *err)
{
    const struct succeed *b = a->body;
    const struct wanted w = {.kind = "succeed", .reason = b->reason, .organisation = b->organisation};
    struct rows *found = NULL;
    struct standing s = {0};
    int status = standing_load(a, &s, err);

    if (!status && !is_state(&s, "signed") && !is_state(&s, "suspended"))
        status = wrong_state(&s, err);
    if (!status)
        status = tx_run(a->tx, Q_organisation_known, &found, err, P_TEXT(b->organisation));
    if (status)
        return status;
    if (rows_count(found) == 0 || strcmp(b->organisation, row_text(s.row, 0, "organisation_id")) == 0) {
        err_set(err, E_INVALID, "body/invalid", "no other organisation %s", b->organisation);
        err_at(err, "/organisation", "unknown", "no other organisation", "没有这个其他组织");
        return E_INVALID;
    }
    status = succession_known(a, row_text(s.row, 0, "organisation_id"), b->organisation, err);
    return status ? status : propose(a, &s, &w, err);
}

/* ---- agreed by the other side, approved or refused by a second person --------------------- */

static int change_open(struct act *a, struct rows **ret, struct err *err)
{
    int status = tx_run(a->tx, Q_contract_change_load, ret, err, P_INT(a->office), P_TEXT(a->path[0]),
                        P_TEXT(a->path[1]));

    if (status)
        return status;
    if (rows_count(*ret) == 0)
        return err_set(err, E_ABSENT, "contract/absent", "the contract has no change %s", a->path[1]);
    a->subject = a->path[1];
    if (strcmp(row_text(*ret, 0, "state"), "proposed") == 0)
        return 0;
    err_set(err, E_REFUSED, "state/refused", "the change is %s", row_text(*ret, 0, "state"));
    err_zh(err, "该变更已审批");
    return E_REFUSED;
}

/* Whose consent it needs: the contractor's, the successor's, or NULL: nobody's. */
static const char *bound_by(const struct rows *change, const struct standing *s)
{
    const char *kind = row_text(change, 0, "kind");

    if (strcmp(kind, "succeed") == 0)
        return row_text(change, 0, "organisation_id");
    return strcmp(kind, "supplement") == 0 || strcmp(kind, "change") == 0
               ? row_text(s->row, 0, "organisation_id")
               : NULL;
}

int act_contract_agree(struct act *a, struct err *err)
{
    struct standing s = {0};
    struct rows *change = NULL;
    const char *whose;
    int status = standing_load(a, &s, err);

    if (!status)
        status = change_open(a, &change, err);
    if (status)
        return status;
    whose = bound_by(change, &s);
    if (!whose || !actor_of_organisation(a->actor, whose))
        return err_set(err, E_FORBIDDEN, "auth/forbidden", "this change is not yours to agree to");
    if (!row_null(change, 0, "agreed_by")) {
        err_set(err, E_REFUSED, "state/refused", "it is agreed to already");
        err_zh(err, "已同意");
        return E_REFUSED;
    }
    return tx_run(a->tx, Q_contract_change_agree, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                  P_TIME(a->now_us), P_TEXT(a->actor->person));
}

static int decide(struct act *a, const char *state, const char *note, struct err *err)
{
    return tx_run(a->tx, Q_contract_change_decide, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                  P_TEXT(state), P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(note));
}

static int may_approve(struct act *a, const struct standing *s, const struct rows *change, struct err *err)
{
    int status = no_interest(a, row_text(s->row, 0, "organisation_id"), err);

    if (!status) /* of a succession the one who is paid from then on; of any other change nobody */
        status = no_interest(a, row_text(change, 0, "organisation_id"), err);
    if (status)
        return status;
    if (strcmp(row_text(change, 0, "proposed_by"), a->actor->person) == 0) {
        err_set(err, E_REFUSED, "approval/same-person", "who asked for a change cannot approve it");
        err_zh(err, "提出变更与审批不能为同一人");
        return E_REFUSED;
    }
    if (!bound_by(change, s) || !row_null(change, 0, "agreed_by"))
        return 0;
    err_set(err, E_REFUSED, "approval/missing", "the other side has not agreed yet");
    err_zh(err, "对方尚未同意");
    return E_REFUSED;
}

/* What was done and not paid becomes payable in a tranche of its own (NULL: nothing is owed), the rest of
 * what was committed is free; what was paid too much is asked back. */
static int settle(struct act *a, int64_t settled_fen, const char *tranche, struct err *err)
{
    struct money m = act_money(a);
    const char *id = a->path[0];
    struct rows *left = NULL;
    int status = tranche ? payable_settlement(a, tranche, err) : 0;

    if (!status)
        status = tx_run(a->tx, Q_contract_committed, &left, err, P_INT(a->office), P_TEXT(id));
    if (!status && row_int(left, 0, "committed_fen") > 0)
        status = money_uncommit(&m, id, id, row_int(left, 0, "committed_fen"), err);
    if (!status)
        status = payable_settled(a, id, settled_fen, err);
    json_key(&a->payload, "settled");
    json_fen(&a->payload, settled_fen);
    return status;
}

/* The last payment may have gone out while a change waited for its second person. */
static int state_set(struct act *a, const struct standing *s, const char *state, struct err *err)
{
    struct rows *r = NULL;
    int status =
        tx_run(a->tx, Q_contract_state, &r, err, P_INT(a->office), P_TEXT(a->path[0]), P_TEXT(state));

    return status || rows_count(r) ? status : wrong_state(s, err);
}

static int terminate(struct act *a, const struct standing *s, const struct rows *change, struct err *err)
{
    struct rows *owed = NULL;
    char tranche[UUID_TEXT];
    int status = state_set(a, s, "signed", err);

    id_new(a->office, tranche);
    if (!status)
        status = tx_run(a->tx, Q_contract_apply, &owed, err, P_INT(a->office), P_TEXT(a->subject),
                        P_TEXT(tranche));
    if (!status)
        status = settle(a, row_int(change, 0, "amount_fen"),
                        row_int(owed, 0, "owed_fen") > 0 ? tranche : NULL, err);
    if (!status)
        status = tx_run(a->tx, Q_contract_stopped, NULL, err, P_INT(a->office), P_TEXT(a->path[0]),
                        P_TEXT(row_text(change, 0, "reason")));
    if (!status && lot_rolls(s->t, s->l)) /* an open agreement, which may be joined again */
        status = tx_run(a->tx, Q_bid_leave, NULL, err, P_INT(a->office),
                        P_TEXT(row_text(s->row, 0, "bid_id")), P_TIME(a->now_us));
    return status ? status : contract_settle(a, s->t, s->l, a->path[0], err);
}

static int supplement(struct act *a, const struct standing *s, const struct rows *change, struct err *err)
{
    struct money m = act_money(a);
    int64_t fen = row_int(change, 0, "amount_fen");
    char tranche[UUID_TEXT];
    int status =
        supplement_within(s->t, row_int(s->row, 0, "first_fen"), row_int(s->row, 0, "grown_fen"), fen, err);

    id_new(a->office, tranche);
    if (!status)
        status =
            tx_run(a->tx, Q_contract_apply, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT(tranche));
    return status ? status : money_supplement(&m, a->path[0], a->subject, fen, err);
}

static int apply(struct act *a, const struct standing *s, const struct rows *change, struct err *err)
{
    const char *kind = row_text(change, 0, "kind");
    int status = 0;

    if (strcmp(kind, "terminate") == 0)
        return terminate(a, s, change, err);
    if (strcmp(kind, "revoke") == 0)
        return contract_revoke(a, s->t, s->l, change, err);
    if (strcmp(kind, "suspend") == 0 || strcmp(kind, "resume") == 0)
        return state_set(a, s, strcmp(kind, "suspend") == 0 ? "suspended" : "signed", err);
    if (strcmp(kind, "supplement") == 0)
        return supplement(a, s, change, err);
    if (strcmp(kind, "change") == 0)
        status = ends_fits(a, s, row_date(change, 0, "ends"), err);
    if (!status)
        status = tx_run(a->tx, Q_contract_apply, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_NULL);
    return status || strcmp(kind, "change") != 0
               ? status
               : tx_run(a->tx, Q_contract_rewrite, NULL, err, P_INT(a->office), P_TEXT(a->path[0]),
                        P_DATE(row_date(change, 0, "ends")), P_TEXT(row_text(change, 0, "terms")));
}

static int change_publish(struct act *a, const struct standing *s, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_contract_change_notice, &rows, err, P_INT(a->office), P_TEXT(a->subject));

    return status ? status
                  : notice_publish(a, s->t->id, "contract_change", notice_title(a, s->t, "contract_change"),
                                   row_text(rows, 0, "body"), 0, err);
}

/* Of which contract, and what it did: the log is held against it. */
static void change_tell(struct act *a, const struct rows *change)
{
    json_key(&a->payload, "kind");
    json_string(&a->payload, row_text(change, 0, "kind"));
    json_key(&a->payload, "contract");
    json_string(&a->payload, a->path[0]);
    if (!row_null(change, 0, "organisation_id")) {
        json_key(&a->payload, "organisation");
        json_string(&a->payload, row_text(change, 0, "organisation_id"));
    }
    if (!row_null(change, 0, "amount_fen")) {
        json_key(&a->payload, "amount");
        json_fen(&a->payload, row_int(change, 0, "amount_fen"));
    }
}

int act_contract_change_approve(struct act *a, struct err *err)
{
    struct standing s = {0};
    struct rows *change = NULL;
    int status = standing_load(a, &s, err);

    if (!status)
        status = change_open(a, &change, err);
    if (!status)
        status = may_approve(a, &s, change, err);
    if (!status)
        status = decide(a, "approved", NULL, err);
    if (!status)
        status = apply(a, &s, change, err);
    if (status)
        return status;
    change_tell(a, change);
    return change_publish(a, &s, err);
}

const struct form form_contract_change_refuse = FORM(reason_rows, struct reason);

/* Also by who asked for it: then it is taken back. */
int act_contract_change_refuse(struct act *a, struct err *err)
{
    const struct reason *b = a->body;
    struct rows *change = NULL;
    int status = change_open(a, &change, err);

    return status ? status : decide(a, "refused", b->reason, err);
}
