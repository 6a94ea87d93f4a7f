/* What an organisation handed in for a tender, as it alone sees it: content, files, times, and the receipt to
 * keep. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "web/page.h"
#include "web/words.h"

enum { RECEIPT_BYTES = 16384 };

struct mine {
    struct page *p;
    json_t *plan; /* names the fields; NULL: not told */
    bool receipt; /* the newest bid was handed in just now: its receipt is shown, once */
};

static const json_t *named(const json_t *list, const char *code)
{
    const json_t *one;
    size_t i;

    json_array_foreach(list, i, one) if (strcmp(page_text(one, "code"), code) == 0) return one;
    return NULL;
}

/* ---- content ---- */

static const char *value_text(const struct mine *m, const json_t *value, const json_t *field)
{
    const struct view *v = &m->p->view;
    const char *text = json_string_value(value);

    if (text && strcmp(page_text(field, "unit"), "money") == 0)
        return arena_printf(v->arena, "%s %s", view_money(v, text), view_text(v, "csv_money"));
    return view_scalar(v, value);
}

/* One line for each member that was filled in, called as the plan calls it. */
static void put_values(const struct mine *m, const json_t *values, const char *part, json_t *rows)
{
    const json_t *value, *list = json_object_get(json_object_get(m->plan, "plan"), part);
    const char *code;

    json_object_foreach((json_t *)values, code, value)
    {
        const json_t *field = named(list, code);
        const char *name = view_said(json_object_get(field, "name"), m->p->view.chinese);

        json_array_append_new(rows,
                              json_pack("{s:s, s:s}", "label", *name ? name : view_label(&m->p->view, code),
                                        "value", value_text(m, value, field)));
    }
}

/* Who bids together, and which share is whose. */
static void put_parties(const struct mine *m, const json_t *parties, json_t *rows)
{
    const struct view *v = &m->p->view;
    const json_t *party;
    size_t i;

    json_array_foreach(parties, i, party)
    {
        const char *name = page_text(party, "name"), *uscc = page_text(party, "uscc");

        json_array_append_new(rows, json_pack("{s:s, s:s}", "label",
                                              view_word(v, "part", page_text(party, "part")), "value",
                                              arena_printf(v->arena, "%s%s%s · %s", name, *uscc ? " " : "",
                                                           uscc, page_text(party, "share"))));
    }
}

static json_t *files_of(const struct mine *m, const json_t *content)
{
    json_t *files = json_array();
    const json_t *file;
    size_t i;

    json_array_foreach(json_object_get(content, "files"), i, file) json_array_append_new(
        files,
        json_pack("{s:s, s:s, s:s}", "name", page_text(file, "name"), "size",
                  arena_printf(m->p->view.arena, "%lld", json_integer_value(json_object_get(file, "bytes"))),
                  "sha256", page_text(file, "sha256")));
    return files;
}

/* A container tells nothing before it is opened, and what it held afterwards. */
static json_t *content_of(const struct mine *m, const char *id, bool container)
{
    json_t *bid, *content;

    if (!container)
        return page_read(m->p, arena_printf(m->p->view.arena, "/bids/%s/file", id));
    bid = page_read(m->p, arena_printf(m->p->view.arena, "/bids/%s", id));
    content = json_incref(json_object_get(bid, "content"));
    json_decref(bid);
    return content;
}

static void put_content(const struct mine *m, const char *id, bool container, json_t *made)
{
    json_t *content = content_of(m, id, container), *rows;

    if (container && !json_is_object(content)) {
        json_object_set_new(made, "closed", json_true());
        json_decref(content);
        return;
    }
    rows = json_array();
    put_values(m, json_object_get(content, "fields"), "fields", rows);
    put_values(m, json_object_get(content, "declarations"), "checks", rows);
    put_parties(m, json_object_get(content, "parties"), rows);
    json_object_set_new(made, "stated", rows);
    json_object_set_new(made, "attached", files_of(m, content));
    json_decref(content);
}

/* ---- receipt ---- */

/* "receipt": its text, to be kept outside the platform; nothing where none are given, or nobody signs just
 * now.  Each is signed anew: it is asked for once, and later on the bid's own page. */
static void put_receipt(const struct mine *m, const char *id, json_t *made)
{
    struct page *p = m->p;
    const char *path = arena_printf(p->view.arena, "/bids/%s/receipt", id);
    struct question q = {.method = "GET", .path = path, .file = true};
    struct answer answer = {0};
    struct err err;
    char *text;
    size_t size;

    if (!page_tell(p, &q, &answer, &err) && answer.status == 200 && answer.file) {
        text = arena_alloc(p->view.arena, RECEIPT_BYTES + 1, 1);
        rewind(answer.file);
        size = fread(text, 1, RECEIPT_BYTES, answer.file);
        text[size] = '\0';
        json_object_set_new(made, "receipt",
                            json_pack("{s:s, s:s}", "text", text, "keep", view_path(&p->view, path)));
    }
    answer_free(&answer);
}

/* ---- one bid ---- */

static json_t *bid_of(struct mine *m, const json_t *bid)
{
    const struct view *v = &m->p->view;
    const char *id = page_text(bid, "id"), *state = view_bid_state(v, bid),
               *gone = page_text(bid, "withdrawn");
    const bool stands = strcmp(state, "replaced") != 0 && strcmp(state, "withdrawn") != 0;
    const bool container = json_is_true(json_object_get(bid, "container"));
    json_t *made =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I}", "lot", view_label(v, "lot"),
                  "href", page_link(m->p, "bid", bid), "tone", state, "state", view_word(v, "state", state),
                  "iso", page_text(bid, "received"), "at", view_time(v, page_text(bid, "received")), "gone",
                  *gone ? view_time(v, gone) : "", "sha256", page_text(bid, "sha256"), "why",
                  view_why_void(v, page_text(bid, "void_reason")), "file",
                  view_path(v, arena_printf(v->arena, "/bids/%s/file", id)), "bytes",
                  json_integer_value(json_object_get(bid, "bytes")), "no",
                  json_integer_value(json_object_get(bid, "lot")));

    const bool lead = json_is_true(json_object_get(bid, "lead"));
    json_object_set_new(made, "mine", json_boolean(lead));
    json_object_set_new(made, "stands", json_boolean(stands && lead));
    if (stands && lead)
        put_content(m, id, container, made);
    if (stands && lead && m->receipt)
        put_receipt(m, id, made);
    m->receipt = m->receipt && !(stands && lead);
    return made;
}

static bool of_organisation(const struct page *p)
{
    const json_t *membership;
    size_t i;

    json_array_foreach(json_object_get(p->me, "memberships"), i,
                       membership) if (*page_text(membership, "organisation")) return true;
    return false;
}

void handed_in_put(struct page *p, const char *tender, json_t *data)
{
    const char *done = visit_value(&p->visit->query, "done");
    struct mine m = {p, NULL, done && strcmp(done, "bid_submit") == 0};
    json_t *answer, *bids = json_array();
    const json_t *bid;
    size_t i;

    if (of_organisation(p)) {
        answer = page_read(p, arena_printf(p->view.arena, "/me/bids?tender=%s", tender));
        m.plan = json_array_size(json_object_get(answer, "items"))
                     ? page_read(p, arena_printf(p->view.arena, "/tenders/%s/plan", tender))
                     : NULL;
        json_array_foreach(json_object_get(answer, "items"), i, bid)
            json_array_append_new(bids, bid_of(&m, bid));
        json_decref(answer);
        json_decref(m.plan);
    }
    if (json_array_size(bids))
        json_object_set_new(data, "handed_in", json_pack("{s:o}", "bids", bids));
    else
        json_decref(bids);
}
