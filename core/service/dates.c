#include "core/service/dates.h"

#include <string.h>

#include "core/base/time.h"
#include "core/domain/calendar.h"

struct telling {
    struct act *a;
    const struct tender *t;
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

static void date_tell(struct act *a, const struct date *d)
{
    struct buf *out = &a->answer;

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
        date_tell(g->a, &d);
    return status;
}

/* A lot that takes bids goes on to its next phase at the deadline, and not before. */
static void lot_tell(const struct telling *g, const struct lot *l)
{
    const linli_phase *phase = tender_phase(g->t, l->phase);
    const linli_phase *next = phase ? tender_phase(g->t, phase->next) : NULL;

    if (next && l->phase_due_us == g->after_us)
        date_tell(g->a, &(struct date){"begins", &next->name, l->no, g->before_us, g->after_us, NULL});
}

int dates_tell(struct act *a, const struct tender *t, int64_t before_us, struct err *err)
{
    const struct telling g = {a, t, before_us, t->deadline_us};
    int status = 0;

    json_open(&a->answer, '{');
    json_key(&a->answer, "items");
    json_open(&a->answer, '[');
    if (g.before_us != g.after_us) {
        date_tell(a, &(struct date){"deadline", NULL, 0, g.before_us, g.after_us, deadline_article(t)});
        for (size_t i = 0; i < t->lot_count; i++)
            lot_tell(&g, &t->lots[i]);
        for (size_t i = 0; !status && i < t->plan->window_count; i++)
            status = window_tell(&g, &t->plan->windows[i], err);
    }
    json_close(&a->answer, ']');
    json_close(&a->answer, '}');
    return status;
}
