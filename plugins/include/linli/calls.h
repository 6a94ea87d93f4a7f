/*
 * linli/calls.h - the roads of call-offs (第二阶段成交): a purchase made under agreements, whose suppliers
 * bid from the start with the price they agreed to.  Chosen directly by the office or by those served, by
 * second bidding under sealed quotes, or in turn.  On top of linli/road.h.
 *
 * A mechanism's options begin with a linli_calls, its messages are LINLI_CALLS_MESSAGES and its own from
 * LINLI_M_CALLS; a call-off states its quantity, and linli_call_road() is its road then.
 */
#ifndef LINLI_CALLS_H
#define LINLI_CALLS_H

#include "linli/road.h"

/* Articles the mechanism may name before: how suppliers of a call-off are chosen, and how they quote again.
 */
#ifndef LAW_CALLED
#define LAW_CALLED NULL
#endif
#ifndef LAW_SECOND
#define LAW_SECOND NULL
#endif

/* ---- options ------------------------------------------------------------ */

typedef struct linli_calls {
    linli_purchase purchase;
    int32_t second, chooser;
    linli_period answer_window;
    int64_t quantity; /* 0: no call-off, but the agreements themselves */
} linli_calls;

enum { LINLI_CALL_DIRECT, LINLI_CALL_BIDDING, LINLI_CALL_ROTATION }; /* of `second` */
enum { LINLI_CHOSEN_BY_OFFICE, LINLI_CHOSEN_BY_USERS };              /* of `chooser` */

/* clang-format off */
static const char *const linli_second_codes[]   = { "direct", "bidding", "rotation", NULL };
static const linli_text  linli_second_labels[]  = { { "直接选定", "direct choice" }, { "二次竞价", "second bidding" }, { "顺序轮候", "in turn" }, { NULL, NULL } };
static const char *const linli_chooser_codes[]  = { "office", "users", NULL };
static const linli_text  linli_chooser_labels[] = { { "采购人", "the office" }, { "服务对象", "those served" }, { NULL, NULL } };

#define LINLI_ROWS_CALLED \
    { .name = "second", .type = LINLI_OPT_CHOICE, .required = true, .offset = offsetof(linli_calls, second), .low = 0, .high = 2, \
      .choices = linli_second_labels, .codes = linli_second_codes, \
      .label = { "第二阶段成交方式", "second stage" }, .help = { "怎样从入围供应商中确定成交供应商", "how each call-off finds its supplier" } }, \
    { .name = "chooser", .type = LINLI_OPT_CHOICE, .offset = offsetof(linli_calls, chooser), .low = 0, .high = 1, .initial = "office", \
      .choices = linli_chooser_labels, .codes = linli_chooser_codes, \
      .label = { "由谁选定", "who chooses" }, .help = { "直接选定的，由采购人或者服务对象选定", "by direct choice: the office, or those served by ballot" } }, \
    { .name = "answer_window", .type = LINLI_OPT_PERIOD, .offset = offsetof(linli_calls, answer_window), .low = 1, .high = 180, .initial = "3d", \
      .label = { "竞价或者选择时间", "time to quote or to choose" }, .help = { "第二阶段至少给予的时间", "at least, in each call-off" } }, \
    { .name = "quantity", .type = LINLI_OPT_COUNT, .offset = offsetof(linli_calls, quantity), .low = 1, .high = 100000000, \
      .label = { "数量", "quantity" }, .help = { "第二阶段必填：按协议单价采购的数量", "of a call-off: units at the agreed price" } }

/* ---- words -------------------------------------------------------------- */

enum { LINLI_M_CHOOSER = LINLI_M_OWN, LINLI_M_NO_QUANTITY, LINLI_M_NOT_CALLED, LINLI_M_ABOVE_AGREED, LINLI_M_NO_SECOND, LINLI_M_NOT_CHOSEN,
       LINLI_M_CHOSEN, LINLI_M_VOTES, LINLI_M_TO_CHOOSE, LINLI_M_LOWEST, LINLI_M_TURN, LINLI_M_OVER_BUDGET, LINLI_M_EQUAL, LINLI_M_CALLS };

#define LINLI_CALLS_MESSAGES \
    LINLI_ROAD_MESSAGES, \
    [LINLI_M_CHOOSER]      = { "chooser", { "只有直接选定才由服务对象选择", "those served choose by direct choice only" }, LAW_CALLED }, \
    [LINLI_M_NO_QUANTITY]  = { "no_quantity", { "第二阶段须写明数量", "a call-off states its quantity" }, NULL }, \
    [LINLI_M_NOT_CALLED]   = { "not_called", { "第一阶段不写数量，成交项目依协议编制", "a first stage has no quantity: draw the call-off up under the agreements" }, NULL }, \
    [LINLI_M_ABOVE_AGREED] = { "above_agreed", { "报价 {1} 高于协议价格 {2}", "{1} is above the agreed price of {2}" }, LAW_SECOND }, \
    [LINLI_M_NO_SECOND]    = { "no_second_quote", { "未在规定时间内报价", "it gave no quote in time" }, NULL }, \
    [LINLI_M_NOT_CHOSEN]   = { "not_chosen", { "未被选定", "it was not chosen" }, NULL }, \
    [LINLI_M_CHOSEN]       = { "chosen", { "由采购人直接选定，{1} 单位共 {2}", "chosen by the office: {1} units for {2}" }, LAW_CALLED }, \
    [LINLI_M_VOTES]        = { "most_chosen", { "{1} 名服务对象选定，{2} 单位共 {3}", "chosen by {1} of those served: {2} units for {3}" }, LAW_CALLED }, \
    [LINLI_M_TO_CHOOSE]    = { "to_choose", { "尚未选定供应商", "no supplier is chosen yet" }, NULL }, \
    [LINLI_M_LOWEST]       = { "lowest_quote", { "报价 {1} 最低，{2} 单位共 {3}", "the lowest quote, {1}: {2} units for {3}" }, LAW_SECOND }, \
    [LINLI_M_TURN]         = { "in_turn", { "轮候顺序第 {1}，此前已轮 {2} 次，{3} 单位共 {4}", "number {1} in the order, {2} turns before: {3} units for {4}" }, LAW_SECOND }, \
    [LINLI_M_OVER_BUDGET]  = { "over_budget", { "{1} 单位共 {2}，超过预算 {3}", "{1} units are {2}, over the budget of {3}" }, NULL }, \
    [LINLI_M_EQUAL]        = { "equal", { "{1} 家相同，待公开抽取", "{1} are equal: a public draw is needed" }, NULL }

/* ---- phases ------------------------------------------------------------- */

#define LINLI_CALL_WATCH \
    [LINLI_PUBLIC] = LINLI_READS, [LINLI_OPERATOR] = LINLI_READS, [LINLI_SUPERVISOR] = LINLI_READS, [LINLI_ADMINISTRATOR] = LINLI_READS, \
    [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS
#define LINLI_CALL_CHOOSING(kind, ends, office, resident, clock, window) \
    { "choosing", { "直接选定", "direct choice" }, kind, ends, \
      { LINLI_CALL_WATCH, [LINLI_RESIDENT] = LINLI_READS | (resident), [LINLI_CLOCK] = clock, \
        [LINLI_ORGANISATION]    = LINLI_ASKS, \
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(RESOLVE) | (office), \
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL), \
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(RESOLVE) | (office) }, \
      "deciding", "void", window }
#define LINLI_CALL_DECIDED LINLI_PHASE_CONTRACTING, LINLI_PHASE_DELIVERING, LINLI_PHASE_CLOSED, LINLI_PHASE_VOID("终止")

static const linli_phase linli_office_phases[] = {
    LINLI_CALL_CHOOSING(LINLI_CHECKING, LINLI_ENDS_BY_ACT, LINLI_CAN(CHECK) | LINLI_CAN(ADVANCE), 0, 0, NULL),
    LINLI_PHASE_DECIDING_TO("确定成交供应商", "deciding", "contracting"), LINLI_CALL_DECIDED,
};
static const linli_phase linli_users_phases[] = {
    LINLI_CALL_CHOOSING(LINLI_VOTING, LINLI_ENDS_AT_DUE, LINLI_CAN(VOTE), LINLI_CAN(VOTE), LINLI_CAN(ADVANCE), "answer_window"),
    LINLI_PHASE_DECIDING_TO("确定成交供应商", "deciding", "contracting"), LINLI_CALL_DECIDED,
};
static const linli_phase linli_second_phases[] = {
    { "quoting", { "二次竞价", "second bidding" }, LINLI_NEGOTIATING, LINLI_ENDS_AT_DUE,
      { LINLI_CALL_WATCH, [LINLI_RESIDENT] = LINLI_READS,
        [LINLI_ORGANISATION]    = LINLI_ASKS | LINLI_CAN(REQUOTE),
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(ANSWER) | LINLI_CAN(RESOLVE),
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL),
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(RESOLVE), [LINLI_CLOCK] = LINLI_CAN(ADVANCE) },
      "deciding", "void", "answer_window" },
    LINLI_PHASE_DECIDING("确定成交供应商", "deciding"), LINLI_PHASE_NOTICE, LINLI_CALL_DECIDED,
};
static const linli_phase linli_rotation_phases[] = {
    LINLI_PHASE_DECIDING("按轮候顺序确定成交供应商", "deciding in turn"), LINLI_PHASE_NOTICE, LINLI_CALL_DECIDED,
};

/* Of each call-off that is not chosen directly the result is published by itself. */
static const linli_span linli_direct_spans[] = {LINLI_SPANS_SIGNING};
static const linli_span linli_result_spans[] = {
    { "announce_window", "framework_call_publish", { "逐笔公告成交结果期限", "time to publish each call-off" }, LINLI_DECIDED, LINLI_ANNOUNCED, false, true, LINLI_ROLL_HOLIDAY },
    LINLI_SPANS_NOTICE, LINLI_SPANS_SIGNING,
};
static const linli_check_rule linli_office_checks[] = {
    { "chosen", { "选定该供应商", "this supplier is chosen" }, "choosing", LINLI_OFFICE_CLERK, LAW_CALLED },
};
static const linli_road_way linli_call_ways[] = {
    { { "retender", { "重新编制成交项目", "call off again" }, "void", NULL }, 0 },
};
static const char *const linli_no_gates[] = { NULL };
/* clang-format on */

static inline const linli_calls *linli_calls_of(const linli_lot *l)
{
    return (const linli_calls *)(const void *)l->o;
}

/* ---- check and plan ------------------------------------------------------ */

/* What both stages say of the second; the first has no quantity, a call-off has one. */
static inline void linli_find_calls(const linli_lot *l, linli_report *r)
{
    const linli_calls *o = linli_calls_of(l);

    if (o->chooser == LINLI_CHOSEN_BY_USERS && o->second != LINLI_CALL_DIRECT)
        linli_find(r, "/chooser", (linli_line){.message = LINLI_M_CHOOSER});
    if (l->facts->tender->under && o->quantity == 0)
        linli_find(r, "/quantity", (linli_line){.message = LINLI_M_NO_QUANTITY});
    if (!l->facts->tender->under && o->quantity)
        linli_find(r, "/quantity", (linli_line){.message = LINLI_M_NOT_CALLED});
}

/* A window of the options' own beside those of the rules. */
static inline linli_status linli_window_add(linli_ask *ask, linli_plan *plan, linli_window more)
{
    linli_window *w = LINLI_NEW(ask, linli_window, plan->window_count + 1);

    if (!w)
        return LINLI_NOMEM;
    if (plan->window_count)
        memcpy(w, plan->windows, plan->window_count * sizeof *w);
    w[plan->window_count++] = more;
    plan->windows = w;
    return LINLI_OK;
}

static inline linli_status linli_call_plan(linli_ask *ask, const linli_lot *l, linli_plan *plan)
{
    const linli_calls *o = linli_calls_of(l);

    plan->award = (linli_award_rule){.kind = LINLI_AWARD_UP_TO_N, .most = 1, .by_rank = true};
    plan->choices = o->chooser == LINLI_CHOSEN_BY_USERS ? 1 : 0;
    if (o->second != LINLI_CALL_BIDDING && o->chooser != LINLI_CHOSEN_BY_USERS)
        return LINLI_OK;
    return linli_window_add(ask, plan,
                            (linli_window){.code = "answer_window",
                                           .name = {"竞价或者选择时间", "time to quote or to choose"},
                                           .from = LINLI_PUBLISHED,
                                           .until = LINLI_BIDS_DUE,
                                           .least = o->answer_window,
                                           .roll = LINLI_ROLL_REST});
}

/* ---- who is still there ---------------------------------------------------- */

static inline int64_t linli_agreed_price(const linli_lot *l, const linli_bid *bid)
{
    for (size_t i = 0; i < l->facts->offer_count; i++)
        if (l->facts->offers[i].bid == bid->key && l->facts->offers[i].round == 1 &&
            strcmp(l->facts->offers[i].field, l->road->price) == 0)
            return l->facts->offers[i].value;
    return bid->price.minor;
}

static inline linli_line linli_judge_second(const linli_lot *l, const linli_bid *bid)
{
    int64_t agreed = linli_agreed_price(l, bid);
    bool quoted = false;

    for (size_t i = 0; i < l->facts->offer_count; i++)
        quoted |= l->facts->offers[i].bid == bid->key && l->facts->offers[i].round > 1;
    if (!quoted)
        return (linli_line){.message = LINLI_M_NO_SECOND};
    if (bid->price.minor > agreed)
        return LINLI_LINE(LINLI_M_ABOVE_AGREED, linli_amount(bid->price),
                          linli_amount((linli_money){agreed}));
    return (linli_line){.message = LINLI_M_ADMITTED};
}

static inline int64_t linli_choices_of(const linli_facts *facts, const linli_bid *bid)
{
    int64_t chosen = 0;

    for (size_t b = 0; b < facts->ballot_count; b++)
        for (uint32_t c = 0; c < facts->ballots[b].count; c++)
            if (facts->bids[facts->choices[facts->ballots[b].first + c].bid].key == bid->key)
                chosen += facts->ballots[b].weight;
    return chosen;
}

static inline linli_line linli_judge_chosen(const linli_lot *l, const linli_bid *bid)
{
    return (linli_line){.message = linli_choices_of(l->facts, bid) > 0 ? (uint32_t)LINLI_M_ADMITTED
                                                                       : (uint32_t)LINLI_M_NOT_CHOSEN};
}

/* ---- the award --------------------------------------------------------------- */

static inline int64_t linli_turns_of(const linli_facts *facts, const linli_bid *bid)
{
    int64_t turns = 0;

    for (size_t i = 0; i < facts->elsewhere_count; i++)
        turns += facts->elsewhere[i].bidder == bid->bidder && facts->elsewhere[i].standing == LINLI_WINNER;
    return turns;
}

/* Less goes first: the lowest quote, the most choices, the fewest turns and then the place in the order. */
static inline int64_t linli_call_order(const linli_lot *l, const linli_bid *bid)
{
    const linli_calls *o = linli_calls_of(l);

    if (o->second == LINLI_CALL_BIDDING)
        return bid->price.minor;
    if (o->second == LINLI_CALL_ROTATION)
        return linli_turns_of(l->facts, bid) * INT32_MAX + bid->number;
    return o->chooser == LINLI_CHOSEN_BY_USERS ? -linli_choices_of(l->facts, bid) : 0;
}

static inline linli_line linli_call_why(const linli_lot *l, const linli_bid *bid, linli_money sum)
{
    const linli_calls *o = linli_calls_of(l);
    linli_arg units = linli_count(o->quantity), all = linli_amount(sum);

    if (o->second == LINLI_CALL_BIDDING)
        return LINLI_LINE(LINLI_M_LOWEST, linli_amount(bid->price), units, all);
    if (o->second == LINLI_CALL_ROTATION)
        return LINLI_LINE(LINLI_M_TURN, linli_count(bid->number), linli_count(linli_turns_of(l->facts, bid)),
                          units, all);
    return o->chooser == LINLI_CHOSEN_BY_USERS
               ? LINLI_LINE(LINLI_M_VOTES, linli_count(linli_choices_of(l->facts, bid)), units, all)
               : LINLI_LINE(LINLI_M_CHOSEN, units, all);
}

/* Keeps those that stand first equally, or the one a draw among all of them has put first. */
static inline size_t linli_call_first(const linli_lot *l, const linli_bid **list, size_t count)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        int64_t mine = linli_call_order(l, list[i]), best = n ? linli_call_order(l, list[0]) : mine;

        n = mine < best ? 0 : n;
        if (mine <= best)
            list[n++] = list[i];
    }
    for (size_t d = 0; n > 1 && d < l->facts->draw_count; d++) {
        const linli_draw *draw = &l->facts->draws[d];
        size_t first = 0, drawn = 0;

        for (size_t i = 0; i < n; i++) {
            drawn += linli_drawn(draw, list[i]->key) != INT64_MAX;
            first = linli_drawn(draw, list[i]->key) < linli_drawn(draw, list[first]->key) ? i : first;
        }
        if (drawn == n) {
            list[0] = list[first];
            return 1;
        }
    }
    return n;
}

/* A draw among these; its keys stay to be filled in. */
static inline linli_status linli_draw_among(linli_ask *ask, const char *purpose, size_t count,
                                            linli_awards *out, uint64_t **ret_keys)
{
    linli_draw_request *request = LINLI_NEW(ask, linli_draw_request, 1);

    *ret_keys = LINLI_NEW(ask, uint64_t, count);
    if (!request || !*ret_keys || !purpose)
        return LINLI_NOMEM;
    *request = (linli_draw_request){purpose, *ret_keys, count};
    out->draws = request;
    out->draw_count = 1;
    return LINLI_OK;
}

static inline linli_status linli_draw_equal(linli_ask *ask, const linli_lot *l, const linli_bid **list,
                                            size_t count, linli_awards *out)
{
    uint64_t *keys;
    linli_status status =
        linli_draw_among(ask, linli_numbered(ask, "first", l->facts->draw_count + 1), count, out, &keys);

    for (size_t i = 0; status == LINLI_OK && i < count; i++)
        keys[i] = list[i]->key;
    return status != LINLI_OK ? status
                              : linli_told(linli_say(ask, &out->why,
                                                     LINLI_LINE(LINLI_M_EQUAL, linli_count((int64_t)count))));
}

static inline linli_status linli_award_call(linli_ask *ask, const linli_lot *l, linli_awards *out)
{
    linli_award *one = LINLI_NEW(ask, linli_award, 1);
    int64_t units = linli_calls_of(l)->quantity;
    linli_money budget = l->facts->tender->budget, sum;
    size_t n = 0;
    const linli_bid **list = linli_eligible(ask, l, &n);

    if (!list || !one)
        return LINLI_NOMEM;
    n = linli_call_first(l, list, n);
    if (n == 0)
        return linli_told(linli_say(ask, &out->why, (linli_line){.message = LINLI_M_NONE}));
    if (n > 1)
        return linli_draw_equal(ask, l, list, n, out);
    if (__builtin_mul_overflow(list[0]->price.minor, units, &sum.minor))
        return LINLI_RANGE;
    if (sum.minor > budget.minor)
        return linli_told(linli_say(
            ask, &out->why,
            LINLI_LINE(LINLI_M_OVER_BUDGET, linli_count(units), linli_amount(sum), linli_amount(budget))));
    *one = (linli_award){list[0]->key, LINLI_WINNER, 1, sum, {NULL, 0}};
    out->items = one;
    out->count = 1;
    return linli_told(linli_say(ask, &one->why, linli_call_why(l, list[0], sum)));
}

/* ---- the order of those admitted ------------------------------------------------ */

/* Does the draw settle the order of everybody of this rank? */
static inline const linli_draw *linli_draw_of_rank(const linli_facts *facts, const linli_evaluation *e,
                                                   int32_t rank)
{
    for (size_t d = 0; d < facts->draw_count; d++) {
        bool all = true;

        for (size_t i = 0; i < e->count; i++)
            all = all && (e->items[i].standing != LINLI_RANKED || e->items[i].rank != rank ||
                          linli_drawn(&facts->draws[d], e->items[i].bid) != INT64_MAX);
        if (all)
            return &facts->draws[d];
    }
    return NULL;
}

/* The ranked in their places: by rank, and among equals as drawn.  ret_open: the first place that several
 * share and for which nothing was drawn; ret_count where there is none. */
static inline linli_status linli_placed(linli_ask *ask, const linli_facts *facts, const linli_evaluation *e,
                                        linli_sort_key **ret, size_t *ret_count, size_t *ret_open)
{
    linli_sort_key *by = LINLI_NEW(ask, linli_sort_key, e->count);
    const linli_draw *draw = NULL;
    size_t n = 0;

    if (!by)
        return LINLI_NOMEM;
    for (size_t i = 0; i < e->count; i++)
        if (e->items[i].standing == LINLI_RANKED)
            by[n++] = (linli_sort_key){e->items[i].rank, 0, i};
    if (!linli_sort_by(ask, by, n))
        return LINLI_NOMEM;
    *ret_open = n;
    for (size_t i = 0; i < n; i++) {
        const bool first = i == 0 || by[i].first != by[i - 1].first;
        const bool tied = !first || (i + 1 < n && by[i + 1].first == by[i].first);

        if (first && tied)
            draw = linli_draw_of_rank(facts, e, e->items[by[i].at].rank);
        if (first && tied && !draw && i < *ret_open)
            *ret_open = i;
        by[i].second = tied && draw ? linli_drawn(draw, e->items[by[i].at].bid) : 0;
    }
    *ret = by;
    *ret_count = n;
    return linli_sort_by(ask, by, n) ? LINLI_OK : LINLI_NOMEM;
}

/* Asks for the draw that settles the order of those of this rank. */
static inline linli_status linli_draw_rank(linli_ask *ask, const linli_lot *l, int32_t rank, int64_t place,
                                           linli_awards *out)
{
    const linli_evaluation *e = l->facts->evaluation;
    size_t n = 0, count = 0;
    uint64_t *keys;
    linli_status status;

    for (size_t i = 0; i < e->count; i++)
        count += e->items[i].standing == LINLI_RANKED && e->items[i].rank == rank;
    status = linli_draw_among(ask, linli_numbered(ask, "place", (size_t)place), count, out, &keys);
    if (status != LINLI_OK)
        return status;
    for (size_t i = 0; i < e->count; i++)
        if (e->items[i].standing == LINLI_RANKED && e->items[i].rank == rank)
            keys[n++] = e->items[i].bid;
    return linli_told(linli_say(ask, &out->why, LINLI_LINE(LINLI_M_TIED_LAW, linli_count(place))));
}

/* ---- steps --------------------------------------------------------------------- */

/* Somebody was chosen, or quoted; where nobody is left to be, the call-off ends. */
static inline linli_status linli_end_answers(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    linli_admissions admitted = {0};
    linli_status status = linli_road_admit(ask, l, &admitted);
    bool open = false;

    if (status != LINLI_OK)
        return status;
    for (size_t i = 0; i < admitted.count; i++)
        open |= admitted.items[i].why.items[0].message == LINLI_M_UNCHECKED;
    if (linli_here(l)->ends == LINLI_ENDS_AT_DUE &&
        (l->facts->phase_due.us == 0 || l->facts->now.us < l->facts->phase_due.us))
        return linli_stay(ask, LINLI_LINE(LINLI_M_EARLY, linli_instant(l->facts->phase_due)), out);
    if (admitted.bidders > 0)
        return linli_go(ask, l, LINLI_LINE(LINLI_M_ENOUGH, linli_count(admitted.bidders)), out);
    return open ? linli_stay(ask, (linli_line){.message = LINLI_M_TO_CHOOSE}, out)
                : linli_nobody_left(ask, l, out);
}

/* Who was awarded will not sign: as long as somebody else can have it the office decides again. */
static inline linli_status linli_end_call_signing(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    linli_awards next = {0};
    linli_status status = l->facts->award_count ? LINLI_OK : linli_award_call(ask, l, &next);

    if (status != LINLI_OK)
        return status;
    return next.count || next.draw_count ? linli_stay(ask, (linli_line){.message = LINLI_M_UNDECIDED}, out)
                                         : linli_end_contracting(ask, l, out);
}

static inline const char *linli_no_gate(const linli_lot *l, const char *phase)
{
    (void)l, (void)phase;
    return "call"; /* no rule has this code: one is enough */
}

static const linli_end linli_call_ends[] = {
    {"choosing", linli_end_answers},
    {"quoting", linli_end_answers},
    {"contracting", linli_end_call_signing},
    LINLI_ENDS_AFTER,
};

/* ---- the roads ------------------------------------------------------------------- */

/* clang-format off */
#define LINLI_CALL_ROAD(phases_, spans_, first, told) \
    .entry = LINLI_INVITED, .sealing = LINLI_OPEN_BIDS, .contract = LINLI_PURCHASE, .price = "price", .price_name = { "单价", "price of a unit" }, \
    .phases = (phases_), .phase_count = LINLI_LENGTH(phases_), .spans = (spans_), .span_count = LINLI_LENGTH(spans_), \
    .ends = linli_call_ends, .end_count = LINLI_LENGTH(linli_call_ends), .gates = linli_no_gates, .gate_rule = linli_no_gate, \
    .ways = linli_call_ways, .way_count = LINLI_LENGTH(linli_call_ways), .own_ways = linli_call_ways, .own_way_count = LINLI_LENGTH(linli_call_ways), \
    .moments = { first, first, "deciding", told, false }, .qualify = first, .conform = first, .qualifier = LINLI_OFFICE_CLERK, \
    .check = linli_find_calls, .plan = linli_call_plan, .award = linli_award_call

static const linli_road linli_office_road   = { LINLI_CALL_ROAD(linli_office_phases, linli_direct_spans, "choosing", "contracting"),
                                                .checks = linli_office_checks, .check_count = LINLI_LENGTH(linli_office_checks) };
static const linli_road linli_users_road    = { LINLI_CALL_ROAD(linli_users_phases, linli_direct_spans, "choosing", "contracting"), .judge = linli_judge_chosen };
static const linli_road linli_second_road   = { LINLI_CALL_ROAD(linli_second_phases, linli_result_spans, "quoting", "notice"), .judge = linli_judge_second };
static const linli_road linli_rotation_road = { LINLI_CALL_ROAD(linli_rotation_phases, linli_result_spans, "deciding", "notice") };
/* clang-format on */

static inline const linli_road *linli_call_road(const linli_calls *o)
{
    if (o->second == LINLI_CALL_BIDDING)
        return &linli_second_road;
    if (o->second == LINLI_CALL_ROTATION)
        return &linli_rotation_road;
    return o->chooser == LINLI_CHOSEN_BY_USERS ? &linli_users_road : &linli_office_road;
}

#endif /* LINLI_CALLS_H */
