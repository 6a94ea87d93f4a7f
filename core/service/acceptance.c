#include "core/service/acceptance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/host/facts.h"
#include "core/service/draft.h"
#include "core/service/forms.h"
#include "core/service/panel.h"

/* ---- with the tender ---- */

struct acceptance_form {
    const char *scheme, *options, *version, *sha256;
};

enum { OF_BODY = 2 /* rows */, PEOPLE_MAX = 100000 };
static const linli_option acceptance_rows[] = {
    ROW_CODE(acceptance_form, scheme, true, "评价办法", "scheme"),
    ROW_OBJECT(acceptance_form, options, false, "评价办法的选项", "its options"),
    ROW_LINE(acceptance_form, version, false, 40, "版本", "version"),
    ROW_LINE(acceptance_form, sha256, false, 64, "摘要", "sha256"),
};

static int absent(const char *at, struct err *err)
{
    err_set(err, at ? E_INVALID : E_REFUSED, at ? "body/invalid" : "plugin/failed",
            "there is no such scheme to evaluate what is delivered");
    err_zh(err, "没有这种验收评价办法");
    if (at)
        err_at(err, "/acceptance/scheme", "choice", "no such scheme", "没有这种评价办法");
    return err->code;
}

int acceptance_read(struct act *a, const char *json, const char *at, struct acceptance *ret, struct err *err)
{
    const struct form form = {acceptance_rows, at ? OF_BODY : LENGTH(acceptance_rows),
                              sizeof(struct acceptance_form)};
    const struct acceptance_form *read;
    void *data = NULL;
    char *canonical = NULL;
    int status = form_read(&form, a->arena, json, strlen(json), &data, err);

    if (status) {
        point_into(err, at ? at : "");
        return status;
    }
    read = data;
    ret->scheme = host_find_build(a->service->host, PLUGIN_SCHEME, read->scheme, read->version, read->sha256);
    if (!ret->scheme || !(plugin_scheme(ret->scheme)->gives & LINLI_ORDER))
        return absent(at, err);
    ret->options_json = read->options ? read->options : "{}";
    status = plugin_options(ret->scheme, a->arena, ret->options_json, strlen(ret->options_json), NULL,
                            &ret->options, &canonical, err);
    if (status)
        point_into(err, "/acceptance/options");
    else
        ret->options_json = canonical;
    return status;
}

int acceptance_check(struct act *a, const linli_facts *facts, struct acceptance *acceptance, struct err *err)
{
    char *canonical = NULL;
    int status;

    if (!acceptance->scheme)
        return 0;
    status = plugin_options(acceptance->scheme, a->arena, acceptance->options_json,
                            strlen(acceptance->options_json), facts, &acceptance->options, &canonical, err);
    if (status)
        point_into(err, "/acceptance/options");
    else
        acceptance->options_json = canonical;
    return status;
}

const char *acceptance_write(struct act *a, const struct acceptance *acceptance, bool frozen)
{
    CLEANUP(buf_free) struct buf out = {0};

    if (!acceptance->scheme)
        return NULL;
    json_open(&out, '{');
    json_key(&out, "options");
    json_raw(&out, acceptance->options_json, strlen(acceptance->options_json));
    json_key(&out, "scheme");
    json_string(&out, plugin_about(acceptance->scheme)->id);
    if (frozen) {
        json_key(&out, "sha256");
        json_string(&out, plugin_sha256(acceptance->scheme));
        json_key(&out, "version");
        json_string(&out, plugin_about(acceptance->scheme)->version);
    }
    json_close(&out, '}');
    return arena_ndup(a->arena, out.data, out.size);
}

/* ---- what is said by indicator ---- */

const linli_option indicator_rows[2] = {
    ROW_CODE(indicator_item, criterion, true, "指标", "indicator"),
    ROW_SAID(indicator_item, value, STRING, true, 1, 40, "line", "评价值", "value",
             "得分如 \"8.5\"，完成值如 \"480\"，达成为 \"yes\" 或 \"no\"",
             "points as \"8.5\", a count as \"480\", met as \"yes\" or \"no\""),
};
const linli_option answer_rows[2] = {
    ROW_COUNT(answer_item, value, true, 0, 1000, "答案", "answer"),
    ROW_COUNT(answer_item, people, true, 1, 100000, "人数", "how many gave it"),
};

static const linli_criterion *indicator_of(const linli_criteria *c, const char *code)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->items[i].by == LINLI_BY_JUDGES && strcmp(c->items[i].code, code) == 0)
            return &c->items[i];
    return NULL;
}

static int wrong_value(const char *at, size_t i, const char *member, const char *code, struct err *err)
{
    char pointer[64];

    snprintf(pointer, sizeof pointer, "%s/%zu/%s", at, i, member);
    err_set(err, E_INVALID, "body/invalid", "a value does not fit its indicator");
    err_zh(err, "评价值与指标不符");
    err_at(err, pointer, code, "not an indicator of the evaluation, twice, or out of its range",
           "不是本办法的指标、重复或超出范围");
    return E_INVALID;
}

static int value_ok(const struct indicator_item *item, const linli_criterion *c, bool own, int64_t *ret)
{
    linli_criterion as = own ? (linli_criterion){.unit = LINLI_UNIT_POINTS, .high = c->weight.ppm * 100} : *c;

    return mark_read(&as, item->value, ret) && *ret >= as.low && *ret <= as.high &&
           (as.step < 2 || *ret % as.step == 0);
}

static int indicators(struct act *a, const struct tranche *t, const linli_criteria **ret, struct err *err)
{
    const struct acceptance *by = &t->tender->acceptance;
    struct lot_facts f = {0};
    int status = lot_facts_load(a, t->tender, NULL, &f, err);

    return status ? status : ask_criteria(by->scheme, a->arena, by->options, f.facts, ret, NULL, err);
}

int acceptance_values(struct act *a, const struct tranche *t, const linli_list *values, const char *at,
                      bool own, const char **ret_json, struct err *err)
{
    const struct indicator_item *item = values->items;
    CLEANUP(buf_free) struct buf out = {0};
    const linli_criteria *criteria = NULL;
    int status = 0;

    *ret_json = NULL;
    if (values->count == 0)
        return 0;
    if (!t->tender->acceptance.scheme)
        return wrong_value(at, 0, "criterion", "unknown", err);
    if ((status = indicators(a, t, &criteria, err)))
        return status;
    json_open(&out, '[');
    for (size_t i = 0; i < values->count; i++) {
        const linli_criterion *c = indicator_of(criteria, item[i].criterion);
        int64_t value = 0;

        for (size_t k = 0; k < i; k++)
            if (strcmp(item[k].criterion, item[i].criterion) == 0)
                return wrong_value(at, i, "criterion", "duplicate", err);
        if (!c)
            return wrong_value(at, i, "criterion", "unknown", err);
        if (!value_ok(&item[i], c, own, &value))
            return wrong_value(at, i, "value", "range", err);
        json_open(&out, '{');
        json_key(&out, "criterion");
        json_string(&out, item[i].criterion);
        json_key(&out, "value");
        json_int(&out, value);
        json_close(&out, '}');
    }
    json_close(&out, ']');
    *ret_json = arena_ndup(a->arena, out.data, out.size);
    return 0;
}

/* No answer above the scale of the survey, nor any where nothing is asked of users. */
static int answers_fit(struct act *a, const struct tranche *t, const linli_list *answers, struct err *err)
{
    const struct answer_item *item = answers->items;
    const linli_criteria *criteria = NULL;
    int64_t most = -1;
    int status = indicators(a, t, &criteria, err);

    for (size_t i = 0; !status && i < criteria->count; i++)
        if (criteria->items[i].by == LINLI_BY_BALLOTS)
            most = criteria->items[i].high;
    for (size_t i = 0; !status && i < answers->count; i++)
        if (item[i].value > most)
            return wrong_value("/answers", i, "value", "range", err);
    return status;
}

int acceptance_answers(struct act *a, const struct tranche *t, const linli_list *answers,
                       const char **ret_json, struct err *err)
{
    const struct answer_item *item = answers->items;
    CLEANUP(buf_free) struct buf out = {0};
    int status;

    *ret_json = NULL;
    if (answers->count == 0)
        return 0;
    if ((status = answers_fit(a, t, answers, err)))
        return status;
    json_open(&out, '[');
    for (size_t i = 0; i < answers->count; i++) {
        json_open(&out, '{');
        json_key(&out, "people");
        json_int(&out, item[i].people);
        json_key(&out, "value");
        json_int(&out, item[i].value);
        json_close(&out, '}');
    }
    json_close(&out, ']');
    *ret_json = arena_ndup(a->arena, out.data, out.size);
    return 0;
}

/* ---- the evaluation ---- */

/* The one bid, as the scheme is asked about it: by itself, under key 1. */
struct evaluated {
    linli_facts facts;
    linli_bid bid;
    linli_offer *own;
    linli_mark *marks;
    linli_ballot *ballots;
    linli_choice *choices;
    linli_paper *papers;
    size_t people;
};

static size_t count_people(const struct rows *r)
{
    size_t n = 0;

    for (size_t i = 0; i < rows_count(r); i++)
        if (strcmp(row_text(r, i, "kind"), "answer") == 0)
            n += (size_t)row_int(r, i, "people");
    return n;
}

static void take_answers(struct evaluated *e, int64_t value, int64_t people)
{
    for (; people > 0; people--, e->people++) {
        e->choices[e->people] = (linli_choice){.bid = 0, .rank = 1, .value = value};
        e->ballots[e->people] = (linli_ballot){.voter = e->people + 1,
                                               .weight = 1,
                                               .first = (uint32_t)e->people,
                                               .count = 1,
                                               .area = "",
                                               .source = "paper"};
    }
}

static void take_rows(struct evaluated *e, const struct rows *r)
{
    for (size_t i = 0; i < rows_count(r); i++) {
        const char *kind = row_text(r, i, "kind"), *code = row_text(r, i, "criterion");
        const int64_t value = row_int(r, i, "value");

        if (strcmp(kind, "own") == 0)
            e->own[e->facts.offer_count++] =
                (linli_offer){1, code, (int32_t)row_int(r, i, "by"), LINLI_UNIT_POINTS, value, {0}};
        else if (strcmp(kind, "mark") == 0)
            e->marks[e->facts.mark_count++] = (linli_mark){
                .bid = 1, .by = (uint64_t)row_int(r, i, "by"), .criterion = code, .value = value};
        else
            take_answers(e, value, row_int(r, i, "people"));
    }
}

/* Papers of the tranche that were found good, or not; they are the evidence of an indicator. */
static void take_papers(struct evaluated *e, const linli_facts *f, uint64_t key, const char *tranche)
{
    for (size_t i = 0; i < f->paper_count; i++) {
        const linli_paper *p = &f->papers[i];

        if (p->bid != key || !p->tranche || strcmp(p->tranche, tranche) != 0)
            continue;
        e->papers[e->facts.paper_count] = *p;
        e->papers[e->facts.paper_count++].bid = 1;
    }
}

static int gather(struct act *a, const struct tranche *t, struct evaluated *e, struct err *err)
{
    struct lot_facts f = {0};
    struct rows *r = NULL;
    uint64_t key;
    int status = lot_facts_load_unvoted(a, t->tender, t->lot, &f, err);

    if (!status)
        status = tx_run(a->tx, Q_facts_assessment, &r, err, P_INT(a->office), P_TEXT(t->id));
    if (status)
        return status;
    if (count_people(r) > PEOPLE_MAX) {
        err_set(err, E_INVALID, "body/invalid", "more people answered than can be counted");
        err_at(err, "/answers", "range", "at most 100,000 people answer about a tranche",
               "每期至多统计 100000 人的答卷");
        return E_INVALID;
    }
    key = lot_bid_key(&f, t->bid_id);
    if (!key)
        return err_set(err, E_BROKEN, "server/broken", "the bid %s of a contract has lost its number",
                       t->bid_id);
    e->bid = f.facts->bids[key - 1];
    e->bid.key = 1;
    e->bid.bidder = 1;
    e->own = ARENA_NEW(a->arena, linli_offer, rows_count(r) + 1);
    e->marks = ARENA_NEW(a->arena, linli_mark, rows_count(r) + 1);
    e->ballots = ARENA_NEW(a->arena, linli_ballot, count_people(r) + 1);
    e->choices = ARENA_NEW(a->arena, linli_choice, count_people(r) + 1);
    e->papers = ARENA_NEW(a->arena, linli_paper, f.facts->paper_count + 1);
    e->facts = (linli_facts){.now = f.facts->now,
                             .calendar = f.facts->calendar,
                             .tender = f.facts->tender,
                             .rules = f.facts->rules,
                             .rule_count = f.facts->rule_count,
                             .round = 1};
    take_rows(e, r);
    take_papers(e, f.facts, key, t->code);
    e->facts.bids = &e->bid;
    e->facts.bid_count = 1;
    e->facts.offers = e->own;
    e->facts.marks = e->marks;
    e->facts.ballots = e->ballots;
    e->facts.choices = e->choices;
    e->facts.ballot_count = e->facts.choice_count = e->people;
    e->facts.papers = e->papers;
    return 0;
}

/* What a part without points says as data; false: there is none. */
static bool part_of(const linli_result *r, const char *code, int64_t *ret_micro)
{
    for (size_t i = 0; i < r->part_count; i++)
        if (strcmp(r->parts[i].criterion, code) == 0) {
            *ret_micro = r->parts[i].raw.micro;
            return true;
        }
    return false;
}

static int unsettled(char *json, struct err *err)
{
    err_set(err, E_INVALID, "body/invalid", "an indicator lacks its marks");
    err_zh(err, "有指标尚无评价值");
    err_at(err, "/marks", "required", "every indicator needs its value", "每项指标都应有评价值");
    err->why_json = json;
    return E_INVALID;
}

int acceptance_run(struct act *a, const struct tranche *t, const char *delivery, struct err *err)
{
    static const linli_admission one[] = {{1, true, {NULL, 0}}};
    static const linli_admissions admitted = {one, 1, 1};
    const struct acceptance *by = &t->tender->acceptance;
    struct evaluated *e = ARENA_NEW(a->arena, struct evaluated, 1);
    const linli_evaluation *answer = NULL;
    int64_t grade = 0, factor = 0;
    bool has_grade, has_factor;
    char *json = NULL;
    int status = gather(a, t, e, err);

    if (!status)
        status = ask_evaluate(by->scheme, a->arena, by->options, &e->facts, &admitted, &answer, &json, err);
    if (status)
        return status;
    if (answer->items[0].standing != LINLI_RANKED)
        return unsettled(json, err);
    has_grade = part_of(&answer->items[0], "grade", &grade);
    has_factor = part_of(&answer->items[0], "factor", &factor);
    status = decision_store(a, t->tender, t->lot,
                            &(struct decided){"accept", by->scheme, &e->facts,
                                              .asked = {.admitted = &admitted}, .answer_json = json},
                            NULL, err);
    if (status)
        return status;
    json_key(&a->payload, "score");
    json_points(&a->payload, answer->items[0].total.micro);
    return tx_run(a->tx, Q_delivery_assessed, NULL, err, P_INT(a->office), P_TEXT(delivery),
                  P_INT(answer->items[0].total.micro), has_grade ? P_INT(grade / 1000000) : P_NULL,
                  has_factor ? P_INT(factor / 100) : P_NULL);
}
