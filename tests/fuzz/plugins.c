/*
 * Every plug-in of the tree, asked every question about a lot of which anything
 * may be true: it answers or says why not, and never leaves its memory or the
 * range of a number.  The first byte chooses plug-in and example, the second the
 * question; each eleven after them change one member of tests/fuzz/lot.json.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/host/answer.h"
#include "core/host/facts.h"
#include "core/host/facts_form.h"
#include "core/host/shapes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* PLUGINS(X): every folder of plugins/, given by tests/fuzz/run. */
#define DECLARE(id) extern const linli_module exports_##id;
#define LIST(id)    &exports_##id,
PLUGINS(DECLARE)
static const linli_module *const modules[] = {PLUGINS(LIST)};

static void *memory(linli_ask *ask, size_t count, size_t size, size_t align)
{
    return arena_try(ask->host, count ? count : 1, size ? size : 1, align);
}

static const void *options_of(struct arena *arena, const linli_mechanism *m, const linli_scheme *s,
                              size_t example)
{
    const char *const *examples = m ? m->examples : s->examples;
    struct form form = m ? (struct form){m->options, m->option_count, m->options_size}
                         : (struct form){s->options, s->option_count, s->options_size};
    size_t count = 0;
    void *options = NULL;

    while (examples[count])
        count++;
    const char *json = examples[example % count];
    MUST(form_read(&form, arena, json, strlen(json), &options, NULL) == 0);
    return options;
}

static void ask_one(struct question *q, struct arena *arena)
{
    linli_ask ask = {arena, memory};
    void *out = arena_alloc(arena, 1, question_shapes[q->kind]->size);
    struct buf fault = {0};

    linli_status status = question_call(q, &ask, out);
    MUST(status <= LINLI_OK && status >= LINLI_OPTIONS);
    if (status == LINLI_OK)
        (void)!answer_ok(q, out, &fault);
    if (status == LINLI_OK && q->kind == ASK_PLAN && fault.size == 0)
        ((linli_facts *)(uintptr_t)q->facts)->plan = out;
    buf_free(&fault);
}

static linli_admissions admitted_of(struct arena *arena, const linli_facts *f)
{
    linli_admission *items = ARENA_NEW(arena, linli_admission, f->bid_count + 1);

    for (size_t i = 0; i < f->bid_count; i++)
        items[i] = (linli_admission){f->bids[i].key, i % 3 != 2, {NULL, 0}};
    return (linli_admissions){items, f->bid_count, (int32_t)f->bid_count};
}

/* A mechanism is asked under its own plan, as the core does. */
static void ask_mechanism(struct question *q, struct arena *arena, uint8_t choice)
{
    linli_facts *f = (linli_facts *)(uintptr_t)q->facts;
    static const linli_award none = {.bid = 1, .standing = LINLI_WINNER, .order = 1, .amount = {12345}};
    linli_tranche tranche = {"first", {6172}};

    f->plan = NULL;
    q->kind = ASK_PLAN;
    ask_one(q, arena);
    if (!f->plan || (f->bid_count == 0 && choice % 9 > ASK_AWARD))
        return;
    f->phase = f->phase ? f->phase : f->plan->phases[choice % f->plan->phase_count].code;
    q->award = f->award_count ? &f->awards[0] : &none;
    if (f->plan->tranche_count)
        tranche.code = f->plan->tranches[choice % f->plan->tranche_count].code;
    q->tranche = &tranche;
    q->role = choice % LINLI_CLOCK;
    q->act = choice % LINLI_ACTS;
    q->bid = f->bid_count ? 1 : 0;
    q->kind = choice % (ASK_REFUSE + 1);
    ask_one(q, arena);
}

static void ask_any(struct arena *arena, const linli_module *module, const linli_facts *facts,
                    const uint8_t choice[2])
{
    const linli_mechanism *m = module->mechanisms ? module->mechanisms[0] : NULL;
    const linli_scheme *s = m ? NULL : module->schemes[0];
    linli_admissions admitted = admitted_of(arena, facts);
    struct question q = {.mechanism = m,
                         .scheme = s,
                         .options = options_of(arena, m, s, choice[0] / LENGTH(modules)),
                         .facts = facts,
                         .admitted = &admitted};

    if (m) {
        ask_mechanism(&q, arena, choice[1]);
        return;
    }
    static const enum question_kind kinds[] = {ASK_CHECK, ASK_CRITERIA, ASK_EVALUATE, ASK_EVALUATE};
    q.kind = kinds[choice[1] % LENGTH(kinds)];
    ask_one(&q, arena);
}

/* ---- changes ---- */

static const linli_option *row_of(const linli_option *rows, uint32_t count, const char *name)
{
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    NEVER("no such member");
}

/* Numbers become anything, keys of bids stay keys of bids. */
static void change(const linli_facts *f, const linli_option *o, char *base, int64_t value)
{
    char *at = base + o->offset;
    int32_t names = 0, small = (int32_t)value;
    uint64_t key = f->bid_count ? (uint64_t)value % f->bid_count + 1 : 0;

    switch (o->type) {
    case LINLI_OPT_BOOL:
        *at = value & 1;
        return;
    case LINLI_OPT_MONEY:
    case LINLI_OPT_RATE:
        value = value < 0 ? ~value : value;
        memcpy(at, &value, sizeof value);
        return;
    case LINLI_OPT_COUNT:
    case LINLI_OPT_POINTS:
    case LINLI_OPT_TIME:
    case FORM_VALUE:
    case FORM_MARK:
        memcpy(at, &value, sizeof value);
        return;
    case LINLI_OPT_PERIOD:
        memcpy(at, &(linli_period){small & 0x7fffffff, (small & 3) + 1}, sizeof(linli_period));
        return;
    case FORM_KEY:
        if (strcmp(o->name, "key") != 0)
            memcpy(at, strcmp(o->name, "bid") == 0 ? &key : (const uint64_t *)&value, sizeof key);
        return;
    case FORM_INT:
        memcpy(at, &small, sizeof small);
        return;
    case FORM_ENUM:
        while (o->codes[names])
            names++;
        small = (int32_t)o->low + (int32_t)((uint64_t)value % (uint64_t)names);
        memcpy(at, &small, sizeof small);
        return;
    default:
        return;
    }
}

static void change_one(struct facts_form *form, const uint8_t *how)
{
    static const char *const lists[] = {"bids",       "offers",     "checks", "marks", "events", "papers",
                                        "objections", "deliveries", "awards", "rules", "bids",   "marks"};
    const linli_option *o = row_of(shape_facts.rows, shape_facts.count, lists[how[0] % LENGTH(lists)]);
    char *base = (char *)form;
    int64_t value;

    memcpy(&value, how + 3, sizeof value);
    if (how[0] >= 240 && form->facts.evaluation) {
        o = row_of(shape_evaluation.rows, shape_evaluation.count, "items");
        base = (char *)(uintptr_t)form->facts.evaluation;
    } else if (how[0] >= 220) {
        o = row_of(shape_facts.rows, shape_facts.count, how[1] & 1 ? "tender" : "now");
        if (how[1] & 1)
            change(&form->facts, &o->item[how[2] % o->item_count], (char *)(uintptr_t)form->facts.tender,
                   value);
        else
            form->facts.now.us = value;
        return;
    }
    const linli_list *list = (const void *)(base + o->offset);
    if (list->count > 0)
        change(&form->facts, &o->item[how[2] % o->item_count],
               (char *)(uintptr_t)list->items + how[1] % list->count * o->item_size, value);
}

/* The lot as it is, read once a run of the program. */
static const struct facts_form *lot(void)
{
    static struct facts_form *form;
    static struct arena *arena;
    static char text[65536];

    if (!form) {
        FILE *file = fopen("tests/fuzz/lot.json", "re");
        MUST(file);
        MUST(fread(text, 1, sizeof text - 1, file) > 0);
        fclose(file);
        arena = arena_new(0);
        MUST(facts_read_form(arena, text, strlen(text), &form, NULL) == 0);
    }
    return form;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(256 << 20);
    struct facts_form form;

    MUST(form_copy(&shape_facts, lot(), &form, form_memory_arena, arena));
    for (size_t at = 2; at + 11 <= size && at < 400; at += 11)
        change_one(&form, data + at);
    if (size >= 2)
        ask_any(arena, modules[data[0] % LENGTH(modules)], &form.facts, data);
    arena_free(arena);
    return 0;
}
