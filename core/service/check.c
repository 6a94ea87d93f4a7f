/* Findings about bids (资格、符合性审查): yes or no, by whom the plan names, many in one request. */
#include <string.h>

#include "acts.h"
#include "core/service/actor.h"
#include "core/service/forms.h"
#include "core/service/panel.h"
#include "core/service/review.h"

struct check_item {
    const char *bid, *rule, *reason;
    bool passed;
};
struct checks_body {
    linli_list checks;
};
/* clang-format off */
static const linli_option check_rows[] = {
    ROW_ID(check_item, bid, true, "投标", "bid"),
    ROW_CODE(check_item, rule, true, "审查项", "code of the check in the plan"),
    { .name = "passed", .type = LINLI_OPT_BOOL, .required = true, .offset = offsetof(struct check_item, passed),
      .label = {"成立", "it holds"}, .help = {"该项表述是否属实；不涉及的不选", "whether what the item says is so; left open where it does not matter"} },
    ROW_TEXT(check_item, reason, false, 2000, "理由（不成立、直接选定供应商的必填）", "reason; needed where it does not hold, and where it chooses a supplier"),
};
static const linli_option checks_rows[] = {
    ROW_LIST(checks_body, checks, true, 1, 2000, check_rows, check_item, "审查结论", "findings"),
};
/* clang-format on */
const struct form form_checks_add = FORM(checks_rows, struct checks_body);

static int item_fault(struct act *a, size_t i, const char *name, const char *text, const char *zh,
                      struct err *err)
{
    err_set(err, E_INVALID, "body/invalid", "check %zu: %s", i, text);
    err_at(err, arena_printf(a->arena, "/checks/%zu/%s", i, name), "choice", text, zh);
    return E_INVALID;
}

static const linli_check_rule *rule_of(const linli_plan *plan, const char *code)
{
    for (size_t i = 0; i < plan->check_count; i++)
        if (strcmp(plan->checks[i].code, code) == 0)
            return &plan->checks[i];
    return NULL;
}

/* The role of the actor that may find it: the plan's, or the agent for the office's clerk. */
static int finder(const struct act *a, const linli_check_rule *rule)
{
    if (a->roles & (UINT32_C(1) << rule->role))
        return rule->role;
    if (rule->role == LINLI_OFFICE_CLERK && (a->roles & ROLE(AGENT)))
        return LINLI_OFFICE_CLERK;
    return -1;
}

/* What is looked at; once it is to be evaluated again for a wrong qualification, out of its phase: `again`.
 */
struct looking {
    struct tender *t;
    struct lot *l;
    struct lot_facts f;
    bool again;
    bool rolling;    /* bids are decided on one after the other, so that each is asked about by itself */
    const char *bid; /* the one, or NULL: any */
};

static bool looked_at(const struct looking *k, const linli_check_rule *rule, const char *bid)
{
    if (k->again)
        return !k->bid || strcmp(k->bid, bid) == 0;
    return strcmp(rule->phase, k->l->phase) == 0;
}

static int check_store(struct act *a, const struct looking *k, size_t i, struct err *err)
{
    const struct checks_body *b = a->body;
    const struct check_item *item = (const struct check_item *)b->checks.items + i;
    const linli_check_rule *rule = rule_of(k->t->plan, item->rule);
    int status = 0;
    uint64_t key = lot_bid_key(&k->f, item->bid);

    if (!key)
        return item_fault(a, i, "bid", "not a bid of this lot", "不是本采购包的投标", err);
    if (!k->f.facts->bids[key - 1].open || k->f.facts->bids[key - 1].invalid)
        return item_fault(a, i, "bid", "the bid is void or not opened", "该投标无效或者尚未开启", err);
    if (!rule || !looked_at(k, rule, item->bid))
        return item_fault(a, i, "rule", "not a check of this phase", "不是本阶段的审查项", err);
    if (!item->passed && !item->reason)
        return item_fault(a, i, "reason", "needed where it does not hold", "不成立的须说明理由", err);
    /* All who signed an agreement fit: the finding chooses among them. */
    if (item->passed && k->t->under && !item->reason)
        return item_fault(a, i, "reason", "say why this supplier is chosen", "直接选定供应商须说明理由", err);
    int role = finder(a, rule);
    if (role < 0) {
        err_set(err, E_FORBIDDEN, "auth/forbidden", "%s is for the %s", item->rule, role_name(rule->role));
        err_zh(err, "“%s”由其他角色审查", rule->name.zh);
        return E_FORBIDDEN;
    }
    if (role == LINLI_EVALUATOR &&
        ((status = bid_recused(a, k->l, item->bid, err)) ||
         (k->rolling && (status = lot_may(a, k->t, k->l, LINLI_CHECK, item->bid, err)))))
        return status;
    return tx_run(a->tx, Q_check_add, NULL, err, P_INT(k->t->office), P_TEXT(item->bid), P_TEXT(item->rule),
                  P_TEXT(a->actor->person), P_TEXT(role_name(role)), P_BOOL(item->passed),
                  P_TEXT(item->reason ? item->reason : ""), P_TIME(a->now_us));
}

int act_checks_add(struct act *a, struct err *err)
{
    const struct checks_body *b = a->body;
    const char *ground = NULL;
    struct looking k = {0};
    int status = tender_of_lot(a, a->subject, &k.t, &k.l, err);

    if (status || (status = evaluator_sits(a, k.l, err)) ||
        (status = review_open(a, k.l, &ground, &k.bid, err)))
        return status;
    k.again = ground && strcmp(ground, review_ground_codes[0]) == 0;
    if ((!k.again && (status = lot_may(a, k.t, k.l, LINLI_CHECK, NULL, err))) ||
        ((a->roles & ROLES_OFFICE) && (status = actor_untied(a, k.t, k.l, err))) ||
        (status = lot_facts_load(a, k.t, k.l, &k.f, err)))
        return status;
    k.rolling = lot_rolls(k.t, k.l);
    if (k.rolling && (a->roles & ROLE(EVALUATOR)))
        status = interests_renew(a, k.t, k.l, err);
    for (size_t i = 0; status == 0 && i < b->checks.count; i++)
        status = check_store(a, &k, i, err);
    return status;
}
