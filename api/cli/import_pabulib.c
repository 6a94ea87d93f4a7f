/* A participatory-budget file played as a community fund, from the list to the announcement. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "api/cli/import.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/service/pabulib.h"

/* What the budget becomes on this server. */
struct play {
    struct import *im;
    const struct pabulib *pb;
    const char *title, *tender, *lot, *entry;
    const char **bids; /* of each project */
    int year;
    int64_t now_us;
};

static const char *path(struct play *p, const char *kind, const char *id, const char *rest)
{
    return arena_printf(p->im->arena, "/api/v1/%s/%s%s", kind, id, rest);
}

static const char *office_path(struct play *p, const char *rest)
{
    return arena_printf(p->im->arena, "/api/v1/offices/%d/%s", (int)p->im->office, rest);
}

static const char *keep(struct play *p, const char *pointer)
{
    return arena_dup(p->im->arena, import_text(p->im, pointer));
}

static int clerk(struct play *p, const char *method, const char *where, const struct buf *json,
                 struct err *err)
{
    return import_ask(p->im, &p->im->clerk, method, where, json ? json->data : NULL, err);
}

static int approver(struct play *p, const char *method, const char *where, const struct buf *json,
                    struct err *err)
{
    return import_ask(p->im, &p->im->approver, method, where, json ? json->data : NULL, err);
}

/* The next act is meant for the lot as it stands now. */
static int lot_seen(struct play *p, struct err *err)
{
    int status = clerk(p, "GET", path(p, "lots", p->lot, ""), NULL, err);

    if (!status)
        p->im->etag = p->im->reply.etag;
    return status;
}

static void member(struct buf *json, const char *key, const char *text)
{
    json_key(json, key);
    json_string(json, text);
}

static void money_member(struct buf *json, const char *key, int64_t fen)
{
    json_key(json, key);
    json_fen(json, fen);
}

/* ---- clock ---- */

static int clock_read(struct play *p, struct err *err)
{
    int month, day, status = clerk(p, "GET", "/api/v1/clock", NULL, err);

    if (status)
        return status;
    if (!time_parse(import_text(p->im, "/now"), &p->now_us))
        return err_set(err, E_BROKEN, "server/broken", "the clock cannot be read");
    date_split(day_of(p->now_us), &p->year, &month, &day);
    return 0;
}

/* Moves legal time to just after the instant. */
static int clock_to(struct play *p, const char *instant, struct err *err)
{
    CLEANUP(buf_free) struct buf json = {0};
    int64_t to_us = 0;

    if (!time_parse(instant, &to_us))
        return err_set(err, E_REFUSED, "state/refused", "the phase has no deadline to wait for");
    json_open(&json, '{');
    json_key(&json, "to");
    json_time(&json, to_us + TIME_SECOND);
    json_close(&json, '}');
    return clerk(p, "POST", "/api/v1/clock", &json, err);
}

static int clock_past_phase(struct play *p, struct err *err)
{
    int status = lot_seen(p, err);

    p->im->etag = NULL;
    return status ? status : clock_to(p, keep(p, "/phase_due"), err);
}

/* ---- money and the list ---- */

static int fund_make(struct play *p, struct err *err)
{
    CLEANUP(buf_free) struct buf json = {0};
    char id[UUID_TEXT];
    int status;

    if (p->im->appropriation)
        return 0;
    uuid_new(id);
    buf_printf(&json,
               "{\"code\":\"vote_%.8s\",\"name\":{\"zh\":\"居民投票资金\",\"en\":\"residents' "
               "budget\"},\"purpose\":",
               id);
    json_string(&json, p->title);
    buf_printf(&json, ",\"regimes\":[\"%s\"]}", p->im->regime);
    status = approver(p, "POST", office_path(p, "funds"), &json, err);
    if (status)
        return status;
    buf_clear(&json);
    json_open(&json, '{');
    json_key(&json, "year");
    json_int(&json, p->year);
    member(&json, "budget_item", "2080299");
    member(&json, "name", p->title);
    money_member(&json, "amount", p->pb->budget_fen);
    json_close(&json, '}');
    status = approver(p, "POST", path(p, "funds", keep(p, "/id"), "/appropriations"), &json, err);
    if (!status)
        p->im->appropriation = keep(p, "/id");
    return status;
}

static void entry_members(struct play *p, struct buf *json)
{
    member(json, "name", p->title);
    member(json, "department", "社区建设办公室");
    member(json, "field", "社区营造");
    member(json, "beneficiaries", "社区居民");
    member(json, "place", p->pb->unit[0] ? p->pb->unit : "本街道");
    money_member(json, "budget", p->pb->budget_fen);
    member(json, "budget_item", "2080299");
    member(json, "catalogue_code", "A0201");
    member(json, "regime", p->im->regime);
    member(json, "method", "community_fund");
    json_key(json, "planned_month");
    json_int(json, 12);
    json_key(json, "term_months");
    json_int(json, 12);
    member(json, "officer", "linli import");
}

/* A list of the year that is published already takes the entry as an adjustment. */
static int entry_adjust(struct play *p, const char *list, struct err *err)
{
    CLEANUP(buf_free) struct buf json = {0};
    int status = approver(p, "GET", path(p, "lists", list, "/draft"), NULL, err);

    if (status)
        return status;
    json_open(&json, '{');
    member(&json, "reason", "导入居民投票项目");
    json_key(&json, "add");
    json_open(&json, '[');
    json_open(&json, '{');
    entry_members(p, &json);
    json_close(&json, '}');
    json_close(&json, ']');
    json_close(&json, '}');
    p->im->etag = p->im->reply.etag;
    return approver(p, "POST", path(p, "lists", list, "/adjust"), &json, err);
}

static int entry_find(struct play *p, const char *list, struct err *err)
{
    const char *next = path(p, "lists", list, "/entries?limit=100");

    while (next) {
        int status = clerk(p, "GET", next, NULL, err);
        size_t count = status ? 0 : doc_count(p->im->reply.body, "/items");

        if (status)
            return status;
        for (size_t i = 0; i < count; i++)
            if (strcmp(import_text(p->im, arena_printf(p->im->arena, "/items/%zu/name", i)), p->title) == 0 &&
                strcmp(import_text(p->im, arena_printf(p->im->arena, "/items/%zu/state", i)), "planned") == 0)
                p->entry = keep(p, arena_printf(p->im->arena, "/items/%zu/id", i));
        next = *import_text(p->im, "/next") ? keep(p, "/next") : NULL;
    }
    return p->entry ? 0 : err_set(err, E_BROKEN, "server/broken", "the new entry is not on the list");
}

static int list_of_year(struct play *p, struct err *err)
{
    int status = clerk(p, "GET", office_path(p, "lists?limit=100"), NULL, err);

    for (size_t i = 0; !status && i < doc_count(p->im->reply.body, "/items"); i++)
        if (strcmp(import_text(p->im, arena_printf(p->im->arena, "/items/%zu/year", i)),
                   arena_printf(p->im->arena, "%d", p->year)) == 0) {
            const char *list = keep(p, arena_printf(p->im->arena, "/items/%zu/id", i));
            status = entry_adjust(p, list, err);
            return status ? status : entry_find(p, list, err);
        }
    return status ? status
                  : err_set(err, E_REFUSED, "state/refused", "the office's list of %d is not published yet",
                            p->year);
}

static int list_new(struct play *p, struct err *err)
{
    CLEANUP(buf_free) struct buf json = {0};
    const char *list = keep(p, "/id");
    int status;

    json_open(&json, '{');
    entry_members(p, &json);
    json_close(&json, '}');
    status = clerk(p, "POST", path(p, "lists", list, "/entries"), &json, err);
    if (!status)
        p->entry = keep(p, "/id");
    if (!status)
        status = approver(p, "GET", path(p, "lists", list, "/draft"), NULL, err);
    if (!status) {
        p->im->etag = p->im->reply.etag;
        status = approver(p, "POST", path(p, "lists", list, "/approve"), NULL, err);
    }
    if (!status) {
        p->im->etag = p->im->reply.etag;
        status = clerk(p, "POST", path(p, "lists", list, "/publish"), NULL, err);
    }
    return status;
}

static int entry_make(struct play *p, struct err *err)
{
    CLEANUP(buf_free) struct buf json = {0};
    int status;

    json_open(&json, '{');
    json_key(&json, "year");
    json_int(&json, p->year);
    member(&json, "title", arena_printf(p->im->arena, "%d 年购买服务项目清单", p->year));
    json_close(&json, '}');
    status = clerk(p, "POST", office_path(p, "lists"), &json, err);
    if (status && p->im->reply.status == 409)
        return list_of_year(p, err);
    return status ? status : list_new(p, err);
}

/* ---- the tender ---- */

static int tender_make(struct play *p, struct err *err)
{
    CLEANUP(buf_free) struct buf json = {0};
    CLEANUP(buf_free) struct buf options = {0};
    int status;

    pabulib_options(p->pb, &options);
    json_open(&json, '{');
    member(&json, "entry", p->entry);
    member(&json, "summary", p->pb->description[0] ? p->pb->description : p->title);
    member(&json, "scheme", p->im->scheme);
    json_key(&json, "options");
    buf_text(&json, "{\"voting_window\":\"7d\",\"proposal_window\":\"14d\",\"tranches\":["
                    "{\"code\":\"first\",\"name\":{\"zh\":\"首款\",\"en\":\"first\"},\"share\":\"70%\","
                    "\"due\":\"on_signing\",\"advance\":true},"
                    "{\"code\":\"final\",\"name\":{\"zh\":\"尾款\",\"en\":\"final\"},\"share\":\"30%\","
                    "\"due\":\"on_acceptance\"}]}");
    json_key(&json, "scheme_options");
    buf_text(&json, p->im->scheme_options ? p->im->scheme_options : options.data);
    member(&json, "category", "public_good");
    member(&json, "appropriation", p->im->appropriation);
    member(&json, "roll", p->im->roll);
    json_key(&json, "electorate");
    json_int(&json, (int64_t)p->pb->vote_count);
    json_close(&json, '}');
    status = clerk(p, "POST", office_path(p, "tenders"), &json, err);
    if (status)
        return status;
    p->tender = keep(p, "/id");
    p->lot = keep(p, "/lots/0/id");
    p->im->etag = p->im->reply.etag;
    buf_clear(&json);
    json_open(&json, '{');
    json_key(&json, "deadline");
    json_time(&json, p->now_us + 40 * TIME_DAY);
    json_key(&json, "confirm_unverified");
    json_bool(&json, true);
    json_close(&json, '}');
    status = approver(p, "POST", path(p, "tenders", p->tender, "/publish"), &json, err);
    if (!status)
        import_say(p->im, "发布 published  %s  %s", import_text(p->im, "/number"), p->title);
    return status;
}

/* In byte order of their ids, so that printed numbers follow the reference outcomes. */
static int proposals_make(struct play *p, struct err *err)
{
    p->bids = ARENA_NEW(p->im->arena, const char *, p->pb->project_count);
    for (size_t i = 0; i < p->pb->project_count; i++) {
        const struct pabulib_project *project = &p->pb->projects[i];
        CLEANUP(buf_free) struct buf json = {0};
        int status;

        json_open(&json, '{');
        member(&json, "title", arena_printf(p->im->arena, "%s %.150s", project->id, project->name));
        member(&json, "body", project->name[0] ? project->name : project->id);
        member(&json, "place", p->pb->unit[0] ? p->pb->unit : "本街道");
        money_member(&json, "cost", project->cost_fen);
        json_close(&json, '}');
        status = clerk(p, "POST", path(p, "tenders", p->tender, "/proposals"), &json, err);
        if (status)
            return status;
        p->bids[i] = keep(p, "/id");
    }
    import_say(p->im, "提案 proposals  %zu", p->pb->project_count);
    return clock_past_phase(p, err);
}

/* Every proposal passed its checks where it was voted on. */
static int checks_make(struct play *p, struct err *err)
{
    static const char *const rules[] = {"public_benefit", "not_property_duty", "no_clash", "fits_purpose",
                                        "costed"};
    size_t done = 0;
    int status = 0;

    while (!status && done < p->pb->project_count) {
        CLEANUP(buf_free) struct buf json = {0};
        size_t until = done + 300 < p->pb->project_count ? done + 300 : p->pb->project_count;

        json_open(&json, '{');
        json_key(&json, "checks");
        json_open(&json, '[');
        for (; done < until; done++)
            for (size_t r = 0; r < LENGTH(rules); r++) {
                json_open(&json, '{');
                member(&json, "bid", p->bids[done]);
                member(&json, "rule", rules[r]);
                json_key(&json, "passed");
                json_bool(&json, true);
                json_close(&json, '}');
            }
        json_close(&json, ']');
        json_close(&json, '}');
        status = clerk(p, "POST", path(p, "lots", p->lot, "/checks"), &json, err);
    }
    if (!status)
        status = lot_seen(p, err);
    return status ? status : clerk(p, "POST", path(p, "lots", p->lot, "/advance"), NULL, err);
}

/* ---- the vote ---- */

/* What costs more than there is cannot be voted for here. */
static bool never_admitted(const struct play *p, const struct pabulib_project *project)
{
    return project->cost_fen > p->pb->budget_fen;
}

static void ballot_write(struct play *p, const struct pabulib_vote *vote, struct buf *json)
{
    json_open(json, '{');
    member(json, "number", vote->voter);
    json_key(json, "choices");
    json_open(json, '[');
    for (uint32_t c = vote->first; c < vote->first + vote->count; c++) {
        const struct pabulib_choice *choice = &p->pb->choices[c];

        if (choice->value <= 0 || never_admitted(p, &p->pb->projects[choice->project]))
            continue;
        json_open(json, '{');
        member(json, "bid", p->bids[choice->project]);
        json_key(json, "rank");
        json_int(json, choice->rank);
        json_key(json, "value");
        json_int(json, choice->value / p->pb->point);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}

static int ballots_send(struct play *p, struct err *err)
{
    CLEANUP(buf_free) struct buf json = {0};
    const char *where = path(p, "lots", p->lot, "/ballots");
    int64_t began_us = time_monotonic();

    for (size_t first = 0; first < p->pb->vote_count; first += IMPORT_BATCH) {
        size_t until = first + IMPORT_BATCH < p->pb->vote_count ? first + IMPORT_BATCH : p->pb->vote_count;
        int status;

        buf_clear(&json);
        json_open(&json, '{');
        json_key(&json, "ballots");
        json_open(&json, '[');
        for (size_t i = first; i < until; i++)
            ballot_write(p, &p->pb->votes[i], &json);
        json_close(&json, ']');
        json_close(&json, '}');
        status = clerk(p, "POST", where, &json, err); /* paper is typed in by two people */
        if (!status)
            status = approver(
                p, "POST",
                path(p, "lots", p->lot, arena_printf(p->im->arena, "/ballots/%s/confirm", keep(p, "/batch"))),
                &json, err);
        if (status)
            return status;
    }
    began_us = time_monotonic() - began_us;
    import_say(p->im, "选票 ballots  %zu  (%" PRId64 ".%03d s)", p->pb->vote_count, began_us / TIME_SECOND,
               (int)(began_us % TIME_SECOND / 1000));
    return clock_past_phase(p, err);
}

static int roll_make(struct play *p, struct err *err)
{
    int status = import_roll_start(p->im, p->title, err);

    for (size_t i = 0; !status && i < p->pb->vote_count; i++)
        status = import_roll_add(p->im, p->pb->votes[i].voter, NULL, err);
    if (!status)
        status = import_roll_end(p->im, err);
    if (!status)
        import_say(p->im, "名册 roll  %zu", p->pb->vote_count);
    return status;
}

/* ---- the result ---- */

static int step(struct play *p, const struct pass *as, const char *act, struct err *err)
{
    int status = lot_seen(p, err);

    return status ? status : import_ask(p->im, as, "POST", path(p, "lots", p->lot, act), NULL, err);
}

/* Winners of the last answer, and what they get in all. */
static int result_print(struct play *p, struct err *err)
{
    size_t count = 0, funded = 0;
    int64_t sum = 0, fen = 0;
    char text[MONEY_TEXT];
    int status = clerk(p, "GET", path(p, "lots", p->lot, "/awards"), NULL, err);

    if (status)
        return status;
    count = doc_count(p->im->reply.body, "/items");
    for (size_t i = 0; i < count; i++) {
        const char *amount = import_text(p->im, arena_printf(p->im->arena, "/items/%zu/amount", i));
        const char *title = import_text(p->im, arena_printf(p->im->arena, "/items/%zu/title", i));

        if (strcmp(import_text(p->im, arena_printf(p->im->arena, "/items/%zu/standing", i)), "winner") != 0 ||
            !money_parse(amount, false, &fen))
            continue;
        import_say(p->im, "  %14s  %s", amount, title);
        sum += fen;
        funded++;
    }
    money_print(sum, text);
    printf("%s\t%zu\t%s\n", p->tender, funded, text);
    return 0;
}

int import_pabulib(struct import *im, const char *text, size_t bytes, struct err *err)
{
    struct play p = {.im = im};
    static int (*const steps[])(struct play *, struct err *) = {
        clock_read, fund_make, entry_make, roll_make, tender_make, proposals_make, checks_make, ballots_send};
    int status = pabulib_read(im->arena, text, bytes, &p.pb, err);

    if (status)
        return status;
    p.title = im->name               ? im->name
              : p.pb->description[0] ? arena_printf(im->arena, "%.180s", p.pb->description)
                                     : arena_printf(im->arena, "%.80s %.40s", p.pb->unit, p.pb->instance);
    for (size_t i = 0; !status && i < LENGTH(steps); i++)
        status = steps[i](&p, err);
    if (!status)
        status = step(&p, &im->clerk, "/evaluate", err);
    if (!status)
        status = step(&p, &im->clerk, "/decide", err);
    if (!status)
        status = step(&p, &im->approver, "/confirm", err);
    if (!status)
        status = step(&p, &im->clerk, "/announce", err);
    return status ? status : result_print(&p, err);
}
