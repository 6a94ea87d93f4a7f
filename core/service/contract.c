/*
 * From award to contract: drawn up at the price that was quoted, signed by both
 * sides, its money committed, its tranches made.
 */
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/domain/calendar.h"
#include "core/money/ledger.h"
#include "core/service/bond.h"
#include "core/service/call.h"
#include "core/service/contract.h"
#include "core/service/contract_party.h"
#include "core/service/duty.h"
#include "core/service/exclusion.h"
#include "core/service/forms.h"
#include "core/service/open.h"
#include "core/service/panel.h"

/* ---- drawing it up ---- */

struct contract_draft {
    linli_date starts, ends;
    const char *terms, *copy_of, *organisation;
    linli_rate retention;
    linli_date retention_until;
    linli_list parties;
};
static const linli_option draft_rows[] = {
    ROW(contract_draft, starts, DATE, true, 0, 0, NULL, "开始日", "first day"),
    ROW(contract_draft, ends, DATE, true, 0, 0, NULL, "结束日", "last day"),
    ROW_TEXT(contract_draft, terms, false, 60000, "合同条款；照抄的不填",
             "terms; those of copy_of where left out"),
    ROW_ID(contract_draft, copy_of, false, "照抄条款的合同", "contract whose terms it begins with"),
    ROW_ID(contract_draft, organisation, false, "承接主体（居民提案须指定）",
           "who carries out a resident's proposal"),
    ROW_SAID(contract_draft, retention, RATE, false, 1, 500000, NULL, "保留款比例", "retention",
             "每期（预付款除外）保留的比例，如质保金", "kept of each tranche but an advance"),
    ROW(contract_draft, retention_until, DATE, false, 0, 0, NULL, "保留款支付日",
        "day what was kept is paid"),
    ROW_LIST(contract_draft, parties, false, 0, 3, party_rows, party_item, "其他签约方",
             "who signs beside the office and the contractor"),
};
const struct form form_contract_draft = FORM(draft_rows, struct contract_draft);

struct contracting {
    struct tender *t;
    struct lot *l;
    struct rows *row;
};

static int term_wrong(struct err *err, const linli_rule *rule, const char *text, const char *zh)
{
    err_set(err, rule ? E_REFUSED : E_INVALID, rule ? "rule/refused" : "body/invalid", "%s", text);
    err_zh(err, "%s", zh);
    if (rule)
        err_article(err, rule->source);
    err_at(err, "/ends", "range", text, zh);
    return err->code;
}

/* What is kept is paid on a day of its own, not before the work ends. */
static int retention_check(const struct contract_draft *body, struct err *err)
{
    const bool share = body->retention.ppm > 0, until = body->retention_until.day != 0;

    if (share == until && (!until || body->retention_until.day >= body->ends.day))
        return 0;
    err_both(err, E_INVALID, "body/invalid", "what is kept has a share and a day not before the last day",
             "保留款须同时填写比例和不早于结束日的支付日");
    err_at(err,
           share && !until   ? "/retention_until"
           : until && !share ? "/retention"
                             : "/retention_until",
           share && until ? "range" : "required", "a share and a day", "比例和支付日");
    return E_INVALID;
}

/* Three years are allowed, three years and a day are not: the last day lies before the day after the term. */
static bool within_months(linli_date starts, linli_date ends, int count)
{
    int year, month, day, months;

    date_split(starts.day, &year, &month, &day);
    months = month - 1 + count;
    return ends.day < date_of(year + months / 12, months % 12 + 1, 1) + day - 1;
}

int term_within(const struct tender *t, linli_date starts, linli_date ends, struct err *err)
{
    const linli_rule *rule =
        rule_find(t->rules.rules, t->rules.count,
                  makes_agreements(t) ? "framework_term_services_max" : "service_term_max");

    if (ends.day < starts.day)
        return term_wrong(err, NULL, "it ends before it begins", "结束日早于开始日");
    if (!rule || rule->period.unit != LINLI_MONTHS || t->category != LINLI_SERVICES ||
        within_months(starts, ends, rule->period.count))
        return 0;
    return term_wrong(err, rule, "the term is longer than the rules allow", "服务期限超过规定");
}

int term_of_year(linli_date starts, linli_date ends, struct err *err)
{
    return within_months(starts, ends, 12)
               ? 0
               : term_wrong(err, NULL, "a yearly contract is of one year at the most",
                            "逐年签订的合同，每份不超过一年");
}

int start_near(const struct act *a, linli_date starts, struct err *err)
{
    enum { MONTHS_AHEAD = 36 };

    if (within_months((linli_date){day_of(a->now_us)}, starts, MONTHS_AHEAD))
        return 0;
    err_both(err, E_INVALID, "body/invalid", "the first day lies more than three years ahead",
             "开始日距今超过三年");
    err_at(err, "/starts", "range", "at most three years ahead", "不得晚于三年之后");
    return E_INVALID;
}

/* What a supplementary call admits ends with the agreements it adds to (财政部令第110号 §19). */
static int supplement_term(struct act *a, const struct tender *t, linli_date ends, struct err *err)
{
    struct addition more = {0};
    int status = t->supplements ? supplement_of(a, t->supplements, &more, err) : 0;

    if (status || !t->supplements || ends.day <= more.until_day)
        return status;
    return term_wrong(err, rule_find(t->rules.rules, t->rules.count, "framework_supplement_below"),
                      "it would outlast the agreements it adds to", "补充征集的协议不得超过原协议的有效期");
}

int term_fits(struct act *a, const struct tender *t, const struct term *w, struct err *err)
{
    int status = term_within(t, w->first, w->ends, err);

    if (!status && t->years > 1)
        status = term_of_year(w->starts, w->ends, err);
    if (!status)
        status = supplement_term(a, t, w->ends, err);
    return status || !w->retention_until.day || w->retention_until.day >= w->ends.day
               ? status
               : term_wrong(err, NULL, "what is kept would be paid before the last day",
                            "保留款支付日不得早于结束日");
}

static int award_open(struct act *a, const char *award, struct contracting *c, struct err *err)
{
    int status = tx_run(a->tx, Q_award_load, &c->row, err, P_INT(a->office), P_TEXT(award));

    if (!status && rows_count(c->row) == 0)
        status = err_set(err, E_ABSENT, "award/absent", "no award %s", award);
    if (!status)
        status = tender_of_lot(a, row_text(c->row, 0, "lot_id"), &c->t, &c->l, err);
    if (status)
        return status;
    if (strcmp(row_text(c->row, 0, "standing"), "winner") == 0 &&
        strcmp(row_text(c->row, 0, "state"), "announced") == 0)
        return 0;
    err_set(err, E_REFUSED, "state/refused", "only an announced winner gets a contract");
    err_zh(err, "只有已公告的中标、成交或立项结果可以签订合同或协议");
    return E_REFUSED;
}

/* A resident's proposal is carried out by a body that can sign; a bid by whoever made it. */
static int party_wrong(bool given, struct err *err)
{
    const char *text = given ? "the contractor is who bid" : "say who carries out the proposal";

    err_set(err, E_INVALID, "body/invalid", "%s", text);
    err_at(err, "/organisation", given ? "unknown" : "required", text,
           given ? "承接主体即投标人" : "请指定承接主体");
    return E_INVALID;
}

/* What the body says, or what another contract of the office says. */
static int terms_of(struct act *a, const struct contract_draft *body, const char **ret, struct err *err)
{
    struct rows *r = NULL;
    int status = body->terms || !body->copy_of
                     ? 0
                     : tx_run(a->tx, Q_contract_terms, &r, err, P_INT(a->office), P_TEXT(body->copy_of));

    *ret = body->terms ? body->terms : !status && r && rows_count(r) > 0 ? row_text(r, 0, "terms") : NULL;
    if (status || *ret)
        return status;
    err_set(err, E_INVALID, "body/invalid", "terms, or a contract of this office that has them");
    err_at(err, body->copy_of ? "/copy_of" : "/terms", body->copy_of ? "absent" : "required",
           "terms, or a contract of this office that has them", "须填写条款，或者本单位已有的合同");
    return E_INVALID;
}

/* Deregistered or merged meanwhile, it cannot sign. */
static int still_there(struct act *a, const char *organisation, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_organisation_known, &r, err, P_TEXT(organisation));

    if (status || rows_count(r) == 0 || row_null(r, 0, "ended"))
        return status;
    return err_both(err, E_REFUSED, "organisation/ended", "the organisation is no more: annul the award",
                    "该组织已注销或者合并，应撤销其结果");
}

int contractor_fits(struct act *a, const char *organisation, struct err *err)
{
    int status = still_there(a, organisation, err);

    return status ? status : organisation_not_banned(a, organisation, err);
}

int act_contract_draft(struct act *a, struct err *err)
{
    const struct contract_draft *body = a->body;
    struct contracting c = {0};
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    int32_t no = 0;
    const char *contractor, *terms = NULL;
    int year, month, day;
    int status = award_open(a, a->subject, &c, err);

    if (!status)
        status = lot_may(a, c.t, c.l, LINLI_SIGN, NULL, err);
    if (!status)
        status = start_near(a, body->starts, err);
    if (!status)
        status = term_fits(
            a, c.t, &(struct term){.first = body->starts, .starts = body->starts, .ends = body->ends}, err);
    if (!status)
        status = retention_check(body, err);
    if (!status)
        status = terms_of(a, body, &terms, err);
    if (status)
        return status;
    /* A filed body is no legal person: its host signs for it and is paid. */
    contractor = row_text(c.row, 0, row_null(c.row, 0, "host") ? "organisation_id" : "host");
    if ((contractor != NULL) == (body->organisation != NULL))
        return party_wrong(contractor != NULL, err);
    if (!row_null(c.row, 0, "host")) {
        json_key(&a->payload, "team");
        json_string(&a->payload, row_text(c.row, 0, "organisation_id"));
        json_key(&a->payload, "host");
        json_string(&a->payload, contractor);
    }
    status = contractor_fits(a, contractor ? contractor : body->organisation, err);
    if (status)
        return status;
    date_split(day_of(a->now_us), &year, &month, &day);
    status = series_next(a, "contract", year, &no, err);
    if (status)
        return status;
    id_new(a->office, id);
    status = tx_run(a->tx, Q_contract_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(c.t->id),
                    P_TEXT(a->subject), P_TEXT(arena_printf(a->arena, "%s-HT%04d", c.t->number, (int)no)),
                    P_TEXT(contractor ? contractor : body->organisation),
                    P_INT(makes_agreements(c.t) ? 0 : row_int(c.row, 0, "amount_fen")),
                    P_DATE(body->starts.day), P_DATE(body->ends.day), P_TEXT(terms), P_TIME(a->now_us),
                    P_TEXT(a->actor->person), p_some(body->retention.ppm), P_DATE(body->retention_until.day));
    if (status == E_CONFLICT) {
        err_set(err, E_REFUSED, "state/refused", "the award has a contract already");
        err_zh(err, "该结果已有合同或协议");
        return E_REFUSED;
    }
    a->subject = id;
    return status ? status
                  : parties_add(a, id, contractor ? contractor : body->organisation, &body->parties, err);
}

/* ---- signing ---- */

static const char *trigger_code(int due)
{
    switch (due) {
    case LINLI_ON_SIGNING:
        return "signing";
    case LINLI_ON_MILESTONE:
        return "milestone";
    case LINLI_ON_DATE:
        return "date";
    default:
        return "acceptance";
    }
}

static const linli_tranche_rule *tranche_rule(const linli_plan *plan, const char *code)
{
    for (size_t i = 0; i < plan->tranche_count; i++)
        if (strcmp(plan->tranches[i].code, code) == 0)
            return &plan->tranches[i];
    return NULL;
}

/* What the contract is drawn up from.  Another year of an award may have a price of its own: so it stands in
 * the facts, of which alone it is asked again. */
static const linli_award *award_asked(struct arena *arena, const struct lot_facts *f, linli_facts *facts,
                                      const struct rows *row)
{
    const uint64_t key = lot_bid_key(f, row_text(row, 0, "bid_id"));
    linli_award *awards = ARENA_NEW(arena, linli_award, facts->award_count + 1), *found = NULL;

    for (size_t i = 0; i < facts->award_count; i++) {
        awards[i] = facts->awards[i];
        if (!found && awards[i].bid == key)
            found = &awards[i];
    }
    if (found && !row_null(row, 0, "renews"))
        found->amount.minor = row_int(row, 0, "amount_fen");
    facts->awards = awards;
    return found;
}

/* The day of a tranche in another year of the award; 29 February becomes the 28th. */
static int32_t day_in_year(int32_t day, int64_t year_no)
{
    int year, month, of_month;

    if (day == 0 || year_no < 2)
        return day;
    date_split(day, &year, &month, &of_month);
    if (month == 2 && of_month == 29)
        of_month = 28;
    return date_of(year + (int)year_no - 1, month, of_month);
}

static int tranches_make(struct act *a, const struct contracting *c, struct err *err)
{
    const linli_schedule *schedule = NULL;
    const linli_award *award;
    linli_facts facts;
    struct lot_facts f = {0};
    char *json = NULL;
    int32_t no = 0;
    int status = lot_facts_load(a, c->t, c->l, &f, err);

    if (status)
        return status;
    facts = *f.facts;
    award = award_asked(a->arena, &f, &facts, c->row);
    if (!award)
        return err_set(err, E_BROKEN, "server/broken", "the bid %s of an award has lost its number",
                       row_text(c->row, 0, "bid_id"));
    status = ask_schedule(c->t->mechanism, a->arena, c->t->options, &facts, award, &schedule, &json, err);
    if (!status)
        status = decision_store(a, c->t, c->l,
                                &(struct decided){"schedule", c->t->mechanism, &facts,
                                                  .asked = {award, NULL, NULL}, .answer_json = json},
                                NULL, err);
    for (size_t i = 0; !status && i < schedule->count; i++) {
        const linli_tranche *part = &schedule->items[i];
        const linli_tranche_rule *rule = tranche_rule(c->t->plan, part->code);
        char id[UUID_TEXT];

        if (part->amount.minor == 0 || !rule)
            continue;
        id_new(a->office, id);
        no++;
        status =
            tx_run(a->tx, Q_tranche_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(a->subject),
                   P_INT(no), P_TEXT(part->code), P_TEXT(rule->name.zh), P_TEXT(rule->name.en),
                   P_INT(part->amount.minor), P_TEXT(trigger_code(rule->due)),
                   P_DATE(day_in_year(rule->on.day, row_int(c->row, 0, "year_no"))), P_BOOL(rule->advance));
    }
    return status;
}

/* Commits the contract's money; what is left of the lot's reserve goes back once all its winners have signed.
 */
static int money_bind(struct act *a, const struct contracting *c, struct err *err)
{
    struct money m = act_money(a);
    struct rows *left = NULL;
    int status = 0;

    if (!row_null(c->row, 0, "renews"))
        return c->t->funded ? money_renew(&m, a->subject, row_int(c->row, 0, "amount_fen"), err) : 0;
    if (c->t->funded && !makes_agreements(c->t))
        status = money_commit(&m, a->subject, row_int(c->row, 0, "amount_fen"), err);
    if (!status)
        status = tx_run(a->tx, Q_contracts_left, &left, err, P_INT(a->office), P_TEXT(c->l->id));
    if (!status && row_int(left, 0, "of_lot") == 0)
        status = lot_state_set(a, c->t, c->l, "contracted", err);
    return status;
}

static int contract_publish(struct act *a, const struct contracting *c, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_contract_notice, &rows, err, P_INT(a->office), P_TEXT(a->subject));

    return status ? status
                  : notice_publish(a, c->t->id, "contract", notice_title(a, c->t, "contract"),
                                   row_text(rows, 0, "body"), 0, err);
}

/* Signed later than the law or the plan allows is still signed; the record says so. */
static int lateness_note(struct act *a, const struct contracting *c, struct err *err)
{
    const linli_plan *plan = c->t->plan;
    int64_t announced_us = row_time(c->row, 0, "announced"), end_us = 0;
    bool provisional = false;

    for (size_t i = 0; i < plan->window_count; i++) {
        const linli_window *w = &plan->windows[i];
        int status;

        if (w->from != LINLI_ANNOUNCED || w->until != LINLI_SIGNED || !announced_us)
            continue;
        status = calendar_span(a->law->calendar, announced_us, w->most.count ? w->most : w->least, w->roll,
                               &end_us, &provisional, err);
        json_key(&a->payload, "late");
        json_bool(&a->payload, a->now_us >= end_us);
        return status;
    }
    return 0;
}

/* Both have signed. */
static int contract_conclude(struct act *a, struct contracting *c, struct err *err)
{
    const char *bid = row_text(c->row, 0, "bid_id");
    const bool renewed = !row_null(c->row, 0, "renews");
    int status = tx_run(a->tx, Q_contract_conclude, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                        P_TIME(a->now_us));

    if (!status)
        status = milestone_add(a, c->t, c->l, "signed", bid, err);
    if (!status)
        status = bonds_free(a, c->t, err);
    if (!status && !makes_agreements(c->t))
        status = tranches_make(a, c, err);
    if (!status && !renewed)
        status = lateness_note(a, c, err);
    if (!status)
        status = money_bind(a, c, err);
    if (!status)
        status = contract_publish(a, c, err);
    if (!status)
        status = duties_of_contract(a, c->t, c->l, a->subject, err);
    return status || renewed ? status : lot_advance(a, c->t, c->l, err);
}

static bool open_objection(const linli_facts *f, uint64_t bid)
{
    for (size_t i = 0; i < f->objection_count; i++) {
        const linli_objection *o = &f->objections[i];

        if (o->state == LINLI_OBJECTION_OPEN && o->relevant && (o->bid == 0 || o->bid == bid || bid == 0))
            return true;
    }
    return false;
}

/* An open objection that may change the result stays the signing. */
static int not_stayed(struct act *a, const struct contracting *c, struct err *err)
{
    const linli_rule *rule = tender_rule(a, c->t, "objection_stays");
    struct lot_facts f = {0};
    int status = lot_facts_load(a, c->t, c->l, &f, err);

    if (status || !c->t->plan->objection_stops || !open_objection(f.facts, 0))
        return status;
    err_set(err, E_REFUSED, "objection/pending", "an objection that may change the result is open");
    err_zh(err, "质疑或异议尚未处理，暂停签订合同");
    if (rule)
        err_article(err, rule->source);
    return E_REFUSED;
}

static int already(struct err *err)
{
    err_set(err, E_REFUSED, "state/refused", "your side has signed, or the contract is not open for signing");
    err_zh(err, "您方已签署，或合同不在签订状态");
    return E_REFUSED;
}

static int one_side(struct err *err)
{
    return err_both(err, E_REFUSED, "approval/same-person", "one person may not sign for both sides",
                    "同一人不能代表双方签署");
}

static bool signed_by(const struct act *a, const struct rows *contract, const char *column)
{
    const char *by = row_text(contract, 0, column);

    return by && strcmp(by, a->actor->person) == 0;
}

/* Another side than the office and the contractor; the mechanism knows nothing of it. */
static int party_sign(struct act *a, struct contracting *c, const struct party *p, struct err *err)
{
    int status = not_stayed(a, c, err);

    if (status)
        return status;
    if (strcmp(row_text(c->row, 0, "state"), "draft") != 0 || p->signed_already)
        return already(err);
    if (p->by_actor || signed_by(a, c->row, "signed_office") || signed_by(a, c->row, "signed_organisation"))
        return one_side(err);
    status = tx_run(a->tx, Q_contract_party_sign, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                    P_TEXT(p->organisation), P_TIME(a->now_us), P_TEXT(a->actor->person));
    json_key(&a->payload, "side");
    json_string(&a->payload, "party");
    if (status || p->left > 1 || row_null(c->row, 0, "signed_office") ||
        row_null(c->row, 0, "signed_organisation"))
        return status;
    return contract_conclude(a, c, err);
}

/* The office or the contractor. */
static int side_sign(struct act *a, struct contracting *c, const struct party *p, bool theirs,
                     struct err *err)
{
    int status = not_stayed(a, c, err);

    if (!status &&
        row_null(c->row, 0, "renews")) /* another year is signed while the award is being carried out */
        status = lot_may(a, c->t, c->l, LINLI_SIGN, row_text(c->row, 0, "bid_id"), err);
    if (!status && !theirs)
        status = no_interest(a, row_text(c->row, 0, "organisation_id"), err);
    if (status)
        return status;
    if (strcmp(row_text(c->row, 0, "state"), "draft") != 0 ||
        !row_null(c->row, 0, theirs ? "signed_organisation" : "signed_office"))
        return already(err);
    if (p->by_actor || signed_by(a, c->row, theirs ? "signed_office" : "signed_organisation"))
        return one_side(err);
    status = tx_run(a->tx, theirs ? Q_contract_sign_theirs : Q_contract_sign_office, NULL, err,
                    P_INT(a->office), P_TEXT(a->subject), P_TEXT(a->actor->person), P_TIME(a->now_us));
    json_key(&a->payload, "side");
    json_string(&a->payload, theirs ? "organisation" : "office");
    if (status || p->left || row_null(c->row, 0, theirs ? "signed_office" : "signed_organisation"))
        return status;
    return contract_conclude(a, c, err);
}

/* Since the contract of another year was drawn up, the year before it may have been found wanting. */
static int year_stands(struct act *a, const char *before, struct err *err)
{
    struct rows *r = NULL;
    int status =
        before ? tx_run(a->tx, Q_year_found, &r, err, P_INT(a->office), P_TEXT(before), P_TIME(a->now_us))
               : 0;

    return status || !before ? status : year_passed(row_text(r, 0, "found"), err);
}

int act_contract_sign(struct act *a, struct err *err)
{
    struct contracting c = {0};
    struct party p = {0};
    bool theirs;
    int status = tx_run(a->tx, Q_contract_load, &c.row, err, P_INT(a->office), P_TEXT(a->subject));

    if (!status)
        status = tender_of_lot(a, row_text(c.row, 0, "lot_id"), &c.t, &c.l, err);
    if (!status)
        status = opening_settled(a, c.t, c.l, true, err);
    if (!status)
        status = still_there(a, row_text(c.row, 0, "organisation_id"), err);
    if (!status && strcmp(row_text(c.row, 0, "state"), "draft") == 0)
        status = year_stands(a, row_text(c.row, 0, "renews"), err);
    if (!status)
        status = party_find(a, a->subject, &p, err);
    if (status)
        return status;
    theirs = actor_of_organisation(a->actor, row_text(c.row, 0, "organisation_id"));
    if (!theirs && p.organisation)
        return party_sign(a, &c, &p, err);
    if (!theirs && !(a->roles & ROLE(OFFICE_APPROVER)) && !(a->roles & ROLE(OPERATOR))) {
        err_set(err, E_FORBIDDEN, "auth/forbidden", "an approver or the contractor signs");
        err_zh(err, "由审批人或承接主体签署");
        return E_FORBIDDEN;
    }
    return side_sign(a, &c, &p, theirs, err);
}
