/*
 * Who may bid where not everybody may (邀请招标, 单一来源): candidates named in a draft and, where there are
 * more than are invited, drawn with witnesses.  The draw rests on a secret made with the draft, whose digest
 * is in the draft's event and so in the log before anybody is named; nobody types a seed.  The order is that
 * of core/trust/lots.h, which `linli draw` computes again.  Once drawn there is no second draw.
 */
#include <stdlib.h>
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/service/draft.h"
#include "core/service/forms.h"
#include "core/service/panel.h"
#include "core/trust/lots.h"

struct invite_body {
    linli_list candidates, witnesses;
    int32_t source;
    int64_t invited;
};
static const char *const sources[] = {"prequalified", "pool", "recommended", NULL};
static const linli_text source_labels[] = {{"资格预审", "prequalified"},
                                           {"供应商库", "from a pool"},
                                           {"采购人书面推荐", "recommended in writing"},
                                           {NULL, NULL}};
static const linli_option candidate_row[] = {{.name = "",
                                              .type = LINLI_OPT_ID,
                                              .required = true,
                                              .label = {"候选供应商", "candidate"},
                                              .help = {"候选供应商", "an organisation"}}};
/* clang-format off */
static const linli_option invite_rows[] = {
    { .name = "candidates", .type = LINLI_OPT_LIST, .required = true, .offset = offsetof(struct invite_body, candidates), .low = 1, .high = 500,
      .item = candidate_row, .item_count = 1, .item_size = sizeof(const char *),
      .label = {"候选供应商", "candidates"}, .help = {"名单中的组织", "organisations of the list"} },
    ROW_COUNT(invite_body, invited, true, 1, 100, "邀请家数", "how many are invited"),
    ROW_CHOICE(invite_body, source, true, sources, source_labels, NULL, "名单来源", "where the list comes from"),
    ROW_WITNESSES(invite_body, witnesses, 0, "witnesses", "抽取须两名以上采购人工作人员见证", "two at least where some are drawn"),
};
/* clang-format on */
const struct form form_tender_invite = FORM(invite_rows, struct invite_body);

static int by_bytes(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static int fault(struct err *err, const char *at, const char *text, const char *zh)
{
    err_set(err, E_INVALID, "body/invalid", "%s", text);
    err_zh(err, "%s", zh);
    err_at(err, at, "choice", text, zh);
    return E_INVALID;
}

/* Where the law wants a list of twice as many, naming as many as are invited is no draw. */
static int drawn_at_all(const struct act *a, const linli_rule *factor, struct err *err)
{
    const struct invite_body *b = a->body;

    if (b->source == 0 || b->invited == 1 || !factor)
        return 0;
    fault(err, "/candidates", "those invited are drawn from a longer list", "受邀供应商须从更长的名单中抽取");
    err_article(err, factor->source);
    return E_INVALID;
}

/* A list the office drew up itself is so many times as long as what is drawn (order 87 §14). */
static int list_long_enough(const struct act *a, const linli_rule *factor, struct err *err)
{
    const struct invite_body *b = a->body;
    size_t invited = (size_t)b->invited;

    if (b->candidates.count == invited)
        return drawn_at_all(a, factor, err);
    if (b->candidates.count < invited)
        return fault(err, "/candidates", "fewer than are to be invited", "少于邀请家数");
    if (b->witnesses.count < 2)
        return fault(err, "/witnesses", "a draw needs two witnesses", "抽取须有两名以上见证人");
    if (b->source > 0 && factor && b->candidates.count < invited * (size_t)factor->value) {
        fault(err, "/candidates", "the list is too short for the draw", "名单家数不足抽取家数的规定倍数");
        err_article(err, factor->source);
        return E_INVALID;
    }
    return 0;
}

/* ---- the draw ---- */

int invitation_promise(struct act *a, const struct tender *t, struct err *err)
{
    uint8_t secret[SHA256_BYTES];
    struct hash promised;

    secret_promise(a, "invitation_commitment", secret, &promised);
    return tx_run(a->tx, Q_invitation_promise, NULL, err, P_INT(t->office), P_TEXT(t->id),
                  P_BYTES(secret, sizeof secret), P_BYTES(promised.bytes, sizeof promised.bytes));
}

/* The candidates sorted by their ids, as a pool named like the tender; each stands there once. */
static int pool_of(struct act *a, const struct tender *t, struct pool *ret, struct err *err)
{
    const struct invite_body *b = a->body;
    const char **ids = ARENA_NEW(a->arena, const char *, b->candidates.count);
    char *text = arena_printf(a->arena, "linli/pool/v1\ndraw %s\n", t->id);

    memcpy(ids, b->candidates.items, b->candidates.count * sizeof *ids);
    qsort(ids, b->candidates.count, sizeof *ids, by_bytes);
    for (size_t i = 0; i < b->candidates.count; i++) {
        if (i && strcmp(ids[i - 1], ids[i]) == 0)
            return fault(err, "/candidates", "one is named twice", "名单重复");
        text = arena_printf(a->arena, "%s%s\n", text, ids[i]);
    }
    return pool_parse(a->arena, text, strlen(text), ret, err);
}

static int show_draw(struct act *a, const struct rows *promised, const struct pool *pool, const char *seed,
                     struct err *err)
{
    const uint8_t *commitment = NULL;
    char hex[2 * SHA256_BYTES + 1];
    int status = row_fixed(promised, 0, "commitment", SHA256_BYTES, &commitment, err);

    if (status)
        return status;
    hex_print(commitment, SHA256_BYTES, hex);
    json_key(&a->payload, "commitment");
    json_string(&a->payload, hex);
    hex_print(pool->digest.bytes, SHA256_BYTES, hex);
    json_key(&a->payload, "pool");
    json_string(&a->payload, hex);
    json_key(&a->payload, "secret");
    json_string(&a->payload, seed);
    json_key(&a->payload, "earlier_draws");
    json_int(&a->payload, row_int(promised, 0, "earlier"));
    return 0;
}

/* Puts the candidates into the order of the draw and gives the secret, in hex. */
static int draw(struct act *a, const struct tender *t, struct pool *pool, const char **ret_seed,
                struct err *err)
{
    const char **order = ARENA_NEW(a->arena, const char *, pool->count);
    char *hex = arena_alloc(a->arena, 2 * SHA256_BYTES + 1, 1);
    struct rows *r = NULL;
    const uint8_t *secret;
    struct hash seed;
    int status = tx_run(a->tx, Q_invitation_start, &r, err, P_INT(t->office), P_TEXT(t->id));

    if (!status)
        status = row_fixed(r, 0, "secret", SHA256_BYTES, &secret, err);
    if (status)
        return status;
    hex_print(secret, SHA256_BYTES, hex);
    lots_seed(pool, secret, NULL, 0, &seed);
    lots_order(pool, &seed, order);
    status = show_draw(a, r, pool, hex, err);
    pool->ids = order;
    *ret_seed = hex;
    return status;
}

static int invite_store(struct act *a, const struct tender *t, struct err *err)
{
    const struct invite_body *b = a->body;
    const char *seed = NULL;
    struct pool pool;
    int status = pool_of(a, t, &pool, err);

    if (!status && pool.count > (size_t)b->invited)
        status = draw(a, t, &pool, &seed, err);
    json_key(&a->payload, "order");
    json_open(&a->payload, '[');
    for (size_t i = 0; status == 0 && i < pool.count; i++) {
        json_string(&a->payload, pool.ids[i]);
        status = tx_run(
            a->tx, Q_invitation_add, NULL, err, P_INT(t->office), P_TEXT(t->id), P_TEXT(pool.ids[i]),
            P_TEXT(sources[b->source]), P_INT((int64_t)i + 1), P_BOOL(i < (size_t)b->invited), P_TEXT(seed),
            P_TEXT(witnesses_line(a->arena, &b->witnesses)), P_TIME(a->now_us), P_TEXT(a->actor->person));
    }
    json_close(&a->payload, ']');
    return status;
}

/* Where the rules know prequalification for a tender by invitation it is called for in public, and over,
 * before those who passed are invited; the two of a failed tender, with whom one negotiates, passed it there.
 */
static int prequalified(struct act *a, const struct tender *t, const struct rule_set *set, struct err *err)
{
    const struct invite_body *b = a->body;
    const bool invited = strcmp(plugin_about(t->mechanism)->id, "invited_bidding") == 0;
    const linli_rule *rule = set && invited ? rule_find(set->rules, set->count, "prequal_notice") : NULL;
    struct rows *rows = NULL;
    int status;

    if (b->source != 0 || !rule)
        return 0;
    status = tx_run(a->tx, Q_prequalification_stand, &rows, err, P_INT(t->office), P_TEXT(t->id));
    if (status || (!row_null(rows, 0, "ends") && row_time(rows, 0, "ends") <= a->now_us))
        return status;
    err_both(err, E_REFUSED, "state/refused",
             row_null(rows, 0, "ends") ? "nobody was called to be prequalified"
                                       : "applications to be prequalified are still taken",
             row_null(rows, 0, "ends") ? "尚未发布资格预审公告" : "资格预审申请尚未截止");
    err_article(err, rule->source);
    return E_REFUSED;
}

int act_tender_invite(struct act *a, struct err *err)
{
    const struct rule_set *set = NULL;
    struct tender *t;
    struct rows *r;
    int status = draft_load(a, &t, err);

    if (status || (status = tx_run(a->tx, Q_invitation_list, &r, err, P_INT(t->office), P_TEXT(t->id))))
        return status;
    if (rows_count(r)) {
        err_set(err, E_REFUSED, "state/refused", "those invited are fixed already; there is no second draw");
        err_zh(err, "受邀供应商已经确定，不得重抽");
        return E_REFUSED;
    }
    if ((status = rules_here(a, t->regime, &set, err)) || (status = prequalified(a, t, set, err)) ||
        (status =
             list_long_enough(a, set ? rule_find(set->rules, set->count, "invited_pool_factor") : NULL, err)))
        return status;
    return invite_store(a, t, err);
}
