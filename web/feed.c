/* What programs of readers ask for: feeds of notices, calendars of deadlines, the map of the site. */
#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/time.h"
#include "web/page.h"
#include "web/words.h"

enum { FEED_ROWS = 50, MAP_PAGES = 100, CONTACT_DAYS = 180 };

static const char *absolute(const struct page *p, const char *path)
{
    return arena_printf(p->view.arena, "%s%s", site_url(p->site), path);
}

/* ---- Atom 1.0 ---- */

static json_t *entry_of(const struct page *p, const char *thing, const json_t *item)
{
    const char *office = page_text(item, "office_name"), *kind = page_text(item, "kind");
    const char *code = *kind ? kind : page_text(item, "state");
    struct view as = p->view;

    view_speak(&as, item);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id", page_text(item, "id"), "title",
                     page_text(item, "title"), "updated", page_text(item, "published"), "href",
                     absolute(p, page_link(p, thing, item)), "author", office, "term", code, "category",
                     view_word(&as, *kind ? "notice" : "state", code));
}

/* A feed begins with what is newest, wherever in the list it was found. */
static const char *const below_first[] = {"cursor", NULL};

static void show_atom(struct page *p, const struct op *op, const char *title, const json_t *items)
{
    const char *thing = strncmp(op->id, "notice", 6) == 0 ? "notice" : "tender";
    json_t *entries = json_array();
    const char *newest = "1970-01-01T00:00:00Z";
    const json_t *item;
    size_t i;

    json_array_foreach(items, i, item)
    {
        if (strcmp(page_text(item, "published"), newest) > 0)
            newest = page_text(item, "published");
        json_array_append_new(entries, entry_of(p, thing, item));
    }
    page_show_bare(p, "atom",
                   json_pack("{s:s, s:s, s:s, s:o}", "title", title, "self",
                             absolute(p, arena_printf(p->view.arena, "%s%s", view_path(&p->view, p->path),
                                                      page_query(p, op, below_first))),
                             "updated", newest, "entries", entries));
    p->visit->type = "application/atom+xml; charset=utf-8";
}

/* ---- iCalendar ---- */

static struct icaltimetype ical_of(const char *text)
{
    int64_t us;

    return time_parse(text, &us)
               ? icaltime_from_timet_with_zone((time_t)(us / TIME_SECOND), 0, icaltimezone_get_utc_timezone())
               : icaltime_null_time();
}

/* Deadlines are only ever put off: minutes since publication grow with every change. */
static int sequence_of(const json_t *tender)
{
    int64_t from, to;

    return time_parse(page_text(tender, "published"), &from) &&
                   time_parse(page_text(tender, "deadline"), &to) && to > from
               ? (int)((to - from) / (60 * TIME_SECOND))
               : 0;
}

/* When it was told last: published, or corrected since, where the notices are at hand. */
static const char *revised(const json_t *tender, const json_t *notices)
{
    const char *last = page_text(tender, "published");
    const json_t *notice;
    size_t i;

    json_array_foreach(notices, i, notice) if (strcmp(page_text(notice, "published"), last) > 0) last =
        page_text(notice, "published");
    return last;
}

static void put_event(const struct page *p, icalcomponent *calendar, const json_t *tender,
                      const json_t *notices)
{
    const struct icaltimetype at = ical_of(page_text(tender, "deadline"));
    icalcomponent *event;

    if (icaltime_is_null_time(at))
        return;
    event = icalcomponent_vanew(
        ICAL_VEVENT_COMPONENT,
        icalproperty_new_uid(arena_printf(p->view.arena, "%s@linli", page_text(tender, "id"))),
        icalproperty_new_dtstamp(ical_of(revised(tender, notices))), icalproperty_new_dtstart(at),
        icalproperty_new_sequence(sequence_of(tender)),
        icalproperty_new_summary(
            arena_printf(p->view.arena, "%s%s", view_text(&p->view, "closes"), page_text(tender, "title"))),
        icalproperty_new_description(page_text(tender, "number")),
        icalproperty_new_url(absolute(p, page_link(p, "tender", tender))), NULL);
    icalcomponent_add_component(calendar, event);
}

/* A calendar without a component is none (RFC 5545, 3.6): it says at least where its offices are. */
static icalcomponent *shanghai(void)
{
    enum { EIGHT_HOURS = 8 * 3600 };

    return icalcomponent_vanew(
        ICAL_VTIMEZONE_COMPONENT, icalproperty_new_tzid("Asia/Shanghai"),
        icalcomponent_vanew(ICAL_XSTANDARD_COMPONENT,
                            icalproperty_new_dtstart(icaltime_from_string("19700101T000000")),
                            icalproperty_new_tzoffsetfrom(EIGHT_HOURS),
                            icalproperty_new_tzoffsetto(EIGHT_HOURS), icalproperty_new_tzname("CST"), NULL),
        NULL);
}

static void show_calendar(struct page *p, const json_t *items, const json_t *notices)
{
    icalcomponent *calendar = icalcomponent_vanew(
        ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
        icalproperty_new_prodid(p->view.chinese ? "-//Linli//portal//ZH" : "-//Linli//portal//EN"),
        shanghai(), NULL);
    const json_t *item;
    char *text;
    size_t i;

    json_array_foreach(items, i, item) put_event(p, calendar, item, notices);
    text = icalcomponent_as_ical_string_r(calendar);
    icalcomponent_free(calendar);
    p->visit->status = 200;
    p->visit->type = "text/calendar; charset=utf-8";
    buf_text(&p->visit->out, text ? text : "");
    free(text);
}

/* ---- which ---- */

static bool one_of(const char *const *names, const char *name)
{
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

/* "示例街道 · 公告": of what thing the list is, by its name; of none, the name of the portal. */
static const char *feed_title(struct page *p, const struct op *op, const char *const *values)
{
    struct answer answer = {0};
    struct err err;
    const char *name = NULL, *title;

    if (op->param_count &&
        !page_ask(p, arena_printf(p->view.arena, "/%s/%s", op->segments[0], values[0]), &answer, &err))
        name = view_title(&p->view, answer.json);
    title = arena_printf(p->view.arena, "%s · %s", name ? name : view_text(&p->view, "name"),
                         p->view.chinese ? op->zh : op->en);
    answer_free(&answer);
    return title;
}

/* Of an office the calendar holds what is still to come: by deadline, all it ever published would fill the
 * first page once and stay. */
static const char *question_of(struct page *p, const char *path, const struct op *op, bool calendar)
{
    const char *asked = arena_printf(p->view.arena, "%s%s", path, page_query(p, op, below_first));

    if (calendar && strcmp(op->id, "tender_page") == 0 && !visit_value(&p->visit->query, "state"))
        asked = arena_printf(p->view.arena, "%s%cstate=bidding", asked, strchr(asked, '?') ? '&' : '?');
    if (op->shape == OP_PAGE && !visit_value(&p->visit->query, "limit"))
        asked = arena_printf(p->view.arena, "%s%climit=%d", asked, strchr(asked, '?') ? '&' : '?', FEED_ROWS);
    return asked;
}

/* Of one tender alone its notices are asked as well. */
static void show_date(struct page *p, const json_t *tender)
{
    struct answer answer = {0};
    struct err err;
    json_t *one = json_pack("[O]", tender);

    if (page_ask(p, arena_printf(p->view.arena, "/tenders/%s/notices", page_text(tender, "id")), &answer,
                 &err))
        answer.json = NULL;
    show_calendar(p, one, json_object_get(answer.json, "items"));
    json_decref(one);
    answer_free(&answer);
}

static void show_feed(struct page *p, const struct op *op, const char *const *values, const json_t *answer,
                      bool calendar)
{
    const json_t *items = json_object_get(answer, "items");

    if (!calendar)
        show_atom(p, op, feed_title(p, op, values), items);
    else if (items)
        show_calendar(p, items, NULL);
    else
        show_date(p, answer);
}

bool page_feed(struct page *p)
{
    static const char *const feeds[] = {"notice_news", "notice_page", "notice_list", "tender_search", NULL};
    static const char *const calendars[] = {"tender_calls", "tender_page", "tender_search", "tender_get",
                                            NULL};
    const char *dot = strrchr(p->path, '.'), *values[OP_PARAMS], *path;
    const bool calendar = dot && strcmp(dot, ".ics") == 0;
    const struct op *op;
    struct answer answer = {0};
    struct err err = {0};

    if (!dot || (!calendar && strcmp(dot, ".atom") != 0))
        return false;
    path = arena_ndup(p->view.arena, p->path, (size_t)(dot - p->path));
    op = spec_question(p->view.spec, path, values, p->view.arena);
    if (!op || !one_of(calendar ? calendars : feeds, op->id))
        return false;
    if (page_ask(p, question_of(p, path, op, calendar), &answer, &err) || answer.status != 200)
        page_problem(p, &answer, &err);
    else
        show_feed(p, op, values, answer.json, calendar);
    answer_free(&answer);
    return true;
}

/* ---- the map of the site ---- */

static void put_location(const struct page *p, const char *path, struct buf *out)
{
    buf_printf(
        out,
        "<url><loc>%s/zh%s</loc><xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"%s/en%s\"/></url>\n",
        site_url(p->site), path, site_url(p->site), path);
}

static void put_things(struct page *p, const char *question, const char *thing, const char *id,
                       struct buf *out)
{
    const char *cursor = "";

    for (int i = 0; i < MAP_PAGES && cursor; i++) {
        struct answer answer = {0};
        struct err err;
        const json_t *item;
        size_t k;

        if (page_ask(
                p,
                arena_printf(p->view.arena, "%s?limit=100%s%s", question, *cursor ? "&cursor=" : "", cursor),
                &answer, &err))
            return;
        json_array_foreach(json_object_get(answer.json, "items"), k, item)
        {
            const json_t *value = json_object_get(item, id);

            put_location(p,
                         json_is_integer(value)
                             ? arena_printf(p->view.arena, "/%s/%lld", thing, json_integer_value(value))
                             : arena_printf(p->view.arena, "/%s/%s", thing, page_text(item, id)),
                         out);
        }
        cursor = json_string_value(json_object_get(answer.json, "next"));
        cursor = cursor ? arena_dup(p->view.arena, cursor) : NULL;
        answer_free(&answer);
    }
}

static void show_map(struct page *p)
{
    static const char *const paths[] = {"/",        "/tenders",       "/search/tenders", "/notices",
                                        "/offices", "/organisations", "/spending",       "/open-data"};
    struct buf *out = &p->visit->out;
    struct err err;

    if (site_heavy_begin(p->site, &err)) {
        p->visit->status = 503;
        visit_header(p->visit, "Retry-After", "60");
        return;
    }
    buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset "
                  "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
                  "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    for (size_t i = 0; i < LENGTH(paths); i++)
        put_location(p, paths[i], out);
    put_things(p, "/offices", "offices", "office_id", out);
    put_things(p, "/search/tenders", "tenders", "id", out);
    put_things(p, "/notices", "notices", "id", out);
    put_things(p, "/organisations", "organisations", "id", out);
    site_heavy_end(p->site);
    buf_text(out, "</urlset>\n");
    p->visit->type = "application/xml; charset=utf-8";
}

static void show_robots(struct page *p)
{
    buf_printf(&p->visit->out,
               "User-agent: *\nDisallow: /zh/login\nDisallow: /en/login\nDisallow: /zh/me\nDisallow: "
               "/en/me\nDisallow: /*?do=\nDisallow: /*/pdf\nDisallow: /*/docx\nDisallow: /*?as=\nDisallow: "
               "/*&as=\nSitemap: %s/sitemap.xml\n",
               site_url(p->site));
}

/* RFC 9116.  It names a person to write to, so there is none until one is set. */
static void show_contact(struct page *p)
{
    char expires[TIME_TEXT];

    if (!site_contact(p->site)) {
        p->visit->status = 404;
        buf_text(&p->visit->out, "# --contact\n");
        return;
    }
    time_print((time_real() / TIME_DAY + CONTACT_DAYS) * TIME_DAY, expires);
    buf_printf(
        &p->visit->out,
        "Contact: %s\nExpires: %s\nPreferred-Languages: zh, en\nCanonical: %s/.well-known/security.txt\n",
        site_contact(p->site), expires, site_url(p->site));
}

bool page_for_programs(struct page *p)
{
    static const struct {
        const char *url;
        void (*show)(struct page *);
    } known[] = {{"/sitemap.xml", show_map},
                 {"/robots.txt", show_robots},
                 {"/.well-known/security.txt", show_contact}};

    for (size_t i = 0; i < LENGTH(known); i++)
        if (strcmp(known[i].url, p->visit->url) == 0) {
            p->visit->status = 200;
            p->visit->type = "text/plain; charset=utf-8";
            known[i].show(p);
            return true;
        }
    return false;
}
