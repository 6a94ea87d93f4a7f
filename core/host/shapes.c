/* The tables of core/host/shapes.h. */
#include "core/host/shapes.h"

#include <stddef.h>

#include "core/domain/names.h"

/* clang-format off */
#define ROW(T, m, kind)        { .name = #m, .type = (kind), .offset = offsetof(T, m) }
#define REQUIRED(T, m, kind)   { .name = #m, .type = (kind), .offset = offsetof(T, m), .required = true }
#define TEXT(T, m)             { .name = #m, .type = LINLI_OPT_STRING, .offset = offsetof(T, m), .initial = "" }
#define ENUM(T, m, set, first) { .name = #m, .type = FORM_ENUM, .offset = offsetof(T, m), .codes = (set), .low = (first) }
#define OPTIONAL(T, m, set, first) { .name = #m, .type = FORM_ENUM, .offset = offsetof(T, m), .codes = (set), \
                                 .low = (first), .format = FORM_OPTIONAL }
#define BITS(T, m, set, first) { .name = #m, .type = FORM_BITS, .offset = offsetof(T, m), .codes = (set), .low = (first) }
#define VALUE(T, m, unit)      { .name = #m, .type = FORM_VALUE, .offset = offsetof(T, m), .item_size = offsetof(T, unit) }
#define POINTS(T, m)           { .name = #m, .type = LINLI_OPT_POINTS, .offset = offsetof(T, m), .low = -POINTS_MAX, .high = POINTS_MAX }
#define ALWAYS(T, m, kind)     { .name = #m, .type = (kind), .offset = offsetof(T, m), .format = FORM_ALWAYS, \
                                 .low = -POINTS_MAX, .high = POINTS_MAX }
#define OBJECT(T, m, rows, of) { .name = #m, .type = LINLI_OPT_OBJECT, .offset = offsetof(T, m), ITEM(rows, of) }
#define REF(T, m, rows, of)    { .name = #m, .type = FORM_REF, .offset = offsetof(T, m), ITEM(rows, of) }
#define LIST(T, m, n, rows, of) { .name = #m, .type = LINLI_OPT_LIST, .offset = PAIR(T, m, n), .high = LIST_MAX, ITEM(rows, of) }
#define ITEM(rows, of)         .item = (rows), .item_count = sizeof(rows) / sizeof((rows)[0]), .item_size = sizeof(of)
/* A pointer and its count lie together, as in linli_list. */
#define PAIR(T, m, n) (offsetof(T, m) + 0 * sizeof(struct { \
    _Static_assert(offsetof(T, n) == offsetof(T, m) + sizeof(void *), "a pointer and its count"); int zero; }))

#define POINTS_MAX INT64_C(1000000000000000)
#define LIST_MAX   10000000

const char *const names_acts[] = { "read_tender", "read_bids", "question", "answer", "amend", "submit", "replace",
    "withdraw", "open", "check", "clarify", "requote", "assign", "mark", "vote", "report", "draw", "choose",
    "announce", "object", "resolve", "approve", "sign", "deliver", "accept", "pay", "advance", "cancel", NULL };
static const char *const names_events[] = { "published", "amended", "bids_due", "opened", "checked", "voting_started",
    "voting_ended", "evaluated", "decided", "announced", "notice_ended", "objected", "resolved", "approved",
    "extended", "signed", "accepted", "paid", "failed", "documents_issued", "reported", "started", "received", NULL };
static const char *const names_categories[] = { "goods", "works", "services", "public_good", NULL };
const char *const names_phase_kinds[] = { "tendering", "opening", "negotiating", "checking", "evaluating", "voting",
    "deciding", "notice", "contracting", "delivering", "closed", "void", NULL };
static const char *const names_ends[] = { "at_due", "by_act", "when_done", "never", NULL };
static const char *const names_entry[] = { "anyone", "invited", NULL };
static const char *const names_sealing[] = { "open_bids", "sealed_to_due", "sealed_to_opening", "two_envelopes", NULL };
static const char *const names_counts[] = { "bidders", "admitted", "voters", NULL };
static const char *const names_below[] = { "fail", "extend", "go", "ask", NULL };
static const char *const names_award[] = { "one", "up_to_n", "all_over", "to_budget", NULL };
static const char *const names_contract[] = { "purchase", "framework", "grant", "prize", NULL };
static const char *const names_due[] = { "signing", "milestone", "acceptance", "date", NULL };
static const char *const names_roll[] = { "none", "holiday", "rest", NULL };
const char *const names_units[] = { "points", "money", "count", "yes_no", "rate", "months", NULL };
static const char *const names_sees[] = { "bids", "prices", "marks", "ballots", "result", NULL };
static const char *const names_step[] = { "stay", "extend", "go", "fail", "ask_approval", "again", NULL };
static const char *const names_standing[] = { "winner", "reserve", NULL };
static const char *const names_release[] = { "wait", "pay_out", "hold", "stop", NULL };
static const char *const names_result[] = { "ranked", "out", "explain", NULL };
static const char *const names_evaluation[] = { "order", "set", NULL };
static const char *const names_by[] = { "judges", "rule", "ballots", NULL };
static const char *const names_objection[] = { "open", "founded", "unfounded", "withdrawn", NULL };
static const char *const names_delivery[] = { "planned", "reported", "accepted", "refused", "released", "paid",
    "stopped", NULL };
static const char *const names_bidders[] = { "registered", "enterprise", "public_institution", "filed", "person", NULL };

/* A value added to one of these enums needs its name here. */
_Static_assert(LENGTH(names_acts) == LINLI_ACTS + 1, "a name for each act");
_Static_assert(LENGTH(names_events) == LINLI_RECEIVED + 1, "a name for each event");
_Static_assert(LENGTH(names_phase_kinds) == LINLI_VOID + 1, "a name for each kind of phase");

static const linli_option key_row[] = { { .name = "", .type = FORM_KEY } };

/* ---- the plan ---- */

static const linli_option role_row[] = { { .name = "", .type = FORM_ENUM, .codes = role_codes } };

static const linli_option phase_rows[] = {
    REQUIRED(linli_phase, code, LINLI_OPT_CODE), REQUIRED(linli_phase, name, LINLI_OPT_TEXT),
    ENUM(linli_phase, kind, names_phase_kinds, 1), ENUM(linli_phase, ends, names_ends, 1),
    { .name = "may", .type = FORM_MAY, .offset = offsetof(linli_phase, may), .codes = names_acts, .item = role_row },
    ROW(linli_phase, next, LINLI_OPT_CODE), ROW(linli_phase, otherwise, LINLI_OPT_CODE),
    ROW(linli_phase, window, LINLI_OPT_CODE),
};
static const linli_option window_rows[] = {
    REQUIRED(linli_window, code, LINLI_OPT_CODE), REQUIRED(linli_window, name, LINLI_OPT_TEXT),
    ENUM(linli_window, from, names_events, 1), ENUM(linli_window, until, names_events, 1),
    ROW(linli_window, least, LINLI_OPT_PERIOD), ROW(linli_window, most, LINLI_OPT_PERIOD),
    OPTIONAL(linli_window, roll, names_roll, 1), TEXT(linli_window, source),
};
static const linli_option quorum_rows[] = {
    REQUIRED(linli_quorum, phase, LINLI_OPT_CODE), ENUM(linli_quorum, counts, names_counts, 1),
    ROW(linli_quorum, at_least, FORM_INT), ENUM(linli_quorum, below, names_below, 1),
    ROW(linli_quorum, otherwise, LINLI_OPT_CODE), ROW(linli_quorum, extend, LINLI_OPT_PERIOD),
    TEXT(linli_quorum, source),
};
static const linli_option field_rows[] = {
    REQUIRED(linli_field, code, LINLI_OPT_CODE), REQUIRED(linli_field, name, LINLI_OPT_TEXT),
    ENUM(linli_field, unit, names_units, 1), VALUE(linli_field, low, unit), VALUE(linli_field, high, unit),
    ROW(linli_field, required, LINLI_OPT_BOOL), ROW(linli_field, priced, LINLI_OPT_BOOL),
    ROW(linli_field, envelope, FORM_INT), OPTIONAL(linli_field, by, role_codes, 0),
};
static const linli_option check_rule_rows[] = {
    REQUIRED(linli_check_rule, code, LINLI_OPT_CODE), REQUIRED(linli_check_rule, name, LINLI_OPT_TEXT),
    REQUIRED(linli_check_rule, phase, LINLI_OPT_CODE), ENUM(linli_check_rule, role, role_codes, 0),
    TEXT(linli_check_rule, source),
};
static const linli_option paper_rule_rows[] = {
    REQUIRED(linli_paper_rule, code, LINLI_OPT_CODE), REQUIRED(linli_paper_rule, name, LINLI_OPT_TEXT),
    REQUIRED(linli_paper_rule, phase, LINLI_OPT_CODE), ROW(linli_paper_rule, tranche, LINLI_OPT_CODE),
    ENUM(linli_paper_rule, role, role_codes, 0), ROW(linli_paper_rule, at_least, FORM_INT),
    ROW(linli_paper_rule, sealed, LINLI_OPT_BOOL), ROW(linli_paper_rule, published, LINLI_OPT_BOOL),
    ROW(linli_paper_rule, independent, LINLI_OPT_BOOL), TEXT(linli_paper_rule, source),
};
static const linli_option tranche_rule_rows[] = {
    REQUIRED(linli_tranche_rule, code, LINLI_OPT_CODE), REQUIRED(linli_tranche_rule, name, LINLI_OPT_TEXT),
    ROW(linli_tranche_rule, share, LINLI_OPT_RATE), ENUM(linli_tranche_rule, due, names_due, 1),
    ROW(linli_tranche_rule, advance, LINLI_OPT_BOOL), ROW(linli_tranche_rule, on, LINLI_OPT_DATE),
    ROW(linli_tranche_rule, within, LINLI_OPT_PERIOD),
};
static const linli_option panel_rows[] = {
    ROW(linli_panel, at_least, FORM_INT), ROW(linli_panel, experts, FORM_INT), ROW(linli_panel, of, FORM_INT),
    ROW(linli_panel, odd, LINLI_OPT_BOOL), ROW(linli_panel, blind, LINLI_OPT_BOOL), ROW(linli_panel, recuse, LINLI_OPT_BOOL),
    TEXT(linli_panel, source),
};
static const linli_option award_rule_rows[] = {
    ENUM(linli_award_rule, kind, names_award, 1), ROW(linli_award_rule, most, FORM_INT),
    ROW(linli_award_rule, candidates, FORM_INT), ROW(linli_award_rule, by_rank, LINLI_OPT_BOOL),
    POINTS(linli_award_rule, over),
};
static const linli_option reading_rows[] = {
    ENUM(linli_reading, what, names_sees, 1), ENUM(linli_reading, role, role_codes, 0),
    REQUIRED(linli_reading, from, LINLI_OPT_CODE),
};
static const linli_option plan_rows[] = {
    ENUM(linli_plan, entry, names_entry, 1), ENUM(linli_plan, sealing, names_sealing, 1),
    ENUM(linli_plan, contract, names_contract, 1), ROW(linli_plan, objection_stops, LINLI_OPT_BOOL),
    ROW(linli_plan, bid_bond, LINLI_OPT_RATE), ROW(linli_plan, performance_bond, LINLI_OPT_RATE),
    ROW(linli_plan, extra, LINLI_OPT_RATE), OBJECT(linli_plan, panel, panel_rows, linli_panel),
    OBJECT(linli_plan, award, award_rule_rows, linli_award_rule),
    LIST(linli_plan, phases, phase_count, phase_rows, linli_phase),
    LIST(linli_plan, windows, window_count, window_rows, linli_window),
    LIST(linli_plan, quorums, quorum_count, quorum_rows, linli_quorum),
    LIST(linli_plan, fields, field_count, field_rows, linli_field),
    LIST(linli_plan, checks, check_count, check_rule_rows, linli_check_rule),
    LIST(linli_plan, papers, paper_count, paper_rule_rows, linli_paper_rule),
    LIST(linli_plan, tranches, tranche_count, tranche_rule_rows, linli_tranche_rule),
    LIST(linli_plan, readings, reading_count, reading_rows, linli_reading), ROW(linli_plan, choices, FORM_INT),
    ROW(linli_plan, no_joint, LINLI_OPT_BOOL),
};

/* ---- decisions ---- */

static const linli_option way_rows[] = {
    REQUIRED(linli_way, code, LINLI_OPT_CODE), REQUIRED(linli_way, name, LINLI_OPT_TEXT),
    ROW(linli_way, phase, LINLI_OPT_CODE), ROW(linli_way, source, LINLI_OPT_STRING),
};
static const linli_option draw_request_rows[] = {
    REQUIRED(linli_draw_request, purpose, LINLI_OPT_CODE),
    LIST(linli_draw_request, keys, count, key_row, uint64_t),
};
static const linli_option step_rows[] = {
    ENUM(linli_step, kind, names_step, 1), ROW(linli_step, phase, LINLI_OPT_CODE),
    ROW(linli_step, extend, LINLI_OPT_PERIOD), ROW(linli_step, why, FORM_LINES),
    LIST(linli_step, ways, way_count, way_rows, linli_way),
    LIST(linli_step, draws, draw_count, draw_request_rows, linli_draw_request),
};
static const linli_option admission_rows[] = {
    REQUIRED(linli_admission, bid, FORM_KEY), REQUIRED(linli_admission, admitted, LINLI_OPT_BOOL),
    ROW(linli_admission, why, FORM_LINES),
};
static const linli_option admissions_rows[] = {
    LIST(linli_admissions, items, count, admission_rows, linli_admission), ROW(linli_admissions, bidders, FORM_INT),
};
static const linli_option award_rows[] = {
    REQUIRED(linli_award, bid, FORM_KEY), ENUM(linli_award, standing, names_standing, 1),
    ROW(linli_award, order, FORM_INT), REQUIRED(linli_award, amount, LINLI_OPT_MONEY),
    ROW(linli_award, why, FORM_LINES),
};
static const linli_option awards_rows[] = {
    LIST(linli_awards, items, count, award_rows, linli_award),
    LIST(linli_awards, draws, draw_count, draw_request_rows, linli_draw_request), ROW(linli_awards, why, FORM_LINES),
};
static const linli_option tranche_rows[] = {
    REQUIRED(linli_tranche, code, LINLI_OPT_CODE), REQUIRED(linli_tranche, amount, LINLI_OPT_MONEY),
};
static const linli_option schedule_rows[] = {
    LIST(linli_schedule, items, count, tranche_rows, linli_tranche), ROW(linli_schedule, why, FORM_LINES),
};
static const linli_option release_rows[] = {
    ENUM(linli_release, kind, names_release, 1), ROW(linli_release, amount, LINLI_OPT_MONEY),
    ROW(linli_release, recovery, LINLI_OPT_MONEY), ROW(linli_release, exclusion_months, FORM_INT),
    ROW(linli_release, why, FORM_LINES),
};
static const linli_option verdict_rows[] = {
    REQUIRED(linli_verdict, yes, LINLI_OPT_BOOL), ROW(linli_verdict, why, FORM_LINES),
};
static const linli_option criterion_rows[] = {
    REQUIRED(linli_criterion, code, LINLI_OPT_CODE), REQUIRED(linli_criterion, name, LINLI_OPT_TEXT),
    ENUM(linli_criterion, by, names_by, 1), ENUM(linli_criterion, unit, names_units, 1),
    ROW(linli_criterion, objective, LINLI_OPT_BOOL), ROW(linli_criterion, weight, LINLI_OPT_RATE),
    VALUE(linli_criterion, low, unit), VALUE(linli_criterion, high, unit), VALUE(linli_criterion, step, unit),
};
static const linli_option criteria_rows[] = {
    LIST(linli_criteria, items, count, criterion_rows, linli_criterion),
    ROW(linli_criteria, ballot_sum, LINLI_OPT_COUNT),
};
static const linli_option part_rows[] = {
    REQUIRED(linli_part, criterion, LINLI_OPT_CODE), ALWAYS(linli_part, raw, LINLI_OPT_POINTS),
    ALWAYS(linli_part, points, LINLI_OPT_POINTS),
    ROW(linli_part, why, FORM_LINES),
};
static const linli_option result_rows[] = {
    REQUIRED(linli_result, bid, FORM_KEY), ENUM(linli_result, standing, names_result, 1),
    ALWAYS(linli_result, rank, FORM_INT), ALWAYS(linli_result, total, LINLI_OPT_POINTS), ROW(linli_result, compared, LINLI_OPT_MONEY),
    ALWAYS(linli_result, grant, LINLI_OPT_MONEY), LIST(linli_result, parts, part_count, part_rows, linli_part),
    ROW(linli_result, why, FORM_LINES),
};
static const linli_option evaluation_rows[] = {
    ENUM(linli_evaluation, kind, names_evaluation, 1),
    LIST(linli_evaluation, items, count, result_rows, linli_result),
    LIST(linli_evaluation, draws, draw_count, draw_request_rows, linli_draw_request),
    ROW(linli_evaluation, why, FORM_LINES),
};

/* ---- facts ---- */

static const linli_option calendar_rows[] = {
    ROW(linli_calendar, first_day, LINLI_OPT_DATE), ROW(linli_calendar, utc_offset_s, FORM_INT),
    ROW(linli_calendar, official_until, LINLI_OPT_DATE), REQUIRED(linli_calendar, days, FORM_DAYS),
};
static const linli_option tender_rows[] = {
    ROW(linli_tender, key, FORM_KEY),
    { .name = "currency", .type = LINLI_OPT_STRING, .offset = offsetof(linli_tender, currency), .initial = "CNY" },
    ENUM(linli_tender, category, names_categories, 1), ENUM(linli_tender, regime, regime_codes, 1),
    ROW(linli_tender, budget, LINLI_OPT_MONEY), ROW(linli_tender, ceiling, LINLI_OPT_MONEY),
    ROW(linli_tender, published, LINLI_OPT_TIME), ROW(linli_tender, bids_due, LINLI_OPT_TIME),
    ROW(linli_tender, electorate, LINLI_OPT_COUNT),
    { .name = "pool", .type = LINLI_OPT_MONEY, .offset = offsetof(linli_tender, pool), .low = -1, .high = INT64_C(100000000000000) },
    ROW(linli_tender, lot, FORM_INT), ROW(linli_tender, lots, FORM_INT),
    ROW(linli_tender, under, FORM_INT),
};
static const linli_option rule_rows[] = {
    REQUIRED(linli_rule, code, LINLI_OPT_CODE), TEXT(linli_rule, source), ENUM(linli_rule, unit, names_units, 1),
    ROW(linli_rule, unverified, FORM_INT), VALUE(linli_rule, value, unit), ROW(linli_rule, period, LINLI_OPT_PERIOD),
};
static const linli_option bid_rows[] = {
    REQUIRED(linli_bid, key, FORM_KEY), ROW(linli_bid, bidder, FORM_KEY), ROW(linli_bid, group, FORM_KEY),
    ROW(linli_bid, number, FORM_INT), ROW(linli_bid, round, FORM_INT), ROW(linli_bid, submitted, LINLI_OPT_TIME),
    ROW(linli_bid, withdrawn, LINLI_OPT_BOOL), ROW(linli_bid, late, LINLI_OPT_BOOL),
    ROW(linli_bid, open, LINLI_OPT_BOOL), ROW(linli_bid, priced, LINLI_OPT_BOOL),
    ROW(linli_bid, invalid, LINLI_OPT_BOOL), ROW(linli_bid, barred, LINLI_OPT_BOOL),
    ROW(linli_bid, price, LINLI_OPT_MONEY),
};
static const linli_option offer_rows[] = {
    REQUIRED(linli_offer, bid, FORM_KEY), REQUIRED(linli_offer, field, LINLI_OPT_CODE),
    ROW(linli_offer, round, FORM_INT), ENUM(linli_offer, unit, names_units, 1), VALUE(linli_offer, value, unit),
    ROW(linli_offer, at, LINLI_OPT_TIME),
};
static const linli_option check_rows[] = {
    REQUIRED(linli_check, bid, FORM_KEY), ROW(linli_check, by, FORM_KEY), REQUIRED(linli_check, rule, LINLI_OPT_CODE),
    ENUM(linli_check, role, role_codes, 0), REQUIRED(linli_check, passed, LINLI_OPT_BOOL),
};
static const linli_option mark_rows[] = {
    REQUIRED(linli_mark, bid, FORM_KEY), ROW(linli_mark, by, FORM_KEY),
    REQUIRED(linli_mark, criterion, LINLI_OPT_CODE), ROW(linli_mark, tranche, LINLI_OPT_CODE),
    ROW(linli_mark, value, FORM_MARK),
};
static const linli_option choice_rows[] = {
    REQUIRED(struct choice_form, bid, FORM_KEY), ROW(struct choice_form, rank, FORM_INT),
    ROW(struct choice_form, value, FORM_MARK),
};
static const linli_option ballot_rows[] = {
    REQUIRED(struct ballot_form, voter, FORM_KEY), ROW(struct ballot_form, weight, LINLI_OPT_COUNT),
    { .name = "choices", .type = LINLI_OPT_LIST, .offset = offsetof(struct ballot_form, choices), .high = LIST_MAX,
      ITEM(choice_rows, struct choice_form) },
    TEXT(struct ballot_form, area), TEXT(struct ballot_form, source),
};
static const linli_option event_rows[] = {
    ENUM(linli_event, kind, names_events, 1), ENUM(linli_event, role, role_codes, 0),
    REQUIRED(linli_event, at, LINLI_OPT_TIME), ROW(linli_event, bid, FORM_KEY),
};
static const linli_option paper_rows[] = {
    REQUIRED(linli_paper, rule, LINLI_OPT_CODE), ROW(linli_paper, tranche, LINLI_OPT_CODE),
    ROW(linli_paper, bid, FORM_KEY), ROW(linli_paper, accepted, LINLI_OPT_BOOL),
    ROW(linli_paper, refused, LINLI_OPT_BOOL), ENUM(linli_paper, judge, role_codes, 0),
    ROW(linli_paper, at, LINLI_OPT_TIME), ROW(linli_paper, due, LINLI_OPT_TIME),
};
static const linli_option draw_rows[] = {
    REQUIRED(linli_draw, purpose, LINLI_OPT_CODE), LIST(linli_draw, keys, count, key_row, uint64_t),
};
static const linli_option objection_rows[] = {
    REQUIRED(linli_objection, key, FORM_KEY), ROW(linli_objection, bid, FORM_KEY), ROW(linli_objection, by, FORM_KEY),
    TEXT(linli_objection, phase), ROW(linli_objection, filed, LINLI_OPT_TIME),
    ROW(linli_objection, due, LINLI_OPT_TIME), ROW(linli_objection, answered, LINLI_OPT_TIME),
    TEXT(linli_objection, kind), ENUM(linli_objection, state, names_objection, 1),
    ROW(linli_objection, relevant, LINLI_OPT_BOOL),
};
static const linli_option delivery_rows[] = {
    REQUIRED(linli_delivery, bid, FORM_KEY), REQUIRED(linli_delivery, tranche, LINLI_OPT_CODE),
    ENUM(linli_delivery, state, names_delivery, 1), ROW(linli_delivery, planned, LINLI_OPT_MONEY),
    ROW(linli_delivery, released, LINLI_OPT_MONEY), ROW(linli_delivery, paid, LINLI_OPT_MONEY),
    ROW(linli_delivery, recovered, LINLI_OPT_MONEY), ROW(linli_delivery, accepted, LINLI_OPT_MONEY),
    ROW(linli_delivery, due, LINLI_OPT_TIME),
};
static const linli_option bidder_rows[] = {
    REQUIRED(linli_bidder, key, FORM_KEY), OPTIONAL(linli_bidder, kind, names_bidders, 1),
    ROW(linli_bidder, founded, LINLI_OPT_DATE), ROW(linli_bidder, insider, LINLI_OPT_BOOL),
    ROW(linli_bidder, grade, FORM_INT),
    ROW(linli_bidder, excluded, LINLI_OPT_TIME),
};
static const linli_option elsewhere_rows[] = {
    ROW(linli_elsewhere, lot, FORM_INT), ENUM(linli_elsewhere, standing, names_standing, 1),
    ROW(linli_elsewhere, bidder, FORM_KEY), ROW(linli_elsewhere, amount, LINLI_OPT_MONEY),
};

#define FACT(m, kind)        { .name = #m, .type = (kind), .offset = offsetof(struct facts_form, facts.m) }
#define FACTS(m, n, rows, of) { .name = #m, .type = LINLI_OPT_LIST, .high = LIST_MAX, ITEM(rows, of), \
    .offset = PAIR(linli_facts, m, n) + offsetof(struct facts_form, facts) }
#define FACT_REF(m, rows, of) { .name = #m, .type = FORM_REF, .offset = offsetof(struct facts_form, facts.m), ITEM(rows, of) }

static const linli_option asked_rows[] = {
    ROW(struct facts_form, award, FORM_KEY), ROW(struct facts_form, tranche, LINLI_OPT_CODE),
    ROW(struct facts_form, awarded, LINLI_OPT_MONEY), ROW(struct facts_form, amount, LINLI_OPT_MONEY),
    ENUM(struct facts_form, role, role_codes, 0), ENUM(struct facts_form, act, names_acts, 0),
    ROW(struct facts_form, actor, FORM_KEY), ROW(struct facts_form, bid, FORM_KEY),
};
static const linli_option facts_rows[] = {
    ROW(struct facts_form, linli, LINLI_OPT_STRING),
    FACT(now, LINLI_OPT_TIME), FACT_REF(calendar, calendar_rows, linli_calendar),
    FACT_REF(tender, tender_rows, linli_tender), FACT_REF(plan, plan_rows, linli_plan),
    FACT(phase, LINLI_OPT_CODE), FACT(phase_since, LINLI_OPT_TIME), FACT(phase_due, LINLI_OPT_TIME),
    FACT(round, FORM_INT), FACTS(rules, rule_count, rule_rows, linli_rule),
    FACTS(invited, invited_count, key_row, uint64_t), FACTS(bids, bid_count, bid_rows, linli_bid),
    FACTS(offers, offer_count, offer_rows, linli_offer), FACTS(checks, check_count, check_rows, linli_check),
    FACTS(marks, mark_count, mark_rows, linli_mark), FACTS(events, event_count, event_rows, linli_event),
    { .name = "ballots", .type = LINLI_OPT_LIST, .offset = offsetof(struct facts_form, ballots), .high = LIST_MAX,
      ITEM(ballot_rows, struct ballot_form) },
    FACTS(papers, paper_count, paper_rows, linli_paper), FACTS(draws, draw_count, draw_rows, linli_draw),
    FACTS(objections, objection_count, objection_rows, linli_objection),
    FACTS(deliveries, delivery_count, delivery_rows, linli_delivery),
    FACT_REF(evaluation, evaluation_rows, linli_evaluation), FACTS(awards, award_count, award_rows, linli_award),
    FACTS(elsewhere, elsewhere_count, elsewhere_rows, linli_elsewhere),
    FACTS(bidders, bidder_count, bidder_rows, linli_bidder),
    ROW(struct facts_form, options, FORM_JSON),
    { .name = "admitted", .type = LINLI_OPT_LIST, .offset = offsetof(struct facts_form, admitted),
      .present = offsetof(struct facts_form, has_admitted), .high = LIST_MAX, ITEM(key_row, uint64_t) },
    { .name = "asked", .type = LINLI_OPT_OBJECT, .item = asked_rows, .item_count = sizeof(asked_rows) / sizeof(asked_rows[0]),
      .item_size = sizeof(struct facts_form) }, /* the last: left out where nothing was asked about */
};

/* ---- findings ---- */

static const linli_option finding_rows[] = {
    ROW(linli_finding, path, LINLI_OPT_STRING), ROW(linli_finding, line, FORM_LINE),
};
static const linli_option findings_rows[] = {
    LIST(linli_findings, items, count, finding_rows, linli_finding),
};

#define SHAPE(rows, type) { (rows), sizeof(rows) / sizeof((rows)[0]), sizeof(type) }
const struct form shape_facts = SHAPE(facts_rows, struct facts_form);
const struct form shape_plan = SHAPE(plan_rows, linli_plan);
const struct form shape_step = SHAPE(step_rows, linli_step);
const struct form shape_admissions = SHAPE(admissions_rows, linli_admissions);
const struct form shape_awards = SHAPE(awards_rows, linli_awards);
const struct form shape_schedule = SHAPE(schedule_rows, linli_schedule);
const struct form shape_release = SHAPE(release_rows, linli_release);
const struct form shape_verdict = SHAPE(verdict_rows, linli_verdict);
const struct form shape_criteria = SHAPE(criteria_rows, linli_criteria);
const struct form shape_evaluation = SHAPE(evaluation_rows, linli_evaluation);
const struct form shape_findings = SHAPE(findings_rows, linli_findings);
/* clang-format on */
