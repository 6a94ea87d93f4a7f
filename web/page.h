/*
 * Inside of the portal: a page while it is made.  web/page.c knows who asks and
 * puts a template into the frame; the other files make one kind of page each.
 */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "web/site.h"
#include "web/view.h"

struct page {
    struct site *site;
    struct visit *visit;
    struct view view;               /* spec, arena, language */
    const char *path;               /* below the language: "/tenders/0000.." */
    json_t *me;                     /* who asks, as GET /me answers; NULL: nobody */
    const char *csrf;
    const json_t *preview;          /* what the act of the form one looks at would do; NULL: nobody asked */
    const json_t *thing;            /* what it shows; NULL: none, or several */
    const char *seat_asked;         /* the lot of moment_seated; NULL: none yet */
    bool seated;
    const char *now;                /* legal time, once it was asked; NULL: not yet */
};

/* Asks the API as the visitor. */
int page_ask(struct page *p, const char *path, struct answer *ret, struct err *err) MUST_USE;
/* The same; an answer with no status where there is none. */
struct answer page_asked(struct page *p, const char *path);
/* Of a list that was answered; NULL: it was not. */
const json_t *answer_items(const struct answer *answer);
int page_tell(struct page *p, struct question *q, struct answer *ret, struct err *err) MUST_USE;
/* What the API answers to that path; NULL where it does not.  The caller's. */
json_t *page_read(struct page *p, const char *path);
/* May the visitor do or ask this, as far as roles tell? */
bool page_may(const struct page *p, const struct op *op);
/* The same at this office; NULL: at any. */
bool page_may_at(const struct page *p, const struct op *op, const char *office);

/* Legal time, as GET /clock answers it; "" where it could not be asked. */
const char *page_now(struct page *p);
/* A member that is text; "" where it is none. */
const char *page_text(const json_t *object, const char *name);
/* The address of the page of this "tender": by its id. */
const char *page_link(const struct page *p, const char *thing, const json_t *object);

/* Answers with the template `name` filled with `data` (taken over), in the frame of every page. */
void page_show(struct page *p, int status, const char *name, const char *title, json_t *data);
/* The same without a frame: the template is the whole answer. */
void page_show_bare(struct page *p, const char *name, json_t *data);
/* Answers with what the API refused, or with `err` where it could not be asked. */
void page_problem(struct page *p, const struct answer *answer, const struct err *err);

/* The page the visitor asks to go on to by "next", with its language: one of ours; the first page where it is none. */
const char *page_next(const struct page *p);

/* The kinds of pages. */
void page_home(struct page *p);
void page_login(struct page *p);
void page_logout(struct page *p);
void page_register(struct page *p);     /* asks for an account */
void page_thing(struct page *p);        /* any question of the API */
void page_do(struct page *p, const struct op *op, const char *const *values);   /* any act */
void page_tender(struct page *p, const struct op *op, const char *const *values, const json_t *tender);

bool page_notice(struct page *p);       /* a notice, its print view or its text; false: the path is none */
bool page_feed(struct page *p);         /* .atom or .ics of a question; false: the path is none */
bool page_for_programs(struct page *p); /* robots.txt, sitemap.xml, security.txt */
void page_open_data(struct page *p);
/* false: another list than that of proposals. */
bool page_proposals(struct page *p, const struct op *op, const char *const *values, const json_t *answer);
/* May residents support this "bid" now? */
bool proposal_counts(struct page *p, const json_t *proposal);
/* How bids are opened, by who opens them; false: another question, or no ceremony yet. */
bool page_opening(struct page *p, const struct op *op, const char *const *values, const json_t *openers);
bool page_report(struct page *p);       /* the year of an office; false: the path is none */

/* ---- parts of pages of things ---- */

/* "?text=..": the visitor's query, as far as the API takes it, without those named (up to a NULL; NULL: with all). */
const char *page_query(struct page *p, const struct op *op, const char *const *without);
/* "?state=open": the same with one parameter set to another value, or (NULL) without it, from the first page on. */
const char *page_query_with(struct page *p, const char *name, const char *value);
/* The office in an id (docs/api.md). */
long page_office_of(const struct page *p, const char *id);
/* A text as the path of a QR code, of 1 x 1 squares, with its quiet zone of 4. */
const char *page_qr(const struct page *p, const char *text);

/* "handed_in": the bids of the visitor's organisations for this tender, with what is in them; nothing where there are none. */
void handed_in_put(struct page *p, const char *tender, json_t *data);
/* Of a mechanism or a scheme: its answer without what only programs read, and a section with its options. */
bool options_of(const struct op *op);
json_t *options_less(const json_t *object);
void options_put(struct page *p, const struct op *op, const json_t *object, json_t *data);
/* Of a draft or a plan: its answer without options and rules, and "settings" with the options, a section with the rules. */
bool plan_of(const struct op *op);
json_t *plan_less(const json_t *object);
void plan_put(struct page *p, const json_t *object, json_t *data);
/* Why this act cannot be done now, as its thing stands; NULL: nothing is known against it. */
const char *moment_missed(struct page *p, const struct op *op, const json_t *thing);
/* Is the visitor on the panel of that lot, as far as they may know of it? */
bool moment_seated(struct page *p, const char *lot);
/* "menu" with the part "acts": what the visitor may do here. */
void page_put_acts(struct page *p, const struct op *op, const char *const *values, json_t *data);
/* "done": what was just done, from the query of a page one came back to. */
void page_put_done(struct page *p, json_t *data);
/* "sections", and "more_links" with the part "parts": the lists below the thing, but those of the ops `without`
 * (NULL-ended; NULL: none). */
void page_put_sections(struct page *p, const struct op *op, const char *const *values, const char *const *without,
                       json_t *data);

/* The office a path is about, by its {office} or by the id of the thing (docs/api.md); NULL where it tells of none. */
const char *page_office(const struct page *p, const struct op *op, const char *const *values);
void page_bid(struct page *p, const struct op *op, const char *const *values);  /* the act bid_submit */

void page_vote(struct page *p, const struct op *op, const char *const *values); /* the act ballot_cast */
void page_marks(struct page *p, const struct op *op, const char *const *values);        /* the act marks_put */
void page_whatif(struct page *p, const struct op *op, const char *const *values);       /* scheme_try */
void page_size(struct page *p);         /* the switch of large type */

/* ">money": where the money of the year asked for (else of the last) goes, of one office, or of all with 0. The year. */
long long money_put(struct page *p, long office, json_t *data);

/* "saved": the searches kept in a cookie, with their feeds; and the page that keeps or drops one. */
void saved_put(struct page *p, json_t *data);
void page_saved(struct page *p);

/* "sandbox": its clock and how to move it, for the frame; nothing where it is none. */
void sandbox_put(struct page *p, json_t *frame);
/* "people": as whom one logs in by one click. */
void sandbox_put_people(struct page *p, json_t *data);
void page_sandbox(struct page *p);      /* moves the clock forward */

/* ---- for acts ---- */

/* The act that tells what `op` would do and stores nothing: below it, or itself.  NULL: there is none, or not for who asks. */
const struct op *preview_of(const struct page *p, const struct op *op);
/* Is this a preview of what the visitor may do, whose form offers it? */
bool preview_at_hand(const struct page *p, const struct op *op);
/* Asks it, at the path of the page, with the body of a form. */
int preview_ask(struct page *p, const struct op *op, const json_t *body, struct answer *ret, struct err *err)
    MUST_USE;
/* "can_preview" and, where it was asked, "preview_notice", "preview_dates" or "preview_thing". */
void preview_put(struct page *p, const struct op *op, json_t *data);
/* A notice that is none yet, as its page would show it. */
json_t *notice_draft(struct page *p, const json_t *notice);

/* What a form that is looked at for the first time begins with: members that `now` does not say yet. */
void defaults_put(struct page *p, const struct op *op, const json_t *schema, json_t *now);

/* Sends the act at the path of the page with this body and what the form carries besides (_key, _csrf, _match). */
int page_act(struct page *p, const struct op *op, const json_t *body, struct answer *ret, struct err *err) MUST_USE;

/* Uploads a file that a form sent along, under its digest.  -1: it was not taken, *ret says at its field why, or *err. */
int page_upload(struct page *p, const struct visit_file *f, char sha256[65], struct answer *ret, struct err *err) MUST_USE;
/* The SHA-256 of a file from its beginning, in hexadecimal. */
void page_digest(FILE *data, char out[65]);
/* "POST" of an op. */
const char *act_method(const struct op *op, struct arena *arena);
/* The same act, or a question, as a line for a shell; a bearer token in LINLI_TOKEN, or this one.  A body that is
 * secret stays out of it: it is read from body.json. */
const char *curl_command(struct page *p, const struct op *op, const char *etag, const json_t *body);
const char *curl_question(struct page *p, const char *token, const char *path);

/* A fresh Idempotency-Key. */
const char *page_key(const struct page *p);
/* For the part "summary": what the API found wrong, each with a link to its field, called as the schema of the form calls
 * it (NULL: as all of the API do).  The caller's. */
json_t *page_summary(const struct page *p, const json_t *schema, const json_t *problem);

/* The acts at or just below this question that the visitor may try: [{href, label, why}]; with "why", its moment is not
 * there. */
json_t *acts_at(struct page *p, const struct op *question, const char *const *values);

#endif
