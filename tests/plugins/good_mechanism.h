/*
 * A mechanism that keeps the contract: bids are taken until a deadline, two at
 * least, the first in rank wins, paid half on signing and half on acceptance.
 * Each file of this folder defines one BUG_ and includes it.
 */
#include <string.h>

#include "linli/math.h"
#include "linli/plugin.h"

struct options {
    linli_rate first;
};

enum { M_FEW, M_GO, M_OUT, M_IN, M_FIRST, M_TIED, M_NOBODY, M_PARTS, M_WAITS, M_DONE, M_LATE, MESSAGES };

static const linli_message messages[] = {
    [M_FEW] = {"few", {"投标不足两家", "fewer than two bidders"}, NULL},
    [M_GO] = {"go", {"进入下一阶段", "it goes on"}, NULL},
    [M_OUT] = {"out", {"逾期、撤回或者无效", "late, withdrawn or void"}, NULL},
    [M_IN] = {"in", {"有效", "valid"}, NULL},
    [M_FIRST] = {"first", {"排名第一", "first in rank"}, NULL},
    [M_TIED] = {"tied", {"并列第一，公开抽取", "tied for the first place: drawn in public"}, NULL},
    [M_NOBODY] = {"nobody", {"没有有效投标", "no valid bid"}, NULL},
    [M_PARTS] = {"parts", {"分两期支付", "paid in two parts"}, NULL},
    [M_WAITS] = {"waits", {"未验收", "not accepted yet"}, NULL},
    [M_DONE] = {"done", {"条件成就", "the condition is met"}, NULL},
    [M_LATE] = {"late", {"已截止", "the deadline has passed"}, NULL},
};

static const linli_option rows[] = {
    {.name = "first",
     .type = LINLI_OPT_RATE,
     .offset = offsetof(struct options, first),
     .low = 1,
     .high = LINLI_WHOLE - 1,
     .initial = "50%",
     .label = {"首款", "first part"},
     .help = {"签订后支付", "paid on signing"}},
};

static bool say(linli_ask *ask, linli_lines *why, uint32_t message)
{
    linli_line *item = LINLI_NEW(ask, linli_line, 1);

    if (!item)
        return false;
    item->message = message;
    *why = (linli_lines){item, 1};
    return true;
}

static linli_status check(linli_ask *ask, const void *opts, const linli_facts *facts, linli_findings *out)
{
    (void)ask, (void)opts, (void)facts, (void)out;
    return LINLI_OK;
}

static const linli_phase phases[] = {
    {.code = "bidding",
     .name = {"投标", "bidding"},
     .kind = LINLI_TENDERING,
     .ends = LINLI_ENDS_AT_DUE,
     .may = {[LINLI_ORGANISATION] = LINLI_MAY(LINLI_SUBMIT) | LINLI_MAY(LINLI_WITHDRAW)},
     .next = "deciding",
     .otherwise = "failed"},
    {.code = "deciding",
     .name = {"定标", "deciding"},
     .kind = LINLI_DECIDING,
     .ends = LINLI_ENDS_BY_ACT,
     .next = "delivering",
     .otherwise = "failed"},
#ifdef BUG_DEAD_END
    {.code = "delivering",
     .name = {"履约", "delivering"},
     .kind = LINLI_DELIVERING,
     .ends = LINLI_ENDS_WHEN_DONE,
     .next = "deciding",
     .otherwise = "failed"},
#else
    {.code = "delivering",
     .name = {"履约", "delivering"},
     .kind = LINLI_DELIVERING,
     .ends = LINLI_ENDS_WHEN_DONE,
     .next = "closed",
     .otherwise = "failed"},
#endif
    {.code = "closed", .name = {"结束", "closed"}, .kind = LINLI_CLOSED, .ends = LINLI_NEVER_ENDS},
    {.code = "failed", .name = {"终止", "failed"}, .kind = LINLI_VOID, .ends = LINLI_NEVER_ENDS},
};
static const linli_quorum quorums[] = {
    {.phase = "bidding",
     .counts = LINLI_COUNT_BIDDERS,
     .at_least = 2,
     .below = LINLI_BELOW_FAIL,
     .source = ""},
};
static const linli_paper_rule papers[] = {
    {.code = "acceptance",
     .name = {"验收单", "acceptance"},
     .phase = "delivering",
     .tranche = "final",
     .role = LINLI_OFFICE_CLERK,
     .at_least = 1,
     .source = ""},
};

static linli_status plan(linli_ask *ask, const void *opts, const linli_facts *facts, linli_plan *out)
{
    const struct options *o = opts;
    linli_tranche_rule *t = LINLI_NEW(ask, linli_tranche_rule, 2);

    (void)facts;
    if (!t)
        return LINLI_NOMEM;
    t[0] = (linli_tranche_rule){
        .code = "first", .name = {"首款", "first"}, .share = o->first, .due = LINLI_ON_SIGNING};
    t[1] = (linli_tranche_rule){.code = "final", .name = {"尾款", "final"}, .due = LINLI_ON_ACCEPTANCE};
    t[1].share.ppm = LINLI_WHOLE - o->first.ppm;
#ifdef BUG_SHARES
    t[1].share.ppm -= 10000;
#endif
    *out = (linli_plan){.entry = LINLI_ANYONE,
                        .sealing = LINLI_SEALED_TO_DUE,
                        .contract = LINLI_PURCHASE,
                        .panel = {.source = ""},
                        .award = {.kind = LINLI_AWARD_ONE, .most = 1},
                        .phases = phases,
                        .phase_count = 5,
                        .quorums = quorums,
                        .quorum_count = 1,
                        .papers = papers,
                        .paper_count = 1,
                        .tranches = t,
                        .tranche_count = 2};
    return LINLI_OK;
}

static bool valid(const linli_bid *bid)
{
#ifdef BUG_ADMITS_LATE
    return !bid->withdrawn && !bid->invalid;
#else
    return !bid->withdrawn && !bid->invalid && !bid->late;
#endif
}

static linli_status award(linli_ask *ask, const void *opts, const linli_facts *facts, linli_awards *out);

static linli_status step(linli_ask *ask, const void *opts, const linli_facts *facts, linli_step *out)
{
    size_t n = 0;

    (void)opts;
    for (size_t i = 0; i < facts->bid_count; i++)
        n += valid(&facts->bids[i]);
    out->kind = LINLI_GO;
    for (size_t i = 0; i < 5; i++)
        if (strcmp(facts->phase, phases[i].code) == 0)
            out->phase = phases[i].next;
    if (!out->phase)
        out->kind = LINLI_STAY;
    if (strcmp(facts->phase, "deciding") == 0 && facts->award_count == 0) {
        out->kind = LINLI_STAY;
        out->phase = NULL;
#ifndef BUG_STUCK
        if (facts->evaluation) {
            linli_awards awards = {0};
            linli_status status = award(ask, opts, facts, &awards);
            if (status)
                return status;
            if (awards.count == 0 && awards.draw_count == 0) {
                out->kind = LINLI_FAIL;
                out->phase = "failed";
            }
        }
#endif
    }
#ifdef BUG_GOES_BACK
    if (strcmp(facts->phase, "delivering") == 0)
        out->phase = "deciding";
#endif
#ifdef BUG_FEW
    (void)n;
#else
    if (n < 2 && strcmp(facts->phase, "bidding") == 0) {
        out->kind = LINLI_FAIL;
        out->phase = "failed";
        return say(ask, &out->why, M_FEW) ? LINLI_OK : LINLI_NOMEM;
    }
#endif
    return say(ask, &out->why, M_GO) ? LINLI_OK : LINLI_NOMEM;
}

/* The place of the bid when sorted by key. */
static size_t place(const linli_facts *facts, size_t at)
{
    size_t n = 0;

    for (size_t i = 0; i < facts->bid_count; i++)
        n += facts->bids[i].key < facts->bids[at].key;
    return n;
}

static linli_status admit(linli_ask *ask, const void *opts, const linli_facts *facts, linli_admissions *out)
{
    linli_admission *a = LINLI_NEW(ask, linli_admission, facts->bid_count);

    (void)opts;
    if (!a)
        return LINLI_NOMEM;
    for (size_t i = 0; i < facts->bid_count; i++) {
        linli_admission *one = &a[place(facts, i)];
        bool first = true;
        *one = (linli_admission){.bid = facts->bids[i].key, .admitted = valid(&facts->bids[i])};
        if (!say(ask, &one->why, one->admitted ? M_IN : M_OUT))
            return LINLI_NOMEM;
        for (size_t k = 0; k < i; k++)
            first = first && !(facts->bids[i].group && facts->bids[k].group == facts->bids[i].group &&
                               valid(&facts->bids[k]));
        out->bidders += one->admitted && first;
    }
    out->items = a;
    out->count = facts->bid_count;
    return LINLI_OK;
}

/* Nothing was found against it since, and it did not back out. */
static bool stands(const linli_facts *facts, uint64_t bid)
{
    for (size_t i = 0; i < facts->objection_count; i++)
        if (facts->objections[i].bid == bid && facts->objections[i].state == LINLI_OBJECTION_FOUNDED)
            return false;
    for (size_t i = 0; i < facts->bid_count; i++)
        if (facts->bids[i].key == bid)
            return valid(&facts->bids[i]);
    return false;
}

static linli_status draw(linli_ask *ask, const linli_facts *facts, size_t n, linli_awards *out)
{
    const linli_evaluation *e = facts->evaluation;
    linli_draw_request *request = LINLI_NEW(ask, linli_draw_request, 1);
    uint64_t *keys = LINLI_NEW(ask, uint64_t, n);
    size_t k = 0;

    if (!request || !keys)
        return LINLI_NOMEM;
    for (size_t i = 0; i < e->count; i++)
        if (e->items[i].rank == 1 && e->items[i].standing == LINLI_RANKED && stands(facts, e->items[i].bid))
            keys[k++] = e->items[i].bid;
#ifdef BUG_GHOST
    keys[n - 1] = UINT64_MAX;
#endif
    *request = (linli_draw_request){"first_place", keys, n};
    out->draws = request;
    out->draw_count = 1;
    return say(ask, &out->why, M_TIED) ? LINLI_OK : LINLI_NOMEM;
}

static linli_status award(linli_ask *ask, const void *opts, const linli_facts *facts, linli_awards *out)
{
    const linli_evaluation *e = facts->evaluation;
    linli_award *a = LINLI_NEW(ask, linli_award, 1);
    uint64_t winner = 0;
    size_t n = 0;

    (void)opts;
    if (!a)
        return LINLI_NOMEM;
    for (size_t i = 0; e && i < e->count; i++)
        if (e->items[i].standing == LINLI_RANKED && e->items[i].rank == 1 && stands(facts, e->items[i].bid) &&
            n++ == 0)
            winner = e->items[i].bid;
    if (n == 0)
        return say(ask, &out->why, M_NOBODY) ? LINLI_OK : LINLI_NOMEM;
#ifndef BUG_SECRET_TIE
    if (n > 1 && facts->draw_count == 0)
        return draw(ask, facts, n, out);
#else
    (void)draw;
#endif
    if (facts->draw_count > 0)
        winner = facts->draws[0].keys[0];
    *a = (linli_award){.bid = winner, .standing = LINLI_WINNER, .order = 1};
    for (size_t i = 0; i < facts->bid_count; i++)
        if (facts->bids[i].key == winner)
            a->amount = facts->bids[i].price;
#ifdef BUG_OVER_BUDGET
    a->amount.minor = facts->tender->budget.minor + 1;
#else
    if (a->amount.minor > facts->tender->budget.minor)
        return say(ask, &out->why, M_NOBODY) ? LINLI_OK : LINLI_NOMEM;
#endif
    out->items = a;
    out->count = 1;
    return say(ask, &a->why, M_FIRST) ? LINLI_OK : LINLI_NOMEM;
}

static linli_status schedule(linli_ask *ask, const void *opts, const linli_facts *facts,
                             const linli_award *of, linli_schedule *out)
{
    const struct options *o = opts;
    linli_tranche *t = LINLI_NEW(ask, linli_tranche, 2);
    int64_t share[2] = {o->first.ppm, LINLI_WHOLE - o->first.ppm}, part[2];

    (void)facts;
    if (!t)
        return LINLI_NOMEM;
    if (!linli_parts(of->amount.minor, share, 2, part))
        return LINLI_RANGE;
#ifdef BUG_FEN
    if (!linli_mul_div(of->amount.minor, share[1], LINLI_WHOLE, LINLI_DOWN, &part[1]))
        return LINLI_RANGE;
#endif
    t[0] = (linli_tranche){"first", {part[0]}};
    t[1] = (linli_tranche){"final", {part[1]}};
    out->items = t;
    out->count = 2;
    return say(ask, &out->why, M_PARTS) ? LINLI_OK : LINLI_NOMEM;
}

static linli_status release(linli_ask *ask, const void *opts, const linli_facts *facts, const linli_award *of,
                            const linli_tranche *tranche, linli_release *out)
{
    bool shown = strcmp(tranche->code, "first") == 0;

    (void)opts;
    for (size_t i = 0; i < facts->paper_count; i++)
        shown = shown || (facts->papers[i].bid == of->bid && facts->papers[i].accepted);
#ifdef BUG_NO_EVIDENCE
    shown = true;
#endif
    out->kind = shown ? LINLI_PAY_OUT : LINLI_WAIT;
    out->amount.minor = shown ? tranche->amount.minor : 0;
    return say(ask, &out->why, shown ? M_DONE : M_WAITS) ? LINLI_OK : LINLI_NOMEM;
}

static linli_status refuse(linli_ask *ask, const void *opts, const linli_facts *facts, int32_t role,
                           uint64_t actor, int32_t act, uint64_t bid, linli_verdict *out)
{
    (void)opts, (void)role, (void)actor, (void)bid;
    out->yes = act == LINLI_SUBMIT && facts->now.us > facts->tender->bids_due.us;
#ifdef BUG_SILENT
    (void)ask;
    return LINLI_OK;
#else
    return !out->yes || say(ask, &out->why, M_LATE) ? LINLI_OK : LINLI_NOMEM;
#endif
}

static const linli_about about = {
    .id = "planted_mechanism",
    .version = "1.0.0",
    .opens = "1.0.0",
    .name = {"测试机制", "test mechanism"},
    .summary = {"最小的招标", "the smallest tender"},
    .basis = {"无", "none"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};
static const char *const examples[] = {"{}", "{\"first\":\"30%\"}", NULL};

static const linli_mechanism mechanism = {
    .size = sizeof(linli_mechanism),
    .takes = LINLI_ORDER,
    .regimes = 1u << LINLI_SUB_THRESHOLD,
    .about = &about,
    .options = rows,
    .option_count = 1,
    .options_size = sizeof(struct options),
    .messages = messages,
    .message_count = MESSAGES,
    .examples = examples,
    .check = check,
    .plan = plan,
    .step = step,
    .admit = admit,
    .award = award,
    .schedule = schedule,
    .release = release,
    .refuse = refuse,
};
static const linli_mechanism *const mechanisms[] = {&mechanism, NULL};

const linli_module linli_exports = LINLI_MODULE(.mechanisms = mechanisms);
