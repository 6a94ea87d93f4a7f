/*
 * Things and lists as people take them away, by ?as= behind the address of their page: things as print, pdf and docx,
 * with lines to sign; lists as xlsx and csv (all rows, all members) besides.
 */
#ifndef WEB_PAPER_H
#define WEB_PAPER_H

#include "web/page.h"

/* false: nothing of the kind is asked for. */
bool page_paper(struct page *p);
/* "away": links to them. */
void paper_put_links(struct page *p, const struct op *op, const char *const *values, json_t *data);

/* Ends a table (core/money/table.h) and gives it as a file of that name. */
struct table;
void page_give_table(struct page *p, struct table *t, bool xlsx, const char *name);
/* A file to keep, under that name. */
void page_give_name(struct page *p, const char *name, const char *end);

/* "final": the form that takes the final document of a thing back, for whom may. */
void paper_put_final(const struct page *p, const struct op *op, const char *const *values, json_t *data);

/* ---- web/paper_score.c: blocks of a document ---- */

/* The sheet an evaluator fills in by hand; all marks of a lot; and how they came to the result. */
json_t *score_empty(struct page *p, const char *lot, const json_t *criteria);
json_t *score_marks(struct page *p, const char *lot, const json_t *sheets);
json_t *score_summary(struct page *p, const char *lot, const json_t *evaluation);

/* ---- web/notice.c: what a document is made of ---- */

/* One member with all that is in it, as rows and tables for the template "document"; by the names its schema gives, where
 * there is one. */
void page_block(struct page *p, json_t *blocks, const char *name, const json_t *schema, const json_t *value);
/* Blocks for the options of a plug-in, each by the name its schema gives it (NULL: there is none). */
void page_settings(struct page *p, json_t *blocks, const json_t *schema, const json_t *options);
/* The same as one line of text. */
const char *page_said(const struct page *p, const char *name, const json_t *value);
/* What is to be shown, as HTML, turned into what is asked for: "print" leaves it as it is.  office: in whose looks a Word document is made;
 * NULL: nobody's own. */
void page_made(struct page *p, const char *office, const char *form, const char *name);

/* ---- web/letterhead.c ---- */

/* The template of an office, in a file; path NULL: it has none, or none that can be had. */
struct letterhead {
    char *path;
    const char *sha256;
};
void letterhead_get(struct page *p, const char *office, struct letterhead *ret);
void letterhead_end(struct letterhead *own);    /* also the CLEANUP function */

#endif
