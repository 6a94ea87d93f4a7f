/* Loading a tender, asking who may act on it, storing what was decided. */
#include "core/service/tender.h"

#include <string.h>

#include "core/base/time.h"
#include "core/domain/names.h"
#include "core/host/facts.h"
#include "core/service/acceptance.h"
#include "core/service/titles.h"
#include "core/service/words.h"

static int plugin_absent(const char *id, const char *version, struct err *err)
{
    err_set(err, E_REFUSED, "plugin/failed", "there is no plug-in %s%s%s", id, version ? " " : "",
            version ? version : "");
    err_zh(err, "没有机制或评审方法 %s %s", id, version ? version : "");
    return E_REFUSED;
}

/* Plug-ins and their options: the frozen versions, or the newest for a draft. */
static int read_plugins(struct act *a, struct tender *t, const struct rows *r, struct err *err)
{
    const char *mechanism = row_text(r, 0, "mechanism"), *scheme = row_text(r, 0, "scheme");
    const char *m_version = row_text(r, 0, "mechanism_version"),
               *s_version = row_text(r, 0, "scheme_version");
    const struct host *host = a->service->host;
    const char *m_json = row_text(r, 0, "options"), *s_json = row_text(r, 0, "scheme_options");
    char *canonical;

    t->mechanism =
        host_find_build(host, PLUGIN_MECHANISM, mechanism, m_version, row_text(r, 0, "mechanism_sha256"));
    t->scheme = host_find_build(host, PLUGIN_SCHEME, scheme, s_version, row_text(r, 0, "scheme_sha256"));
    if (!t->mechanism)
        return plugin_absent(mechanism, m_version, err);
    if (!t->scheme)
        return plugin_absent(scheme, s_version, err);
    int status =
        plugin_options(t->mechanism, a->arena, m_json, strlen(m_json), NULL, &t->options, &canonical, err);
    if (status)
        return status;
    t->options_json = canonical;
    status = plugin_options(t->scheme, a->arena, s_json, strlen(s_json), NULL, &t->scheme_options, &canonical,
                            err);
    t->scheme_options_json = canonical;
    if (status || row_null(r, 0, "acceptance"))
        return status;
    return acceptance_read(a, row_text(r, 0, "acceptance"), NULL, &t->acceptance, err);
}

static int read_frozen(struct act *a, struct tender *t, const struct rows *r, struct err *err)
{
    const char *rules = row_text(r, 0, "rules"), *plan = row_text(r, 0, "plan");
    int status = rules ? rules_read(a->arena, rules, strlen(rules), &t->rules, err) : 0;

    if (status == 0 && plan)
        status = plan_read(a->arena, plan, strlen(plan), &t->plan, err);
    return status;
}

static void read_tender(struct tender *t, const struct rows *r)
{
    t->id = row_text(r, 0, "id");
    t->number = row_text(r, 0, "number");
    t->title = row_text(r, 0, "title");
    t->summary = row_text(r, 0, "summary");
    t->state = row_text(r, 0, "state");
    t->sealing = row_text(r, 0, "sealing");
    t->entry_id = row_text(r, 0, "entry_id");
    t->follows = row_text(r, 0, "follows");
    t->under = row_text(r, 0, "under");
    t->supplements = row_text(r, 0, "supplements");
    t->funded = row_bool(r, 0, "funded");
    t->roll_id = row_text(r, 0, "roll_id");
    t->created_by = row_text(r, 0, "created_by");
    t->version = (int32_t)row_int(r, 0, "version");
    t->category = category_of(row_text(r, 0, "category"));
    t->regime = regime_of(row_text(r, 0, "regime"));
    t->budget_fen = row_int(r, 0, "budget_fen");
    t->ceiling_fen = row_int(r, 0, "ceiling_fen");
    t->published_us = row_time(r, 0, "published");
    t->deadline_us = row_time(r, 0, "deadline");
    t->opened_us = row_time(r, 0, "opened");
    t->most_bids = row_int(r, 0, "most_bids");
    t->co_key_minutes = row_int(r, 0, "co_key_minutes");
    t->years = (int32_t)row_int(r, 0, "years");
    t->most_awards = row_int(r, 0, "most_awards");
    t->shared_pool = row_bool(r, 0, "shared_pool");
    t->marks_committed = row_bool(r, 0, "marks_committed");
    t->blind = row_text(r, 0, "blind");
    t->electorate = row_int(r, 0, "electorate");
    if (t->electorate == 0)
        t->electorate = row_int(r, 0, "roll_size");
}

static int read_lots(struct act *a, struct tender *t, struct err *err)
{
    struct rows *r;
    int status = tx_run(a->tx, Q_tender_lots, &r, err, P_INT(t->office), P_TEXT(t->id));

    if (status)
        return status;
    t->lot_count = rows_count(r);
    t->lots = ARENA_NEW(a->arena, struct lot, t->lot_count);
    for (size_t i = 0; i < t->lot_count; i++)
        t->lots[i] = (struct lot){
            .id = row_text(r, i, "id"),
            .title = row_text(r, i, "title"),
            .phase = row_text(r, i, "phase"),
            .phase_kind = row_text(r, i, "phase_kind"),
            .state = row_text(r, i, "state"),
            .waiting = row_text(r, i, "waiting"),
            .ways_json = row_text(r, i, "ways"),
            .way = row_text(r, i, "way"),
            .way_by = row_text(r, i, "way_by"),
            .no = (int32_t)row_int(r, i, "no"),
            .round = (int32_t)row_int(r, i, "round"),
            .version = (int32_t)row_int(r, i, "version"),
            .budget_fen = row_int(r, i, "budget_fen"),
            .ceiling_fen = row_int(r, i, "ceiling_fen"),
            .phase_since_us = row_time(r, i, "phase_since"),
            .phase_due_us = row_time(r, i, "phase_due"),
        };
    return 0;
}

int tender_load(struct act *a, const char *id, struct tender **ret, struct err *err)
{
    struct tender *t = ARENA_NEW(a->arena, struct tender, 1);
    struct rows *r;

    if (!id_office(id, &t->office))
        return err_set(err, E_ABSENT, "tender/absent", "there is no tender %s", id);
    int status = tx_run(a->tx, Q_tender_load, &r, err, P_INT(t->office), P_TEXT(id));
    if (status)
        return status;
    if (rows_count(r) == 0)
        return err_set(err, E_ABSENT, "tender/absent", "there is no tender %s", id);
    read_tender(t, r);
    if (!t->regime || !t->category)
        return err_set(err, E_BROKEN, "server/broken", "tender %s has a regime or category that is none", id);
    if ((status = read_plugins(a, t, r, err)) || (status = read_frozen(a, t, r, err)) ||
        (status = read_lots(a, t, err)))
        return status;
    *ret = t;
    return 0;
}

int tender_lot(const struct tender *t, int32_t no, struct lot **ret, struct err *err)
{
    for (size_t i = 0; i < t->lot_count; i++)
        if (t->lots[i].no == no) {
            *ret = &t->lots[i];
            return 0;
        }
    return err_set(err, E_ABSENT, "lot/absent", "the tender has no lot %d", no);
}

int tender_of_lot(struct act *a, const char *lot_id, struct tender **ret, struct lot **ret_lot,
                  struct err *err)
{
    struct rows *r;
    int32_t office;

    if (!id_office(lot_id, &office))
        return err_set(err, E_ABSENT, "lot/absent", "there is no lot %s", lot_id);
    int status = tx_run(a->tx, Q_lot_tender, &r, err, P_INT(office), P_TEXT(lot_id));
    if (status)
        return status;
    if (rows_count(r) == 0)
        return err_set(err, E_ABSENT, "lot/absent", "there is no lot %s", lot_id);
    if ((status = tender_load(a, row_text(r, 0, "tender_id"), ret, err)))
        return status;
    for (size_t i = 0; i < (*ret)->lot_count; i++)
        if (strcmp((*ret)->lots[i].id, lot_id) == 0) {
            *ret_lot = &(*ret)->lots[i];
            return 0;
        }
    NEVER("a lot outside its tender");
}

const linli_phase *tender_phase(const struct tender *t, const char *code)
{
    for (size_t i = 0; t->plan && code && i < t->plan->phase_count; i++)
        if (strcmp(t->plan->phases[i].code, code) == 0)
            return &t->plan->phases[i];
    return NULL;
}

const char *plan_priced(const linli_plan *plan)
{
    for (size_t i = 0; i < plan->field_count; i++)
        if (plan->fields[i].priced)
            return plan->fields[i].code;
    return NULL;
}

/* ---- who may ---------------------------------------------------------------- */

static uint32_t acting_roles(const struct act *a)
{
    uint32_t roles = a->roles | ROLE(PUBLIC);

    if (a->actor && actor_organisation(a->actor))
        roles |= ROLE(ORGANISATION);
    return roles;
}

/* Says what was wanted, where the lot stands, and who may do it there or what may be done instead. */
static int may_not(const struct act *a, const linli_phase *phase, int act, struct err *err)
{
    CLEANUP(buf_free) struct buf zh = {0}, en = {0};
    const linli_text title = act_title(a->op, act);

    buf_text(&en, "");
    for (int r = 1; r < LINLI_CLOCK; r++)
        if (phase->may[r] & LINLI_MAY(act)) {
            buf_printf(&zh, "%s%s", en.size ? "、" : "", role_title(r).zh);
            buf_printf(&en, "%s%s", en.size ? ", " : "", role_title(r).en);
        }
    if (en.size) {
        err_set(err, E_FORBIDDEN, "auth/forbidden", "in the phase \"%s\" \"%s\" is for others: %s",
                phase->name.en, title.en, en.data);
        err_zh(err, "“%s”阶段的“%s”由其他角色办理：%s", phase->name.zh, title.zh, zh.data);
        return E_FORBIDDEN;
    }
    return not_now(a, phase, act, err);
}

int not_now(const struct act *a, const linli_phase *phase, int act, struct err *err)
{
    CLEANUP(buf_free) struct buf zh = {0}, en = {0};
    const linli_text title = act_title(a->op, act);
    const uint32_t roles = acting_roles(a);

    acts_allowed(phase, roles, true, &zh);
    acts_allowed(phase, roles, false, &en);
    err_set(err, E_REFUSED, "state/refused", "\"%s\" is not for the phase \"%s\"; you may now: %s", title.en,
            phase->name.en, en.size ? en.data : "nothing but read");
    err_zh(err, "“%s”阶段不能进行“%s”；您现在可以：%s", phase->name.zh, title.zh, zh.size ? zh.data : "查看");
    return E_REFUSED;
}

/* The bidder the actor is; 0: none of them.  A resident's proposal has no organisation:
 * there the act has looked who may act for it. */
static uint64_t bidder_acting(const struct act *a, const struct lot_facts *f, uint64_t bid)
{
    for (size_t i = 0; a->actor && i < f->bid_count; i++)
        if (f->organisations[i] && actor_of_organisation(a->actor, f->organisations[i]))
            return f->facts->bids[i].bidder;
    return bid && !f->organisations[bid - 1] ? f->facts->bids[bid - 1].bidder : 0;
}

/* The mechanism's veto, asked for each role that carries the act. */
static int veto(struct act *a, const struct tender *t, const struct lot *l, uint32_t roles, int act,
                const char *bid_id, struct err *err)
{
    struct lot_facts facts;
    char *json;
    const linli_verdict *verdict;

    if (!plugin_mechanism(t->mechanism)->refuse)
        return 0;
    int status = act == LINLI_VOTE ? lot_facts_load_unvoted(a, t, l, &facts, err)
                                   : lot_facts_load(a, t, l, &facts, err);
    for (int r = 0; status == 0 && r < LINLI_ROLES; r++) {
        if (!(roles & (UINT32_C(1) << r)))
            continue;
        uint64_t bid = bid_id ? lot_bid_key(&facts, bid_id) : 0;
        status = ask_refuse(t->mechanism, a->arena, t->options, facts.facts, r, bidder_acting(a, &facts, bid),
                            act, bid, &verdict, &json, err);
        if (status == 0 && !verdict->yes)
            return 0;
        if (status == 0) {
            const linli_text title = act_title(a->op, act);

            err_set(err, E_REFUSED, "plugin/refused", "the mechanism refuses \"%s\"", title.en);
            err_zh(err, "机制不允许“%s”", title.zh);
            if (err)
                err->why_json = json;
        }
    }
    return status ? status : E_REFUSED;
}

/* What is acted on at a moment is acted on a little later, sealed bids once their openers came: until then
 * the phase stands, and nothing counts in it any more that had to come before. */
static int in_due_time(const struct act *a, const struct lot *l, const linli_phase *phase, int act,
                       struct err *err)
{
    static const uint64_t timed = LINLI_MAY(LINLI_SUBMIT) | LINLI_MAY(LINLI_REPLACE) |
                                  LINLI_MAY(LINLI_WITHDRAW) | LINLI_MAY(LINLI_REQUOTE) |
                                  LINLI_MAY(LINLI_VOTE) | LINLI_MAY(LINLI_AMEND);
    const linli_text title = act_title(a->op, act);
    char text[TIME_TEXT];

    if (!(timed & LINLI_MAY(act)) || phase->ends != LINLI_ENDS_AT_DUE || !l->phase_due_us ||
        a->now_us < l->phase_due_us)
        return 0;
    time_print_shanghai(l->phase_due_us, text);
    err_set(err, E_REFUSED, "state/refused", "\"%s\" was possible until %s", title.en, text);
    err_zh(err, "“%s”已于 %s 截止", title.zh, text);
    return E_REFUSED;
}

/* What is about the tender is done while one of its lots lets it happen; one that failed speaks for no other.
 */
static int tender_may(struct act *a, const struct tender *t, int act, struct err *err)
{
    int status = 0;

    for (size_t i = 0; i < t->lot_count; i++) {
        const struct lot *l = &t->lots[i];
        struct err why = {0};
        int one;

        if (strcmp(l->state, "void") == 0 || strcmp(l->state, "cancelled") == 0)
            continue;
        one = lot_may(a, t, l, act, NULL, &why);
        if (one == 0)
            return 0;
        if (!status && err)
            *err = why;
        status = status ? status : one;
    }
    return status ? status : lot_may(a, t, t->lots, act, NULL, err);
}

int lot_may(struct act *a, const struct tender *t, const struct lot *l, int act, const char *bid_id,
            struct err *err)
{
    const linli_phase *phase = t->lot_count && l ? tender_phase(t, l->phase) : NULL;
    uint32_t roles = acting_roles(a), carrying = 0;

    if (!l && t->lot_count)
        return tender_may(a, t, act, err);
    if (!phase || strcmp(t->state, "cancelled") == 0) {
        err_set(err, E_REFUSED, "state/refused", "the tender is %s", t->state);
        err_zh(err, phase ? "项目已取消" : "项目尚未发布");
        return E_REFUSED;
    }
    for (int r = 0; r < LINLI_ROLES; r++)
        if ((roles & (UINT32_C(1) << r)) && (phase->may[r] & LINLI_MAY(act)))
            carrying |= UINT32_C(1) << r;
    if (!carrying)
        return may_not(a, phase, act, err);
    int status = veto(a, t, l, carrying, act, bid_id, err);
    return status ? status : in_due_time(a, l, phase, act, err);
}

const linli_rule *tender_rule(struct act *a, const struct tender *t, const char *code)
{
    const char *own = arena_printf(a->arena, "%s_%s", plugin_about(t->mechanism)->id, code);
    const linli_rule *rule = rule_find(t->rules.rules, t->rules.count, own);

    return rule ? rule : rule_find(t->rules.rules, t->rules.count, code);
}

/* ---- what was decided --------------------------------------------------------- */

static const char *options_of(const struct tender *t, const char *question, const struct plugin *plugin)
{
    if (strcmp(question, "accept") == 0)
        return t->acceptance.options_json;
    return plugin_kind(plugin) == PLUGIN_SCHEME ? t->scheme_options_json : t->options_json;
}

int decision_store(struct act *a, const struct tender *t, const struct lot *l, const struct decided *d,
                   char ret_id[UUID_TEXT], struct err *err)
{
    CLEANUP(buf_free) struct buf text = {0};
    char id[UUID_TEXT];
    const linli_about *about = plugin_about(d->plugin);

    facts_write_asked(d->facts, &d->asked, a->arena, &text);
    id_new(t->office, id);
    int status =
        tx_run(a->tx, Q_decision_add, NULL, err, P_INT(t->office), P_TEXT(id), P_TEXT(t->id),
               P_TEXT(l ? l->id : NULL), P_TEXT(d->question), P_TEXT(about->id), P_TEXT(about->version),
               P_TEXT(plugin_sha256(d->plugin)), P_TEXT(options_of(t, d->question, d->plugin)),
               P_TEXT(text.data), P_TEXT(d->answer_json), P_TIME(a->now_us));
    if (status == 0 && ret_id)
        memcpy(ret_id, id, UUID_TEXT);
    return status;
}

int admissions_keep(struct act *a, const struct tender *t, const struct lot *l, const char *answer_json,
                    struct err *err)
{
    return tx_run(a->tx, Q_bids_admit, NULL, err, P_INT(t->office), P_TEXT(t->id), P_INT(l->no),
                  P_TEXT(answer_json));
}
