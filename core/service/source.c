/* Who pays for a tender. */
#include "core/service/source.h"

#include "acts.h"
#include "core/money/ledger.h"
#include "core/service/forms.h"
#include "core/service/words.h"

const linli_option source_rows[2] = {
    ROW_ID(source_item, appropriation, true, "预算指标", "appropriation"),
    ROW_MONEY(source_item, amount, true, "出资金额", "what it gives of the budget"),
};

static int wrong(struct err *err, const char *text, const char *zh)
{
    err_set(err, E_INVALID, "body/invalid", "%s", text);
    err_zh(err, "%s", zh);
    err_at(err, "/sources", "choice", text, zh);
    return E_INVALID;
}

static int set(struct act *a, const struct tender *t, const char *const *who, const int64_t *fen, size_t n,
               struct err *err)
{
    return tx_run(a->tx, Q_source_set, NULL, err, P_INT(t->office), P_TEXT(t->id), P_TEXTS(who, n),
                  P_INTS(fen, n));
}

int source_write(struct act *a, const struct tender *t, const char *only, const linli_list *several,
                 struct err *err)
{
    const struct source_item *item = several->items;
    const char **who = ARENA_NEW(a->arena, const char *, several->count);
    int64_t *fen = ARENA_NEW(a->arena, int64_t, several->count);
    int64_t sum = 0;
    int status;

    if (several->count && only)
        return wrong(err, "name one appropriation or several, not both", "appropriation 与 sources 只填其一");
    if (several->count == 0)
        return only ? set(a, t, &only, &(int64_t){0}, 1, err) : 0;
    for (size_t i = 0; i < several->count; i++) {
        who[i] = item[i].appropriation;
        fen[i] = item[i].amount.minor;
        sum += fen[i];
    }
    if (sum != t->budget_fen)
        return wrong(err, "what they give must add up to the budget", "各资金来源之和应等于项目预算");
    status = set(a, t, who, fen, several->count, err);
    return status == E_CONFLICT ? wrong(err, "one is named twice", "资金来源重复") : status;
}

static int unnamed(const struct tender *t, struct err *err)
{
    err_set(err, E_REFUSED, "fund/unnamed",
            "the tender names no appropriation: the clerk names one with PATCH /tenders/%s", t->id);
    err_zh(err, "项目未指明预算指标：请经办以 PATCH /tenders/%s 填写 appropriation", t->id);
    return E_REFUSED;
}

/* A budget that was edited after its sources were named no longer is what they give. */
static int add_up(struct act *a, const struct tender *t, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_source_sums, &r, err, P_INT(t->office), P_TEXT(t->id));

    if (status || row_null(r, 0, "amount_fen") || row_int(r, 0, "amount_fen") == t->budget_fen)
        return status;
    err_set(err, E_REFUSED, "fund/sources", "what its sources give does not add up to the budget");
    err_zh(err, "各资金来源之和不等于项目预算：请经办以 PATCH /tenders/%s 重新填写 sources", t->id);
    return E_REFUSED;
}

int source_fits(struct act *a, const struct tender *t, const char *owner, const char *fund, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_appropriation_serves, &r, err, P_INT(t->office), P_TEXT(owner),
                        P_TEXT(regime_code(t->regime)), P_TEXT(fund), P_TEXT(t->entry_id), P_TIME(a->now_us));

    for (size_t i = 0; !status && i < rows_count(r); i++) {
        if (!row_bool(r, i, "serves"))
            return err_both(err, E_REFUSED, "fund/purpose", "the fund is not for this purchase",
                            "该资金的限定用途不包括本项目");
        if (!row_null(r, i, "closed") && row_bool(r, i, "closed"))
            return err_both(err, E_REFUSED, "fund/closed", "its last day to ask for payments has passed",
                            "该预算指标的支付申请截止日已过：无预算不采购");
    }
    return status;
}

int source_reserve(struct act *a, const struct tender *t, const char *fund, struct err *err)
{
    struct money m = act_money(a);
    int status;

    if (!t->funded)
        return unnamed(t, err);
    if ((status = add_up(a, t, err)) || (status = source_fits(a, t, t->id, fund, err)))
        return status;
    return money_reserve(&m, t->id, t->budget_fen, err);
}

int source_tell(struct act *a, const struct tender *t, struct buf *out, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_source_list, &r, err, P_INT(t->office), P_TEXT(t->id), P_INT(t->budget_fen));

    if (status || rows_count(r) == 0)
        return status;
    json_key(out, "sources");
    json_open(out, '[');
    for (size_t i = 0; i < rows_count(r); i++) {
        json_open(out, '{');
        json_key(out, "amount");
        json_fen(out, row_int(r, i, "amount_fen"));
        if (!row_null(r, i, "mark")) {
            json_key(out, "mark");
            json_string(out, row_text(r, i, "mark"));
        }
        json_key(out, "name");
        json_string(out, row_text(r, i, "name"));
        json_key(out, "origin");
        json_string(out, row_text(r, i, "origin"));
        json_close(out, '}');
    }
    json_close(out, ']');
    return 0;
}

/* ---- by hand, tranche by tranche ---- */

struct share_item {
    const char *tranche, *appropriation;
    linli_money amount;
};
struct shares_body {
    linli_list shares;
};
static const linli_option share_rows[] = {
    ROW_ID(share_item, tranche, true, "期次", "tranche"),
    ROW_ID(share_item, appropriation, true, "预算指标", "appropriation"),
    ROW_MONEY(share_item, amount, true, "分担金额", "what it pays of the tranche"),
};
static const linli_option shares_rows[] = {
    ROW_LIST(shares_body, shares, true, 0, 1000, share_rows, share_item, "各期分担；空表示按占用比例",
             "for every tranche not let out yet; none: by what each holds"),
};
const struct form form_shares_fix = FORM(shares_rows, struct shares_body);

int act_shares_fix(struct act *a, struct err *err)
{
    const struct shares_body *b = a->body;
    const struct share_item *item = b->shares.items;
    const size_t n = b->shares.count;
    const char **tranche = ARENA_NEW(a->arena, const char *, n);
    const char **who = ARENA_NEW(a->arena, const char *, n);
    int64_t *fen = ARENA_NEW(a->arena, int64_t, n);
    int status;

    for (size_t i = 0; i < n; i++) {
        tranche[i] = item[i].tranche;
        who[i] = item[i].appropriation;
        fen[i] = item[i].amount.minor;
    }
    status = tx_run(a->tx, Q_shares_fix, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TEXTS(tranche, n),
                    P_TEXTS(who, n), P_INTS(fen, n));
    if (status != E_CONFLICT)
        return status;
    return err_member(err, "/shares", "duplicate", "one is named twice for a tranche",
                      "同一期次的资金来源重复");
}
