/* The guide: four questions, and the ways that fit with reason and article (core/domain/guide.h). */
#include <string.h>

#include "api/handlers.h"
#include "api/server.h"
#include "core/base/time.h"
#include "core/domain/guide.h"
#include "core/domain/names.h"
#include "core/host/plugin.h"
#include "core/service/forms.h"

static const char *const purposes[] = {"service", "goods", "grant", "cultivate", "residents", NULL};
static const linli_text purpose_labels[] = {
    {"向组织购买一项服务", "buy a service from an organisation"},
    {"购买货物", "buy goods"},
    {"资助组织自己提出的公益项目", "fund projects that organisations bring"},
    {"扶持社区社会组织成长", "help community organisations grow"},
    {"由居民提出并决定的微项目", "small projects residents propose and decide"},
    {NULL, NULL}};
static const char *const moneys[] = {"public", "charity", NULL};
static const linli_text money_labels[] = {{"财政资金", "public money"},
                                          {"捐赠资金（慈善、社区基金）", "gifts (charity, community fund)"},
                                          {NULL, NULL}};
static const char *const specials[] = {"none", "repeated", "not_plain", "only_one",
                                       "few",  "urgent",   "platform",  NULL};
static const linli_text special_labels[] = {
    {"没有特别情形", "nothing special"},
    {"全年多次、小额、同类", "many small orders of one kind over the year"},
    {"需求或价格事先说不清，要谈", "needs or price cannot be settled beforehand"},
    {"只有一家能做", "only one can do it"},
    {"只有少数几家能做", "only a few can do it"},
    {"非因拖延的紧急需要", "urgent, and not by one's own delay"},
    {"必须在省级采购平台办理", "it must be done on the province's platform"},
    {NULL, NULL}};

struct guide_body {
    int32_t purpose, money, special;
    int64_t budget;
};

static const linli_option guide_rows[] = {
    ROW_CHOICE(guide_body, purpose, true, purposes, purpose_labels, NULL, "要做什么？", "What is it for?"),
    ROW_CHOICE(guide_body, money, true, moneys, money_labels, NULL, "用谁的钱？", "Whose money is it?"),
    ROW_MONEY(guide_body, budget, true, "预算多少？", "How much is the budget?"),
    ROW_CHOICE(guide_body, special, true, specials, special_labels, NULL, "有什么特别情形？",
               "Is anything special about it?"),
};
const struct form form_guide = FORM(guide_rows, struct guide_body);

static void threshold(struct buf *out, const char *key, const linli_rule *rule)
{
    if (!rule)
        return;
    json_key(out, key);
    json_open(out, '{');
    json_key(out, "amount");
    json_fen(out, rule->value);
    json_key(out, "article");
    json_string(out, rule->source);
    json_key(out, "unverified");
    json_bool(out, rule->unverified);
    json_close(out, '}');
}

/* A way that no plug-in here serves is not proposed. */
static void way(struct request *rq, const struct guide_way *w)
{
    const struct host *host = rq->api->service.host;
    const struct plugin *p = host_find(host, PLUGIN_MECHANISM, w->mechanism, NULL);
    const struct plugin *scheme = host_find(host, PLUGIN_SCHEME, w->scheme, NULL);

    if (!p)
        return;
    json_open(&rq->out, '{');
    json_key(&rq->out, "mechanism");
    json_string(&rq->out, w->mechanism);
    json_both(&rq->out, "name", plugin_about(p)->name.zh, plugin_about(p)->name.en);
    json_key(&rq->out, "scheme");
    json_string(&rq->out, w->scheme);
    if (scheme)
        json_both(&rq->out, "scheme_name", plugin_about(scheme)->name.zh, plugin_about(scheme)->name.en);
    json_both(&rq->out, "why", w->why.zh, w->why.en);
    json_key(&rq->out, "article");
    json_string(&rq->out, w->article);
    json_close(&rq->out, '}');
}

static void answer(struct request *rq, const struct guide_question *q, const struct guide_answer *found)
{
    json_open(&rq->out, '{');
    json_key(&rq->out, "regime");
    json_string(&rq->out, regime_codes[found->regime - LINLI_STATUTORY]);
    json_both(&rq->out, "why", found->regime_why.zh, found->regime_why.en);
    json_key(&rq->out, "article");
    json_string(&rq->out, found->regime_article);
    threshold(&rq->out, "purchase_threshold", q->threshold);
    threshold(&rq->out, "open_threshold", q->open_threshold);
    json_key(&rq->out, "ways");
    json_open(&rq->out, '[');
    for (size_t i = 0; i < found->count; i++)
        way(rq, &found->ways[i]);
    json_close(&rq->out, ']');
    json_close(&rq->out, '}');
    rq->private_answer = true;
    request_answer(rq, 200);
}

int request_rules(struct request *rq, int32_t office, int regime, const struct rule_set **ret,
                  struct err *err)
{
    const struct law *law = atomic_load(&rq->api->service.law);
    const struct scope scope = {.person = rq->actor.person, .offices = &office, .office_count = 1};
    struct rows *r = NULL;
    struct tx *tx = NULL;
    int status = tx_begin(rq->api->service.store, rq->arena, &scope, true, &tx, err);

    if (status)
        return status;
    status = tx_run(tx, Q_office_code, &r, err, P_INT(office));
    tx_rollback(tx);
    if (!status && rows_count(r) == 0)
        return err_both(err, E_ABSENT, "office/absent", "there is no such office", "没有这个单位");
    if (!status)
        *ret =
            rules_on(law->rules, regime, (struct rule_place){row_text(r, 0, "code"), row_text(r, 0, "kind")},
                     day_of(api_now(rq->api)), rq->arena);
    return status;
}

int api_guide(struct request *rq, struct err *err)
{
    const struct guide_body *b;
    const struct rule_set *set = NULL;
    struct guide_question q;
    struct guide_answer found;
    int64_t office = 0;
    void *body = NULL;
    int status = request_form(rq, &form_guide, &body, err);

    if (!status && !int_parse(rq->path[0], 1, INT32_MAX, &office))
        return err_both(err, E_ABSENT, "office/absent", "there is no such office", "没有这个单位");
    if (!status)
        status = request_rules(rq, (int32_t)office, LINLI_STATUTORY, &set, err);
    if (status)
        return status;
    b = body;
    q = (struct guide_question){.purpose = (enum guide_purpose)b->purpose,
                                .money = (enum guide_money)b->money,
                                .special = (enum guide_special)b->special,
                                .budget_fen = b->budget};
    if (set) {
        q.threshold = rule_find(set->rules, set->count, "threshold_purchase");
        q.open_threshold = rule_find(set->rules, set->count, "threshold_open_tender");
    }
    guide_find(&q, &found);
    answer(rq, &q, &found);
    return 0;
}
