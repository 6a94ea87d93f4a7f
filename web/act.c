/* A form for every act of the API, and what happens when it is sent. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/digest.h"
#include "web/choices.h"
#include "web/office.h"
#include "web/words.h"

enum { KEY_BYTES = 16, KEY_TEXT = 2 * KEY_BYTES + 1 };

/* The page one comes back to: the thing the act is about. */
static const char *thing_path(const struct page *p, const struct op *op, const char *const *values,
                              int params)
{
    const char *path = "";
    int seen = 0;

    for (int i = 0; i < op->segment_count && seen < params; i++) {
        const bool value = op->segments[i][0] == '{';

        path = arena_printf(p->view.arena, "%s/%s", path, value ? values[seen] : op->segments[i]);
        seen += value;
    }
    return path;
}

static const char *back_path(const struct page *p, const struct op *op, const char *const *values)
{
    const char *taken[OP_PARAMS];

    for (int params = op->param_count; params > 0; params--) {
        const char *path = thing_path(p, op, values, params);
        if (spec_question(p->view.spec, path, taken, p->view.arena))
            return path;
    }
    return "/";
}

/* What If-Match must name: the thing as it is while the form is looked at; and, for an edit, what fills the
 * form. */
static void look(struct page *p, const struct op *op, const char *const *values, const char **ret_etag,
                 json_t **ret)
{
    struct answer answer = {0};
    struct err err;

    *ret_etag = "";
    *ret = NULL;
    if (!op->matched || page_ask(p, back_path(p, op, values), &answer, &err))
        return;
    if (answer.status != 200) { /* drafts are asked for by an address of their own */
        answer_free(&answer);
        if (page_ask(p, arena_printf(p->view.arena, "%s/draft", back_path(p, op, values)), &answer, &err))
            return;
    }
    if (answer.status == 200 && answer.etag)
        *ret_etag = answer.etag;
    if (strcmp(op->method, "patch") == 0)
        *ret = json_incref(answer.json);
    if (json_array_size(json_object_get(*ret, "lots")) == 1) /* one that is left out is as the whole is */
        json_object_del(*ret, "lots");
    answer_free(&answer);
}

const char *page_key(const struct page *p)
{
    unsigned char bytes[KEY_BYTES];
    char *text = arena_alloc(p->view.arena, KEY_TEXT, 1);

    randombytes_buf(bytes, sizeof bytes);
    return sodium_bin2hex(text, KEY_TEXT, bytes, sizeof bytes);
}

/* As the form calls the member: plans and plug-ins name some of theirs. */
static const char *label_of(const struct page *p, const json_t *schema, const char *field)
{
    const char *at = field, *last = field, *label;

    for (; schema && *at; at += strcspn(at, "."), at += *at == '.') {
        last = arena_ndup(p->view.arena, at, strcspn(at, "."));
        schema = strspn(last, "0123456789") == strlen(last)
                     ? json_object_get(schema, "items")
                     : json_object_get(json_object_get(schema, "properties"), last);
    }
    label = view_said(json_object_get(schema, "x-label"), p->view.chinese);
    last = strrchr(field, '.') ? strrchr(field, '.') + 1 : field;
    return *label ? label : view_label(&p->view, last);
}

/* The summary of errors links to the fields they are about. */
json_t *page_summary(const struct page *p, const json_t *schema, const json_t *problem)
{
    json_t *errors = json_array();
    const json_t *e;
    size_t i;

    json_array_foreach(json_object_get(problem, "errors"), i, e)
    {
        const char *pointer = json_string_value(json_object_get(e, "pointer"));
        const char *detail = json_string_value(json_object_get(e, "detail"));
        char *field =
            pointer && *pointer ? arena_dup(p->view.arena, pointer + 1) : arena_dup(p->view.arena, "");

        for (char *c = field; *c; c++)
            if (*c == '/')
                *c = '.';
        json_array_append_new(errors, json_pack("{s:s, s:s, s:s}", "field", field, "label",
                                                label_of(p, schema, field), "detail", detail ? detail : ""));
    }
    return json_pack("{s:O*, s:O*, s:O*, s:o}", "problem_title", json_object_get(problem, "title"), "detail",
                     json_object_get(problem, "detail"), "article", json_object_get(problem, "article"),
                     "errors", errors);
}

/* ---- options of plug-ins ---- */

/* An object of the form takes the members that the plug-in's own schema tells. */
static void put_options(struct page *p, json_t *schema, const char *member, const char *question,
                        const char *id)
{
    json_t *property = json_object_get(json_object_get(schema, "properties"), member);
    struct answer answer = {0};
    const json_t *options;
    struct err err;

    if (!property || !id || strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(id) ||
        page_ask(p, arena_printf(p->view.arena, "/%s/%s", question, id), &answer, &err))
        return;
    options = json_object_get(answer.json, "options");
    if (json_object_get(options, "properties")) {
        json_object_set(property, "properties", json_object_get(options, "properties"));
        json_object_set(property, "required", json_object_get(options, "required"));
    }
    answer_free(&answer);
}

/* A member of the thing with that id, as text; NULL: it has none, or it may not be asked. */
static const char *text_of(struct page *p, const char *things, const char *id, const char *member)
{
    json_t *thing = id ? page_read(p, arena_printf(p->view.arena, "/%s/%s", things, id)) : NULL;
    const char *text = json_string_value(json_object_get(thing, member));

    text = text ? arena_dup(p->view.arena, text) : NULL;
    json_decref(thing);
    return text;
}

/* By which mechanism: the draft's own, the one its entry on the list names, or that of the tender one looks
 * at. */
static const char *mechanism_of(struct page *p, const struct op *op, const char *const *values,
                                const json_t *now)
{
    const char *mechanism = json_string_value(json_object_get(now, "mechanism"));
    const char *entry = json_string_value(json_object_get(now, "entry"));

    if (!mechanism)
        mechanism = text_of(p, "entries", entry, "method");
    if (!mechanism && strcmp(op->segments[0], "lots") == 0)
        return text_of(p, "tenders", text_of(p, "lots", values[0], "tender"), "mechanism");
    if (!mechanism && strcmp(op->segments[0], "tenders") == 0)
        mechanism = text_of(p, "tenders", values[0], "mechanism");
    if (!mechanism && strcmp(op->segments[0], "tenders") == 0)
        mechanism = text_of(p, "tenders", arena_printf(p->view.arena, "%s/draft", values[0]), "mechanism");
    return mechanism;
}

static void put_schemes(struct page *p, json_t *property)
{
    struct answer answer = {0};
    struct err err;
    json_t *ids = json_array(), *labels = json_object();
    const json_t *item;
    size_t i;

    if (page_ask(p, "/schemes", &answer, &err))
        answer.json = NULL;
    json_array_foreach(json_object_get(answer.json, "items"), i, item)
    {
        json_array_append(ids, json_object_get(item, "id"));
        json_object_set(labels, json_string_value(json_object_get(item, "id")),
                        json_object_get(item, "name"));
    }
    json_object_set_new(property, "enum", ids);
    json_object_set_new(property, "x-labels", labels);
    answer_free(&answer);
}

/* How what is delivered is evaluated: a scheme, and its options once it is chosen. */
static void put_acceptance(struct page *p, json_t *property, const json_t *now)
{
    const json_t *chosen = json_object_get(json_object_get(now, "acceptance"), "scheme");
    json_t *inner = json_pack("{s:{s:{s:s, s:{s:s, s:s}}, s:{s:s, s:{s:s, s:s}}}}", "properties", "scheme",
                              "type", "string", "x-label", "zh", words_text(NULL, "evaluated_by", true), "en",
                              words_text(NULL, "evaluated_by", false), "options", "type", "object", "x-label",
                              "zh", words_text(NULL, "evaluated_options", true), "en",
                              words_text(NULL, "evaluated_options", false));
    json_t *properties = json_object_get(inner, "properties");

    put_schemes(p, json_object_get(properties, "scheme"));
    if (chosen)
        put_options(p, inner, "options", "schemes", json_string_value(chosen));
    json_object_update(property, inner);
    json_decref(inner);
}

/* The schema of the act's body with what only this place and moment tell: things to choose from, options of
 * the mechanism and the scheme in `now`. */
static json_t *schema_here(struct page *p, const struct op *op, const char *const *values, json_t *now)
{
    json_t *schema = op->form ? json_deep_copy(op->form) : json_object();
    json_t *properties = json_object_get(schema, "properties");
    const bool whole = json_object_get(properties, "entry") || strcmp(op->id, "tender_edit") == 0;

    if (json_object_get(properties, "options") && strcmp(op->segments[0], "schemes") != 0)
        put_options(p, schema, "options", "mechanisms", mechanism_of(p, op, values, now));
    if (json_object_get(properties, "scheme_options")) {
        put_options(p, schema, "scheme_options", "schemes",
                    json_string_value(json_object_get(now, "scheme")));
        put_schemes(p, json_object_get(properties, "scheme"));
    }
    if (!whole) /* beside what stands already */
        json_object_del(json_object_get(properties, "options"), "required");
    if (json_object_get(properties, "acceptance"))
        put_acceptance(p, json_object_get(properties, "acceptance"), now);
    choices_put(p, op, values, schema, now);
    behalf_put_form(p, op, values, schema, now);
    return schema;
}

/* May a link fill this member in?  What it is about and what has to be chosen first; what one decides and
 * says is one's own. */
static bool said_by_links(const struct op *op, const char *member)
{
    static const char *const codes[] = {"scheme", "act", "target", "object_kind", "kind"};

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(codes[i], member) == 0)
            return true;
    return op_takes(op, member);
}

/* What the link to the form says already; `now` (of a thing that is edited, else NULL) is taken over. */
static json_t *said_in_query(const struct page *p, const struct op *op, json_t *now)
{
    const struct form_values *q = &p->visit->query;
    json_t *body = now ? now : json_object();

    for (size_t i = 0; i < q->count; i++)
        if (said_by_links(op, q->items[i].name))
            json_object_set_new(body, q->items[i].name, json_string(q->items[i].value));
    return body;
}

/* Which options there are depends on the scheme: it is chosen first, by a form of its own. */
static void put_chooser(const struct page *p, const struct op *op, const json_t *schema, const json_t *now,
                        json_t *data)
{
    const json_t *scheme = json_object_get(json_object_get(schema, "properties"), "scheme"), *id;
    const char *entry = json_string_value(json_object_get(now, "entry"));
    const char *chosen = json_string_value(json_object_get(now, "scheme"));
    json_t *choices = json_array();
    size_t i;

    json_array_foreach(json_object_get(scheme, "enum"), i, id)
    {
        const char *text = json_string_value(id);
        const json_t *label = json_object_get(json_object_get(scheme, "x-labels"), text);

        json_array_append_new(choices, json_pack("{s:s, s:O*, s:b}", "value", text, "label",
                                                 json_object_get(label, p->view.chinese ? "zh" : "en"),
                                                 "chosen", chosen && strcmp(chosen, text) == 0));
    }
    json_object_set_new(data, "chooser",
                        json_pack("{s:s, s:s, s:s, s:o}", "where", view_path(&p->view, p->path), "do", op->id,
                                  "entry", entry ? entry : "", "choices", choices));
}

/* ---- files ---- */

void page_digest(FILE *data, char out[2 * SHA256_BYTES + 1])
{
    struct sha256 *s = sha256_new();
    uint8_t hash[SHA256_BYTES];
    char piece[16384];
    size_t size;

    rewind(data);
    while ((size = fread(piece, 1, sizeof piece, data)) > 0)
        sha256_add(s, piece, size);
    sha256_end(s, hash);
    for (size_t i = 0; i < SHA256_BYTES; i++)
        snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

int page_upload(struct page *p, const struct visit_file *f, char sha256[2 * SHA256_BYTES + 1],
                struct answer *ret, struct err *err)
{
    struct upload u = {.sha256 = sha256,
                       .cookie = p->visit->cookie,
                       .csrf = visit_value(&p->visit->fields, "_csrf"),
                       .data = f->data,
                       .size = f->size,
                       .chinese = p->view.chinese};

    page_digest(f->data, sha256);
    if (site_upload(p->site, p->view.arena, &u, ret, err))
        return -1;
    if (ret->status < 300) {
        answer_free(ret);
        return 0;
    }
    if (ret->json && !json_object_get(ret->json, "errors"))
        json_object_set_new(
            ret->json, "errors",
            json_pack("[{s:s, s:s}]", "pointer", arena_printf(p->view.arena, "/%s", f->field), "detail",
                      arena_printf(p->view.arena, "%s %s", f->name, page_text(ret->json, "title"))));
    return -1;
}

static bool takes_file(const json_t *schema)
{
    const json_t *property;
    const char *name;

    json_object_foreach(json_object_get((json_t *)schema, "properties"), name,
                        property) if (form_file(property)) return true;
    return false;
}

/* What a form sent along is uploaded, and named in the body by its digest.  -1: it was not taken, *ret says
 * why. */
static int send_files(struct page *p, json_t *body, struct answer *ret, struct err *err)
{
    struct visit *v = p->visit;

    for (int i = 0; body && i < v->file_count; i++) {
        const struct visit_file *f = &v->files[i];
        char sha256[2 * SHA256_BYTES + 1];

        if (page_upload(p, f, sha256, ret, err))
            return -1;
        json_object_set_new(body, f->field, json_string(sha256));
    }
    return 0;
}

static void show_form(struct page *p, const struct op *op, const char *const *values, json_t *body,
                      const json_t *problem, int status)
{
    const struct form_values *sent = &p->visit->fields;
    const char *etag = visit_value(sent, "_match");
    const char *title = p->view.chinese ? op->zh : op->en;
    json_t *now = NULL, *data, *schema;

    /* A form sent twice is one act, by its key; what was refused is tried again under another. */
    if (!p->visit->post || status == 412)
        look(p, op, values, &etag, &now);
    data = json_pack("{s:s, s:s, s:s, s:s}", "action",
                     arena_printf(p->view.arena, "%s?do=%s", view_path(&p->view, p->path), op->id), "key",
                     page_key(p), "match", etag ? etag : "", "back",
                     view_path(&p->view, back_path(p, op, values)));
    now = body ? (json_decref(now), json_deep_copy(body)) : said_in_query(p, op, now);
    schema = schema_here(p, op, values, now);
    if (!p->visit->post)
        defaults_put(p, op, schema, now);
    if (problem)
        json_object_set_new(data, ">summary", page_summary(p, schema, problem));
    if (json_object_get(json_object_get(schema, "properties"), "scheme_options"))
        put_chooser(p, op, schema, now, data);
    if (strcmp(op->id, "behalf_enter") == 0)
        behalf_put_chooser(p, op, schema, now, data);
    if (!op->secret)
        json_object_set_new(data, "draft", json_true());
    if (strcmp(op->id, "bid_requote") == 0)
        json_object_set_new(data, "closed", json_true());
    if (takes_file(schema))
        json_object_set_new(data, "takes_file", json_true());
    form_put(data, schema, &(struct form_shown){now, problem, sent, p->view.chinese}, p->view.arena);
    if (visit_value(sent, "_curl"))
        json_object_set_new(data, "curl",
                            json_pack("{s:s, s:b}", "command",
                                      curl_command(p, op, etag, op->form ? body : NULL), "hidden",
                                      op->secret && op->form));
    preview_put(p, op, data);
    json_decref(schema);
    json_decref(now);
    page_show(p, status, "form", title, data);
}

static bool answers(struct page *p, const char *path)
{
    json_t *thing = page_read(p, path);
    const bool there = thing != NULL;

    json_decref(thing);
    return there;
}

/* What was made, where it has a page by now: an entry of a draft has none of its own.  NULL: it has not. */
static const char *made_path(struct page *p, const struct answer *answer)
{
    const char *at = answer->location, *taken[OP_PARAMS];

    if (!at || strncmp(at, "/api/v1", 7) != 0)
        return NULL;
    at += 7;
    if (spec_question(p->view.spec, at, taken, p->view.arena) && answers(p, at))
        return at;
    return answers(p, arena_printf(p->view.arena, "%s/draft", at)) ? at : NULL;
}

/* Where the browser goes after it was done: to what was made, or to the thing as it is now. */
static void go_on(struct page *p, const struct op *op, const char *const *values, const struct answer *answer)
{
    const char *made = made_path(p, answer);

    if (answer->set_cookie)
        visit_header(p->visit, "Set-Cookie", answer->set_cookie);
    visit_to(p->visit, arena_printf(p->view.arena, "%s?done=%s",
                                    view_path(&p->view, made ? made : back_path(p, op, values)), op->id));
}

/* What to do with it, of what is told but once; NULL: there is nothing to keep. */
static const char *told_how(const struct page *p, const json_t *told)
{
    static const char *const kept[] = {"token", "link", "secret", "recovery_codes"};

    for (size_t i = 0; i < LENGTH(kept); i++)
        if (json_object_get(told, kept[i]))
            return view_text(&p->view, arena_printf(p->view.arena, "told_%s", kept[i]));
    return NULL;
}

/* What the API answers and keeps nowhere: what would be, or a token, a link, a secret, told but once. */
static void tell_once(struct page *p, const struct op *op, const char *const *values,
                      const struct answer *answer)
{
    const char *token = page_text(answer->json, "token"), *how = told_how(p, answer->json);
    json_t *data =
        json_pack("{s:o, s:b, s:s, s:s, s:s}", ">fields", view_fields(&p->view, answer->json), "checked",
                  !how, "back", view_path(&p->view, back_path(p, op, values)), "how", how ? how : "", "where",
                  *page_text(answer->json, "link") ? view_path(&p->view, "/passwords?do=password_set") : "");

    if (*token)
        json_object_set_new(data, "curl", json_pack("{s:s}", "command", curl_question(p, token, "/me")));
    page_show(p, 200, "told", p->view.chinese ? op->zh : op->en, data);
}

const char *act_method(const struct op *op, struct arena *arena)
{
    char *name = arena_dup(arena, op->method);

    for (char *c = name; *c; c++)
        *c = (char)(*c - 'a' + 'A');
    return name;
}

int page_act(struct page *p, const struct op *op, const json_t *body, struct answer *ret, struct err *err)
{
    const struct form_values *sent = &p->visit->fields;
    const char *etag = visit_value(sent, "_match");
    char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
    struct question q = {.method = act_method(op, p->view.arena),
                         .path = p->path,
                         .body = text,
                         .csrf = visit_value(sent, "_csrf"),
                         .key = op->keyed ? visit_value(sent, "_key") : NULL,
                         .if_match = op->matched && etag && *etag ? etag : NULL};
    const int status = page_tell(p, &q, ret, err);

    free(text);
    return status;
}

/* The form again, with what would be done beside it, or with what is wrong. */
static void show_preview(struct page *p, const struct op *op, const char *const *values, json_t *body)
{
    struct answer answer = {0};
    struct err err = {0};

    if (preview_ask(p, op, body, &answer, &err)) {
        page_problem(p, &answer, &err);
    } else if (answer.status < 300) {
        p->preview = answer.json;
        show_form(p, op, values, body, NULL, 200);
        p->preview = NULL;
    } else {
        show_form(p, op, values, body, answer.json, answer.status);
    }
    answer_free(&answer);
}

static void do_it(struct page *p, const struct op *op, const char *const *values)
{
    const struct form_values *sent = &p->visit->fields;
    json_t *plain = form_body(op->form, sent, p->view.arena), *schema = schema_here(p, op, values, plain);
    json_t *body = op->form ? form_body(schema, sent, p->view.arena) : NULL;
    struct answer answer = {0};
    struct err err = {0};

    if (visit_value(sent, "_curl") || visit_value(sent, "_more"))
        show_form(p, op, values, body ? body : plain, NULL, 200);
    else if ((visit_value(sent, "_preview") || preview_of(p, op) == op) && preview_of(p, op))
        show_preview(p, op, values, body);
    else if (send_files(p, body, &answer, &err) ? err.code : page_act(p, op, body, &answer, &err))
        page_problem(p, &answer, &err);
    else if (answer.status < 300 && strcmp(op->id, "password_set") == 0) /* now one logs in with it */
        visit_to(p->visit, arena_printf(p->view.arena, "%s?done=%s", view_path(&p->view, "/login"), op->id));
    else if (answer.status < 300 && !op->keyed && strcmp(op->method, "post") == 0 && !answer.location &&
             json_object_size(answer.json) && (p->me || !op->open))
        tell_once(p, op, values, &answer);
    else if (answer.status < 300 && op->open && !p->me)
        visit_to(p->visit, arena_printf(p->view.arena, "%s?done=%s", view_path(&p->view, "/login"), op->id));
    else if (answer.status < 300)
        go_on(p, op, values, &answer);
    else
        show_form(p, op, values, body, answer.json, answer.status);
    answer_free(&answer);
    json_decref(body);
    json_decref(schema);
    json_decref(plain);
}

void page_do(struct page *p, const struct op *op, const char *const *values)
{
    if (p->visit->post)
        do_it(p, op, values);
    else
        show_form(p, op, values, NULL, NULL, 200);
}

/* ---- the log-in ---- */

static void show_login(struct page *p, const json_t *body, const json_t *problem, int status)
{
    const struct op *op = spec_find(p->view.spec, "session_create");
    json_t *data = json_pack("{s:s, s:s}", "action", view_path(&p->view, "/login"), "next", page_next(p));

    if (problem)
        json_object_set_new(data, ">summary", page_summary(p, op ? op->form : NULL, problem));
    form_put(data, op ? op->form : NULL, &(struct form_shown){body, problem, NULL, p->view.chinese},
             p->view.arena);
    sandbox_put_people(p, data);
    page_put_done(p, data);
    page_show(p, status, "login", view_text(&p->view, "login"), data);
}

void page_login(struct page *p)
{
    const struct op *op = spec_find(p->view.spec, "session_create");
    struct answer answer = {0};
    struct err err = {0};
    json_t *body;
    char *text;

    if (!p->visit->post || !op) {
        show_login(p, NULL, NULL, 200);
        return;
    }
    body = form_body(op->form, &p->visit->fields, p->view.arena);
    text = json_dumps(body, JSON_COMPACT);
    struct question q = {.method = "POST", .path = "/sessions", .body = text};
    json_object_del(body, "password");
    /* An old cookie is not part of it. */
    p->visit->cookie = NULL;
    if (page_tell(p, &q, &answer, &err)) {
        page_problem(p, &answer, &err);
    } else if (answer.status == 201 && answer.set_cookie) {
        visit_header(p->visit, "Set-Cookie", answer.set_cookie);
        visit_to(p->visit, page_next(p));
    } else {
        show_login(p, body, answer.json, answer.status);
    }
    answer_free(&answer);
    free(text);
    json_decref(body);
}

void page_logout(struct page *p)
{
    struct question q = {
        .method = "DELETE", .path = "/sessions", .csrf = visit_value(&p->visit->fields, "_csrf")};
    struct answer answer = {0};
    struct err err = {0};

    if (p->visit->post && !page_tell(p, &q, &answer, &err) && answer.set_cookie)
        visit_header(p->visit, "Set-Cookie", answer.set_cookie);
    answer_free(&answer);
    visit_to(p->visit, view_path(&p->view, "/"));
}
