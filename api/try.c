/*
 * Trying out: what a scheme would say of invented bids before anything is published, and of a stored
 * evaluation with other weights, prices or marks.  Nothing is changed and nothing stored; the same search as
 * `linli decide --what-if` (core/host/whatif.h).
 */
#include <string.h>

#include "api/handlers.h"
#include "api/server.h"
#include "core/base/time.h"
#include "core/host/facts.h"
#include "core/host/facts_form.h"
#include "core/host/whatif.h"
#include "core/json/merge.h"
#include "core/service/actor.h"
#include "core/service/forms.h"

struct changes {
    const char *options, *facts; /* facts: where they are not a decision's */
    int64_t office;
    linli_list prices, marks;
};

enum { CHANGES_MOST = 10000 };

#define CHANGE_ROWS                                                                                          \
    ROW_OBJECT(changes, options, false, "评审办法的选项",                                                    \
               "options; their members take the place of those there are"),                                  \
        ROW_LIST(changes, prices, false, 0, CHANGES_MOST, whatif_price_rows, whatif_price, "报价",           \
                 "other prices"),                                                                            \
        ROW_LIST(changes, marks, false, 0, CHANGES_MOST, whatif_mark_rows, whatif_mark, "评分",              \
                 "other marks")

static const linli_option decision_rows[] = {CHANGE_ROWS};
static const linli_option scheme_rows[] = {
    ROW_OBJECT(changes, facts, true, "试算依据", "facts, as linli decide reads them"),
    ROW_SAID(changes, office, COUNT, false, 1, INT32_MAX, NULL, "单位", "office",
             "按该单位当日适用的规则试算；不填则用依据中的规则",
             "whose rules of today hold; left out: those in the facts"),
    CHANGE_ROWS};
const struct form form_decision_try = FORM(decision_rows, struct changes);
const struct form form_scheme_try = FORM(scheme_rows, struct changes);

/* ---- one trial ---- */

struct trial {
    const struct plugin *scheme;
    const struct changes *changes;
    linli_facts facts;
    const char *options; /* as they were, or NULL */
    linli_admissions admitted;
};

/* Asks for one evaluation; `json` may be NULL. */
static int trial_ask(struct request *rq, const struct trial *t, struct asked *ret, const char *options,
                     const linli_evaluation **ret_e, char **json, struct err *err)
{
    int status;

    status =
        plugin_options(t->scheme, rq->arena, options, strlen(options), ret->facts, &ret->options, NULL, err);
    return status
               ? status
               : ask_evaluate(t->scheme, rq->arena, ret->options, ret->facts, &t->admitted, ret_e, json, err);
}

static void trial_answer(struct request *rq, const char *json, const linli_evaluation *before,
                         const linli_evaluation *after, const struct whatif *w)
{
    json_open(&rq->out, '{');
    json_key(&rq->out, "evaluation");
    json_raw(&rq->out, json, strlen(json));
    if (before)
        whatif_write_ranks(before, after, &rq->out);
    whatif_write(w, &rq->out);
    json_close(&rq->out, '}');
    rq->private_answer = true;
    request_answer(rq, 200);
}

static int trial_run(struct request *rq, const struct trial *t, struct err *err)
{
    const struct changes *c = t->changes;
    const char *options = t->options ? t->options : "{}";
    const bool changed = c->options || c->prices.count || c->marks.count;
    const linli_evaluation *before = NULL, *after = NULL;
    struct asked a = {t->scheme, rq->arena, NULL, &t->facts, &t->admitted};
    struct whatif w = {0};
    char *json = NULL;
    /* Options that only the change makes whole are no fault of what was there. */
    int status = changed && t->options ? trial_ask(rq, t, &a, options, &before, NULL, err) : 0;

    if (!status && c->options) {
        char *merged = NULL;

        status = json_merge(rq->arena, options, c->options, &merged, err);
        options = merged;
    }
    if (!status)
        status = whatif_change(rq->arena, &t->facts, c->prices, c->marks, &a.facts, err);
    if (!status)
        status = trial_ask(rq, t, &a, options, &after, &json, err);
    if (!status)
        status = whatif_find(&a, after, &w, err);
    if (!status)
        trial_answer(rq, json, before, after, &w);
    return status;
}

static int nothing_to_try(struct err *err)
{
    err_set(err, E_REFUSED, "state/refused", "only an evaluation by a scheme can be tried again");
    err_zh(err, "只有评审结果可以试算");
    return E_REFUSED;
}

/* ---- a stored evaluation ---- */

/* Whoever may read the decision with its facts may try it. */
static int decision_read(struct request *rq, int32_t office, struct rows **ret, struct err *err)
{
    const int32_t offices[] = {office};
    const struct scope scope = {.person = rq->actor.person, .offices = offices, .office_count = 1};
    const bool entitled = actor_roles(&rq->actor, office) & rq->route->roles;
    struct tx *tx = NULL;
    int status = tx_begin(rq->api->service.store, rq->arena, &scope, true, &tx, err);

    if (status)
        return status;
    status = tx_run(tx, Q_decision_get, ret, err, P_INT(office), P_TEXT(rq->path[0]),
                    P_TEXT(entitled ? arena_printf(rq->arena, "{%d}", (int)office) : "{}"),
                    P_TEXT(actor_roles_text(&rq->actor, office, rq->arena)), P_TEXT(rq->actor.person));
    tx_rollback(tx);
    if (!status && rows_count(*ret) == 0)
        return err_both(err, E_ABSENT, "decision/absent", "no such decision", "没有这项决定");
    return status;
}

/* Those the stored evaluation says something of. */
static int admitted_then(struct request *rq, const char *answer, linli_admissions *ret, struct err *err)
{
    const linli_evaluation *e = NULL;
    linli_admission *items;
    int status = evaluation_read(rq->arena, answer, strlen(answer), &e, err);

    if (status)
        return status;
    items = ARENA_NEW(rq->arena, linli_admission, e->count + 1);
    for (size_t i = 0; i < e->count; i++)
        items[i] = (linli_admission){.bid = e->items[i].bid, .admitted = true};
    *ret = (linli_admissions){items, e->count, (int32_t)e->count};
    return 0;
}

static bool is_evaluation(const struct rows *r)
{
    const char *question = row_text(r, 0, "question");

    return strcmp(question, "evaluate") == 0 || strcmp(question, "preview") == 0 ||
           strcmp(question, "accept") == 0;
}

int api_decision_try(struct request *rq, struct err *err)
{
    struct rows *r = NULL;
    struct trial t = {0};
    const linli_facts *facts = NULL;
    void *body = NULL;
    int32_t office = 0;
    int status = request_form(rq, &form_decision_try, &body, err);

    if (!status && !id_office(rq->path[0], &office))
        return err_both(err, E_ABSENT, "decision/absent", "no such decision", "没有这项决定");
    if (!status)
        status = decision_read(rq, office, &r, err);
    if (!status && !is_evaluation(r))
        return nothing_to_try(err);
    if (!status)
        status = facts_read(rq->arena, row_text(r, 0, "facts"), strlen(row_text(r, 0, "facts")), &facts, err);
    if (!status)
        status = admitted_then(rq, row_text(r, 0, "answer"), &t.admitted, err);
    if (status)
        return status;
    t.changes = body;
    t.facts = *facts;
    t.options = row_text(r, 0, "options");
    t.scheme = host_find_build(rq->api->service.host, PLUGIN_SCHEME, row_text(r, 0, "plugin"),
                               row_text(r, 0, "plugin_version"), row_text(r, 0, "plugin_sha256"));
    return t.scheme ? trial_run(rq, &t, err) : nothing_to_try(err);
}

/* ---- invented bids ---- */

/* What holds at the office today takes the place of the rules in the facts. */
static int rules_of(struct request *rq, int32_t office, linli_facts *facts, struct err *err)
{
    const struct rule_set *set = NULL;
    int status = request_rules(rq, office, facts->tender->regime, &set, err);

    if (status == E_ABSENT) {
        err_both(err, E_INVALID, "body/invalid", "there is no such office", "没有这个单位");
        err_at(err, "/office", "choice", "no such office", "没有这个单位");
        return E_INVALID;
    }
    if (status)
        return status;
    if (!set)
        return err_both(err, E_REFUSED, "rule/absent", "no rules of that regime hold there today",
                        "该单位今日没有此类项目适用的规则");
    facts->rules = set->rules;
    facts->rule_count = set->count;
    return 0;
}

int api_scheme_try(struct request *rq, struct err *err)
{
    const struct changes *c;
    struct facts_form *form = NULL;
    struct trial t = {0};
    void *body = NULL;
    int status = request_form(rq, &form_scheme_try, &body, err);

    if (status)
        return status;
    t.changes = c = body;
    t.scheme = host_find(rq->api->service.host, PLUGIN_SCHEME, rq->path[0], NULL);
    if (!t.scheme) {
        err_set(err, E_ABSENT, "plugin/absent", "there is no scheme %s", rq->path[0]);
        err_zh(err, "没有评审方法 %s", rq->path[0]);
        return E_ABSENT;
    }
    status = facts_read_form(rq->arena, c->facts, strlen(c->facts), &form, err);
    if (!status && c->office)
        status = rules_of(rq, (int32_t)c->office, &form->facts, err);
    if (status)
        return status;
    t.facts = form->facts;
    t.options = form->options;
    t.admitted = facts_form_admitted(rq->arena, form);
    return trial_run(rq, &t, err);
}
