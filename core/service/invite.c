/*
 * Who may bid where not everybody may (邀请招标, 单一来源): candidates named in a draft and,
 * where there are more than are invited, drawn with witnesses by the seed made in
 * public, as lot_draw does. Once drawn there is no second draw.
 */
#include <stdlib.h>
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/service/draft.h"
#include "core/service/forms.h"

struct invite_body {
    linli_list candidates, witnesses;
    const char *seed;
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
static const linli_option witness_row[] = {{.name = "",
                                            .type = LINLI_OPT_STRING,
                                            .required = true,
                                            .low = 1,
                                            .high = 80,
                                            .format = "line",
                                            .label = {"见证人", "witness"},
                                            .help = {"见证人", "a witness"}}};
/* clang-format off */
static const linli_option invite_rows[] = {
    { .name = "candidates", .type = LINLI_OPT_LIST, .required = true, .offset = offsetof(struct invite_body, candidates), .low = 1, .high = 500,
      .item = candidate_row, .item_count = 1, .item_size = sizeof(const char *),
      .label = {"候选供应商", "candidates"}, .help = {"名单中的组织", "organisations of the list"} },
    ROW_COUNT(invite_body, invited, true, 1, 100, "邀请家数", "how many are invited"),
    ROW_CHOICE(invite_body, source, true, sources, source_labels, NULL, "名单来源", "where the list comes from"),
    ROW(invite_body, seed, STRING, false, 16, 400, "line", "公开产生的随机种子（抽取时）", "seed made in public, where some are drawn"),
    { .name = "witnesses", .type = LINLI_OPT_LIST, .offset = offsetof(struct invite_body, witnesses), .low = 0, .high = 20,
      .item = witness_row, .item_count = 1, .item_size = sizeof(const char *),
      .label = {"见证人", "witnesses"}, .help = {"抽取须两名以上采购人工作人员见证", "two at least where some are drawn"} },
};
/* clang-format on */
const struct form form_tender_invite = FORM(invite_rows, struct invite_body);

struct candidate {
    uint8_t hash[SHA256_BYTES];
    const char *id;
};

static int by_hash(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    int order = memcmp(a->hash, b->hash, SHA256_BYTES);

    return order ? order : strcmp(a->id, b->id);
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
    if (!b->seed || b->witnesses.count < 2)
        return fault(err, "/witnesses", "a draw needs a seed and two witnesses",
                     "抽取须有公开产生的种子和两名以上见证人");
    if (b->source > 0 && factor && b->candidates.count < invited * (size_t)factor->value) {
        fault(err, "/candidates", "the list is too short for the draw", "名单家数不足抽取家数的规定倍数");
        err_article(err, factor->source);
        return E_INVALID;
    }
    return 0;
}

static const char *witnesses_line(struct act *a)
{
    const struct invite_body *b = a->body;
    const char *const *names = b->witnesses.items;
    const char *line = b->witnesses.count ? names[0] : NULL;

    for (size_t i = 1; i < b->witnesses.count; i++)
        line = arena_printf(a->arena, "%s、%s", line, names[i]);
    return line;
}

static int invite_store(struct act *a, const struct tender *t, struct err *err)
{
    const struct invite_body *b = a->body;
    const char *const *ids = b->candidates.items;
    struct candidate *list = ARENA_NEW(a->arena, struct candidate, b->candidates.count);
    int status = 0;

    for (size_t i = 0; i < b->candidates.count; i++) {
        char *text = arena_printf(a->arena, "%s\ninvited\n%s", b->seed ? b->seed : "", ids[i]);
        list[i].id = ids[i];
        sha256_of(text, strlen(text), list[i].hash);
    }
    qsort(list, b->candidates.count, sizeof list[0], by_hash);
    for (size_t i = 0; status == 0 && i < b->candidates.count; i++)
        status =
            tx_run(a->tx, Q_invitation_add, NULL, err, P_INT(t->office), P_TEXT(t->id), P_TEXT(list[i].id),
                   P_TEXT(sources[b->source]), P_INT((int64_t)i + 1), P_BOOL(i < (size_t)b->invited),
                   P_TEXT(b->seed), P_TEXT(witnesses_line(a)), P_TIME(a->now_us), P_TEXT(a->actor->person));
    if (status != E_CONFLICT)
        return status;
    err_set(err, E_REFUSED, "state/refused", "those invited are fixed already, or one is named twice");
    err_zh(err, "受邀供应商已经确定，或者名单重复");
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
    if ((status = rules_here(a, t->regime, &set, err)) ||
        (status =
             list_long_enough(a, set ? rule_find(set->rules, set->count, "invited_pool_factor") : NULL, err)))
        return status;
    return invite_store(a, t, err);
}
