#include "core/service/dates.h"

#include <string.h>

#include "core/base/time.h"
#include "core/domain/calendar.h"

struct telling {
    struct act *a;
    const struct tender *t;
    struct buf *out;
    int64_t before_us, after_us;
};

static void time_tell(struct buf *out, const char *key, int64_t us)
{
    json_key(out, key);
    json_time(out, us);
}

struct date {
    const char *what;
    const linli_text *name;
    int32_t lot; /* 0: of the whole tender */
    int64_t old_us, new_us;
    const char *article;
};

static void date_tell(struct buf *out, const struct date *d)
{
    json_open(out, '{');
    json_key(out, "what");
    json_string(out, d->what);
    if (d->name)
        json_both(out, "name", d->name->zh, d->name->en);
    if (d->lot) {
        json_key(out, "lot");
        json_int(out, d->lot);
    }
    time_tell(out, "old", d->old_us);
    time_tell(out, "new", d->new_us);
    if (d->article) {
        json_key(out, "article");
        json_string(out, d->article);
    }
    json_close(out, '}');
}

/* The shortest time to bid, where a rule sets one: by it the office chose the deadline. */
static const char *deadline_article(const struct tender *t)
{
    for (size_t i = 0; i < t->plan->window_count; i++) {
        const linli_window *w = &t->plan->windows[i];

        if (w->from == LINLI_PUBLISHED && w->until == LINLI_BIDS_DUE && w->least.count && w->source)
            return w->source;
    }
    return NULL;
}

/* The last day on which a change still leaves the time the rule asks for: 24:00 of it; 0: there is none any
 * more. */
static int latest_begin(const struct telling *g, const linli_window *w, int64_t deadline_us, int64_t *ret_us,
                        struct err *err)
{
    bool provisional;

    *ret_us = 0;
    for (int64_t us = deadline_us; *ret_us == 0 && us > g->t->published_us; us -= TIME_DAY) {
        int64_t end;
        int status = calendar_span(g->a->law->calendar, us, w->least, w->roll, &end, &provisional, err);

        if (status)
            return status;
        if (end <= deadline_us)
            *ret_us = day_end(day_of(us));
    }
    return 0;
}

/* Of a change: the last day for it.  Of what runs from the deadline: its end. */
static int window_tell(const struct telling *g, const linli_window *w, struct err *err)
{
    const bool change = w->from == LINLI_AMENDED && w->until == LINLI_BIDS_DUE && w->least.count;
    struct date d = {change ? "last_change" : "window", .name = &w->name, .article = w->source};
    bool provisional;
    int status;

    if (change)
        status = latest_begin(g, w, g->before_us, &d.old_us, err);
    else if (w->from == LINLI_BIDS_DUE)
        status = calendar_span(g->a->law->calendar, g->before_us, w->most.count ? w->most : w->least, w->roll,
                               &d.old_us, &provisional, err);
    else
        return 0;
    if (!status)
        status = change ? latest_begin(g, w, g->after_us, &d.new_us, err)
                        : calendar_span(g->a->law->calendar, g->after_us, w->most.count ? w->most : w->least,
                                        w->roll, &d.new_us, &provisional, err);
    if (!status && d.old_us != d.new_us)
        date_tell(g->out, &d);
    return status;
}

/* When a phase that begins then ends at the earliest: at the end of its window, where that runs from its
 * beginning or from what is done in it; at once, where a person ends it. */
static int earliest_end(const struct telling *g, const linli_phase *phase, int64_t begins_us, int64_t *ret_us,
                        struct err *err)
{
    bool provisional;

    *ret_us = begins_us;
    for (size_t i = 0; phase->ends == LINLI_ENDS_AT_DUE && phase->window && i < g->t->plan->window_count;
         i++) {
        const linli_window *w = &g->t->plan->windows[i];

        if (strcmp(w->code, phase->window) == 0)
            return calendar_span(g->a->law->calendar, begins_us, w->least.count ? w->least : w->most, w->roll,
                                 ret_us, &provisional, err);
    }
    return 0;
}

/* Delivery begins with a signature, and runs by its contract. */
static bool by_contract(const linli_phase *phase)
{
    return phase->kind == LINLI_DELIVERING || phase->kind == LINLI_CLOSED || phase->kind == LINLI_VOID;
}

/* A lot that takes bids goes on to its next phase at the deadline, and not before; so does each phase after
 * it, no earlier than the one before may end. */
static int lot_tell(const struct telling *g, const struct lot *l, struct err *err)
{
    const linli_phase *phase = tender_phase(g->t, l->phase);
    int64_t old_us = g->before_us, new_us = g->after_us;
    int status = 0;

    if (!phase || l->phase_due_us != g->after_us)
        return 0;
    for (size_t steps = 0; !status && steps < g->t->plan->phase_count; steps++) {
        phase = tender_phase(g->t, phase->next);
        if (!phase || by_contract(phase))
            break;
        date_tell(g->out, &(struct date){"begins", &phase->name, l->no, old_us, new_us, NULL});
        status = earliest_end(g, phase, old_us, &old_us, err);
        if (!status)
            status = earliest_end(g, phase, new_us, &new_us, err);
    }
    return status;
}

int dates_list(struct act *a, const struct tender *t, int64_t before_us, struct buf *out, struct err *err)
{
    const struct telling g = {a, t, out, before_us, t->deadline_us};
    int status = 0;

    json_open(out, '[');
    if (g.before_us != g.after_us) {
        date_tell(out, &(struct date){"deadline", NULL, 0, g.before_us, g.after_us, deadline_article(t)});
        for (size_t i = 0; !status && i < t->lot_count; i++)
            status = lot_tell(&g, &t->lots[i], err);
        for (size_t i = 0; !status && i < t->plan->window_count; i++)
            status = window_tell(&g, &t->plan->windows[i], err);
    }
    json_close(out, ']');
    return status;
}

int dates_tell(struct act *a, const struct tender *t, int64_t before_us, struct err *err)
{
    int status;

    json_open(&a->answer, '{');
    json_key(&a->answer, "items");
    status = dates_list(a, t, before_us, &a->answer, err);
    json_close(&a->answer, '}');
    return status;
}
