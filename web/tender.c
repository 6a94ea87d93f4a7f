/* The page of a tender: where it stands, its notices, its result and the thread of its money. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "web/office.h"
#include "web/words.h"

enum { CONTRACTS = 5, ROLES_SHOWN = 3 };

static const char *both(const struct page *p, const json_t *object, const char *name)
{
    const json_t *said = json_object_get(object, name);

    return json_is_string(said) ? json_string_value(said) : view_said(said, p->view.chinese);
}

/* The section `name`, [{say}], of reasons. */
static void put_whys(const struct page *p, json_t *made, const char *name, const json_t *why)
{
    json_t *says = json_array();
    const json_t *one;
    size_t i;

    json_array_foreach(why, i, one)
        json_array_append_new(says, json_pack("{s:s}", "say", view_said(one, p->view.chinese)));
    json_object_set_new(made, name, says);
}

/* ---- the line of phases ---- */

/* What each kind of phase is there for, and the milestone that ends it. */
static const struct stage {
    const char *kind, *ends;
    const char *acts[3];
} stages[] = {
    {"tendering", "bids_due", {"submit"}},
    {"opening", "opened", {"open"}},
    {"negotiating", "checked", {"requote", "check"}},
    {"checking", "checked", {"check"}},
    {"evaluating", "evaluated", {"mark", "report"}},
    {"voting", "voting_ended", {"vote"}},
    {"deciding", "decided", {"announce", "choose"}},
    {"notice", "notice_ended", {NULL}},
    {"contracting", "signed", {"sign"}},
    {"delivering", "paid", {"deliver", "accept", "pay"}},
};

static const struct stage *stage_of(const json_t *phase)
{
    for (size_t i = 0; i < LENGTH(stages); i++)
        if (strcmp(stages[i].kind, page_text(phase, "kind")) == 0)
            return &stages[i];
    return NULL;
}

static bool does(const json_t *acts, const struct stage *stage)
{
    const json_t *act;
    size_t i;

    json_array_foreach(acts, i,
                       act) for (size_t k = 0; k < LENGTH(stage->acts) && stage->acts[k];
                                 k++) if (strcmp(json_string_value(act), stage->acts[k]) == 0) return true;
    return false;
}

/* Who acts in a phase: "评审专家、经办人". */
static const char *actors(const struct page *p, const json_t *phase, const struct stage *stage)
{
    const char *all = "", *role;
    const json_t *acts;
    int count = 0;

    if (!stage)
        return "";
    if (!stage->acts[0])
        return view_word(&p->view, "role", "clock");
    json_object_foreach(json_object_get((json_t *)phase, "may"), role,
                        acts) if (does(acts, stage) && count++ < ROLES_SHOWN) all =
        arena_printf(p->view.arena, "%s%s%s", all,
                     !*all             ? ""
                     : p->view.chinese ? "、"
                                       : ", ",
                     view_word(&p->view, "role", role));
    return all;
}

/* How long, and by which article: the plan's window that ends with this milestone, the longest first told. */
static void put_window(const struct page *p, const json_t *windows, const char *ends, json_t *step)
{
    const json_t *window;
    size_t i;

    json_array_foreach(windows, i, window)
    {
        const char *least = page_text(window, "least"), *most = page_text(window, "most");

        if (strcmp(page_text(window, "until"), ends) != 0 || (!*least && !*most))
            continue;
        json_object_set_new(step, "period",
                            json_string(arena_printf(p->view.arena, "%s %s",
                                                     view_text(&p->view, *least ? "at_least" : "at_most"),
                                                     view_period(&p->view, *least ? least : most))));
        json_object_set_new(step, "article", json_string(page_text(window, "source")));
        return;
    }
}

/* The milestone that ended a phase: each tells of one phase, but the last of several payments of theirs. */
static const char *ended_at(const json_t *milestones, const char *ends, long long lot, size_t *from)
{
    const bool last = strcmp(ends, "signed") == 0 || strcmp(ends, "paid") == 0;
    const char *found = NULL;

    for (size_t i = *from; i < json_array_size(milestones); i++) {
        const json_t *m = json_array_get(milestones, i);
        const json_t *of = json_object_get(m, "lot");

        if (strcmp(page_text(m, "kind"), ends) != 0 || (json_is_integer(of) && json_integer_value(of) != lot))
            continue;
        found = page_text(m, "at");
        *from = i + 1;
        if (!last)
            break;
    }
    return found;
}

static void put_when(const struct page *p, json_t *step, const char *label, const char *at)
{
    const bool exact = strcmp(label, "until") == 0;

    if (!at || !*at)
        return;
    json_object_set_new(step, "when",
                        json_pack("{s:s, s:s, s:s}", "label", view_text(&p->view, label), "iso", at, "at",
                                  exact ? view_time(&p->view, at) : view_day(&p->view, at)));
}

struct line {
    const json_t *plan, *milestones, *lot;
    const char *tone;
    const char *stop, *stopped; /* the phase it failed in or was cancelled in, and when; NULL: it goes on */
    size_t from;
};

/* Where a failed lot stood: by now it stands where failed lots do. */
static void find_stop(struct line *line)
{
    const long long no = json_integer_value(json_object_get(line->lot, "no"));
    const json_t *m;
    size_t i;

    line->stop = page_text(line->lot, "phase");
    line->stopped = page_text(line->lot, "phase_since");
    json_array_foreach(line->milestones, i, m)
    {
        if (strcmp(page_text(m, "kind"), "failed") != 0 || !*page_text(m, "phase") ||
            json_integer_value(json_object_get(m, "lot")) != no)
            continue;
        line->stop = page_text(m, "phase");
        line->stopped = page_text(m, "at");
    }
}

static const char *step_means(const struct page *p, const char *tone, bool stop, bool over)
{
    return view_text(&p->view, stop                        ? "phase_stopped"
                               : over                      ? "phase_over"
                               : strcmp(tone, "now") == 0  ? "phase_now"
                               : strcmp(tone, "none") == 0 ? "phase_none"
                               : strcmp(tone, "next") == 0 ? "phase_next"
                                                           : "phase_done");
}

/* Of this phase; the line's own is that of what comes after. */
static const char *step_tone(struct line *line, bool here, bool stop, bool over)
{
    const char *tone = line->tone;

    if (stop || here)
        line->tone = line->stop ? "none" : "next";
    return stop || over ? "done" : here ? "now" : tone;
}

static json_t *step_of(const struct page *p, struct line *line, const json_t *phase)
{
    const struct stage *stage = stage_of(phase);
    const char *code = page_text(phase, "code");
    const bool here = strcmp(code, page_text(line->lot, "phase")) == 0;
    const bool over = here && strcmp(page_text(phase, "ends"), "never") == 0;
    const bool stop = line->stop && !over && strcmp(code, line->stop) == 0;
    const char *tone = step_tone(line, here, stop, over), *at = NULL;
    json_t *step;

    if (!here && !stop && stage && strcmp(tone, "done") == 0)
        at = ended_at(line->milestones, stage->ends, json_integer_value(json_object_get(line->lot, "no")),
                      &line->from);
    step = json_pack("{s:s, s:b, s:s, s:s, s:s}", "tone", tone, "now", here, "name", both(p, phase, "name"),
                     "means", step_means(p, tone, stop, over), "actors", actors(p, phase, stage));
    if (stage && !over && strcmp(tone, "none") != 0)
        put_window(p, json_object_get(line->plan, "windows"), stage->ends, step);
    if (stop)
        put_when(p, step, here ? "since" : "ended", line->stopped);
    else if (here && !over && *page_text(line->lot, "phase_due"))
        put_when(p, step, "until", page_text(line->lot, "phase_due"));
    else if (here)
        put_when(p, step, "since", page_text(line->lot, "phase_since"));
    else
        put_when(p, step, "ended", at);
    return step;
}

/* What the visitor came for in this phase, at hand: to vote, to mark. */
static void put_way(struct page *p, const json_t *lot, json_t *line)
{
    static const struct {
        const char *kind, *op, *path, *label;
    } ways[] = {{"voting", "ballot_cast", "ballot", "cast"},
                {"evaluating", "marks_put", "marks", "my_marks"}};

    for (size_t i = 0; i < LENGTH(ways); i++) {
        const struct op *op = spec_find(p->view.spec, ways[i].op);

        if (op && page_may(p, op) && strcmp(page_text(lot, "phase_kind"), ways[i].kind) == 0 &&
            (strcmp(ways[i].op, "marks_put") != 0 || moment_seated(p, page_text(lot, "id"))))
            json_object_set_new(
                line, "way",
                json_pack("{s:s, s:s}", "href",
                          view_path(&p->view, arena_printf(p->view.arena, "/lots/%s/%s?do=%s",
                                                           page_text(lot, "id"), ways[i].path, op->id)),
                          "label", view_text(&p->view, ways[i].label)));
    }
}

static json_t *line_of(struct page *p, const json_t *plan, const json_t *milestones, const json_t *lot,
                       bool alone)
{
    const char *state = page_text(lot, "state");
    struct line line = {plan, milestones, lot, "done", NULL, NULL, 0};
    json_t *steps = json_array(), *made;
    const json_t *phase;
    size_t i;

    if (strcmp(state, "void") == 0 || strcmp(state, "cancelled") == 0)
        find_stop(&line);

    /* A branch that the line does not take (a failure) is left out. */
    json_array_foreach(json_object_get(plan, "phases"), i,
                       phase) if (strcmp(page_text(phase, "kind"), "void") != 0 ||
                                  strcmp(page_text(phase, "code"), page_text(lot, "phase")) == 0)
        json_array_append_new(steps, step_of(p, &line, phase));
    made = json_pack("{s:s, s:s, s:s, s:o}", "lot", alone ? "" : page_text(lot, "title"), "tone", state,
                     "state", view_word(&p->view, "state", state), "steps", steps);
    put_whys(p, made, "lot_reason", json_object_get(lot, "reason"));
    put_way(p, lot, made);
    return made;
}

/* ---- the result, as far as it is told ---- */

static json_t *award_of(const struct page *p, const json_t *award)
{
    const char *name = page_text(award, "name"), *title = page_text(award, "title");
    const char *amount = page_text(award, "amount"), *standing = page_text(award, "standing");
    json_t *made =
        json_pack("{s:I, s:s, s:s, s:s, s:b}", "place", json_integer_value(json_object_get(award, "place")),
                  "name", *title ? title : name, "by", *title ? name : "", "amount",
                  view_money(&p->view, amount), "winner", strcmp(standing, "winner") == 0);

    put_whys(p, made, "award_whys", json_object_get(award, "why"));
    return made;
}

static const char *criterion_name(const struct page *p, const json_t *criteria, const char *code)
{
    const json_t *item;
    size_t i;

    json_array_foreach(json_object_get(json_object_get(criteria, "criteria"), "items"), i,
                       item) if (strcmp(page_text(item, "code"), code) == 0) return both(p, item, "name");
    return code;
}

/* How much less than the one above: what would have been needed to change places. */
static const char *gap_of(const struct page *p, const char *above, const char *total)
{
    char text[MONEY_TEXT];
    int64_t more, less;

    if (!*above || !points_parse(above, &more) || !points_parse(total, &less) || more < less)
        return "";
    points_print(more - less, text);
    return arena_dup(p->view.arena, text);
}

struct ranking {
    const json_t *criteria, *bids; /* NULL: not told */
    const char *above;
    bool set;
};

static json_t *place_of(const struct page *p, struct ranking *r, const json_t *item)
{
    const long long key = json_integer_value(json_object_get(item, "bid"));
    const json_t *bid = json_object_get(r->bids, arena_printf(p->view.arena, "%lld", key));
    const json_t *number = json_object_get(bid ? bid : item, "number"), *part;
    const char *title = page_text(bid, "title"), *total = page_text(item, "total");
    json_t *made =
        json_pack("{s:I, s:s, s:s, s:s}", "rank", json_integer_value(json_object_get(item, "rank")), "name",
                  *title ? title : page_text(bid, "organisation"), "total", total, "gap",
                  r->set ? "" : gap_of(p, r->above, total));
    json_t *parts = json_array();
    size_t i;

    if (json_is_integer(number))
        json_object_set_new(made, "number", json_pack("{s:I}", "value", json_integer_value(number)));
    json_array_foreach(json_object_get(item, "parts"), i, part)
        json_array_append_new(parts, json_pack("{s:s, s:s}", "criterion",
                                               criterion_name(p, r->criteria, page_text(part, "criterion")),
                                               "points", page_text(part, "points")));
    json_object_set_new(made, "parts", parts);
    put_whys(p, made, "place_whys", json_object_get(item, "why"));
    json_object_set_new(made, "unplaced",
                        json_boolean(json_integer_value(json_object_get(item, "rank")) == 0));
    r->above = total;
    return made;
}

static int by_rank(const void *a, const void *b)
{
    const long long x = json_integer_value(json_object_get(*(json_t *const *)a, "rank"));
    const long long y = json_integer_value(json_object_get(*(json_t *const *)b, "rank"));

    return x == y ? 0 : x == 0 ? 1 : y == 0 ? -1 : x < y ? -1 : 1;
}

static void put_ranking(const struct page *p, struct ranking *r, const json_t *items, json_t *made)
{
    const size_t count = json_array_size(items);
    const json_t **order = ARENA_NEW(p->view.arena, const json_t *, count + 1);
    json_t *places = json_array();

    for (size_t i = 0; i < count; i++)
        order[i] = json_array_get(items, i);
    qsort(order, count, sizeof *order, by_rank);
    for (size_t i = 0; i < count; i++)
        json_array_append_new(places, place_of(p, r, order[i]));
    if (count)
        json_object_set_new(made, "ranking", json_pack("{s:o}", "places", places));
    else
        json_decref(places);
}

/* The newest notice of a lot's result that none has replaced. */
static const json_t *result_notice(const json_t *notices, const char *lot)
{
    const json_t *notice, *found = NULL;
    size_t i;

    json_array_foreach(notices, i, notice) if (strcmp(page_text(notice, "kind"), "result") == 0 &&
                                               strcmp(page_text(json_object_get(notice, "body"), "lot"),
                                                      lot) == 0) found = notice;
    return found;
}

static json_t *result_of(struct page *p, const json_t *notices, const json_t *lot, bool alone)
{
    const char *id = page_text(lot, "id");
    const json_t *notice = result_notice(notices, id), *body = json_object_get(notice, "body"), *award;
    struct answer full = page_asked(p, arena_printf(p->view.arena, "/lots/%s/evaluation", id));
    struct answer criteria = page_asked(p, arena_printf(p->view.arena, "/lots/%s/criteria", id));
    const json_t *evaluation = full.status == 200 ? json_object_get(full.json, "evaluation") : NULL;
    struct ranking r = {criteria.json, evaluation ? json_object_get(full.json, "bids") : NULL, "",
                        strcmp(page_text(evaluation, "kind"), "set") == 0};
    json_t *made = json_pack("{s:s, s:s, s:s}", "lot_id", id, "lot", alone ? "" : page_text(lot, "title"),
                             "scheme", page_text(body, "scheme")),
           *awards = json_array();
    size_t i;

    json_array_foreach(json_object_get(body, "awards"), i, award)
        json_array_append_new(awards, award_of(p, award));
    json_object_set_new(made, "none", json_boolean(notice && json_array_size(awards) == 0));
    json_object_set_new(made, "awards", awards);
    put_whys(p, made, "result_whys", json_object_get(evaluation, "why"));
    put_ranking(p, &r, evaluation ? json_object_get(evaluation, "items") : json_object_get(body, "ranking"),
                made);
    json_object_set_new(made, "untold", json_boolean(notice && !json_object_get(made, "ranking")));
    if (!notice && !evaluation) {
        json_decref(made);
        made = NULL;
    }
    answer_free(&full);
    answer_free(&criteria);
    return made;
}

/* ---- the thread of the money ---- */

/* The vouchers of a tranche, a line each: every payment of it tells all of them. */
static json_t *papers_of(const struct page *p, const json_t *payments)
{
    const json_t *papers = json_object_get(json_array_get(payments, 0), "papers"), *one;
    json_t *made = json_array();
    const char *line;
    size_t i;

    json_array_foreach(papers, i, one) if ((line = view_paper(&p->view, one)))
        json_array_append_new(made, json_pack("{s:s}", "paper", line));
    return made;
}

/* Their files are one link further: asking for those of every payment made hundreds of questions a page. */
static void put_payments(struct page *p, const char *office, const char *tranche, json_t *data)
{
    struct answer answer = page_asked(p, arena_printf(p->view.arena, "/tranches/%s/payments", tranche));
    json_t *made = json_array();
    const json_t *one;
    size_t i;

    json_array_foreach(answer_items(&answer), i, one)
    {
        const char *at = page_text(one, *page_text(one, "settled") ? "settled" : "ordered");
        const char *files =
            arena_printf(p->view.arena, "/offices/%s/objects/%s/attachments", office, page_text(one, "id"));

        json_array_append_new(made, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "href",
                                              page_link(p, "payment", one), "amount",
                                              view_money(&p->view, page_text(one, "amount")), "iso", at, "at",
                                              view_day(&p->view, at), "tone", page_text(one, "state"),
                                              "state", view_word(&p->view, "state", page_text(one, "state")),
                                              "vouchers", view_path(&p->view, files)));
    }
    json_object_set_new(data, "payments", made);
    json_object_set_new(data, "papers", papers_of(p, answer_items(&answer)));
    answer_free(&answer);
}

static json_t *tranches_of(struct page *p, const char *office, const char *contract)
{
    struct answer answer = page_asked(p, arena_printf(p->view.arena, "/contracts/%s/tranches", contract));
    json_t *made = json_array();
    const json_t *one;
    size_t i;

    json_array_foreach(answer_items(&answer), i, one)
    {
        json_t *tranche = json_pack(
            "{s:s, s:s, s:s, s:s, s:s, s:s}", "href", page_link(p, "tranche", one), "name",
            view_title(&p->view, one), "amount", view_money(&p->view, page_text(one, "amount")), "trigger",
            view_word(&p->view, "trigger_on", page_text(one, "trigger_on")), "tone", page_text(one, "state"),
            "state", view_word(&p->view, "state", page_text(one, "state")));

        put_payments(p, office, page_text(one, "id"), tranche);
        json_array_append_new(made, tranche);
    }
    answer_free(&answer);
    return made;
}

static void put_thread(struct page *p, const char *office, const char *tender, json_t *data)
{
    const char *all = arena_printf(p->view.arena, "/offices/%s/contracts?tender=%s", office, tender);
    struct answer answer = page_asked(p, arena_printf(p->view.arena, "%s&limit=%d", all, CONTRACTS));
    json_t *contracts = json_array();
    const json_t *one;
    size_t i;

    json_array_foreach(answer_items(&answer), i, one) json_array_append_new(
        contracts,
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "number", page_text(one, "number"), "contractor",
                  page_text(one, "contractor"), "amount", view_money(&p->view, page_text(one, "amount")),
                  "signed", view_day(&p->view, page_text(one, "signed")), "tone", page_text(one, "state"),
                  "state", view_word(&p->view, "state", page_text(one, "state")), "tranches",
                  tranches_of(p, office, page_text(one, "id"))));
    all = json_is_string(json_object_get(answer.json, "next")) ? view_path(&p->view, all) : "";
    if (json_array_size(contracts))
        json_object_set_new(data, "thread",
                            json_pack("{s:o, s:s}", "contracts", contracts, "all_contracts", all));
    else
        json_decref(contracts);
    answer_free(&answer);
}

/* ---- the rest ---- */

static void put_notices(const struct page *p, const json_t *items, json_t *data)
{
    json_t *news = json_array();
    const json_t *one;

    for (size_t i = json_array_size(items); i-- > 0;) {
        one = json_array_get(items, i);
        json_array_append_new(news, json_pack("{s:s, s:s, s:s, s:s, s:s}", "href",
                                              page_link(p, "notice", one), "title", page_text(one, "title"),
                                              "kind", view_word(&p->view, "notice", page_text(one, "kind")),
                                              "iso", page_text(one, "published"), "at",
                                              view_time(&p->view, page_text(one, "published"))));
    }
    if (json_array_size(news))
        json_object_set_new(data, "notices", json_pack("{s:o}", "news", news));
    else
        json_decref(news);
}

static void put_facts(struct page *p, const json_t *tender, const char *office, json_t *data)
{
    struct answer answer = page_asked(p, arena_printf(p->view.arena, "/offices/%s", office));
    const char *deadline = page_text(tender, "deadline"), *name = view_title(&p->view, answer.json);
    const char *left = strcmp(page_text(tender, "state"), "bidding") == 0
                           ? view_countdown(&p->view, page_now(p), deadline)
                           : NULL;
    const char *scheme = page_text(tender, "scheme"), *ceiling = page_text(tender, "ceiling");
    json_t *facts = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "budget",
                              view_money(&p->view, page_text(tender, "budget")), "mechanism",
                              view_word(&p->view, "mechanism", page_text(tender, "mechanism")),
                              "mechanism_code", page_text(tender, "mechanism"), "scheme_code", scheme,
                              "scheme", view_word(&p->view, "scheme", scheme), "regime",
                              view_word(&p->view, "regime", page_text(tender, "regime")), "iso", deadline,
                              "deadline", view_time(&p->view, deadline), "left", left ? left : "",
                              "published", view_day(&p->view, page_text(tender, "published")));

    if (*ceiling)
        json_object_set_new(facts, "ceiling", json_string(view_money(&p->view, ceiling)));
    json_object_set_new(data, "facts", facts);
    json_object_set_new(data, "office", json_string(name ? name : ""));
    json_object_set_new(data, "office_href",
                        json_string(view_path(&p->view, arena_printf(p->view.arena, "/offices/%s", office))));
    json_object_set_new(data, "number", json_string(page_text(tender, "number")));
    json_object_set_new(data, "summary", json_string(page_text(tender, "summary")));
    json_object_set_new(data, "reason", json_string(page_text(tender, "reason")));
    answer_free(&answer);
}

static void put_lots(struct page *p, const char *tender, const json_t *notices, json_t *data)
{
    struct answer plan = page_asked(p, arena_printf(p->view.arena, "/tenders/%s/plan", tender));
    struct answer lots = page_asked(p, arena_printf(p->view.arena, "/tenders/%s/lots", tender));
    struct answer milestones = page_asked(p, arena_printf(p->view.arena, "/tenders/%s/milestones", tender));
    json_t *lines = json_array(), *results = json_array(), *result;
    const bool alone = json_array_size(answer_items(&lots)) == 1;
    const json_t *lot;
    size_t i;

    json_array_foreach(answer_items(&lots), i, lot)
    {
        json_array_append_new(
            lines, line_of(p, json_object_get(plan.json, "plan"), answer_items(&milestones), lot, alone));
        if ((result = result_of(p, notices, lot, alone)))
            json_array_append_new(results, result);
    }
    json_object_set_new(data, "lines", lines);
    json_object_set_new(data, "results", results);
    answer_free(&plan);
    answer_free(&lots);
    answer_free(&milestones);
}

void page_tender(struct page *p, const struct op *op, const char *const *values, const json_t *tender)
{
    /* Told above, or for programs. */
    static const char *const told[] = {"notice_list",   "milestone_list", "lot_list",
                                       "decision_list", "closing_list",   NULL};
    const char *id = values[0], *office = page_office(p, op, values), *state = page_text(tender, "state");
    struct answer notices = page_asked(p, arena_printf(p->view.arena, "/tenders/%s/notices", id));
    json_t *data;

    view_speak(&p->view, tender);
    data = json_pack("{s:{s:s, s:s}}", "badge", "tone", state, "value", view_word(&p->view, "state", state));
    json_object_set_new(data, "here", json_string(view_path(&p->view, p->path)));
    json_object_set_new(data, "api", json_string(arena_printf(p->view.arena, "/api/v1/tenders/%s", id)));
    put_facts(p, tender, office, data);
    put_notices(p, answer_items(&notices), data);
    put_lots(p, id, answer_items(&notices), data);
    put_thread(p, office, id, data);
    handed_in_put(p, id, data);
    office_next_put(p, office, id, data);
    page_put_done(p, data);
    p->thing = tender;
    page_put_acts(p, op, values, data);
    p->thing = NULL;
    page_put_sections(p, op, values, told, data);
    page_show(p, 200, "tender", page_text(tender, "title"), data);
    answer_free(&notices);
}
