/* The question of a case, put to the plug-in through the host. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tests/cases/case.h"

static bool wrong(struct world *w, const char *what, const char *text)
{
    snprintf(w->fault, sizeof w->fault, "%s: \"%.160s\"", what, text);
    return false;
}

/* ---- options ------------------------------------------------------------ */

static json_t *options_of(struct world *w, const char *name)
{
    const linli_mechanism *m = plugin_mechanism(w->plugin);
    const linli_scheme *s = plugin_scheme(w->plugin);
    const char *const *examples = m ? m->examples : s->examples;

    if (name[0] == '{')
        return json_loads(name, 0, NULL);
    if (strncmp(name, "example-", 8) != 0)
        return json_load_file(arena_printf(w->arena, "%s/options/%s.json", w->folder, name), 0, NULL);
    long n = strtol(name + 8, NULL, 10);
    for (long i = 0; examples[i]; i++)
        if (i == n - 1)
            return json_loads(examples[i], 0, NULL);
    return NULL;
}

/* The container a pointer's last step lies in, and that step. */
static json_t *container(struct world *w, json_t *root, const char *pointer, const char **ret_last)
{
    struct pieces steps = cut(w->arena, pointer, '/');
    json_t *at = root;

    for (size_t i = 0; at && i + 1 < steps.count; i++)
        at = json_is_array(at) ? json_array_get(at, strtoul(steps.items[i], NULL, 10))
                               : json_object_get(at, steps.items[i]);
    *ret_last = steps.count ? steps.items[steps.count - 1] : "";
    return at;
}

static bool change(struct world *w, json_t *root, const char *rest, bool away)
{
    size_t n = strcspn(rest, " \t");
    const char *last;
    json_t *in = container(w, root, arena_ndup(w->arena, rest, n), &last);
    json_t *value = away ? NULL : json_loads(rest + n, JSON_DECODE_ANY, NULL);
    int status = -1;

    if (!in || (!away && !value))
        return wrong(w, "with /pointer JSON", rest);
    if (json_is_array(in)) {
        size_t i = strtoul(last, NULL, 10);
        status = away                       ? json_array_remove(in, i)
                 : i == json_array_size(in) ? json_array_append_new(in, value)
                                            : json_array_set_new(in, i, value);
    } else {
        status = away ? json_object_del(in, last) : json_object_set_new(in, last, value);
    }
    return status == 0 || wrong(w, "no such member", rest);
}

static bool make_options(struct world *w, const struct line *lines, size_t count)
{
    const char *name = "example-1";
    json_t *root;
    bool fine = true;

    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i].word, "options") == 0)
            name = lines[i].rest;
    root = options_of(w, name);
    if (!root)
        return wrong(w, "no such options", name);
    for (size_t i = 0; fine && i < count; i++)
        if (strcmp(lines[i].word, "with") == 0 || strcmp(lines[i].word, "without") == 0)
            fine = change(w, root, lines[i].rest, lines[i].word[4] == 'o');
    char *text = json_dumps(root, JSON_COMPACT);
    w->options = arena_dup(w->arena, text);
    free(text);
    json_decref(root);
    return fine;
}

/* ---- values whose unit the plug-in knows -------------------------------- */

static int32_t criterion_unit(const linli_criteria *c, const char *code)
{
    for (size_t i = 0; c && i < c->count; i++)
        if (strcmp(c->items[i].code, code) == 0)
            return c->items[i].unit;
    return c ? 0 : LINLI_UNIT_POINTS;
}

static int32_t field_unit(const linli_plan *p, const char *code)
{
    for (size_t i = 0; p && i < p->field_count; i++)
        if (strcmp(p->fields[i].code, code) == 0)
            return p->fields[i].unit;
    return 0;
}

static bool make_values(struct world *w, const linli_criteria *c)
{
    for (size_t i = 0; i < w->facts.mark_count; i++) {
        const char *text = (const char *)(intptr_t)w->marks[i].value;
        if (!read_value(text, criterion_unit(c, w->marks[i].criterion), &w->marks[i].value))
            return wrong(w, "not a mark", text);
    }
    for (size_t i = 0; i < w->facts.offer_count; i++) {
        const char *text = (const char *)(intptr_t)w->offers[i].value;
        int32_t unit = field_unit(w->facts.plan, w->offers[i].field);

        if (!unit && c)
            unit = criterion_unit(c, w->offers[i].field);
        w->offers[i].unit = unit                ? unit
                            : strchr(text, '%') ? LINLI_UNIT_RATE
                            : strchr(text, '.') ? LINLI_UNIT_MONEY
                                                : LINLI_UNIT_COUNT;
        if (!read_value(text, w->offers[i].unit, &w->offers[i].value))
            return wrong(w, "not an offer", text);
    }
    return true;
}

static void make_admitted(struct world *w)
{
    struct pieces only = words_of(w->arena, w->admit_only ? w->admit_only : "");
    linli_admission *list = ARENA_NEW(w->arena, linli_admission, w->facts.bid_count + 1);

    w->admitted = (linli_admissions){.items = list, .count = w->facts.bid_count};
    for (size_t i = 0; i < w->facts.bid_count; i++) {
        bool in = !w->admit_only && !w->bid[i].withdrawn;

        for (size_t j = 0; j < only.count; j++)
            in |= strcmp(only.items[j], w->bids.items[i]) == 0;
        list[i] = (linli_admission){.bid = w->bid[i].key, .admitted = in};
        w->admitted.bidders += in;
    }
}

/* ---- asking ------------------------------------------------------------- */

static uint64_t bid_named(const struct world *w, const char *name)
{
    for (size_t i = 0; i < w->bids.count; i++)
        if (strcmp(w->bids.items[i], name) == 0)
            return i + 1;
    return 0;
}

static void add_said(struct answer *a, uint64_t bid, linli_lines lines)
{
    MUST(a->said_count < LENGTH(a->said));
    a->said[a->said_count++] = (struct said){bid, lines};
}

static const linli_award *award_of(struct world *w, const char *name)
{
    uint64_t bid = bid_named(w, name);

    for (size_t i = 0; i < w->facts.award_count; i++)
        if (w->awards[i].bid == bid)
            return &w->awards[i];
    wrong(w, "no award of", name);
    return NULL;
}

static int ask_parts(struct world *w, const void *o, struct pieces q, struct answer *a)
{
    const linli_award *award = award_of(w, q.items[1]);
    const linli_schedule *parts;
    linli_tranche tranche = {"", {0}};
    int status;

    if (!award)
        return 0;
    status = ask_schedule(w->plugin, w->arena, o, &w->facts, award, &parts, &a->json, &a->err);
    if (status || q.count == 2) {
        a->schedule = status ? NULL : parts;
        return status;
    }
    for (size_t i = 0; i < parts->count; i++)
        if (strcmp(parts->items[i].code, q.items[2]) == 0)
            tranche = parts->items[i];
    if (!tranche.code[0])
        return wrong(w, "no such tranche", q.items[2]), 0;
    return ask_release(w->plugin, w->arena, o, &w->facts, award, &tranche, &a->release, &a->json, &a->err);
}

static int ask_refusal(struct world *w, const void *o, struct pieces q, struct answer *a)
{
    int role = q.count > 3 ? name_value(SET_ROLE, q.items[1]) : -1;
    int act = q.count > 3 ? name_value(SET_ACT, q.items[3]) : -1;
    uint64_t bid = q.count > 5 ? bid_named(w, q.items[5]) : 0;

    if (role < 0 || act < 0)
        return wrong(w, "ask refuse ROLE NAME ACT [of A]", ""), 0;
    return ask_refuse(w->plugin, w->arena, o, &w->facts, role, name_key(&w->people, q.items[2]), act, bid,
                      &a->verdict, &a->json, &a->err);
}

static int put(struct world *w, const void *o, struct pieces q, struct answer *a)
{
    const char *what = q.items[0];
    const linli_findings *found;
    int status;

    if (strcmp(what, "check") == 0) {
        status = ask_check(w->plugin, w->arena, o, &w->facts, &found, &a->json, &a->err);
        if (status == 0)
            a->findings = *found;
        return status;
    }
    if (strcmp(what, "plan") == 0)
        return ask_plan(w->plugin, w->arena, o, &w->facts, &a->plan, &a->json, &a->err);
    if (strcmp(what, "step") == 0)
        return ask_step(w->plugin, w->arena, o, &w->facts, &a->step, &a->json, &a->err);
    if (strcmp(what, "admit") == 0)
        return ask_admit(w->plugin, w->arena, o, &w->facts, &a->admissions, &a->json, &a->err);
    if (strcmp(what, "award") == 0)
        return ask_award(w->plugin, w->arena, o, &w->facts, &a->awards, &a->json, &a->err);
    if ((strcmp(what, "schedule") == 0 && q.count == 2) || (strcmp(what, "release") == 0 && q.count == 3))
        return ask_parts(w, o, q, a);
    if (strcmp(what, "refuse") == 0)
        return ask_refusal(w, o, q, a);
    if (strcmp(what, "criteria") == 0)
        return ask_criteria(w->plugin, w->arena, o, &w->facts, &a->criteria, &a->json, &a->err);
    if (strcmp(what, "evaluate") == 0)
        return ask_evaluate(w->plugin, w->arena, o, &w->facts, &w->admitted, &a->evaluation, &a->json,
                            &a->err);
    return wrong(w, "no such question", what), 0;
}

/* The lines of the answer, with whom each is about. */
static void collect(struct answer *a)
{
    if (a->step)
        add_said(a, 0, a->step->why);
    if (a->schedule)
        add_said(a, 0, a->schedule->why);
    if (a->release)
        add_said(a, 0, a->release->why);
    if (a->verdict)
        add_said(a, 0, a->verdict->why);
    if (a->awards)
        add_said(a, 0, a->awards->why);
    for (size_t i = 0; a->awards && i < a->awards->count; i++)
        add_said(a, a->awards->items[i].bid, a->awards->items[i].why);
    for (size_t i = 0; a->admissions && i < a->admissions->count; i++)
        add_said(a, a->admissions->items[i].bid, a->admissions->items[i].why);
    if (a->evaluation)
        add_said(a, 0, a->evaluation->why);
    for (size_t i = 0; a->evaluation && i < a->evaluation->count; i++) {
        const linli_result *r = &a->evaluation->items[i];

        add_said(a, r->bid, r->why);
        for (size_t j = 0; j < r->part_count; j++)
            add_said(a, r->bid, r->parts[j].why);
    }
}

bool ask_case(struct world *w, const struct line *lines, size_t count, const char *question,
              struct answer *ret)
{
    const linli_mechanism *m = plugin_mechanism(w->plugin);
    const linli_scheme *s = plugin_scheme(w->plugin);
    struct pieces q = words_of(w->arena, question);
    const linli_criteria *criteria = NULL;
    const void *o;
    struct err err = {0};
    bool early = strcmp(q.items[0], "check") == 0 || strcmp(q.items[0], "plan") == 0;

    *ret = (struct answer){.question = q.items[0],
                           .messages = m ? m->messages : s->messages,
                           .message_count = m ? m->message_count : s->message_count};
    world_settle(w);
    make_admitted(w);
    if (!make_options(w, lines, count))
        return false;
    if (plugin_options(w->plugin, w->arena, w->options, strlen(w->options), NULL, &o, NULL, &ret->err)) {
        ret->options_refused = true;
        return true;
    }
    if (m && !early && ask_plan(w->plugin, w->arena, o, &w->facts, &w->facts.plan, NULL, &err))
        return wrong(w, "no plan", err.detail);
    if (s && strcmp(q.items[0], "criteria") != 0 &&
        ask_criteria(w->plugin, w->arena, o, &w->facts, &criteria, NULL, &err))
        return wrong(w, "no criteria", err.detail);
    if (!make_values(w, criteria))
        return false;
    world_settle(w);
    ret->failed = put(w, o, q, ret) != 0;
    collect(ret);
    return !w->fault[0];
}
