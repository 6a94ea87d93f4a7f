/*
 * The budget of a project by line: personnel and management within the shares the rules allow, a shift within
 * the free share at once and above it with an approval, an account at the end, what was not spent asked back.
 */
#include <stdio.h>
#include <string.h>

#include "acts.h"
#include "core/service/forms.h"
#include "core/service/payable.h"

enum { WHOLE_PPM = 1000000, LINES_MOST = 60 };
__extension__ typedef __int128 wide;

static const char *const kind_codes[] = {"personnel", "management", "activity", "equipment", "other", NULL};
static const linli_text kind_labels[] = {{"人员费", "personnel"}, {"管理费", "management"},
                                         {"活动费", "activity"},  {"设备费", "equipment"},
                                         {"其他", "other"},       {NULL, NULL}};

/* A contract that has or gets a budget. */
struct budget {
    struct rows *contract, *lines;
    struct tender *t;
    struct lot *l;
};

static int budget_load(struct act *a, struct budget *b, bool own, struct err *err)
{
    int status = tx_run(a->tx, Q_contract_standing, &b->contract, err, P_INT(a->office), P_TEXT(a->path[0]));

    if (!status)
        status = tx_run(a->tx, Q_budget_lines, &b->lines, err, P_INT(a->office), P_TEXT(a->path[0]));
    if (!status)
        status = tender_of_lot(a, row_text(b->contract, 0, "lot_id"), &b->t, &b->l, err);
    if (status)
        return status;
    if (!own)
        return no_interest(a, row_text(b->contract, 0, "organisation_id"), err);
    return actor_of_organisation(a->actor, row_text(b->contract, 0, "organisation_id"))
               ? 0
               : err_both(err, E_FORBIDDEN, "auth/forbidden", "the contract is another organisation's",
                          "该合同属于其他组织");
}

/* ---- the lines ---- */

struct line_item {
    const char *code, *name;
    int32_t kind;
    linli_money amount;
};
static const linli_option line_rows[] = {
    ROW_CODE(line_item, code, true, "科目代码", "code"),
    ROW_LINE(line_item, name, true, 100, "科目名称", "name"),
    ROW_CHOICE(line_item, kind, true, kind_codes, kind_labels, NULL, "类别", "kind"),
    ROW_MONEY(line_item, amount, true, "金额", "sum"),
};
struct lines_body {
    linli_list lines;
};
static const linli_option lines_rows[] = {
    ROW_LIST(lines_body, lines, true, 1, LINES_MOST, line_rows, line_item, "预算科目", "lines of the budget"),
};
const struct form form_budget_set = FORM(lines_rows, struct lines_body);

/* No more of the whole for a kind than the rules of the call allow. */
static int within_cap(const struct budget *b, const char *kind, int64_t part_fen, int64_t whole_fen,
                      const char *pointer, struct err *err)
{
    const bool people = strcmp(kind, "personnel") == 0;
    const linli_rule *rule = people || strcmp(kind, "management") == 0
                                 ? rule_find(b->t->rules.rules, b->t->rules.count,
                                             people ? "personnel_share_max" : "management_share_max")
                                 : NULL;

    if (!rule || (wide)part_fen * WHOLE_PPM <= (wide)whole_fen * rule->value)
        return 0;
    err_both(err, E_REFUSED, "rule/refused",
             people ? "personnel costs above their share" : "management costs above their share",
             people ? "人员费超过规定比例" : "管理费超过规定比例");
    err_article(err, rule->source);
    err_at(err, pointer, "range", "above its share", "超过规定比例");
    return E_REFUSED;
}

static int lines_fit(struct act *a, const struct budget *b, const linli_list *list, struct err *err)
{
    const struct line_item *item = list->items;
    int64_t whole = 0, kinds[LENGTH(kind_codes)] = {0};
    int status = 0;

    for (size_t i = 0; i < list->count; i++) {
        for (size_t k = 0; k < i; k++)
            if (strcmp(item[i].code, item[k].code) == 0)
                return err_member(err, arena_printf(a->arena, "/lines/%zu/code", i), "duplicate",
                                  "named twice", "科目重复");
        whole += item[i].amount.minor;
        kinds[item[i].kind] += item[i].amount.minor;
    }
    if (whole < row_int(b->contract, 0, "amount_fen"))
        return err_member(err, "/lines", "range", "the lines are less than the contract",
                          "科目合计低于合同金额");
    for (size_t k = 0; !status && kind_codes[k]; k++)
        status = within_cap(b, kind_codes[k], kinds[k], whole, "/lines", err);
    return status;
}

int act_budget_set(struct act *a, struct err *err)
{
    const struct lines_body *body = a->body;
    const struct line_item *item = body->lines.items;
    struct budget b = {0};
    int status = budget_load(a, &b, true, err);

    if (!status && rows_count(b.lines))
        return err_both(err, E_REFUSED, "state/refused", "the budget is set: move money between its lines",
                        "预算已编制，请办理调剂");
    if (!status)
        status = lines_fit(a, &b, &body->lines, err);
    for (size_t i = 0; !status && i < body->lines.count; i++)
        status = tx_run(a->tx, Q_budget_line_add, NULL, err, P_INT(a->office), P_TEXT(a->path[0]),
                        P_TEXT(item[i].code), P_TEXT(item[i].name), P_TEXT(kind_codes[item[i].kind]),
                        P_INT(item[i].amount.minor));
    return status;
}

/* ---- shifts ---- */

struct shift {
    const char *from, *to, *reason;
    linli_money amount;
};
static const linli_option shift_rows[] = {
    ROW_CODE(shift, from, true, "调出科目", "from"),
    ROW_CODE(shift, to, true, "调入科目", "to"),
    ROW_MONEY(shift, amount, true, "金额", "sum"),
    ROW_TEXT(shift, reason, true, 2000, "理由", "reason"),
};
const struct form form_budget_shift = FORM(shift_rows, struct shift);

static int64_t line_of(const struct budget *b, const char *code)
{
    for (size_t i = 0; i < rows_count(b->lines); i++)
        if (strcmp(row_text(b->lines, i, "code"), code) == 0)
            return (int64_t)i;
    return -1;
}

/* All that was moved out of the one, and into the other, stays within the free share of each. */
static bool is_free(const struct budget *b, size_t from, size_t to, int64_t fen)
{
    const linli_rule *rule = rule_find(b->t->rules.rules, b->t->rules.count, "budget_shift_free");
    int64_t ppm = rule ? rule->value : 0;

    return (wide)(row_int(b->lines, from, "out_fen") + fen) * WHOLE_PPM <=
               (wide)row_int(b->lines, from, "planned_fen") * ppm &&
           (wide)(row_int(b->lines, to, "in_fen") + fen) * WHOLE_PPM <=
               (wide)row_int(b->lines, to, "planned_fen") * ppm;
}

static int shift_fits(const struct budget *b, int64_t from, int64_t to, int64_t fen, struct err *err)
{
    int64_t whole = 0, kind_fen = fen;
    const char *kind;

    if (from < 0 || to < 0 || from == to)
        return err_member(err, from < 0 ? "/from" : "/to", "unknown", "no other line of this budget",
                          "没有这个预算科目");
    /* What an account says was spent of it is not there any more. */
    if (fen > row_int(b->lines, (size_t)from, "planned_fen") + row_int(b->lines, (size_t)from, "moved_fen") -
                  (row_null(b->lines, (size_t)from, "spent_fen")
                       ? 0
                       : row_int(b->lines, (size_t)from, "spent_fen")))
        return err_member(err, "/amount", "range", "more than the line has", "超过科目余额");
    kind = row_text(b->lines, (size_t)to, "kind");
    for (size_t i = 0; i < rows_count(b->lines); i++) {
        int64_t now = row_int(b->lines, i, "planned_fen") + row_int(b->lines, i, "moved_fen");

        whole += now;
        kind_fen += strcmp(row_text(b->lines, i, "kind"), kind) == 0 ? now : 0;
    }
    if (strcmp(row_text(b->lines, (size_t)from, "kind"), kind) == 0)
        return 0;
    return within_cap(b, kind, kind_fen, whole, "/amount", err);
}

static int move(struct act *a, const char *from, const char *to, int64_t fen, struct err *err)
{
    return tx_run(a->tx, Q_budget_move, NULL, err, P_INT(a->office), P_TEXT(a->path[0]), P_TEXT(from),
                  P_TEXT(to), P_INT(fen));
}

int act_budget_shift(struct act *a, struct err *err)
{
    const struct shift *s = a->body;
    struct budget b = {0};
    int64_t from, to;
    char id[UUID_TEXT];
    bool at_once;
    int status = budget_load(a, &b, true, err);

    if (status)
        return status;
    from = line_of(&b, s->from);
    to = line_of(&b, s->to);
    if ((status = shift_fits(&b, from, to, s->amount.minor, err)))
        return status;
    at_once = is_free(&b, (size_t)from, (size_t)to, s->amount.minor);
    id_new(a->office, id);
    status = tx_run(a->tx, Q_budget_shift_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(a->path[0]),
                    P_TEXT(s->from), P_TEXT(s->to), P_INT(s->amount.minor), P_TEXT(s->reason),
                    P_TEXT(at_once ? "free" : "proposed"), P_TIME(a->now_us), P_TEXT(a->actor->person));
    json_key(&a->payload, "free");
    json_bool(&a->payload, at_once);
    return status || !at_once ? status : move(a, s->from, s->to, s->amount.minor, err);
}

static int shift_decide(struct act *a, const char *state, const char *note, struct rows **ret,
                        struct err *err)
{
    int status = tx_run(a->tx, Q_budget_shift_load, ret, err, P_INT(a->office), P_TEXT(a->path[0]),
                        P_TEXT(a->path[1]));

    if (status)
        return status;
    if (rows_count(*ret) == 0 || strcmp(row_text(*ret, 0, "state"), "proposed") != 0)
        return err_both(err, E_REFUSED, "state/refused", "no shift of this budget waits there",
                        "没有这项待审批的调剂");
    return tx_run(a->tx, Q_budget_shift_decide, NULL, err, P_INT(a->office), P_TEXT(a->path[1]),
                  P_TEXT(state), P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(note));
}

int act_budget_shift_approve(struct act *a, struct err *err)
{
    struct budget b = {0};
    struct rows *r = NULL;
    int status = shift_decide(a, "approved", NULL, &r, err);

    if (!status)
        status = budget_load(a, &b, false, err);
    if (!status) /* other shifts may have gone before it */
        status = shift_fits(&b, line_of(&b, row_text(r, 0, "from_code")),
                            line_of(&b, row_text(r, 0, "to_code")), row_int(r, 0, "amount_fen"), err);
    return status ? status
                  : move(a, row_text(r, 0, "from_code"), row_text(r, 0, "to_code"),
                         row_int(r, 0, "amount_fen"), err);
}

struct reason {
    const char *reason;
};
static const linli_option reason_rows[] = {ROW_TEXT(reason, reason, true, 4000, "理由", "reason")};
const struct form form_budget_shift_refuse = FORM(reason_rows, struct reason);

int act_budget_shift_refuse(struct act *a, struct err *err)
{
    const struct reason *b = a->body;
    struct rows *r = NULL;

    return shift_decide(a, "refused", b->reason, &r, err);
}

/* ---- the account ---- */

struct spent_item {
    const char *code;
    linli_money spent;
};
static const linli_option spent_rows[] = {
    ROW_CODE(spent_item, code, true, "科目代码", "code"),
    ROW(spent_item, spent, MONEY, true, 0, INT64_C(100000000000000), NULL, "实际支出", "what was spent"),
};
struct account_body {
    linli_list lines;
};
static const linli_option account_rows[] = {
    ROW_LIST(account_body, lines, true, 1, LINES_MOST, spent_rows, spent_item, "决算",
             "what was spent, by line"),
};
const struct form form_budget_account = FORM(account_rows, struct account_body);

int act_budget_account(struct act *a, struct err *err)
{
    const struct account_body *body = a->body;
    const struct spent_item *item = body->lines.items;
    struct budget b = {0};
    int status = budget_load(a, &b, true, err);

    for (size_t i = 0; !status && i < body->lines.count; i++) {
        int64_t at = line_of(&b, item[i].code);

        if (at < 0)
            return err_member(err, arena_printf(a->arena, "/lines/%zu/code", i), "unknown",
                              "no line of this budget", "没有这个预算科目");
        if (item[i].spent.minor >
            row_int(b.lines, (size_t)at, "planned_fen") + row_int(b.lines, (size_t)at, "moved_fen"))
            return err_member(err, arena_printf(a->arena, "/lines/%zu/spent", i), "range",
                              "more than the line has: move money first", "超过科目金额，应先办理调剂");
        status = tx_run(a->tx, Q_budget_spent, NULL, err, P_INT(a->office), P_TEXT(a->path[0]),
                        P_TEXT(item[i].code), P_INT(item[i].spent.minor));
    }
    return status;
}

/* Of what is granted every line is told in full; what a supplier spends is its own affair. */
static int use_publish(struct act *a, const struct tender *t, int64_t unspent_fen, struct err *err)
{
    struct rows *rows = NULL;
    int status = tender_grants(t) ? tx_run(a->tx, Q_funds_used_contract, &rows, err, P_INT(a->office),
                                           P_TEXT(a->path[0]), P_INT(unspent_fen))
                                  : 0;

    return status || !rows ? status
                           : notice_publish(a, t->id, "funds_used", notice_title(a, t, "funds_used"),
                                            row_text(rows, 0, "body"), 0, err);
}

/* Every line is accounted for, and one at least otherwise than when the account was last accepted. */
/* Of an account that was accepted once, what was paid beyond it since may still be asked back. */
static int account_fits(const struct budget *b, int64_t unspent, struct err *err)
{
    bool settled = unspent <= 0;

    if (rows_count(b->lines) == 0)
        return err_both(err, E_REFUSED, "state/refused", "the contract has no budget", "该合同没有项目预算");
    for (size_t i = 0; i < rows_count(b->lines); i++) {
        if (row_null(b->lines, i, "spent_fen"))
            return err_both(err, E_REFUSED, "state/refused", "not every line is accounted for",
                            "尚有科目未决算");
        settled &= row_bool(b->lines, i, "settled");
    }
    return settled ? err_both(err, E_REFUSED, "state/refused", "this account is accepted already",
                              "该决算已经核定")
                   : 0;
}

/* The contract bears its part of what was spent; what it paid beyond that comes back. */
static int64_t unspent_of(const struct budget *b)
{
    int64_t planned = 0, spent = 0;

    for (size_t i = 0; i < rows_count(b->lines); i++) {
        planned += row_int(b->lines, i, "planned_fen");
        spent += row_null(b->lines, i, "spent_fen") ? 0 : row_int(b->lines, i, "spent_fen");
    }
    if (planned == 0)
        return 0;
    return row_int(b->contract, 0, "paid_fen") - row_int(b->contract, 0, "recovered_fen") -
           row_int(b->contract, 0, "asked_fen") -
           (int64_t)(((wide)spent * row_int(b->contract, 0, "amount_fen") + planned / 2) / planned);
}

int act_budget_settle(struct act *a, struct err *err)
{
    struct budget b = {0};
    int status = budget_load(a, &b, false, err);
    const int64_t unspent = status ? 0 : unspent_of(&b);

    if (!status)
        status = account_fits(&b, unspent, err);
    if (!status)
        status = tx_run(a->tx, Q_budget_settled, NULL, err, P_INT(a->office), P_TEXT(a->path[0]));
    if (status)
        return status;
    json_key(&a->payload, "unspent");
    json_fen(&a->payload, unspent > 0 ? unspent : 0);
    status = use_publish(a, b.t, unspent > 0 ? unspent : 0, err);
    return status ? status : recovery_propose(a, a->path[0], unspent, "结余资金退回", err);
}
