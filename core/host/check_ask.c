/* One question asked in many ways: again, turned round, relabelled, without memory. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/host/check.h"
#include "core/host/shapes.h"

enum { MEMORY_BYTES = 64 << 20, NOMEM_TRIES = 300 };

/* ---- memory of one question ---------------------------------------------------------- */

struct pool {
    char *base;
    size_t low, high, count, fail_at;
    int direction;
    bool failed;
};

/* From the upper end addresses fall where they otherwise rise, so that an answer
 * that depends on an address changes. */
static void *pool_memory(linli_ask *ask, size_t count, size_t size, size_t align)
{
    struct pool *p = ask->host;
    size_t bytes;

    if (p->count++ == p->fail_at) {
        p->failed = true;
        return NULL;
    }
    if (__builtin_mul_overflow(count ? count : 1, size ? size : 1, &bytes) || bytes > MEMORY_BYTES / 2)
        return NULL;
    align = align ? align : 1;
    if (p->direction == MEMORY_DOWN) {
        size_t at = (p->high - bytes) & ~(align - 1);
        if (bytes > p->high || at < p->low)
            return NULL;
        p->high = at;
        return memset(p->base + at, 0, bytes);
    }
    size_t at = (p->low + align - 1) & ~(align - 1);
    if (at > p->high || bytes > p->high - at)
        return NULL;
    p->low = at + bytes;
    return memset(p->base + at, 0, bytes);
}

/* Leaves other bytes where the next call's local variables will lie. */
static __attribute__((noinline)) void stack_poison(int byte)
{
    char dirt[4096];

    memset(dirt, byte, sizeof dirt);
    __asm__ volatile("" : : "r"(dirt) : "memory"); /* as if somebody read it */
}

struct outcome check_ask(struct checker *c, const struct question *q, int direction, size_t fail_at)
{
    if (!c->memory) {
        c->memory = malloc(MEMORY_BYTES);
        MUST(c->memory);
    }
    struct pool pool = {.base = c->memory, .high = MEMORY_BYTES, .fail_at = SIZE_MAX, .direction = direction};
    linli_ask ask = {&pool, pool_memory};
    void *answer = pool_memory(&ask, 1, question_shapes[q->kind]->size, _Alignof(max_align_t));

    pool.count = 0;
    pool.fail_at = fail_at;
    stack_poison(direction == MEMORY_UP ? 0x55 : 0xaa);
    linli_status status = question_call(q, &ask, answer);
    return (struct outcome){status, answer, pool.count, pool.failed};
}

struct question check_question(const struct checker *c, enum question_kind kind, const void *options,
                               const linli_facts *facts)
{
    return (struct question){
        .kind = kind, .mechanism = c->mechanism, .scheme = c->scheme, .options = options, .facts = facts};
}

/* ---- answers as text --------------------------------------------------------------------- */

char *check_dump(struct checker *c, const struct question *q, const void *answer)
{
    struct words words = question_words(q);
    CLEANUP(buf_free) struct buf out = {0};

    form_write_with(question_shapes[q->kind], answer, &words, &out);
    return arena_ndup(c->arena, out.data, out.size);
}

static int by_key(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* The key is the first member of what is sorted here. */
static void normal_items(const linli_facts *f, const void *items, size_t count, size_t size, bool relabelled)
{
    char *at = (char *)(uintptr_t)items;

    for (size_t i = 0; relabelled && i < count; i++) {
        uint64_t key;
        memcpy(&key, at + i * size, sizeof key);
        key = relabel(f, key);
        memcpy(at + i * size, &key, sizeof key);
    }
    if (count)
        qsort(at, count, size, by_key);
}

static void normal_draws(const linli_facts *f, const linli_draw_request *draws, size_t count, bool relabelled)
{
    for (size_t i = 0; i < count; i++)
        normal_items(f, draws[i].keys, draws[i].count, sizeof(uint64_t), relabelled);
}

_Static_assert(offsetof(linli_admission, bid) == 0 && offsetof(linli_award, bid) == 0 &&
                   offsetof(linli_result, bid) == 0,
               "normal_items sorts by the first member");

char *check_dump_normal(struct checker *c, const struct question *q, const void *answer, bool relabelled)
{
    const struct form *form = question_shapes[q->kind];
    CLEANUP(buf_free) struct buf out = {0};
    void *copy = arena_alloc(c->arena, 1, form->size);

    MUST(form_copy(form, answer, copy, form_memory_arena, c->arena));
    if (q->kind == ASK_ADMIT) {
        linli_admissions *a = copy;
        normal_items(q->facts, a->items, a->count, sizeof *a->items, relabelled);
    } else if (q->kind == ASK_STEP) {
        linli_step *s = copy;
        normal_draws(q->facts, s->draws, s->draw_count, relabelled);
    } else if (q->kind == ASK_AWARD) {
        linli_awards *a = copy;
        normal_items(q->facts, a->items, a->count, sizeof *a->items, relabelled);
        normal_draws(q->facts, a->draws, a->draw_count, relabelled);
        for (size_t i = 0; i < a->count && q->facts->evaluation && q->facts->evaluation->kind == LINLI_SET;
             i++)
            ((linli_award *)(uintptr_t)&a->items[i])->order = 1; /* a set has no order */
    } else if (q->kind == ASK_EVALUATE) {
        linli_evaluation *e = copy;
        normal_items(q->facts, e->items, e->count, sizeof *e->items, relabelled);
        normal_draws(q->facts, e->draws, e->draw_count, relabelled);
        for (size_t i = 0; i < e->count && e->draw_count > 0; i++)
            ((linli_result *)(uintptr_t)&e->items[i])->grant.minor = 0; /* not final before the draw */
    }
    form_write(form, copy, &out);
    return arena_ndup(c->arena, out.data, out.size);
}

/* ---- the checks ------------------------------------------------------------------------------ */

static const char *status_name(linli_status status)
{
    static const char *const names[] = {"LINLI_OK", "LINLI_NOMEM", "LINLI_RANGE", "LINLI_FACTS",
                                        "LINLI_OPTIONS"};

    return status <= 0 && status >= LINLI_OPTIONS ? names[-status] : "a status that there is not";
}

const void *check_question_once(struct checker *c, struct question *q, const char *name)
{
    CLEANUP(buf_free) struct buf fault = {0};

    check_begin(c, name);
    struct outcome o = check_ask(c, q, MEMORY_UP, SIZE_MAX);
    if (o.status != LINLI_OK) {
        check_failed(c, "%s is not answered: %s", question_names[q->kind], status_name(o.status));
        return NULL;
    }
    if (!answer_ok(q, o.answer, &fault)) {
        check_failed(c, "%s: %s", question_names[q->kind], fault.data);
        return NULL;
    }
    void *copy = arena_alloc(c->arena, 1, question_shapes[q->kind]->size);
    MUST(form_copy(question_shapes[q->kind], o.answer, copy, form_memory_arena, c->arena));
    return copy;
}

static void check_same(struct checker *c, const struct question *q, const char *first)
{
    check_begin(c, "same");
    for (int direction = MEMORY_DOWN; direction >= MEMORY_UP; direction--) {
        struct outcome o = check_ask(c, q, direction, SIZE_MAX);
        if (o.status != LINLI_OK || strcmp(first, check_dump(c, q, o.answer)) != 0) {
            check_failed(c, "%s: the same question gets another answer", question_names[q->kind]);
            return;
        }
    }
}

static linli_admissions *admitted_of(struct checker *c, const struct question *q, const linli_facts *facts,
                                     bool relabelled)
{
    linli_admissions *a = ARENA_NEW(c->arena, linli_admissions, 1);
    linli_admission *items = ARENA_NEW(c->arena, linli_admission, facts->bid_count + 1);

    for (size_t i = 0; i < facts->bid_count; i++)
        for (size_t k = 0; k < q->admitted->count; k++) {
            const linli_admission *old = &q->admitted->items[k];
            if ((relabelled ? relabel(facts, old->bid) : old->bid) == facts->bids[i].key)
                items[i] = (linli_admission){facts->bids[i].key, old->admitted, {NULL, 0}};
        }
    *a = (linli_admissions){items, facts->bid_count, q->admitted->bidders};
    return a;
}

static void check_twin(struct checker *c, const struct question *q, const char *first, bool relabelled)
{
    struct question twin = *q;
    linli_award award;

    check_begin(c, relabelled ? "relabel" : "order");
    twin.facts = relabelled ? world_relabelled(c, q->facts) : world_turned(c, q->facts);
    if (q->admitted)
        twin.admitted = admitted_of(c, q, twin.facts, relabelled);
    if (relabelled) {
        twin.bid = relabel(q->facts, q->bid);
        if (q->award) {
            award = *q->award;
            award.bid = relabel(q->facts, award.bid);
            twin.award = &award;
        }
    }
    struct outcome o = check_ask(c, &twin, MEMORY_UP, SIZE_MAX);
    if (o.status != LINLI_OK || strcmp(first, check_dump_normal(c, &twin, o.answer, relabelled)) != 0)
        check_failed(c, "%s: the answer changes with %s", question_names[q->kind],
                     relabelled ? "the keys of the bids" : "the order of the facts");
}

static void check_memory(struct checker *c, const struct question *q)
{
    struct outcome whole = check_ask(c, q, MEMORY_UP, SIZE_MAX);
    size_t step = whole.allocations / NOMEM_TRIES + 1;

    check_begin(c, "memory");
    for (size_t n = 0; n < whole.allocations; n += step) {
        struct outcome o = check_ask(c, q, MEMORY_UP, n);
        if (o.failed_at && o.status != LINLI_NOMEM) {
            check_failed(c, "%s: allocation %zu fails and the answer is %s, not LINLI_NOMEM",
                         question_names[q->kind], n + 1, status_name(o.status));
            return;
        }
    }
}

const void *check_question_all(struct checker *c, struct question *q, const char *name)
{
    const void *answer = check_question_once(c, q, name);

    if (!answer)
        return NULL;
    char *normal = check_dump_normal(c, q, answer, false);
    check_same(c, q, check_dump(c, q, answer));
    check_memory(c, q);
    check_twin(c, q, normal, false);
    check_twin(c, q, normal, true);
    check_begin(c, name); /* what the caller finds wrong with the answer is that check's */
    return answer;
}
