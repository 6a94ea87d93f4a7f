/* What a case expects, compared with the answer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tests/cases/case.h"

/* What an expectation is looked at with; `rest` is what follows its first word. */
struct look {
    const struct world *w;
    const struct answer *a;
    struct pieces p; /* words of rest */
    const char *rest;
    struct buf *got;
};

#define SAY(...) (buf_printf(l->got, __VA_ARGS__), false)

static const char *bid_name(const struct look *l, uint64_t key)
{
    return key > 0 && key <= l->w->bids.count ? l->w->bids.items[key - 1] : "-";
}

static uint64_t bid_key(const struct look *l, const char *name)
{
    for (size_t i = 0; i < l->w->bids.count; i++)
        if (strcmp(l->w->bids.items[i], name) == 0)
            return i + 1;
    return 0;
}

static const char *money(const struct look *l, int64_t fen)
{
    char text[MONEY_TEXT];

    money_print(fen, text);
    return arena_dup(l->w->arena, text);
}

static const char *period(const struct look *l, linli_period p)
{
    static const char *const unit[] = {"", "h", "d", "wd", "m"};

    return p.count ? arena_printf(l->w->arena, "%d%s", p.count, unit[p.unit]) : "-";
}

static const char *rate(const struct look *l, linli_rate r)
{
    char text[MONEY_TEXT];

    rate_print(r.ppm, text);
    return arena_dup(l->w->arena, text);
}

static bool same(const char *a, const char *b)
{
    return strcmp(a ? a : "-", b ? b : "-") == 0;
}

/* The word at i, or "". */
static const char *at(const struct look *l, size_t i)
{
    return i < l->p.count ? l->p.items[i] : "";
}

/* Compares a rendering of the answer with the words of the line. */
static bool agrees(const struct look *l, const char *rendered)
{
    struct pieces is = words_of(l->w->arena, rendered);

    if (is.count == l->p.count) {
        size_t i = 0;

        while (i < is.count && strcmp(is.items[i], l->p.items[i]) == 0)
            i++;
        if (i == is.count)
            return true;
    }
    return SAY("%s", rendered[0] ? rendered : "nothing");
}

/* ---- lines -------------------------------------------------------------- */

static const char *code_of(const struct look *l, const linli_line *line)
{
    return line->message < l->a->message_count ? l->a->messages[line->message].code : "?";
}

static bool says(const struct look *l, bool of_one, uint64_t bid, const char *code)
{
    for (size_t i = 0; i < l->a->said_count; i++)
        for (size_t j = 0; j < l->a->said[i].lines.count; j++)
            if ((!of_one || l->a->said[i].bid == bid) &&
                strcmp(code_of(l, &l->a->said[i].lines.items[j]), code) == 0)
                return true;
    return false;
}

static void print_said(const struct look *l)
{
    for (size_t i = 0; i < l->a->said_count; i++)
        for (size_t j = 0; j < l->a->said[i].lines.count; j++)
            buf_printf(l->got, "%s%s%s", l->got->size ? ", " : "",
                       l->a->said[i].bid ? arena_printf(l->w->arena, "%s ", bid_name(l, l->a->said[i].bid))
                                         : "",
                       code_of(l, &l->a->said[i].lines.items[j]));
}

static bool see_why(const struct look *l)
{
    struct pieces items = cut(l->w->arena, l->rest, ',');

    for (size_t i = 0; i < items.count; i++) {
        struct pieces p = words_of(l->w->arena, items.items[i]);
        uint64_t bid = p.count > 1 ? bid_key(l, p.items[0]) : 0;

        if ((p.count > 1 && bid == 0) || !says(l, p.count > 1, bid, p.items[p.count - 1])) {
            print_said(l);
            return false;
        }
    }
    return true;
}

static bool see_no_why(const struct look *l)
{
    struct pieces items = cut(l->w->arena, l->rest + strlen("why"), ',');

    for (size_t i = 0; i < items.count; i++) {
        struct pieces p = words_of(l->w->arena, items.items[i]);
        uint64_t bid = p.count > 1 ? bid_key(l, p.items[0]) : 0;

        if (says(l, p.count > 1, bid, p.items[p.count - 1])) {
            print_said(l);
            return false;
        }
    }
    return true;
}

static bool see_says(const struct look *l)
{
    return (l->a->json && strstr(l->a->json, l->rest)) || SAY("%s", l->a->json ? l->a->json : "nothing");
}

/* ---- check -------------------------------------------------------------- */

static bool see_fine(const struct look *l)
{
    if (l->a->options_refused)
        return SAY("options refused %s %s", l->a->err.at_count ? l->a->err.at[0].pointer : "",
                   l->a->err.detail);
    for (size_t i = 0; i < l->a->findings.count; i++)
        buf_printf(l->got, "%s %s  ", l->a->findings.items[i].path,
                   code_of(l, &l->a->findings.items[i].line));
    return l->a->findings.count == 0 && !l->a->failed;
}

static bool see_finding(const struct look *l)
{
    const char *path = same(at(l, 0), "-") ? "" : at(l, 0);

    for (size_t i = 0; i < l->a->findings.count; i++) {
        const linli_finding *f = &l->a->findings.items[i];

        if (strcmp(f->path, path) == 0 && strcmp(code_of(l, &f->line), at(l, 1)) == 0)
            return true;
        buf_printf(l->got, "%s %s  ", f->path, code_of(l, &f->line));
    }
    return l->a->findings.count ? false : SAY("no finding");
}

static bool see_options(const struct look *l)
{
    if (!l->a->options_refused)
        return SAY("options accepted");
    for (int i = 0; i < l->a->err.at_count; i++)
        if (strcmp(l->a->err.at[i].pointer, at(l, 1)) == 0)
            return true;
    return SAY("%s %s", l->a->err.at_count ? l->a->err.at[0].pointer : "", l->a->err.detail);
}

/* ---- plan --------------------------------------------------------------- */

static bool see_phases(const struct look *l)
{
    struct buf all = {0};

    for (size_t i = 0; i < l->a->plan->phase_count; i++)
        buf_printf(&all, "%s%s", i ? " -> " : "", l->a->plan->phases[i].code);
    const char *text = arena_dup(l->w->arena, all.data);
    buf_free(&all);
    return agrees(l, text);
}

static const linli_phase *phase_of(const struct look *l, const char *code)
{
    for (size_t i = 0; i < l->a->plan->phase_count; i++)
        if (strcmp(l->a->plan->phases[i].code, code) == 0)
            return &l->a->plan->phases[i];
    return NULL;
}

static bool see_phase(const struct look *l)
{
    const linli_phase *f = phase_of(l, at(l, 0));

    if (!f)
        return SAY("no such phase");
    bool fine = same(at(l, 1), name_of(SET_KIND, f->kind)) && same(at(l, 2), name_of(SET_ENDS, f->ends));
    for (size_t i = 3; fine && i + 1 < l->p.count; i += 2)
        fine = same(at(l, i + 1), strcmp(at(l, i), "next") == 0        ? f->next
                                  : strcmp(at(l, i), "otherwise") == 0 ? f->otherwise
                                                                       : f->window);
    return fine || SAY("%s %s %s next %s otherwise %s window %s", f->code, name_of(SET_KIND, f->kind),
                       name_of(SET_ENDS, f->ends), f->next ? f->next : "-", f->otherwise ? f->otherwise : "-",
                       f->window ? f->window : "-");
}

/* "window CODE FROM UNTIL [least P] [most P] [roll none|holiday|rest]" */
static bool see_window(const struct look *l)
{
    static const char *const rolls[] = {"?", "none", "holiday", "rest"};
    bool roll = l->p.count > 2 && same(at(l, l->p.count - 2), "roll");

    for (size_t i = 0; i < l->a->plan->window_count; i++) {
        const linli_window *w = &l->a->plan->windows[i];

        if (strcmp(w->code, at(l, 0)) != 0)
            continue;
        return agrees(l,
                      arena_printf(l->w->arena, "%s %s %s%s%s%s%s%s%s", w->code, name_of(SET_EVENT, w->from),
                                   name_of(SET_EVENT, w->until), w->least.count ? " least " : "",
                                   w->least.count ? period(l, w->least) : "", w->most.count ? " most " : "",
                                   w->most.count ? period(l, w->most) : "", roll ? " roll " : "",
                                   roll && w->roll > 0 && w->roll < 4 ? rolls[w->roll] : ""));
    }
    return SAY("no such window");
}

static bool see_no_window(const struct look *l)
{
    for (size_t i = 0; i < l->a->plan->window_count; i++)
        if (strcmp(l->a->plan->windows[i].code, at(l, 1)) == 0)
            return SAY("window %s is there", at(l, 1));
    return true;
}

static bool see_quorum(const struct look *l)
{
    for (size_t i = 0; i < l->a->plan->quorum_count; i++) {
        const linli_quorum *q = &l->a->plan->quorums[i];

        if (strcmp(q->phase, at(l, 0)) == 0)
            return agrees(l,
                          arena_printf(l->w->arena, "%s %s %d %s", q->phase, name_of(SET_COUNTS, q->counts),
                                       q->at_least, name_of(SET_BELOW, q->below)));
    }
    return SAY("no such quorum");
}

static bool see_panel(const struct look *l)
{
    const linli_panel *p = &l->a->plan->panel;

    if (p->at_least == 0)
        return agrees(l, "none");
    return agrees(l, arena_printf(l->w->arena, "%d experts %d/%d%s%s", p->at_least, p->experts, p->of,
                                  p->odd ? " odd" : "", p->recuse ? " recuse" : ""));
}

static bool see_tranche(const struct look *l)
{
    for (size_t i = 0; i < l->a->plan->tranche_count; i++) {
        const linli_tranche_rule *t = &l->a->plan->tranches[i];

        if (strcmp(t->code, at(l, 0)) == 0)
            return agrees(l, arena_printf(l->w->arena, "%s %s %s%s", t->code, rate(l, t->share),
                                          name_of(SET_DUE, t->due), t->advance ? " advance" : ""));
    }
    return SAY("no such tranche");
}

static bool see_check(const struct look *l)
{
    for (size_t i = 0; i < l->a->plan->check_count; i++) {
        const linli_check_rule *c = &l->a->plan->checks[i];

        if (strcmp(c->code, at(l, 0)) == 0)
            return agrees(
                l, arena_printf(l->w->arena, "%s %s %s", c->code, c->phase, name_of(SET_ROLE, c->role)));
    }
    return SAY("no such check");
}

static bool see_paper(const struct look *l)
{
    for (size_t i = 0; i < l->a->plan->paper_count; i++) {
        const linli_paper_rule *p = &l->a->plan->papers[i];

        if (strcmp(p->code, at(l, 0)) == 0)
            return agrees(l,
                          arena_printf(l->w->arena, "%s %s%s%s%s%s", p->code, p->phase, p->tranche ? " " : "",
                                       p->tranche ? p->tranche : "", p->published ? " published" : "",
                                       p->independent ? " independent" : ""));
    }
    return SAY("no such paper");
}

static bool see_field(const struct look *l)
{
    for (size_t i = 0; i < l->a->plan->field_count; i++) {
        const linli_field *f = &l->a->plan->fields[i];

        if (strcmp(f->code, at(l, 0)) == 0)
            return agrees(l, arena_printf(l->w->arena, "%s %s%s%s%s%s%s", f->code, name_of(SET_UNIT, f->unit),
                                          f->required ? " required" : "", f->priced ? " priced" : "",
                                          f->envelope == 2 ? " in price envelope" : "", f->by ? " by " : "",
                                          f->by ? name_of(SET_ROLE, f->by) : ""));
    }
    return SAY("no such field");
}

/* "may ROLE PHASE ACT", "may not ROLE PHASE ACT" */
static bool see_may(const struct look *l)
{
    bool not = strcmp(at(l, 0), "not") == 0;
    int role = name_value(SET_ROLE, at(l, 0 + not )), act = name_value(SET_ACT, at(l, 2 + not ));
    const linli_phase *f = phase_of(l, at(l, 1 + not ));

    if (role < 0 || act < 0 || !f)
        return SAY("no such role, phase or act");
    bool may = f->may[role] >> act & 1;
    return may != not ||
           SAY("%s %s %s in %s", at(l, 0 + not ), may ? "may" : "may not", at(l, 2 + not ), f->code);
}

static const linli_reading *reading(const struct look *l, const char *role, const char *what)
{
    for (size_t i = 0; i < l->a->plan->reading_count; i++) {
        const linli_reading *r = &l->a->plan->readings[i];
        if (r->role == name_value(SET_ROLE, role) && r->what == name_value(SET_SEES, what))
            return r;
    }
    return NULL;
}

static bool see_reads(const struct look *l)
{
    const linli_reading *r = reading(l, at(l, 0), at(l, 1));

    return r ? agrees(l, arena_printf(l->w->arena, "%s %s from %s", at(l, 0), at(l, 1), r->from))
             : SAY("never");
}

/* "never reads ROLE WHAT" */
static bool see_never(const struct look *l)
{
    const linli_reading *r = reading(l, at(l, 1), at(l, 2));

    return !r || SAY("reads from %s", r->from);
}

static bool see_bond(const struct look *l)
{
    linli_rate r = strcmp(at(l, 0), "bid") == 0 ? l->a->plan->bid_bond : l->a->plan->performance_bond;

    return agrees(l, arena_printf(l->w->arena, "%s %s", at(l, 0), rate(l, r)));
}

static bool see_extra(const struct look *l)
{
    return agrees(l, rate(l, l->a->plan->extra));
}

static bool see_objections(const struct look *l)
{
    return agrees(l, l->a->plan->objection_stops ? "stop signing" : "stop nothing");
}

static bool see_choices(const struct look *l)
{
    return agrees(l, arena_printf(l->w->arena, "%d", l->a->plan->choices));
}

static bool see_sealing(const struct look *l)
{
    return agrees(l, name_of(SET_SEALING, l->a->plan->sealing));
}

/* "source CODE TEXT": of a window, a check, a paper or the quorum of a phase. */
static bool see_source(const struct look *l)
{
    const linli_plan *p = l->a->plan;
    const char *source = "", *code = at(l, 0), *text = strstr(l->rest, at(l, 1));

    for (size_t i = 0; i < p->window_count; i++)
        source = strcmp(p->windows[i].code, code) == 0 ? p->windows[i].source : source;
    for (size_t i = 0; i < p->quorum_count; i++)
        source = strcmp(p->quorums[i].phase, code) == 0 ? p->quorums[i].source : source;
    for (size_t i = 0; i < p->check_count; i++)
        source = strcmp(p->checks[i].code, code) == 0 ? p->checks[i].source : source;
    for (size_t i = 0; i < p->paper_count; i++)
        source = strcmp(p->papers[i].code, code) == 0 ? p->papers[i].source : source;
    return same(source, text) || SAY("%s", source ? source : "-");
}

/* ---- step, admit, award ------------------------------------------------- */

static bool see_step(const struct look *l)
{
    const linli_step *s = l->a->step;
    const char *kind = name_of(SET_STEP, s->kind);

    return agrees(l, arena_printf(l->w->arena, "%s %s", kind,
                                  s->kind == LINLI_EXTEND ? period(l, s->extend)
                                  : s->phase              ? s->phase
                                                          : ""));
}

static bool see_ways(const struct look *l)
{
    struct pieces items = cut(l->w->arena, l->rest, ',');
    bool fine = items.count == l->a->step->way_count;

    for (size_t i = 0; i < l->a->step->way_count; i++) {
        fine = fine && strcmp(items.items[i], l->a->step->ways[i].code) == 0;
        buf_printf(l->got, "%s%s", i ? ", " : "", l->a->step->ways[i].code);
    }
    return fine;
}

static bool see_no_ways(const struct look *l)
{
    return l->a->step->way_count == 0 || SAY("ways");
}

static bool see_admitted(const struct look *l)
{
    struct buf all = {0};

    for (size_t i = 0; i < l->a->admissions->count; i++)
        if (l->a->admissions->items[i].admitted)
            buf_printf(&all, "%s%s", all.size ? " " : "", bid_name(l, l->a->admissions->items[i].bid));
    const char *text = all.size ? arena_dup(l->w->arena, all.data) : "none";
    buf_free(&all);
    return agrees(l, text);
}

static bool see_bidders(const struct look *l)
{
    return agrees(l, arena_printf(l->w->arena, "%d", l->a->admissions->bidders));
}

static bool see_award(const struct look *l)
{
    struct pieces items = cut(l->w->arena, l->rest, '|');
    size_t n = l->a->awards->count;
    bool fine = (n == 0 && strcmp(l->rest, "none") == 0) || items.count == n;

    for (size_t i = 0; i < n; i++) {
        const linli_award *a = &l->a->awards->items[i];
        struct pieces p = words_of(l->w->arena, fine ? items.items[i] : "");
        int64_t fen;

        fine = fine && p.count == 3 && same(p.items[0], bid_name(l, a->bid)) &&
               same(p.items[1], name_of(SET_STANDING, a->standing)) && read_money(p.items[2], &fen) &&
               fen == a->amount.minor;
        buf_printf(l->got, "%s%s %s %s", i ? " | " : "", bid_name(l, a->bid),
                   name_of(SET_STANDING, a->standing), money(l, a->amount.minor));
    }
    return fine || (n ? false : SAY("none"));
}

static bool see_draw(const struct look *l)
{
    const struct answer *a = l->a;
    const linli_draw_request *draws = a->awards ? a->awards->draws
                                      : a->step ? a->step->draws
                                                : a->evaluation->draws;
    size_t n = a->awards ? a->awards->draw_count : a->step ? a->step->draw_count : a->evaluation->draw_count;
    struct buf all = {0};

    for (size_t i = 0; i < n; i++) {
        buf_printf(&all, "%s%s", i ? " " : "", draws[i].purpose);
        for (size_t j = 0; j < draws[i].count; j++)
            buf_printf(&all, " %s", bid_name(l, draws[i].keys[j]));
    }
    const char *text = all.size ? arena_dup(l->w->arena, all.data) : "none";
    buf_free(&all);
    return agrees(l, text);
}

/* ---- money -------------------------------------------------------------- */

static bool see_parts(const struct look *l)
{
    struct pieces items = cut(l->w->arena, l->rest, '|');
    size_t n = l->a->schedule->count;
    bool fine = items.count == n;

    for (size_t i = 0; i < n; i++) {
        const linli_tranche *t = &l->a->schedule->items[i];
        struct pieces p = words_of(l->w->arena, fine ? items.items[i] : "");
        int64_t fen;

        fine = fine && p.count == 2 && same(p.items[0], t->code) && read_money(p.items[1], &fen) &&
               fen == t->amount.minor;
        buf_printf(l->got, "%s%s %s", i ? " | " : "", t->code, money(l, t->amount.minor));
    }
    return fine;
}

/* "release pay_out 100.00", "release stop recovery 5.00 exclusion 24" */
static bool see_release(const struct look *l)
{
    const linli_release *r = l->a->release;
    bool fine = same(at(l, 0), name_of(SET_RELEASE, r->kind));
    size_t i = 1;
    int64_t fen;

    if (r->kind == LINLI_PAY_OUT)
        fine = fine && read_money(at(l, i++), &fen) && fen == r->amount.minor;
    for (; i + 1 < l->p.count; i += 2)
        fine = fine &&
               (strcmp(at(l, i), "recovery") == 0 ? read_money(at(l, i + 1), &fen) && fen == r->recovery.minor
                                                  : atoi(at(l, i + 1)) == r->exclusion_months);
    return fine || SAY("%s %s recovery %s exclusion %d", name_of(SET_RELEASE, r->kind),
                       money(l, r->amount.minor), money(l, r->recovery.minor), r->exclusion_months);
}

static bool see_refused(const struct look *l)
{
    return l->a->verdict->yes || SAY("allowed");
}

static bool see_allowed(const struct look *l)
{
    if (l->a->verdict->yes)
        print_said(l);
    return !l->a->verdict->yes;
}

/* ---- schemes ------------------------------------------------------------ */

static bool see_criterion(const struct look *l)
{
    for (size_t i = 0; i < l->a->criteria->count; i++) {
        const linli_criterion *c = &l->a->criteria->items[i];

        if (strcmp(c->code, at(l, 0)) == 0)
            return agrees(l, arena_printf(l->w->arena, "%s %s %s%s%s", c->code, name_of(SET_BY, c->by),
                                          name_of(SET_UNIT, c->unit), l->p.count > 3 ? " " : "",
                                          l->p.count > 3 ? rate(l, c->weight) : ""));
    }
    return SAY("no such criterion");
}

static const linli_result *result_of(const struct look *l, const char *name)
{
    uint64_t key = bid_key(l, name);

    for (size_t i = 0; i < l->a->evaluation->count; i++)
        if (l->a->evaluation->items[i].bid == key)
            return &l->a->evaluation->items[i];
    return NULL;
}

static bool is_rank(const struct look *l, const linli_result *r, const char *text)
{
    const char *is = r->standing == LINLI_OUT       ? "out"
                     : r->standing == LINLI_EXPLAIN ? "explain"
                                                    : arena_printf(l->w->arena, "%d", r->rank);

    buf_printf(l->got, "%s %s  ", bid_name(l, r->bid), is);
    return same(is, text);
}

static bool is_total(const struct look *l, const linli_result *r, const char *text)
{
    int64_t micro;
    char is[MONEY_TEXT];

    points_print(r->total.micro, is);
    buf_printf(l->got, "%s %s  ", bid_name(l, r->bid), is);
    return points_parse(text, &micro) && micro == r->total.micro;
}

static bool is_grant(const struct look *l, const linli_result *r, const char *text)
{
    int64_t fen = 0;

    buf_printf(l->got, "%s %s  ", bid_name(l, r->bid), money(l, r->grant.minor));
    return (strcmp(text, "-") == 0 || read_money(text, &fen)) && fen == r->grant.minor;
}

static bool is_compared(const struct look *l, const linli_result *r, const char *text)
{
    int64_t fen = 0;

    buf_printf(l->got, "%s %s  ", bid_name(l, r->bid), money(l, r->compared.minor));
    return (strcmp(text, "-") == 0 || read_money(text, &fen)) && fen == r->compared.minor;
}

/* "A x | B y": each bid as it should be. */
static bool each_result(const struct look *l,
                        bool (*is)(const struct look *, const linli_result *, const char *))
{
    struct pieces items = cut(l->w->arena, l->rest, '|');
    bool fine = items.count > 0;

    for (size_t i = 0; i < items.count; i++) {
        struct pieces p = words_of(l->w->arena, items.items[i]);
        const linli_result *r = p.count == 2 ? result_of(l, p.items[0]) : NULL;

        if (!r) {
            buf_printf(l->got, "%s not evaluated  ", items.items[i]);
            fine = false;
        } else if (!is(l, r, p.items[1])) {
            fine = false;
        }
    }
    return fine;
}

static bool see_rank(const struct look *l)
{
    return each_result(l, is_rank);
}

static bool see_total(const struct look *l)
{
    return each_result(l, is_total);
}

static bool see_grant(const struct look *l)
{
    return each_result(l, is_grant);
}

static bool see_compared(const struct look *l)
{
    return each_result(l, is_compared);
}

/* "grants A B": exactly these have one. */
static bool see_grants(const struct look *l)
{
    struct buf all = {0};

    for (size_t i = 0; i < l->a->evaluation->count; i++)
        if (l->a->evaluation->items[i].grant.minor > 0)
            buf_printf(&all, "%s%s", all.size ? " " : "", bid_name(l, l->a->evaluation->items[i].bid));
    const char *text = all.size ? arena_dup(l->w->arena, all.data) : "none";
    buf_free(&all);
    return agrees(l, text);
}

/* "part CRITERION A 40.00 | B 36.00" */
static bool see_part(const struct look *l)
{
    struct pieces items = cut(l->w->arena, l->rest + strlen(at(l, 0)), '|');
    bool fine = items.count > 0;

    for (size_t i = 0; i < items.count; i++) {
        struct pieces p = words_of(l->w->arena, items.items[i]);
        const linli_result *r = p.count == 2 ? result_of(l, p.items[0]) : NULL;
        bool found = false;

        for (size_t j = 0; r && j < r->part_count; j++) {
            char is[MONEY_TEXT];
            int64_t micro;

            if (strcmp(r->parts[j].criterion, at(l, 0)) != 0)
                continue;
            points_print(r->parts[j].points.micro, is);
            buf_printf(l->got, "%s %s  ", bid_name(l, r->bid), is);
            found = points_parse(p.items[1], &micro) && micro == r->parts[j].points.micro;
        }
        fine = fine && found;
    }
    return fine;
}

/* ---- all of them -------------------------------------------------------- */

static bool see_error(const struct look *l)
{
    return l->a->failed || SAY("an answer");
}

enum { ANY, PLAN, STEP, ADMIT, AWARD, SCHEDULE, RELEASE, VERDICT, CRITERIA, EVALUATION };

/* clang-format off */
static const struct expectation {
    const char *word;
    int         needs;
    bool      (*see)(const struct look *);
} expectations[] = {
    { "why", ANY, see_why }, { "no why", ANY, see_no_why }, { "says", ANY, see_says }, { "error", ANY, see_error },
    { "fine", ANY, see_fine }, { "finding", ANY, see_finding }, { "options", ANY, see_options },
    { "phases", PLAN, see_phases }, { "phase", PLAN, see_phase }, { "window", PLAN, see_window },
    { "no window", PLAN, see_no_window }, { "quorum", PLAN, see_quorum }, { "panel", PLAN, see_panel },
    { "tranche", PLAN, see_tranche }, { "check", PLAN, see_check }, { "paper", PLAN, see_paper }, { "field", PLAN, see_field },
    { "may", PLAN, see_may }, { "reads", PLAN, see_reads }, { "never", PLAN, see_never }, { "bond", PLAN, see_bond },
    { "extra", PLAN, see_extra }, { "sealing", PLAN, see_sealing }, { "choices", PLAN, see_choices }, { "objections", PLAN, see_objections }, { "source", PLAN, see_source },
    { "step", STEP, see_step }, { "ways", STEP, see_ways }, { "no ways", STEP, see_no_ways },
    { "admitted", ADMIT, see_admitted }, { "bidders", ADMIT, see_bidders },
    { "award", AWARD, see_award }, { "draw", AWARD, see_draw }, { "draw", STEP, see_draw }, { "draw", EVALUATION, see_draw },
    { "parts", SCHEDULE, see_parts }, { "release", RELEASE, see_release },
    { "refused", VERDICT, see_refused }, { "allowed", VERDICT, see_allowed },
    { "criterion", CRITERIA, see_criterion }, { "rank", EVALUATION, see_rank }, { "total", EVALUATION, see_total },
    { "grant", EVALUATION, see_grant }, { "grants", EVALUATION, see_grants }, { "compared", EVALUATION, see_compared },
    { "part", EVALUATION, see_part },
};
/* clang-format on */

static bool answered(const struct answer *a, int needs)
{
    switch (needs) {
    case PLAN:
        return a->plan != NULL;
    case STEP:
        return a->step != NULL;
    case ADMIT:
        return a->admissions != NULL;
    case AWARD:
        return a->awards != NULL;
    case SCHEDULE:
        return a->schedule != NULL;
    case RELEASE:
        return a->release != NULL;
    case VERDICT:
        return a->verdict != NULL;
    case CRITERIA:
        return a->criteria != NULL;
    case EVALUATION:
        return a->evaluation != NULL;
    default:
        return true;
    }
}

bool expect_line(const struct world *w, const struct answer *a, const char *rest, struct buf *got)
{
    struct pieces p = words_of(w->arena, rest);
    const char *first = p.count ? p.items[0] : "";
    const char *two = p.count > 1 ? arena_printf(w->arena, "%s %s", first, p.items[1]) : "";
    bool known = false;

    for (size_t i = 0; i < LENGTH(expectations); i++) {
        const struct expectation *e = &expectations[i];

        if (strcmp(e->word, first) != 0 && strcmp(e->word, two) != 0)
            continue;
        known = true;
        if (!answered(a, e->needs))
            continue;
        const char *after = rest + strspn(rest, " \t") + strlen(first);
        struct look l = {.w = w, .a = a, .rest = after + strspn(after, " \t"), .got = got};

        l.p = words_of(w->arena, l.rest);
        return e->see(&l);
    }
    buf_printf(got, "%s",
               !known               ? "no such expectation"
               : a->options_refused ? a->err.at_count ? a->err.at[0].text : a->err.detail
               : a->failed          ? a->err.detail
                                    : "the question has no such answer");
    return false;
}
