/* What an act would do, told beside its form before it is done: the notice of a draft, the dates a deadline
 * moves, an organisation with the check digit of its code. */
#include <string.h>

#include "web/page.h"
#include "web/words.h"

static const char end[] = "/preview";

static bool previews(const struct op *op)
{
    const size_t size = strlen(op->path), tail = sizeof end - 1;

    return strcmp(op->method, "post") == 0 && size > tail && strcmp(op->path + size - tail, end) == 0;
}

bool preview_at_hand(const struct page *p, const struct op *op)
{
    const size_t size = strlen(op->path) - (previews(op) ? sizeof end - 1 : 0);

    for (size_t i = 0; previews(op) && i < spec_count(p->view.spec); i++) {
        const struct op *one = spec_at(p->view.spec, i);

        if (strcmp(one->method, "get") != 0 && strlen(one->path) == size &&
            strncmp(one->path, op->path, size) == 0 && page_may(p, one))
            return true;
    }
    return false;
}

const struct op *preview_of(const struct page *p, const struct op *op)
{
    const size_t size = strlen(op->path);

    if (previews(op))
        return op;
    for (size_t i = 0; i < spec_count(p->view.spec); i++) {
        const struct op *one = spec_at(p->view.spec, i);

        if (previews(one) && strncmp(one->path, op->path, size) == 0 && strcmp(one->path + size, end) == 0)
            return page_may(p, one) ? one : NULL;
    }
    return NULL;
}

int preview_ask(struct page *p, const struct op *op, const json_t *body, struct answer *ret, struct err *err)
{
    const struct op *preview = preview_of(p, op);
    const char *path = p->path;

    MUST(preview);
    if (preview != op)
        p->path = arena_printf(p->view.arena, "%s%s", path, end);
    const int status = page_act(p, preview, body, ret, err);
    p->path = path;
    return status;
}

/* ---- dates ---- */

static const char *date_name(const struct page *p, const json_t *date)
{
    const char *what = page_text(date, "what");
    const char *name = view_said(json_object_get(date, "name"), p->view.chinese);
    const json_t *lot = json_object_get(date, "lot");
    const char *said = view_text(&p->view, arena_printf(p->view.arena, "moves_%s", what));

    if (lot)
        name = arena_printf(p->view.arena, p->view.chinese ? "%s（第 %lld 包）" : "%s (lot %lld)", name,
                            json_integer_value(lot));
    if (!*name)
        return said ? said : what;
    return said ? arena_printf(p->view.arena, "%s%s%s", name, view_text(&p->view, "colon"), said) : name;
}

static const char *date_at(const struct page *p, const json_t *date, const char *which)
{
    const char *at = page_text(date, which);

    return *at ? view_time(&p->view, at) : view_text(&p->view, "moves_none");
}

static json_t *dates(const struct page *p, const json_t *items)
{
    json_t *rows = json_array();
    const json_t *date;
    size_t i;

    json_array_foreach(items, i, date) json_array_append_new(
        rows, json_pack("{s:s, s:s, s:s, s:s}", "name", date_name(p, date), "old", date_at(p, date, "old"),
                        "new", date_at(p, date, "new"), "by", page_text(date, "article")));
    return json_pack("{s:b, s:o}", "none", json_array_size(items) == 0, "dates", rows);
}

/* ---- until when one may object ---- */

/* What the API says of an objection of that kind: until when, or why not. */
static json_t *time_of(struct page *p, const char *path, const char *kind, const char *label)
{
    struct question q = {.method = "POST",
                         .path = path,
                         .csrf = p->csrf,
                         .body = arena_printf(p->view.arena, "{\"kind\":\"%s\",\"body\":\"-\"}", kind)};
    struct answer answer = {0};
    struct err err;
    const char *until, *left, *said = "", *article = "";

    if (!page_tell(p, &q, &answer, &err)) {
        until = page_text(answer.json, "until");
        left = *until ? view_countdown(&p->view, page_now(p), until) : NULL;
        said = answer.status != 200 ? page_text(answer.json, "detail")
               : !*until            ? view_text(&p->view, "object_open")
               : left ? arena_printf(p->view.arena, "%s · %s", view_time(&p->view, until), left)
                      : view_time(&p->view, until);
        said = arena_dup(p->view.arena, said);
        article = arena_dup(p->view.arena, page_text(answer.json, "article"));
    }
    answer_free(&answer);
    return json_pack("{s:s, s:s, s:s}", "label", label, "said", said, "article", article);
}

static bool objects(const struct op *op)
{
    return strcmp(op->id, "objection_file") == 0;
}

static void put_times(struct page *p, const struct op *op, json_t *data)
{
    const json_t *kinds = json_object_get(json_object_get(op->form, "properties"), "kind"), *kind;
    json_t *times = json_array();
    size_t i;

    json_array_foreach(json_object_get(kinds, "enum"), i, kind)
    {
        const char *code = json_string_value(kind);
        const json_t *label = json_object_get(json_object_get(kinds, "x-labels"), code);

        json_array_append_new(times, time_of(p, arena_printf(p->view.arena, "%s%s", p->path, end), code,
                                             view_said(label, p->view.chinese)));
    }
    json_object_set_new(data, "times", json_pack("{s:o}", "each", times));
}

/* A draft is checked as a whole, while its options are chosen. */
static bool checks(const struct op *op)
{
    return json_object_get(json_object_get(op->form, "properties"), "scheme_options") != NULL;
}

/* The notice, and what it does not say yet. */
static json_t *notice_shown(struct page *p)
{
    json_t *shown = notice_draft(p, p->preview);
    const json_t *missing = json_object_get(p->preview, "missing"), *one;
    const char *names = "";
    size_t i;

    json_array_foreach(missing, i, one) names =
        arena_printf(p->view.arena, "%s%s%s", names, i ? view_text(&p->view, "list_mark") : "",
                     view_label(&p->view, json_string_value(one)));
    json_object_set_new(shown, "missing", json_string(names));
    return shown;
}

void preview_put(struct page *p, const struct op *op, json_t *data)
{
    const json_t *items = json_object_get(p->preview, "items");

    json_object_set_new(data, "only_preview", json_boolean(previews(op)));
    if (!previews(op) && preview_of(p, op) && objects(op))
        put_times(p, op, data);
    else if (!previews(op) && preview_of(p, op))
        json_object_set_new(data, checks(op) ? "can_check" : "can_preview", json_true());
    if (p->preview && (checks(op) || objects(op)))
        json_object_set_new(data, "checked", json_true());
    else if (items)
        json_object_set_new(data, "preview_dates", dates(p, items));
    else if (json_object_get(p->preview, "preview"))
        json_object_set_new(data, "preview_notice", notice_shown(p));
    else if (p->preview)
        json_object_set_new(data, "preview_thing",
                            json_pack("{s:b, s:o}", "doubtful",
                                      json_is_true(json_object_get(p->preview, "uscc_doubtful")), ">fields",
                                      view_fields(&p->view, p->preview)));
}
