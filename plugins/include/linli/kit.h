/*
 * linli/kit.h - what most mechanisms need: lines of explanation, findings, rules
 * and events found by code, steps, tranches from the options to the plan, the
 * amounts and the evidence that releases them.  Header only, like linli/math.h; a
 * plug-in may do without it.  Purchases have more in common: linli/road.h.
 *
 * What it says itself are the first messages of the plug-in: its table begins
 * with LINLI_KIT_MESSAGES and its own numbers from LINLI_M_KIT.
 */
#ifndef LINLI_KIT_H
#define LINLI_KIT_H

#include <string.h>

#include "linli/math.h"
#include "linli/plugin.h"

/* ---- what a mechanism offers -------------------------------------------- */

/* clang-format off */
/* The end of a mechanism's file: the descriptor, where tables and functions have their usual names (about, options,
 * rows, messages, MESSAGES, examples, needs; check, plan, step, admit, award, schedule, release, refuse), and the export. */
#define LINLI_MECHANISM(takes_, regimes_) LINLI_MECHANISM_BY(takes_, regimes_, NULL)
#define LINLI_MECHANISM_BY(takes_, regimes_, methods_) \
    static const linli_mechanism mechanism = { \
        .size = sizeof(linli_mechanism), .takes = (takes_), .regimes = (regimes_), .about = &about, \
        .options = rows, .option_count = sizeof(rows) / sizeof((rows)[0]), .options_size = sizeof(options), \
        .messages = messages, .message_count = MESSAGES, .examples = examples, .needs = needs, \
        .check = check, .plan = plan, .step = step, .admit = admit, \
        .award = award, .schedule = schedule, .release = release, .refuse = refuse, .methods = (methods_) }; \
    static const linli_mechanism *const mechanisms[] = { &mechanism, NULL }; \
    const linli_module linli_exports = LINLI_MODULE(.mechanisms = mechanisms)
/* clang-format on */

/* ---- arguments and lines ------------------------------------------------ */

static inline linli_arg linli_count(int64_t n)
{
    return (linli_arg){.kind = LINLI_ARG_COUNT, .number = n};
}

static inline linli_arg linli_amount(linli_money m)
{
    return (linli_arg){.kind = LINLI_ARG_MONEY, .number = m.minor};
}

static inline linli_arg linli_score(linli_points p)
{
    return (linli_arg){.kind = LINLI_ARG_POINTS, .number = p.micro};
}

static inline linli_arg linli_percent(linli_rate r)
{
    return (linli_arg){.kind = LINLI_ARG_RATE, .number = r.ppm};
}

static inline linli_arg linli_instant(linli_time t)
{
    return (linli_arg){.kind = LINLI_ARG_TIME, .number = t.us};
}

static inline linli_arg linli_named(const char *code)
{
    return (linli_arg){.kind = LINLI_ARG_CODE, .code = code};
}

static inline linli_arg linli_of_bid(uint64_t key)
{
    return (linli_arg){.kind = LINLI_ARG_BID, .number = (int64_t)key};
}

/* Prints the number and the article of the rule. */
static inline linli_arg linli_ruled(const char *code)
{
    return (linli_arg){.kind = LINLI_ARG_RULE, .code = code};
}

#define LINLI_LINE(m, ...)                                                                                   \
    ((linli_line){.message = (m),                                                                            \
                  .argc = sizeof((linli_arg[]){__VA_ARGS__}) / sizeof(linli_arg),                            \
                  .arg = {__VA_ARGS__}})

/* Adds a line; false when memory is out.  Room is doubled whenever the count
 * reaches a power of two, so lines that grow by it must be made by it alone. */
static inline bool linli_say(linli_ask *ask, linli_lines *why, linli_line line)
{
    size_t n = why->count;
    linli_line *all = (linli_line *)(uintptr_t)why->items;

    if ((n & (n - 1)) == 0) {
        all = LINLI_NEW(ask, linli_line, n ? 2 * n : 1);
        if (!all)
            return false;
        if (n)
            memcpy(all, why->items, n * sizeof *all);
    }
    all[n] = line;
    *why = (linli_lines){all, n + 1};
    return true;
}

static inline linli_status linli_told(bool said)
{
    return said ? LINLI_OK : LINLI_NOMEM;
}

enum {
    LINLI_M_SHARES,
    LINLI_M_TRANCHE_CODE,
    LINLI_M_NO_DATE,
    LINLI_M_NOTICE_RUNS,
    LINLI_M_NOTICE_OVER,
    LINLI_M_HELD,
    LINLI_M_UNSIGNED,
    LINLI_M_SIGNED,
    LINLI_M_OWED,
    LINLI_M_SETTLED,
    LINLI_M_PARTS,
    LINLI_M_NOT_DUE,
    LINLI_M_WAITS,
    LINLI_M_SHOWN,
    LINLI_M_PAPER_REFUSED,
    LINLI_M_FULL,
    LINLI_M_FACTOR,
    LINLI_M_STOPPED,
    LINLI_M_NOT_WINNER,
    LINLI_M_PAID_OUT,
    LINLI_M_KIT
};

/* clang-format off */
#define LINLI_KIT_MESSAGES \
    [LINLI_M_SHARES]       = { "shares", { "各期比例合计为 {1}，应为 100%", "the tranches add up to {1}, not 100%" }, NULL }, \
    [LINLI_M_TRANCHE_CODE] = { "tranche_twice", { "期次代码 {1} 重复", "the tranche code {1} is used twice" }, NULL }, \
    [LINLI_M_NO_DATE]      = { "no_date", { "按日期支付的期次须写明日期", "a tranche due on a date needs one" }, NULL }, \
    [LINLI_M_NOTICE_RUNS]  = { "notice_runs", { "公告（公示）期未满", "the notice still runs" }, NULL }, \
    [LINLI_M_NOTICE_OVER]  = { "notice_over", { "公告（公示）期满", "the notice has ended" }, NULL }, \
    [LINLI_M_HELD]         = { "held", { "有未答复且可能影响结果的异议", "an objection that may change the result is open" }, NULL }, \
    [LINLI_M_UNSIGNED]     = { "unsigned", { "还有 {1} 份合同（协议）未签", "{1} contracts are not signed" }, NULL }, \
    [LINLI_M_SIGNED]       = { "signed", { "合同（协议）均已签订", "every contract is signed" }, NULL }, \
    [LINLI_M_OWED]         = { "owed", { "还有期次未支付", "not every tranche is paid" }, NULL }, \
    [LINLI_M_SETTLED]      = { "settled", { "各期均已支付或者终止", "every tranche is paid or stopped" }, NULL }, \
    [LINLI_M_PARTS]        = { "parts", { "{1} 分 {2} 期支付", "{1} is paid in {2} parts" }, NULL }, \
    [LINLI_M_NOT_DUE]      = { "not_due", { "约定的支付日未到", "its date has not come" }, NULL }, \
    [LINLI_M_WAITS]        = { "waits", { "还缺 {1}：已核准 {2} 份，需要 {3} 份", "waiting for {1}: {2} accepted of {3}" }, NULL }, \
    [LINLI_M_SHOWN]        = { "shown", { "{1} 已核准 {2} 份", "{1}: {2} accepted" }, NULL }, \
    [LINLI_M_PAPER_REFUSED] = { "paper_refused", { "{1} 未通过，暂停支付", "{1} was refused: nothing is paid meanwhile" }, NULL }, \
    [LINLI_M_FULL]         = { "full", { "条件成就，全额支付", "the condition is met: paid in full" }, NULL }, \
    [LINLI_M_FACTOR]       = { "factor", { "绩效评价付款系数 {1}：本期 {2}，扣减 {3}，支付 {4}", "payment factor {1} by the evaluation: of {2}, {3} is deducted and {4} paid" }, NULL }, \
    [LINLI_M_STOPPED]      = { "stopped", { "本期已终止", "this tranche was stopped" }, NULL }, \
    [LINLI_M_NOT_WINNER]   = { "not_winner", { "只有入选的一方可以签约", "only who was awarded may sign" }, NULL }, \
    [LINLI_M_PAID_OUT]     = { "paid_out", { "本期已核准支付", "this tranche was released already" }, NULL }
/* clang-format on */

/* ---- findings ----------------------------------------------------------- */

/* What is wrong with the options, as it is found; more than there is room for is left out. */
typedef struct linli_report {
    linli_finding *items;
    size_t count, room;
} linli_report;

/* False: no memory. */
static inline bool linli_report_new(linli_ask *ask, size_t room, linli_report *out)
{
    *out = (linli_report){LINLI_NEW(ask, linli_finding, room), 0, room};
    return out->items != NULL;
}

static inline void linli_find(linli_report *r, const char *path, linli_line line)
{
    if (r->count < r->room)
        r->items[r->count++] = (linli_finding){path, line};
}

static inline linli_findings linli_found_all(const linli_report *r)
{
    return (linli_findings){r->items, r->count};
}

/* ---- facts -------------------------------------------------------------- */

static inline bool linli_same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* NULL: the rule set has no such rule. */
static inline const linli_rule *linli_rule_of(const linli_facts *facts, const char *code)
{
    for (size_t i = 0; i < facts->rule_count; i++)
        if (strcmp(facts->rules[i].code, code) == 0)
            return &facts->rules[i];
    return NULL;
}

static inline const linli_bid *linli_bid_of(const linli_facts *facts, uint64_t key)
{
    if (key - 1 < facts->bid_count && facts->bids[key - 1].key == key)
        return &facts->bids[key - 1]; /* the usual order */
    for (size_t i = 0; i < facts->bid_count; i++)
        if (facts->bids[i].key == key)
            return &facts->bids[i];
    return NULL;
}

static inline const linli_draw *linli_draw_of(const linli_facts *facts, const char *purpose)
{
    for (size_t i = 0; i < facts->draw_count; i++)
        if (strcmp(facts->draws[i].purpose, purpose) == 0)
            return &facts->draws[i];
    return NULL;
}

/* Was this draw made for that purpose, first or again: "order", "order_2"? */
static inline bool linli_draws_for(const linli_draw *draw, const char *purpose)
{
    size_t n = strlen(purpose);

    return strncmp(draw->purpose, purpose, n) == 0 &&
           (draw->purpose[n] == '\0' ||
            (draw->purpose[n] == '_' && draw->purpose[n + 1] >= '0' && draw->purpose[n + 1] <= '9'));
}

/* Place of a key in a draw from 0, or INT64_MAX; a NULL draw has no places. */
static inline int64_t linli_drawn(const linli_draw *draw, uint64_t key)
{
    for (size_t i = 0; draw && i < draw->count; i++)
        if (draw->keys[i] == key)
            return (int64_t)i;
    return INT64_MAX;
}

/* The last event of a kind about this bid or about the lot; NULL: never. */
static inline const linli_event *linli_event_of(const linli_facts *facts, int32_t kind, uint64_t bid)
{
    for (size_t i = facts->event_count; i > 0; i--) {
        const linli_event *e = &facts->events[i - 1];
        if (e->kind == kind && (e->bid == 0 || bid == 0 || e->bid == bid))
            return e;
    }
    return NULL;
}

/* Is there an open objection that may change the result?  bid 0: any. */
static inline bool linli_disputed(const linli_facts *facts, uint64_t bid)
{
    for (size_t i = 0; i < facts->objection_count; i++) {
        const linli_objection *o = &facts->objections[i];
        if (o->state == LINLI_OBJECTION_OPEN && o->relevant && (bid == 0 || o->bid == 0 || o->bid == bid))
            return true;
    }
    return false;
}

/* Did a relevant objection against this bid prove founded? */
static inline bool linli_upheld(const linli_facts *facts, uint64_t bid)
{
    for (size_t i = 0; i < facts->objection_count; i++) {
        const linli_objection *o = &facts->objections[i];
        if (o->state == LINLI_OBJECTION_FOUNDED && o->relevant && o->bid == bid)
            return true;
    }
    return false;
}

/* Where a phase stands in the plan, or `count` where it is not there. */
static inline size_t linli_phase_index(const linli_phase *phases, size_t count, const char *code)
{
    size_t i = 0;

    while (i < count && !linli_same(phases[i].code, code))
        i++;
    return i;
}

enum { LINLI_NOT_FOUND = 0, LINLI_PASSED = 1, LINLI_NOT_PASSED = 2 };

/* What those entitled found about a bid: the majority counts, a draw is not a
 * pass; findings of another role count for nothing. */
static inline int linli_found(const linli_facts *facts, uint64_t bid, const char *rule, int32_t role)
{
    size_t yes = 0, no = 0;

    for (size_t i = 0; i < facts->check_count; i++) {
        const linli_check *c = &facts->checks[i];
        if (c->bid == bid && c->role == role && strcmp(c->rule, rule) == 0)
            c->passed ? yes++ : no++;
    }
    if (yes + no == 0)
        return LINLI_NOT_FOUND;
    return yes > no ? LINLI_PASSED : LINLI_NOT_PASSED;
}

/* Where the answer about bids[i] belongs in an answer sorted by key, whatever
 * the order of the facts: keys are 1..n. */
static inline size_t linli_place(const linli_facts *facts, size_t i)
{
    uint64_t key = facts->bids[i].key;

    return key - 1 < facts->bid_count ? (size_t)key - 1 : i;
}

/* ---- bid by bid ---------------------------------------------------------- */

/* The facts with what is about one bid together, so that looking at each takes the time its own take. */
typedef struct linli_each {
    linli_facts facts;
    const size_t *checks, *offers, *papers; /* where those of a key begin; its end is where the next begin */
} linli_each;

/* Items by the bid they are about, which stands at `offset` in each; a copy only where they are not sorted.
 * NULL: no memory. */
static inline const void *linli_grouped(linli_ask *ask, const void *items, size_t count, size_t size,
                                        size_t offset, size_t keys, const size_t **ret_from)
{
    size_t *from = LINLI_NEW(ask, size_t, keys + 2), *at = LINLI_NEW(ask, size_t, keys + 2);
    const char *in = (const char *)items;
    uint64_t key, before = 0;
    bool sorted = true;
    char *out;

    *ret_from = from;
    if (!from || !at)
        return NULL;
    for (size_t i = 0; i < count; i++, before = key) {
        memcpy(&key, in + i * size + offset, sizeof key);
        key = key <= keys ? key : 0; /* about the lot, or about nothing known */
        sorted = sorted && key >= before;
        from[key + 1]++;
    }
    for (size_t k = 1; k < keys + 2; k++)
        at[k] = from[k] += from[k - 1];
    if (sorted)
        return count ? items : (const void *)from;
    if (!(out = LINLI_NEW(ask, char, count *size)))
        return NULL;
    for (size_t i = 0; i < count; i++) {
        memcpy(&key, in + i * size + offset, sizeof key);
        memcpy(out + at[key <= keys ? key : 0]++ * size, in + i * size, size);
    }
    return out;
}

/* False: no memory. */
static inline bool linli_by_bid(linli_ask *ask, const linli_facts *facts, linli_each *out)
{
    size_t n = facts->bid_count;

    *out = (linli_each){.facts = *facts};
    out->facts.checks =
        (const linli_check *)linli_grouped(ask, facts->checks, facts->check_count, sizeof(linli_check),
                                           offsetof(linli_check, bid), n, &out->checks);
    out->facts.offers =
        (const linli_offer *)linli_grouped(ask, facts->offers, facts->offer_count, sizeof(linli_offer),
                                           offsetof(linli_offer, bid), n, &out->offers);
    out->facts.papers =
        (const linli_paper *)linli_grouped(ask, facts->papers, facts->paper_count, sizeof(linli_paper),
                                           offsetof(linli_paper, bid), n, &out->papers);
    return out->facts.checks && out->facts.offers && out->facts.papers;
}

/* The facts where of findings, offers and papers only those of this bid are left. */
static inline linli_facts linli_own(const linli_each *each, uint64_t key)
{
    linli_facts own = each->facts;
    size_t k = key <= own.bid_count ? (size_t)key : 0;

    own.checks += each->checks[k];
    own.check_count = each->checks[k + 1] - each->checks[k];
    own.offers += each->offers[k];
    own.offer_count = each->offers[k + 1] - each->offers[k];
    own.papers += each->papers[k];
    own.paper_count = each->papers[k + 1] - each->papers[k];
    return own;
}

/* What something is sorted by, and where it stands. */
typedef struct linli_sort_key {
    int64_t first, second;
    size_t at;
} linli_sort_key;

/* Sorts, keeping equals as they are.  False: no memory. */
static inline bool linli_sort_by(linli_ask *ask, linli_sort_key *list, size_t count)
{
    linli_sort_key *from = list, *to = LINLI_NEW(ask, linli_sort_key, count);
    size_t n;

    if (!to)
        return false;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t at = 0; at < count; at += 2 * width) {
            size_t middle = at + width < count ? at + width : count;
            size_t end = at + 2 * width < count ? at + 2 * width : count, a = at, b = middle;

            for (n = at; n < end; n++) {
                bool left =
                    b >= end ||
                    (a < middle && (from[a].first < from[b].first ||
                                    (from[a].first == from[b].first && from[a].second <= from[b].second)));
                to[n] = left ? from[a++] : from[b++];
            }
        }
        linli_sort_key *swap = from;
        from = to;
        to = swap;
    }
    for (n = 0; from != list && n < count; n++)
        list[n] = from[n];
    return true;
}

/* The budget of the lot, or what the other lots left of a pool it shares. */
static inline linli_money linli_to_give(const linli_facts *facts)
{
    linli_money pool = facts->tender->pool, budget = facts->tender->budget;

    if (pool.minor == 0 || pool.minor >= budget.minor)
        return budget;
    return pool.minor > 0 ? pool : (linli_money){0};
}

/* The bids in the order they came in.  NULL: no memory. */
static inline const linli_bid **linli_in_order(linli_ask *ask, const linli_facts *facts)
{
    const linli_bid **out = LINLI_NEW(ask, const linli_bid *, facts->bid_count);
    linli_sort_key *keys = LINLI_NEW(ask, linli_sort_key, facts->bid_count);

    if (!out || !keys)
        return NULL;
    for (size_t i = 0; i < facts->bid_count; i++)
        keys[i] = (linli_sort_key){facts->bids[i].submitted.us, (int64_t)facts->bids[i].key, i};
    if (!linli_sort_by(ask, keys, facts->bid_count))
        return NULL;
    for (size_t i = 0; i < facts->bid_count; i++)
        out[i] = &facts->bids[keys[i].at];
    return out;
}

/* How many bidders these bids are: those of one group count once.  `counts`: of each bid in facts->bids.
 * False: no memory. */
static inline bool linli_bidders(linli_ask *ask, const linli_facts *facts, const bool *counts, int32_t *ret)
{
    linli_sort_key *by = LINLI_NEW(ask, linli_sort_key, facts->bid_count);
    size_t grouped = 0;

    *ret = 0;
    if (!by)
        return false;
    for (size_t i = 0; i < facts->bid_count; i++) {
        if (counts[i] && facts->bids[i].group)
            by[grouped++] = (linli_sort_key){(int64_t)facts->bids[i].group, 0, i};
        *ret += counts[i] && !facts->bids[i].group;
    }
    if (!linli_sort_by(ask, by, grouped))
        return false;
    for (size_t i = 0; i < grouped; i++)
        *ret += i == 0 || by[i].first != by[i - 1].first;
    return true;
}

/* The bidders whose bids stand at the deadline.  False: no memory. */
static inline bool linli_standing(linli_ask *ask, const linli_facts *facts, int32_t *ret)
{
    bool *counts = LINLI_NEW(ask, bool, facts->bid_count);

    for (size_t i = 0; counts && i < facts->bid_count; i++)
        counts[i] = !facts->bids[i].withdrawn && !facts->bids[i].late;
    return counts && linli_bidders(ask, facts, counts, ret);
}

/* Outside experts needed among so many members. */
static inline int64_t linli_experts_needed(const linli_facts *facts, int64_t members)
{
    const linli_rule *num = linli_rule_of(facts, "panel_experts_num");
    const linli_rule *den = linli_rule_of(facts, "panel_experts_den");
    int64_t n = 0;

    if (!num || !den || !linli_mul_div(members, num->value, den->value, LINLI_UP, &n))
        return 0;
    return n;
}

/* ---- tranches ----------------------------------------------------------- */

/* What an office states about a part of the money.  Offered as a list option
 * with the rows of LINLI_TRANCHE_ROWS. */
typedef struct linli_part_option {
    const char *code;
    linli_text name;
    linli_rate share;
    int32_t due; /* LINLI_ON_SIGNING - 1 .. */
    bool advance;
    linli_date on;
    linli_period within;
} linli_part_option;

#define LINLI_DUE_CODES                                                                                      \
    {                                                                                                        \
        "on_signing", "on_milestone", "on_acceptance", "on_date", NULL                                       \
    }
#define LINLI_DUE_LABELS                                                                                     \
    {                                                                                                        \
        {"签订合同后", "on signing"}, {"达到里程碑后", "on a milestone"}, {"验收合格后", "on acceptance"},   \
            {"到期", "on a date"},                                                                           \
        {                                                                                                    \
            NULL, NULL                                                                                       \
        }                                                                                                    \
    }

/* clang-format off */
#define LINLI_TRANCHE_ROWS(due_labels, due_codes)                                                                      \
    { .name = "code", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(linli_part_option, code),           \
      .label = { "代码", "code" }, .help = { "付款记录使用的代码", "the code payments are filed under" } },             \
    { .name = "name", .type = LINLI_OPT_TEXT, .required = true, .offset = offsetof(linli_part_option, name),           \
      .label = { "名称", "name" }, .help = { "合同中的名称", "as the contract calls it" } },                             \
    { .name = "share", .type = LINLI_OPT_RATE, .required = true, .offset = offsetof(linli_part_option, share),         \
      .low = 1, .high = LINLI_WHOLE,                                                                                   \
      .label = { "比例", "share" }, .help = { "占总额的比例", "its part of the whole" } },                               \
    { .name = "due", .type = LINLI_OPT_CHOICE, .required = true, .offset = offsetof(linli_part_option, due),           \
      .low = 0, .high = 3, .choices = (due_labels), .codes = (due_codes),                                              \
      .label = { "拨付条件", "due" }, .help = { "何时可以支付", "what makes it payable" } },                             \
    { .name = "advance", .type = LINLI_OPT_BOOL, .offset = offsetof(linli_part_option, advance), .initial = "false",   \
      .label = { "预付", "advance" },                                                                                  \
      .help = { "先于验收支付，由以后的验收冲抵", "paid before acceptance; later acceptances cover it" } },              \
    { .name = "on", .type = LINLI_OPT_DATE, .offset = offsetof(linli_part_option, on),                                 \
      .label = { "日期", "date" }, .help = { "按日期支付的，最早支付日", "for a dated part: the earliest day" } },        \
    { .name = "within", .type = LINLI_OPT_PERIOD, .offset = offsetof(linli_part_option, within),                       \
      .low = 1, .high = 366, .initial = "5wd",                                                                         \
      .label = { "支付期限", "within" }, .help = { "条件成就后多少日内支付", "days to pay once payable" } }
/* clang-format on */
enum { LINLI_TRANCHE_ROW_COUNT = 7 };

/* Do they add up, has each its own code, a dated one its date? */
static inline void linli_find_tranches(linli_report *r, linli_list parts)
{
    const linli_part_option *part = (const linli_part_option *)parts.items;
    int64_t sum = 0;

    for (size_t i = 0; i < parts.count; i++) {
        sum += part[i].share.ppm;
        if (part[i].due + LINLI_ON_SIGNING == LINLI_ON_DATE && part[i].on.day == 0)
            linli_find(r, "/tranches", (linli_line){.message = LINLI_M_NO_DATE});
        for (size_t j = 0; j < i; j++)
            if (strcmp(part[i].code, part[j].code) == 0)
                linli_find(r, "/tranches", LINLI_LINE(LINLI_M_TRANCHE_CODE, linli_named(part[i].code)));
    }
    if (sum != LINLI_WHOLE)
        linli_find(r, "/tranches", LINLI_LINE(LINLI_M_SHARES, linli_percent((linli_rate){sum})));
}

/* What the options say of a tranche; NULL: they have none of that code. */
static inline const linli_part_option *linli_part_of(linli_list parts, const char *code)
{
    const linli_part_option *part = (const linli_part_option *)parts.items;

    for (size_t i = 0; i < parts.count; i++)
        if (strcmp(part[i].code, code) == 0)
            return &part[i];
    return NULL;
}

/* The rules of the plan; memory is out: NULL. */
static inline linli_tranche_rule *linli_tranche_rules(linli_ask *ask, linli_list parts)
{
    const linli_part_option *part = (const linli_part_option *)parts.items;
    linli_tranche_rule *rule = LINLI_NEW(ask, linli_tranche_rule, parts.count);

    for (size_t i = 0; rule && i < parts.count; i++)
        rule[i] = (linli_tranche_rule){.code = part[i].code,
                                       .name = part[i].name,
                                       .share = part[i].share,
                                       .due = part[i].due + LINLI_ON_SIGNING,
                                       .advance = part[i].advance,
                                       .on = part[i].on,
                                       .within = part[i].within};
    return rule;
}

/* Each part rounded down to the fen, the last takes the rest. */
static inline linli_status linli_tranches(linli_ask *ask, linli_list parts, linli_money total,
                                          linli_schedule *out)
{
    const linli_part_option *part = (const linli_part_option *)parts.items;
    linli_tranche *list = LINLI_NEW(ask, linli_tranche, parts.count);
    int64_t *ppm = LINLI_NEW(ask, int64_t, parts.count);
    int64_t *sum = LINLI_NEW(ask, int64_t, parts.count);

    if (!list || !ppm || !sum)
        return LINLI_NOMEM;
    for (size_t i = 0; i < parts.count; i++)
        ppm[i] = part[i].share.ppm;
    if (!linli_parts(total.minor, ppm, parts.count, sum))
        return LINLI_RANGE;
    for (size_t i = 0; i < parts.count; i++)
        list[i] = (linli_tranche){part[i].code, {sum[i]}};
    out->items = list;
    out->count = parts.count;
    return LINLI_OK;
}

/* The whole answer to schedule(). */
static inline linli_status linli_schedule_parts(linli_ask *ask, linli_list parts, linli_money total,
                                                linli_schedule *out)
{
    linli_status status = linli_tranches(ask, parts, total, out);

    if (status != LINLI_OK)
        return status;
    return linli_told(linli_say(
        ask, &out->why, LINLI_LINE(LINLI_M_PARTS, linli_amount(total), linli_count((int64_t)parts.count))));
}

/* The code of the n-th paper of a kind: "acceptance_note", "acceptance_note_2".
 * NULL: no memory. */
static inline const char *linli_numbered(linli_ask *ask, const char *code, size_t n)
{
    size_t size = strlen(code);
    char *text = LINLI_NEW(ask, char, size + 4);

    if (!text || n <= 1)
        return text ? code : NULL;
    memcpy(text, code, size);
    text[size++] = '_';
    if (n >= 10)
        text[size++] = (char)('0' + n / 10 % 10);
    text[size] = (char)('0' + n % 10);
    return text;
}

/* Does the word of that role settle a paper of the rule?  Where it asks for independence, not that of the
 * parties themselves; elsewhere not the opinion of a resident, who accepts nothing for the office. */
static inline bool linli_settles(const linli_paper_rule *rule, int32_t judge)
{
    if (!rule->independent)
        return judge != LINLI_RESIDENT;
    return judge != LINLI_ORGANISATION && judge != LINLI_OFFICE_CLERK && judge != LINLI_OFFICE_APPROVER &&
           judge != LINLI_AGENT;
}

/* What a draw is asked for that none so far has settled: an evaluation made again may tie others. */
static inline const char *linli_draw_purpose(linli_ask *ask, const linli_facts *facts, const char *purpose)
{
    size_t n = 1;

    for (size_t i = 0; i < facts->draw_count; i++)
        n += linli_draws_for(&facts->draws[i], purpose);
    return linli_numbered(ask, purpose, n);
}

/* Accepted papers of a rule for a tranche of a bid. */
static inline int64_t linli_accepted(const linli_facts *facts, const linli_paper_rule *rule, uint64_t bid)
{
    int64_t n = 0;

    for (size_t i = 0; i < facts->paper_count; i++) {
        const linli_paper *p = &facts->papers[i];
        if (p->bid == bid && p->accepted && strcmp(p->rule, rule->code) == 0 &&
            (!p->tranche || linli_same(p->tranche, rule->tranche)) && linli_settles(rule, p->judge))
            n++;
    }
    return n;
}

/* The last paper of this rule was refused and none was accepted since. */
static inline bool linli_refused(const linli_facts *facts, const linli_paper_rule *rule, uint64_t bid)
{
    bool last = false;

    for (size_t i = 0; i < facts->paper_count; i++) {
        const linli_paper *p = &facts->papers[i];
        if (p->bid == bid && strcmp(p->rule, rule->code) == 0 && linli_same(p->tranche, rule->tranche) &&
            (rule->independent || p->judge != LINLI_RESIDENT))
            last = p->refused;
    }
    return last;
}

/* LINLI_PAY_OUT, or what the tranche still waits for; with `hold`, a refused paper holds it. */
static inline linli_status linli_evidence(linli_ask *ask, const linli_facts *facts, uint64_t bid,
                                          const char *tranche, bool hold, linli_release *out)
{
    const linli_plan *p = facts->plan;

    out->kind = LINLI_PAY_OUT;
    for (size_t i = 0; p && i < p->paper_count; i++) {
        const linli_paper_rule *rule = &p->papers[i];
        int64_t have;
        linli_line line;

        if (!rule->tranche || strcmp(rule->tranche, tranche) != 0)
            continue;
        have = linli_accepted(facts, rule, bid);
        line = LINLI_LINE(LINLI_M_SHOWN, linli_named(rule->code), linli_count(have));
        if (have < rule->at_least && hold && linli_refused(facts, rule, bid)) {
            out->kind = LINLI_HOLD;
            line = LINLI_LINE(LINLI_M_PAPER_REFUSED, linli_named(rule->code));
        } else if (have < rule->at_least) {
            out->kind = LINLI_WAIT;
            line = LINLI_LINE(LINLI_M_WAITS, linli_named(rule->code), linli_count(have),
                              linli_count(rule->at_least));
        }
        if (!linli_say(ask, &out->why, line))
            return LINLI_NOMEM;
    }
    return LINLI_OK;
}

static inline linli_status linli_release_as(linli_ask *ask, int32_t kind, linli_line why, linli_release *out)
{
    out->kind = kind;
    return linli_told(linli_say(ask, &out->why, why));
}

/* What the evaluation of this tranche says is to be paid of it; false: it says nothing. */
static inline bool linli_factor_of(const linli_facts *facts, uint64_t bid, const char *tranche,
                                   linli_rate *ret)
{
    for (size_t i = 0; i < facts->mark_count; i++) {
        const linli_mark *m = &facts->marks[i];

        if (m->bid == bid && linli_same(m->tranche, tranche) && strcmp(m->criterion, "factor") == 0) {
            ret->ppm = m->value < 0 ? 0 : m->value > LINLI_WHOLE ? LINLI_WHOLE : m->value;
            return true;
        }
    }
    return false;
}

/* The end of release(): its condition is met, and it is paid in full, or as much as its evaluation says. */
static inline linli_status linli_pay(linli_ask *ask, const linli_facts *facts, uint64_t bid,
                                     const linli_tranche *t, linli_release *out)
{
    linli_rate factor = {LINLI_WHOLE};

    out->amount = t->amount;
    if (!linli_factor_of(facts, bid, t->code, &factor))
        return linli_told(linli_say(ask, &out->why, (linli_line){.message = LINLI_M_FULL}));
    if (!linli_mul_div(t->amount.minor, factor.ppm, LINLI_WHOLE, LINLI_HALF_UP, &out->amount.minor))
        return LINLI_RANGE;
    return linli_told(linli_say(ask, &out->why,
                                LINLI_LINE(LINLI_M_FACTOR, linli_percent(factor), linli_amount(t->amount),
                                           linli_amount((linli_money){t->amount.minor - out->amount.minor}),
                                           linli_amount(out->amount))));
}

/* Whether a tranche stands open to be paid: signed, not stopped nor released, not disputed (`held` is the
 * line then), its date come.  LINLI_PAY_OUT: its evidence is the next question. */
static inline linli_status linli_payable(linli_ask *ask, const linli_facts *facts, uint64_t bid,
                                         const linli_part_option *part, linli_line held, linli_release *out)
{
    int32_t today = 0;

    if (!linli_event_of(facts, LINLI_SIGNED, bid))
        return linli_release_as(ask, LINLI_WAIT, LINLI_LINE(LINLI_M_UNSIGNED, linli_count(1)), out);
    for (size_t i = 0; i < facts->delivery_count; i++) {
        const linli_delivery *d = &facts->deliveries[i];

        if (d->bid != bid || !linli_same(d->tranche, part->code))
            continue;
        if (d->state == LINLI_TRANCHE_STOPPED)
            return linli_release_as(ask, LINLI_STOP, (linli_line){.message = LINLI_M_STOPPED}, out);
        if (d->state == LINLI_TRANCHE_RELEASED || d->state == LINLI_TRANCHE_PAID)
            return linli_release_as(ask, LINLI_WAIT, (linli_line){.message = LINLI_M_PAID_OUT}, out);
    }
    if (linli_disputed(facts, bid))
        return linli_release_as(ask, LINLI_HOLD, held, out);
    if (part->due + LINLI_ON_SIGNING == LINLI_ON_DATE) {
        if (!linli_day_of(facts->calendar, facts->now, &today))
            return LINLI_RANGE;
        if (today < part->on.day)
            return linli_release_as(ask, LINLI_WAIT, (linli_line){.message = LINLI_M_NOT_DUE}, out);
    }
    out->kind = LINLI_PAY_OUT;
    return LINLI_OK;
}

/* Is every tranche of every winner paid or stopped? */
static inline linli_status linli_all_settled(linli_ask *ask, const linli_facts *facts, bool *ret)
{
    size_t *settled = LINLI_NEW(ask, size_t, facts->bid_count + 1);
    bool *owed = LINLI_NEW(ask, bool, facts->bid_count + 1);

    if (!settled || !owed)
        return LINLI_NOMEM;
    *ret = true;
    for (size_t i = 0; i < facts->delivery_count; i++) {
        const linli_delivery *d = &facts->deliveries[i];
        size_t key = d->bid <= facts->bid_count ? (size_t)d->bid : 0;

        if (d->state == LINLI_TRANCHE_PAID || d->state == LINLI_TRANCHE_STOPPED)
            settled[key]++;
        else
            owed[key] = true; /* those of a supplement count as well */
    }
    for (size_t a = 0; a < facts->award_count; a++) {
        size_t key = facts->awards[a].bid <= facts->bid_count ? (size_t)facts->awards[a].bid : 0;

        if (facts->awards[a].standing == LINLI_WINNER &&
            (owed[key] || settled[key] < facts->plan->tranche_count))
            *ret = false;
    }
    return LINLI_OK;
}

/* Winners whose contract is not signed yet. */
static inline linli_status linli_unsigned(linli_ask *ask, const linli_facts *facts, int64_t *ret)
{
    bool *done = LINLI_NEW(ask, bool, facts->bid_count + 1);

    if (!done)
        return LINLI_NOMEM;
    *ret = 0;
    for (size_t i = 0; i < facts->event_count; i++)
        if (facts->events[i].kind == LINLI_SIGNED && facts->events[i].bid <= facts->bid_count)
            done[facts->events[i].bid] = true;
    for (size_t a = 0; a < facts->award_count; a++)
        *ret += facts->awards[a].standing == LINLI_WINNER && !done[0] &&
                !(facts->awards[a].bid <= facts->bid_count && done[facts->awards[a].bid]);
    return LINLI_OK;
}

static inline int64_t linli_winners(const linli_facts *facts)
{
    int64_t n = 0;

    for (size_t a = 0; a < facts->award_count; a++)
        n += facts->awards[a].standing == LINLI_WINNER;
    return n;
}

/* Whether this bid is a winner's; without a bid, whether one of the actor's is. */
static inline bool linli_wins(const linli_facts *facts, uint64_t bid, uint64_t actor)
{
    for (size_t i = 0; i < facts->award_count; i++) {
        const linli_bid *one = linli_bid_of(facts, facts->awards[i].bid);

        if (facts->awards[i].standing == LINLI_WINNER && one &&
            (bid ? one->key == bid : one->bidder == actor))
            return true;
    }
    return false;
}

/* ---- answers ------------------------------------------------------------ */

/* What step() says. */
static inline linli_status linli_answer(linli_ask *ask, int32_t kind, const char *phase, linli_line why,
                                        linli_step *out)
{
    *out = (linli_step){.kind = kind, .phase = phase};
    return linli_told(linli_say(ask, &out->why, why));
}

/* What refuse() says. */
static inline linli_status linli_no(linli_ask *ask, linli_line why, linli_verdict *out)
{
    out->yes = true;
    return linli_told(linli_say(ask, &out->why, why));
}

/* The end of a notice that runs for a window. */
static inline linli_status linli_notice_end(linli_ask *ask, const linli_facts *facts, const char *next,
                                            linli_step *out)
{
    if (facts->phase_due.us == 0 || facts->now.us < facts->phase_due.us)
        return linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = LINLI_M_NOTICE_RUNS}, out);
    return linli_answer(ask, LINLI_GO, next, (linli_line){.message = LINLI_M_NOTICE_OVER}, out);
}

/* The end of delivery: every tranche of every winner is settled. */
static inline linli_status linli_delivery_end(linli_ask *ask, const linli_facts *facts, const char *next,
                                              linli_step *out)
{
    bool settled = false;
    linli_status status = facts->plan ? linli_all_settled(ask, facts, &settled) : LINLI_OK;

    if (status != LINLI_OK)
        return status;
    return linli_winners(facts) > 0 && settled
               ? linli_answer(ask, LINLI_GO, next, (linli_line){.message = LINLI_M_SETTLED}, out)
               : linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = LINLI_M_OWED}, out);
}

/* Days since 1970 of the civil date that many months after `day`, kept in its month. */
static inline int32_t linli_months_later(int32_t day, int32_t months)
{
    int32_t z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    int32_t d = doy - (153 * mp + 2) / 5 + 1, m = mp < 10 ? mp + 3 : mp - 9, y = yoe + era * 400 + (m <= 2);

    y += (m - 1 + months) / 12;
    m = (m - 1 + months) % 12 + 1;
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    int32_t last = m == 2 ? 28 + leap : 30 + (m + (m > 7)) % 2;

    d = d > last ? last : d;
    y -= m <= 2;
    era = (y >= 0 ? y : y - 399) / 400;
    yoe = y - era * 400;
    doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

#endif /* LINLI_KIT_H */
