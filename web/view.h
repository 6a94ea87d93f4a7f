/*
 * What the API answered, as people read it: members by their names, codes as
 * words, money with its yuan, times as the office's clock shows them, ids as
 * links.  All of it is JSON for the templates thing, table and fields.
 */
#ifndef WEB_VIEW_H
#define WEB_VIEW_H

#include <jansson.h>

#include "core/base/arena.h"
#include "web/spec.h"

struct view {
    const struct spec *spec;
    struct arena *arena;
    bool chinese;
    const json_t *me;           /* who looks, as GET /me answers: what they may not ask is no link; NULL: nobody */
    const json_t *plan;         /* of the tender one looks at; NULL: none */
    const char *of;             /* the question whose answer one looks at: a member may be called otherwise there; NULL: none */
    const char *manner;         /* web/words.h: in whose words one is told what one looks at; NULL: the plain ones */
};

/* For the part "fields": {"fields": [..]}, without what only programs need.  The caller's. */
json_t *view_fields(const struct view *v, const json_t *object);
/* For the part "table": {"columns": [..], "rows": [..]}; rows link to the page of their element where the list has
 * one.  The caller's. */
json_t *view_table(const struct view *v, const struct op *list, const json_t *items);
/* Do rows hold what no cell has room for, and have no page of their own that would show it? */
bool view_deep(const struct view *v, const struct op *list, const json_t *items);
/* A name for one thing: its title, name or number; NULL where it has none. */
const char *view_title(const struct view *v, const json_t *object);
/* "tender" of a list of events: what a member or code is called; never NULL. */
const char *view_label(const struct view *v, const char *member);
const char *view_word(const struct view *v, const char *member, const char *code);
/* The code to say of a bid's state: "opened" once it is open; a proposal is open from the day it is handed in. */
const char *view_bid_state(const struct view *v, const json_t *bid);
/* A text of web/words.def. */
const char *view_text(const struct view *v, const char *key);
/* What an op is called where one is: "op.bid_submit" of web/words.def, or as the API names it. */
const char *view_op(const struct view *v, const struct op *op);
/* Speaks from now on as fits what one looks at: its "regime" and "mechanism", if it has both. */
void view_speak(struct view *v, const json_t *tender);
/* "2026年12月17日 09:30" of an RFC 3339 time or a date; the text itself where it is none. */
const char *view_time(const struct view *v, const char *text);
/* The day of it alone: "2026年12月17日". */
const char *view_day(const struct view *v, const char *text);
/* "还有 3 天 4 小时" from `now` (RFC 3339) to a time; NULL once it is past, or where one of them is no time. */
const char *view_countdown(const struct view *v, const char *now, const char *until);
/* Of {"zh", "en"}: in the other language where this one has nothing; "" where it is no such thing. */
const char *view_said(const json_t *both, bool chinese);
/* A number, a text, or yes and no; "" of anything else. */
const char *view_scalar(const struct view *v, const json_t *value);
/* Is a member of that name for people? */
bool view_shown(const char *name);
/* A cell of view_table as text. */
const char *view_plain(const struct view *v, const json_t *cell);
/* "（人民币肆拾捌万元整）" of the amount of an award, contract or payment, in Chinese; "" of anything else. */
const char *view_in_words(const struct view *v, const char *name, const char *text);
/* "联合体成员：本项目不接受联合体" of "/parties 本项目不接受联合体": programs read where in the file it is. */
const char *view_why_void(const struct view *v, const char *reason);
/* "5 个工作日" of "5wd"; NULL: it is no number of hours, days or months. */
const char *view_period(const struct view *v, const char *text);
/* A voucher in a line: its kind, number, seller and sum, as far as they are told; NULL: it has no kind or no sum. */
const char *view_paper(const struct view *v, const json_t *paper);
/* "480,000.00" of "480000.00". */
const char *view_money(const struct view *v, const char *text);
/* The page of an op in the language of the view: "/zh/tenders/0000..". */
const char *view_path(const struct view *v, const char *path);

#endif
