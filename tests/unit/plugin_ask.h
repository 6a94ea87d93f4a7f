/* Asks a plug-in's functions directly, with an allocator that can be told to fail. */
#ifndef TESTS_UNIT_PLUGIN_ASK_H
#define TESTS_UNIT_PLUGIN_ASK_H

#include <criterion/criterion.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/host/options.h"
#include "linli/plugin.h"

struct test_ask {
    linli_ask ask;
    struct arena *arena;
    int fail_at; /* the n-th request gives nothing; 0: none */
    int asked;
};

static void *test_alloc(linli_ask *ask, size_t count, size_t size, size_t align)
{
    struct test_ask *t = ask->host;

    if (++t->asked == t->fail_at)
        return NULL;
    return arena_try(t->arena, count ? count : 1, size, align);
}

static inline const linli_scheme *scheme_load(const char *id)
{
    char path[512];
    snprintf(path, sizeof path, PLUGIN_DIR "/%s.so", id);
    void *so = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const linli_module *module = so ? dlsym(so, "linli_exports") : NULL;

    cr_assert(module, "%s", dlerror());
    return module->schemes[0];
}

static inline const void *scheme_options(struct arena *arena, const linli_scheme *s, const char *json)
{
    const struct form form = {s->options, s->option_count, s->options_size};
    struct err err = {0};
    void *options = NULL;

    cr_assert_eq(form_read(&form, arena, json, strlen(json), &options, &err), 0, "%s: %s", json, err.detail);
    return options;
}

/* Asks to evaluate all bids. */
static inline linli_status scheme_evaluate(struct arena *arena, const linli_scheme *s, const void *options,
                                           const linli_facts *facts, int fail_at, linli_evaluation *out)
{
    struct test_ask t = {.ask = {.host = &t, .alloc = test_alloc}, .arena = arena, .fail_at = fail_at};
    linli_admission *all = ARENA_NEW(arena, linli_admission, facts->bid_count + 1);
    linli_admissions admitted = {all, facts->bid_count, (int32_t)facts->bid_count};

    for (size_t i = 0; i < facts->bid_count; i++)
        all[i] = (linli_admission){.bid = facts->bids[i].key, .admitted = true};
    memset(out, 0, sizeof *out);
    return s->evaluate(&t.ask, options, facts, &admitted, out);
}

static inline bool lines_say(linli_lines lines, const linli_scheme *s, const char *code)
{
    for (size_t i = 0; i < lines.count; i++)
        if (strcmp(s->messages[lines.items[i].message].code, code) == 0)
            return true;
    return false;
}

#endif
