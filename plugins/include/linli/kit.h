/*
 * linli/kit.h - what most mechanisms need: lines of explanation, rules and
 * events found by code, tranches from the options to the plan and the amounts.
 * Header only, like linli/math.h; a plug-in may do without it.
 */
#ifndef LINLI_KIT_H
#define LINLI_KIT_H

#include <string.h>

#include "linli/math.h"
#include "linli/plugin.h"

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
 * the order of the facts. */
static inline size_t linli_place(const linli_facts *facts, size_t i)
{
    size_t n = 0;

    for (size_t j = 0; j < facts->bid_count; j++)
        n += facts->bids[j].key < facts->bids[i].key;
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

/* Accepted papers of a rule for a tranche of a bid.  Those the parties accepted
 * themselves do not count where the rule asks for independence. */
static inline int64_t linli_accepted(const linli_facts *facts, const linli_paper_rule *rule, uint64_t bid)
{
    int64_t n = 0;

    for (size_t i = 0; i < facts->paper_count; i++) {
        const linli_paper *p = &facts->papers[i];
        bool party = p->judge == LINLI_ORGANISATION || p->judge == LINLI_OFFICE_CLERK ||
                     p->judge == LINLI_OFFICE_APPROVER || p->judge == LINLI_AGENT;
        if (p->bid == bid && p->accepted && strcmp(p->rule, rule->code) == 0 &&
            (!p->tranche || linli_same(p->tranche, rule->tranche)) && !(rule->independent && party))
            n++;
    }
    return n;
}

/* Is every tranche of every winner paid or stopped? */
static inline bool linli_all_settled(const linli_facts *facts)
{
    for (size_t a = 0; a < facts->award_count; a++) {
        size_t settled = 0;

        if (facts->awards[a].standing != LINLI_WINNER)
            continue;
        for (size_t i = 0; i < facts->delivery_count; i++)
            if (facts->deliveries[i].bid == facts->awards[a].bid &&
                (facts->deliveries[i].state == LINLI_TRANCHE_PAID ||
                 facts->deliveries[i].state == LINLI_TRANCHE_STOPPED))
                settled++;
        if (settled < facts->plan->tranche_count)
            return false;
    }
    return true;
}

/* Winners whose contract is not signed yet. */
static inline int64_t linli_unsigned(const linli_facts *facts)
{
    int64_t n = 0;

    for (size_t a = 0; a < facts->award_count; a++)
        if (facts->awards[a].standing == LINLI_WINNER &&
            !linli_event_of(facts, LINLI_SIGNED, facts->awards[a].bid))
            n++;
    return n;
}

#endif /* LINLI_KIT_H */
