/*
 * What every page is made from: the API's description, the templates, the files
 * pages refer to, and kept connections to the API.  Made once by main(); threads
 * share it.
 */
#ifndef WEB_SITE_H
#define WEB_SITE_H

#include "web/ask.h"
#include "web/http.h"
#include "web/spec.h"
#include "web/template.h"

struct site;

struct site_config {
    const char *api, *uploads, *templates, *assets;
    const char *url;            /* of the pages, as readers see it: "https://linli.example" */
    const char *contact;        /* for security.txt: "mailto:.."; NULL: none */
    const char *pdf, *pdf_styles;       /* the program that makes PDF, and the styles it is given */
    const char *people;         /* of a sandbox, as whom visitors log in by one click: a line "login TAB password TAB
                                 * who they are TAB the same in English" each; NULL: none */
    const char *docx, *docx_reference;  /* the program that makes Word documents, and one in the looks they take */
    int threads;                /* visits at a time; one in eight of them may be heavy */
};

/* Asks the API for its description, waiting up to 30 s for it to be there. */
int site_open(const struct site_config *config, struct site **ret, struct err *err) MUST_USE;
void site_close(struct site *s);

/* Chinese fonts make a PDF a matter of seconds and of a whole core: one at a time (E_BUSY), the last ones kept. */
int site_pdf(struct site *s, const struct buf *html, struct buf *out, struct err *err) MUST_USE;
/* The same as a Word document; reference: the file of another document in whose looks it is made, or NULL. */
int site_docx(struct site *s, const struct buf *html, const char *reference, struct buf *out, struct err *err) MUST_USE;
const char *site_url(const struct site *s);
const char *site_api(const struct site *s);
const char *site_contact(const struct site *s);
/* Does the API serve a sandbox? */
bool site_sandbox(const struct site *s);
/* Its people, [{login, password, zh, en}]; NULL where it is no sandbox, or has none. */
const json_t *site_people(const struct site *s);
const struct spec *site_spec(const struct site *s);
const struct templates *site_templates(const struct site *s);
/* "/assets/<digest>": where files lie; another digest when any of them changes. */
const char *site_assets(const struct site *s);

/* A file below assets, or NULL. */
struct asset { const char *name, *type, *data; size_t size; };
const struct asset *site_asset(const struct site *s, const char *name);

/* Asks with a connection of its own for as long as it lasts. */
int site_ask(struct site *s, struct arena *arena, const struct question *q, struct answer *ret, struct err *err)
    MUST_USE;

/* Uploads, to the address of uploads. */
int site_upload(struct site *s, struct arena *arena, struct upload *u, struct answer *ret, struct err *err) MUST_USE;

/* The visit_fns whose arg is the site: the whole portal. */
void site_visit(void *site, struct visit *v);
bool site_brings(void *site, const struct visit *v);

/* What asks a hundred questions in a row has few places, so that pages go on: E_BUSY where none is free; else ended. */
int  site_heavy_begin(struct site *s, struct err *err) MUST_USE;
void site_heavy_end(struct site *s);

#endif
