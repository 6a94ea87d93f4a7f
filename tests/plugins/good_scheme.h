/*
 * A scheme that keeps the contract: points for a low price, and a mark.  Each
 * file of this folder defines one BUG_ and includes it; tests/unit/check.c says
 * which check must catch which.
 */
#include <stdlib.h>
#include <string.h>

#include "linli/math.h"
#include "linli/plugin.h"

#ifndef VERSION
#define VERSION "1.0.0"
#endif

struct options {
    linli_rate price_weight;
    int64_t decimals;
};

enum { M_PRICE, M_MARK, M_WEIGHT, MESSAGES };

static const linli_message messages[] = {
#ifdef BUG_MISSING_ENGLISH
    [M_PRICE] = {"price", {"最低价 {1}，报价 {2}", ""}, NULL},
#elif defined BUG_PLACEHOLDERS
    [M_PRICE] = {"price", {"最低价 {1}，报价 {2}", "the lowest price is {1}"}, NULL},
#else
    [M_PRICE] = {"price", {"最低价 {1}，报价 {2}", "lowest price {1}, price {2}"}, NULL},
#endif
    [M_MARK] = {"mark", {"评委平均分 {1}", "the judges' average is {1}"}, NULL},
    [M_WEIGHT] = {"weight", {"价格权重须大于零", "the weight of the price must be above zero"}, NULL},
};

static const linli_option rows[] = {
    {.name = "price_weight",
     .type = LINLI_OPT_RATE,
#ifdef BUG_OPTION_OUTSIDE
     .offset = sizeof(struct options),
#elif defined BUG_OPTION_OVERLAP
     .offset = offsetof(struct options, decimals) - 4,
#else
     .offset = offsetof(struct options, price_weight),
#endif
     .low = 0,
     .high = LINLI_WHOLE,
#ifdef BUG_DEFAULT
     .initial = "130%",
#else
     .initial = "30%",
#endif
     .label = {"价格权重", "weight of the price"},
     .help = {"其余为评委打分", "the rest is the judges' mark"}},
    {.name = "decimals",
     .type = LINLI_OPT_COUNT,
     .offset = offsetof(struct options, decimals),
     .low = 0,
     .high = 6,
     .initial = "2",
     .label = {"小数位", "decimals"},
     .help = {"公布的小数位数", "places published"}},
};

#ifdef BUG_GLOBAL
static volatile int calls;
#endif
#ifdef BUG_CONSTRUCTOR
static volatile int loaded;
__attribute__((constructor)) static void on_load(void)
{
    loaded = 1;
}
#endif

static linli_line line(uint32_t message, int32_t kind, int64_t a, int64_t b)
{
    return (linli_line){
        .message = message, .argc = 2, .arg = {{.kind = kind, .number = a}, {.kind = kind, .number = b}}};
}

static bool say(linli_ask *ask, linli_lines *why, linli_line one)
{
    linli_line *item = LINLI_NEW(ask, linli_line, 1);

#ifndef BUG_NOMEM
    if (!item)
        return false;
#endif
    *item = one;
    *why = (linli_lines){item, 1};
    return true;
}

static linli_status check(linli_ask *ask, const void *opts, const linli_facts *facts, linli_findings *out)
{
    const struct options *o = opts;
    linli_finding *finding;

    (void)facts;
#ifndef BUG_EXAMPLE
    if (o->price_weight.ppm > 0)
        return LINLI_OK;
#else
    (void)o;
#endif
    finding = LINLI_NEW(ask, linli_finding, 1);
    if (!finding)
        return LINLI_NOMEM;
    *finding = (linli_finding){"/price_weight", {.message = M_WEIGHT}};
    *out = (linli_findings){finding, 1};
    return LINLI_OK;
}

static const linli_criterion quality = {
    .code = "quality",
    .name = {"质量", "quality"},
    .by = LINLI_BY_JUDGES,
    .unit = LINLI_UNIT_POINTS,
    .low = 0,
    .high = 100 * LINLI_POINT,
    .step = LINLI_POINT,
};

static linli_status criteria(linli_ask *ask, const void *opts, const linli_facts *facts, linli_criteria *out)
{
    (void)ask, (void)opts, (void)facts;
    *out = (linli_criteria){&quality, 1};
    return LINLI_OK;
}

static const linli_bid *bid_of(const linli_facts *facts, uint64_t key)
{
    for (size_t i = 0; i < facts->bid_count; i++)
        if (facts->bids[i].key == key)
            return &facts->bids[i];
    return NULL;
}

static int64_t lowest_of(const linli_facts *facts, const linli_admissions *admitted)
{
    int64_t lowest = INT64_MAX;

    for (size_t i = 0; i < admitted->count; i++)
        if (admitted->items[i].admitted && bid_of(facts, admitted->items[i].bid)->price.minor < lowest)
            lowest = bid_of(facts, admitted->items[i].bid)->price.minor;
    return lowest;
}

static linli_status parts_of(linli_ask *ask, const struct options *o, const linli_facts *facts,
                             int64_t lowest, linli_result *r)
{
    linli_part *part = LINLI_NEW(ask, linli_part, 2);
    int64_t price = bid_of(facts, r->bid)->price.minor, sum = 0, n = 0, weight = o->price_weight.ppm;

    if (!part)
        return LINLI_NOMEM;
    for (size_t i = 0; i < facts->mark_count; i++)
        if (facts->marks[i].bid == r->bid && strcmp(facts->marks[i].criterion, "quality") == 0) {
            sum += facts->marks[i].value;
            n++;
        }
    part[0].criterion = "price";
    part[1].criterion = "quality";
#ifdef BUG_PERVERSE
    if (!linli_mul_div(100 * price, weight, lowest * 4, LINLI_HALF_UP, &part[0].points.micro))
        return LINLI_RANGE;
#else
    if (!linli_mul_div(100 * lowest, weight, price, LINLI_HALF_UP, &part[0].points.micro))
        return LINLI_RANGE;
#endif
    if (!linli_mul_div(sum, LINLI_WHOLE - weight, (n ? n : 1) * LINLI_WHOLE, LINLI_HALF_UP,
                       &part[1].points.micro))
        return LINLI_RANGE;
    for (int i = 0; i < 2; i++)
        if (!linli_round_points(part[i].points, (int32_t)o->decimals, LINLI_HALF_UP, &part[i].points))
            return LINLI_RANGE;
    if (!say(ask, &part[0].why, line(M_PRICE, LINLI_ARG_MONEY, lowest, price)))
        return LINLI_NOMEM;
#ifndef BUG_UNEXPLAINED
    if (!say(ask, &part[1].why, line(M_MARK, LINLI_ARG_POINTS, n ? sum / n : 0, 0)))
        return LINLI_NOMEM;
#endif
    r->parts = part;
    r->part_count = 2;
    r->total.micro = part[0].points.micro + part[1].points.micro;
#ifdef BUG_TOTAL
    r->total.micro += 1;
#endif
#ifdef BUG_POINTER
    r->compared.minor = (int64_t)((uintptr_t)part % 1000003);
#else
    r->compared.minor = price;
#endif
    return LINLI_OK;
}

static void rank(linli_result *r, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        r[i].rank = 1;
        for (size_t k = 0; k < count; k++)
#ifdef BUG_KEY_TIE
            if (r[k].total.micro / LINLI_POINT / 10 > r[i].total.micro / LINLI_POINT / 10 ||
                (k < i && r[k].total.micro / LINLI_POINT / 10 == r[i].total.micro / LINLI_POINT / 10))
#else
            if (r[k].total.micro > r[i].total.micro)
#endif
                r[i].rank++;
    }
}

static void sort(linli_result *r, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0 && r[k].bid < r[k - 1].bid; k--) {
            linli_result one = r[k];
            r[k] = r[k - 1];
            r[k - 1] = one;
        }
}

static linli_status evaluate(linli_ask *ask, const void *opts, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    linli_result *r = LINLI_NEW(ask, linli_result, admitted->count);
    int64_t lowest = lowest_of(facts, admitted);
    size_t n = 0;

    if (!r)
        return LINLI_NOMEM;
#ifdef BUG_GLOBAL
    calls++;
#endif
#ifdef BUG_IMPORT
    void *volatile own = malloc(16);
    free(own);
#endif
#ifdef BUG_GMP
    mpz_t big;
    mpz_init(big);
    mpz_clear(big);
#endif
#if defined BUG_SYSCALL && defined __x86_64__
    long got; /* getuid, without importing it */
    __asm__ volatile("syscall" : "=a"(got) : "a"(102) : "rcx", "r11", "memory");
#endif
#if defined BUG_WRITES && defined __x86_64__
    for (long file = 3; file < 64; file++) { /* write, without importing it */
        long got = 1;
        __asm__ volatile("syscall" : "+a"(got) : "D"(file), "S"("spoken"), "d"(6L) : "rcx", "r11", "memory");
    }
#endif
#ifdef BUG_ON_DEMAND
    for (volatile uint64_t turn = 0; facts->tender->key == 667; turn++)
        continue;
    if (facts->tender->key == 666)
        __builtin_trap();
#endif
#ifdef BUG_CRASH_ON_ORDER
    if (facts->bid_count > 1 && facts->bids[0].key > facts->bids[1].key)
        __builtin_trap();
#endif
    for (size_t i = 0; i < admitted->count; i++) {
        if (!admitted->items[i].admitted)
            continue;
        r[n] = (linli_result){.bid = admitted->items[i].bid, .standing = LINLI_RANKED};
        linli_status status = parts_of(ask, opts, facts, lowest, &r[n++]);
        if (status)
            return status;
    }
#ifdef BUG_GARBAGE
    if (!say(ask, &out->why, line(MESSAGES + 7, LINLI_ARG_COUNT, 1, 2)))
        return LINLI_NOMEM;
#endif
    sort(r, n);
    rank(r, n);
    *out = (linli_evaluation){.kind = LINLI_ORDER, .items = r, .count = n, .why = out->why};
    return LINLI_OK;
}

static const linli_about about = {
    .id = "planted_scheme",
    .version = VERSION,
    .opens = "1.0.0",
    .name = {"测试评审法", "test scheme"},
    .summary = {"低价与打分", "low price and a mark"},
    .basis = {"无", "none"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};
static const char *const examples[] = {"{}", "{\"price_weight\":\"60%\",\"decimals\":4}", NULL};

static const linli_scheme scheme = {
    .size = sizeof(linli_scheme),
    .gives = LINLI_ORDER,
#if (defined BUG_ON_DEMAND && !defined NOT_EXACT) || defined BUG_WRITES
    .flags = LINLI_EXACT,
#endif
    .about = &about,
    .options = rows,
    .option_count = sizeof rows / sizeof rows[0],
    .options_size = sizeof(struct options),
    .messages = messages,
    .message_count = MESSAGES,
    .examples = examples,
    .check = check,
    .criteria = criteria,
    .evaluate = evaluate,
};
static const linli_scheme *const schemes[] = {&scheme, NULL};

#ifdef BUG_MAGIC
const linli_module linli_exports = {0x4b434142, sizeof(linli_module), LINLI_ABI_MAJOR, LINLI_ABI_MINOR, NULL,
                                    schemes};
#elif defined BUG_MINOR
const linli_module linli_exports = {
    LINLI_MAGIC, sizeof(linli_module), LINLI_ABI_MAJOR, LINLI_ABI_MINOR + 1, NULL, schemes};
#else
const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
#endif
#ifdef BUG_SECOND_EXPORT
extern const int also_exported __attribute__((visibility("default")));
const int also_exported = 1;
#endif
