/*
 * A bid: a form of the fields the plan asks for, and its files.  The bid file that an organisation's own
 * program would write (docs/tenders.md) is written here, uploaded with the rest, and named to the API.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/text.h"
#include "web/choices.h"
#include "web/words.h"

struct bidding {
    struct page *p;
    const struct op *op;
    const char *const *values;
    struct answer plan, lots, openers; /* openers: 200 where it has some */
    json_t *bidders;                   /* [{id, name, papers, keyed}]: for whom the visitor bids */
};

/* The papers an organisation keeps, and whether it registered a key that signs its sealed bids. */
static json_t *bidder_of(struct page *p, const char *id)
{
    struct answer one = {0}, papers = {0}, keys = {0};
    bool keyed = false;
    const json_t *key;
    json_t *made = NULL;
    struct err err;
    size_t i;

    if (!page_ask(p, arena_printf(p->view.arena, "/organisations/%s", id), &one, &err) &&
        !page_ask(p, arena_printf(p->view.arena, "/organisations/%s/certificates", id), &papers, &err) &&
        !page_ask(p, arena_printf(p->view.arena, "/organisations/%s/keys", id), &keys, &err)) {
        const char *name = view_title(&p->view, one.json);

        json_array_foreach(json_object_get(keys.json, "items"), i, key) keyed |=
            !json_is_string(json_object_get(key, "revoked"));
        made = json_pack("{s:s, s:s, s:O*, s:b}", "id", id, "name", name ? name : id, "papers",
                         json_object_get(papers.json, "items"), "keyed", keyed);
    }
    answer_free(&one);
    answer_free(&papers);
    answer_free(&keys);
    return made;
}

static json_t *load_bidders(struct page *p)
{
    json_t *bidders = json_array();
    const json_t *m;
    size_t i;

    json_array_foreach(json_object_get(p->me, "memberships"), i, m)
    {
        const char *id = json_string_value(json_object_get(m, "organisation"));
        json_t *one = id ? bidder_of(p, id) : NULL;

        if (one)
            json_array_append_new(bidders, one);
    }
    return bidders;
}

static int load(struct bidding *b, struct err *err)
{
    const char *tender = b->values[0];
    int status = page_ask(b->p, arena_printf(b->p->view.arena, "/tenders/%s/plan", tender), &b->plan, err);

    if (!status)
        status = page_ask(b->p, arena_printf(b->p->view.arena, "/tenders/%s/lots", tender), &b->lots, err);
    if (!status)
        status =
            page_ask(b->p, arena_printf(b->p->view.arena, "/tenders/%s/openers", tender), &b->openers, err);
    b->bidders = load_bidders(b->p);
    return status;
}

static const json_t *plan_part(const struct bidding *b, const char *part)
{
    return json_object_get(json_object_get(b->plan.json, "plan"), part);
}

/* ---- the form ---- */

static json_t *labelled(const json_t *name)
{
    return json_pack("{s:s, s:O*}", "type", "string", "x-label", name);
}

static json_t *lot_schema(const struct bidding *b)
{
    json_t *ids = json_array(), *labels = json_object();
    const json_t *lot;
    size_t i;

    json_array_foreach(json_object_get(b->lots.json, "items"), i, lot)
    {
        const char *no =
            arena_printf(b->p->view.arena, "%lld", json_integer_value(json_object_get(lot, "no")));
        const char *title = json_string_value(json_object_get(lot, "title"));

        json_array_append_new(ids, json_string(no));
        json_object_set_new(labels, no,
                            json_pack("{s:s, s:s}", "zh", title ? title : no, "en", title ? title : no));
    }
    return json_pack("{s:s, s:{s:s, s:s}, s:o, s:o}", "type", "integer", "x-label", "zh",
                     words_member(b->p->view.manner, "lot", true), "en",
                     words_member(b->p->view.manner, "lot", false), "enum", ids, "x-labels", labels);
}

static json_t *organisation_schema(const struct bidding *b)
{
    json_t *ids = json_array(), *labels = json_object();
    const json_t *bidder;
    size_t i;

    json_array_foreach(b->bidders, i, bidder)
    {
        const char *id = page_text(bidder, "id"), *name = page_text(bidder, "name");

        json_array_append_new(ids, json_string(id));
        json_object_set_new(labels, id, json_pack("{s:s, s:s}", "zh", name, "en", name));
    }
    return json_pack("{s:s, s:{s:s, s:s}, s:o, s:o}", "type", "string", "x-label", "zh",
                     words_code(NULL, "", "organisation", true), "en",
                     words_code(NULL, "", "organisation", false), "enum", ids, "x-labels", labels);
}

/* What the office checks a bidder may declare to hold. */
static json_t *declaration_schemas(const struct bidding *b)
{
    json_t *declarations = json_object();
    const json_t *check;
    size_t i;

    json_array_foreach(plan_part(b, "checks"), i, check)
    {
        const char *role = json_string_value(json_object_get(check, "role"));
        json_t *schema = labelled(json_object_get(check, "name"));

        json_object_set_new(schema, "type", json_string("boolean"));
        if (role && strcmp(role, "evaluator") != 0)
            json_object_set(declarations, json_string_value(json_object_get(check, "code")), schema);
        json_decref(schema);
    }
    return declarations;
}

static json_t *group_schema(const char *text, json_t *properties, json_t *required)
{
    return json_pack("{s:s, s:{s:s, s:s}, s:o, s:o}", "type", "object", "x-label", "zh",
                     words_text(NULL, text, true), "en", words_text(NULL, text, false), "properties",
                     properties, "required", required);
}

/* Who bids together (联合体), or takes a part of it over, as the API describes them; NULL: the call takes no
 * joint bids. */
static json_t *parties_schema(const struct bidding *b)
{
    const struct op *check = spec_find(b->p->view.spec, "bid_preview");
    const json_t *parties =
        check ? json_object_get(json_object_get(check->form, "properties"), "parties") : NULL;
    json_t *said;

    if (!parties || json_is_true(plan_part(b, "no_joint")))
        return NULL;
    said = json_deep_copy(parties);
    json_object_set_new(said, "x-seldom", json_true());
    json_object_del(said, "x-help"); /* it only says the label again */
    json_object_set_new(said, "x-label",
                        json_pack("{s:s, s:s}", "zh", words_text(NULL, "joint_parties", true), "en",
                                  words_text(NULL, "joint_parties", false)));
    return said;
}

static json_t *schema_of(const struct bidding *b)
{
    json_t *required = json_array(), *parties = parties_schema(b),
           *fields = choices_fields(json_object_get(b->plan.json, "plan"), false, required);

    return json_pack("{s:{s:o, s:o, s:o, s:o, s:o*}, s:[s,s]}", "properties", "organisation",
                     organisation_schema(b), "lot", lot_schema(b), "fields",
                     group_schema("bid_fields", fields, required), "declarations",
                     group_schema("bid_declarations", declaration_schemas(b), json_array()), "parties",
                     parties, "required", "organisation", "lot");
}

static json_t *papers_of(const struct bidding *b)
{
    json_t *papers = json_array();
    const json_t *paper;
    size_t i;

    json_array_foreach(plan_part(b, "papers"), i, paper)
    {
        const json_t *name = json_object_get(paper, "name");
        const char *phase = json_string_value(json_object_get(paper, "phase"));
        const char *role = json_string_value(json_object_get(paper, "role"));

        if (phase && role && strcmp(phase, "bidding") == 0 && strcmp(role, "organisation") == 0)
            json_array_append_new(papers,
                                  json_pack("{s:O*, s:O*}", "code", json_object_get(paper, "code"), "label",
                                            json_object_get(name, b->p->view.chinese ? "zh" : "en")));
    }
    return papers;
}

/* ---- papers kept once ---- */

static bool ticked(const struct bidding *b, const char *id)
{
    const struct form_values *sent = &b->p->visit->fields;

    for (size_t i = 0; i < sent->count; i++)
        if (strcmp(sent->items[i].name, "certificate") == 0 && strcmp(sent->items[i].value, id) == 0)
            return true;
    return false;
}

static json_t *paper_line(const struct bidding *b, const json_t *paper)
{
    const struct view *v = &b->p->view;
    const char *id = page_text(paper, "id"), *state = page_text(paper, "state"), *until;

    until = page_text(paper, "valid_until");
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:b}", "id", id, "name",
                     page_text(paper, "name"), "kind", view_word(v, "kind", page_text(paper, "kind")),
                     "number", page_text(paper, "number"), "until", *until ? view_day(v, until) : "", "tone",
                     state, "state", view_word(v, "state", state), "file", page_text(paper, "file"), "sha256",
                     page_text(paper, "sha256"), "href",
                     view_path(v, arena_printf(v->arena, "/certificates/%s/file", id)), "gone",
                     strcmp(state, "retired") == 0, "ticked", ticked(b, id));
}

/* "holders": for each organisation what it keeps, to be ticked; "keep": where it would keep something. */
static void put_kept(const struct bidding *b, json_t *data)
{
    const bool several = json_array_size(b->bidders) > 1;
    json_t *kept = json_array();
    const json_t *bidder, *paper;
    size_t i, k;

    json_array_foreach(b->bidders, i, bidder)
    {
        const char *id = page_text(bidder, "id");
        json_t *lines = json_array();

        json_array_foreach(json_object_get(bidder, "papers"), k, paper)
            json_array_append_new(lines, paper_line(b, paper));
        json_array_append_new(
            kept, json_pack("{s:s, s:s, s:s, s:b, s:o}", "bidder", id, "of",
                            several ? page_text(bidder, "name") : "", "keep",
                            view_path(&b->p->view,
                                      arena_printf(b->p->view.arena, "/organisations/%s/certificates", id)),
                            "nothing", json_array_size(lines) == 0, "certificates", lines));
    }
    json_object_set_new(data, "holders", kept);
}

static const json_t *paper_find(const struct bidding *b, const char *bidder, const char *id)
{
    const json_t *one, *paper;
    size_t i, k;

    json_array_foreach(b->bidders, i, one) json_array_foreach(
        json_object_get(one, "papers"), k, paper) if (strcmp(page_text(one, "id"), bidder) == 0 &&
                                                      strcmp(page_text(paper, "id"), id) == 0) return paper;
    return NULL;
}

/* What was ticked goes into the bid by its digest.  false: it is not of the organisation that bids, *ret says
 * so. */
static bool take_kept(const struct bidding *b, const json_t *body, json_t *files, struct answer *ret)
{
    const struct form_values *sent = &b->p->visit->fields;
    const bool chinese = b->p->view.chinese;

    for (size_t i = 0; i < sent->count; i++) {
        const json_t *paper;

        if (strcmp(sent->items[i].name, "certificate") != 0)
            continue;
        paper = paper_find(b, page_text(body, "organisation"), sent->items[i].value);
        if (!paper) {
            ret->status = 422;
            ret->json =
                json_pack("{s:s, s:[{s:s, s:s}]}", "title", words_text(NULL, "kept_title", chinese), "errors",
                          "pointer", "/certificate", "detail", words_text(NULL, "kept_other", chinese));
            return false;
        }
        json_array_append_new(files,
                              json_pack("{s:O*, s:O*, s:O*, s:s}", "name", json_object_get(paper, "file"),
                                        "sha256", json_object_get(paper, "sha256"), "bytes",
                                        json_object_get(paper, "bytes"), "kind", "certificate"));
    }
    return true;
}

/* What web/assets/bid.mjs needs to seal the bid in the browser. */
static json_t *seal_of(const struct bidding *b)
{
    const json_t *openers = b->openers.json, *price = json_object_get(openers, "price_openers"), *field;
    const bool must = json_is_true(json_object_get(openers, "must_seal"));
    const bool kept = json_is_integer(json_object_get(openers, "co_key_minutes"));
    json_t *fields = json_object(), *all;
    size_t i;
    char *text;

    json_array_foreach(plan_part(b, "fields"), i, field)
    {
        json_object_set_new(fields, json_string_value(json_object_get(field, "code")),
                            json_pack("{s:O, s:O*}", "unit", json_object_get(field, "unit"), "envelope",
                                      json_object_get(field, "envelope")));
    }
    all = json_pack("{s:O, s:O?, s:o, s:b}", "openers", json_object_get(openers, "note"), "price_openers",
                    json_object_get(price, "note"), "fields", fields, "co_key", kept);
    text = json_dumps(all, JSON_COMPACT);
    json_decref(all);
    all = json_pack("{s:{s:s, s:s}, s:{}}", "inside", "json", text, "assets", site_assets(b->p->site),
                    kept   ? "kept"
                    : must ? "must"
                           : "may");
    free(text);
    return all;
}

/* "keyed": who signs with a registered key, which a browser has not; how it seals instead. */
static void put_keyed(const struct bidding *b, json_t *data)
{
    const bool two = json_is_object(json_object_get(b->openers.json, "price_openers"));
    CLEANUP(buf_free) struct buf names = {0}, ids = {0};
    struct view *v = &b->p->view;
    const json_t *bidder;
    size_t i;

    json_array_foreach(b->bidders, i, bidder)
    {
        if (!json_is_true(json_object_get(bidder, "keyed")))
            continue;
        buf_printf(&names, "%s%s", names.size ? v->chinese ? "、" : ", " : "", page_text(bidder, "name"));
        buf_printf(&ids, "%s%s", ids.size ? " " : "", page_text(bidder, "id"));
    }
    if (!names.size)
        return;
    json_object_set_new(
        data, "keyed",
        json_pack(
            "{s:s, s:s, s:s, s:s}", "who", names.data, "ids", ids.data, "command",
            two ? "linli seal --openers openers --price-openers price-openers --key ours.key -o bid.sbx "
                  "--priced price.json bid.json"
                : "linli seal --openers openers --key ours.key -o bid.sbx bid.json",
            "openers", view_path(v, arena_printf(v->arena, "/tenders/%s/openers", b->values[0]))));
}

/* As much as the API takes of one file, never said larger than it is. */
static const char *file_most(const struct view *v)
{
    static const char *const units[] = {"B", "KB", "MB", "GB"};
    long long tenths = spec_upload_bytes(v->spec) * 10;
    size_t unit = 0;

    for (; unit + 1 < LENGTH(units) && tenths >= 10240; unit++)
        tenths /= 1024;
    if (tenths <= 0)
        return "";
    return arena_printf(v->arena, v->chinese ? "每个不超过 %lld%.*s %s。" : "Each at most %lld%.*s %s.",
                        tenths / 10, tenths % 10 ? 2 : 0, arena_printf(v->arena, ".%lld", tenths % 10),
                        units[unit]);
}

static void show(struct bidding *b, const json_t *schema, const json_t *body, const json_t *problem,
                 int status)
{
    struct page *p = b->p;
    json_t *data = json_pack("{s:s, s:s, s:o, s:s}", "action",
                             arena_printf(p->view.arena, "%s?do=%s", view_path(&p->view, p->path), b->op->id),
                             "key", page_key(p), "papers", papers_of(b), "back",
                             view_path(&p->view, arena_printf(p->view.arena, "/tenders/%s", b->values[0])));

    json_object_set_new(data, "file_most", json_string(file_most(&p->view)));
    if (json_object_get(json_object_get(schema, "properties"), "parties"))
        json_object_set_new(data, "joint", json_true());
    put_kept(b, data);
    if (b->openers.status == 200) {
        json_object_set_new(data, "seal", seal_of(b));
        put_keyed(b, data);
    }
    if (problem)
        json_object_set_new(data, ">summary", page_summary(p, schema, problem));
    form_put(data, schema, &(struct form_shown){body, problem, &p->visit->fields, p->view.chinese},
             p->view.arena);
    page_show(p, status, "bid", view_op(&p->view, b->op), data);
}

/* ---- what is sent ---- */

/* The files that came with the form, as the bid names them. */
static json_t *files_named(const struct bidding *b)
{
    const struct visit *v = b->p->visit;
    json_t *files = json_array();

    for (int i = 0; i < v->file_count; i++) {
        const struct visit_file *f = &v->files[i];
        char sha256[2 * SHA256_BYTES + 1];

        if (f->size == 0)
            continue; /* what is empty is refused at its own field, when it is sent */
        page_digest(f->data, sha256);
        json_array_append_new(files, json_pack("{s:s, s:s, s:I, s:s}", "name", f->name, "sha256", sha256,
                                               "bytes", (json_int_t)f->size, "kind", f->field));
    }
    return files;
}

/* Each at its digest.  -1: one was refused, *ret says why. */
static int send_files(struct bidding *b, struct answer *ret, struct err *err)
{
    const struct visit *v = b->p->visit;
    char sha256[2 * SHA256_BYTES + 1];

    for (int i = 0; i < v->file_count; i++)
        if (page_upload(b->p, &v->files[i], sha256, ret, err))
            return -1;
    return 0;
}

/* The file that is the bid: uploaded, and named to the API. */
static int send_as_bid(struct bidding *b, const json_t *body, const struct visit_file *file,
                       struct answer *ret, struct err *err)
{
    char sha256[2 * SHA256_BYTES + 1];
    int status = -1;

    if (!page_upload(b->p, file, sha256, ret, err)) {
        json_t *named = json_pack("{s:O*, s:O*, s:s, s:I}", "lot", json_object_get(body, "lot"),
                                  "organisation", json_object_get(body, "organisation"), "sha256", sha256,
                                  "bytes", (json_int_t)file->size);
        char *said = json_dumps(named, JSON_COMPACT);
        struct question q = {.method = "POST",
                             .path = b->p->path,
                             .body = said,
                             .csrf = visit_value(&b->p->visit->fields, "_csrf"),
                             .key = visit_value(&b->p->visit->fields, "_key")};

        status = page_tell(b->p, &q, ret, err);
        free(said);
        json_decref(named);
    }
    return status;
}

static int send_bid(struct bidding *b, const json_t *body, const json_t *bid, struct answer *ret,
                    struct err *err)
{
    char *text = json_dumps(bid, JSON_COMPACT);
    const size_t size = strlen(text);
    FILE *data = fmemopen(text, size, "r");

    MUST(data);
    const struct visit_file file = {"fields", "bid.json", data, size};
    int status = send_as_bid(b, body, &file, ret, err);
    fclose(data);
    free(text);
    return status;
}

/* The container, where the browser sealed it or the bidder did beforehand: what was typed and chosen is in
 * it. */
static const struct visit_file *sealed_file(const struct visit *v)
{
    for (int i = 0; i < v->file_count; i++)
        if (strcmp(v->files[i].field, "sealed") == 0)
            return &v->files[i];
    return NULL;
}

/* One more thing that is wrong, before those that stand there. */
static void add_fault(const struct bidding *b, struct answer *ret, const char *pointer, const char *text)
{
    json_t *fault = json_pack("{s:s, s:s}", "pointer", pointer, "detail", view_text(&b->p->view, text));

    if (ret->status < 300) {
        answer_free(ret);
        ret->status = 422;
        ret->json = json_pack("{s:s}", "title", view_text(&b->p->view, "bad_form"));
    }
    if (!json_object_get(ret->json, "errors"))
        json_object_set_new(ret->json, "errors", json_array());
    json_array_insert_new(json_object_get(ret->json, "errors"), 0, fault);
}

/* What the bid says, held against the plan before it goes under its seal: afterwards a slip voids it.  0: it
 * may go; else *ret says what is wrong. */
static int look_over(struct bidding *b, const json_t *bid, struct answer *ret, struct err *err)
{
    char *text = json_dumps(bid, JSON_COMPACT);
    struct question q = {.method = "POST",
                         .path = arena_printf(b->p->view.arena, "%s/preview", b->p->path),
                         .body = text,
                         .csrf = visit_value(&b->p->visit->fields, "_csrf")};
    int status = page_tell(b->p, &q, ret, err);

    free(text);
    if (status)
        return -1;
    if (!json_object_get(bid, "organisation"))
        add_fault(b, ret, "/organisation", "bid_for_whom");
    if (ret->status >= 300)
        return -1;
    answer_free(ret);
    return 0;
}

/* Has it the head of a container (core/trust/sealed.h)?  What else was chosen by mistake would take the place
 * of a good bid and be void at the opening. */
static bool is_container(const struct visit_file *f)
{
    char head[4];

    rewind(f->data);
    return fread(head, 1, sizeof head, f->data) == sizeof head && memcmp(head, "SBX1", sizeof head) == 0;
}

static int hand_in(struct bidding *b, const json_t *body, struct answer *ret, struct err *err)
{
    const struct visit_file *sealed = sealed_file(b->p->visit);
    const json_t *fields = json_object_get(body, "fields");
    json_t *files = json_array(), *named = files_named(b);
    json_t *bid = json_pack("{s:s, s:O*, s:O*, s:o, s:O*, s:O*, s:O}", "linli", "bid/1", "organisation",
                            json_object_get(body, "organisation"), "lot", json_object_get(body, "lot"),
                            "fields", fields ? json_incref((json_t *)fields) : json_object(), "parties",
                            json_object_get(body, "parties"), "declarations",
                            json_object_get(body, "declarations"), "files", files);
    int status = -1;

    if (sealed && is_container(sealed))
        status = send_as_bid(b, body, sealed, ret, err);
    else if (sealed || visit_value(&b->p->visit->fields, "_own"))
        add_fault(b, ret, "/sealed", sealed ? "seal_no_container" : "seal_none");
    else if (take_kept(b, body, files, ret) && !json_array_extend(files, named) &&
             !look_over(b, bid, ret, err) && !send_files(b, ret, err))
        status = send_bid(b, body, bid, ret, err);
    json_decref(bid);
    json_decref(named);
    json_decref(files);
    return status;
}

static void take(struct bidding *b, const json_t *schema)
{
    struct page *p = b->p;
    json_t *body = form_body(schema, &p->visit->fields, p->view.arena);
    struct answer answer = {0};
    struct err err = {0};

    if (visit_value(&p->visit->fields, "_more"))
        answer.status = 200;
    else
        (void)hand_in(b, body, &answer, &err);
    if (err.code)
        page_problem(p, &answer, &err);
    else if (answer.status == 201)
        visit_to(p->visit,
                 arena_printf(p->view.arena, "%s?done=%s#handed-in",
                              view_path(&p->view, arena_printf(p->view.arena, "/tenders/%s", b->values[0])),
                              b->op->id));
    else
        show(b, schema, body, answer.json, answer.status);
    answer_free(&answer);
    json_decref(body);
}

void page_bid(struct page *p, const struct op *op, const char *const *values)
{
    struct bidding b = {.p = p, .op = op, .values = values};
    struct err err = {0};
    json_t *schema;

    if (load(&b, &err) || b.plan.status != 200) {
        page_problem(p, &b.plan, &err);
    } else {
        view_speak(&p->view, b.plan.json);
        schema = schema_of(&b);
        if (p->visit->post)
            take(&b, schema);
        else
            show(&b, schema, NULL, NULL, 200);
        json_decref(schema);
    }
    answer_free(&b.plan);
    answer_free(&b.lots);
    answer_free(&b.openers);
    json_decref(b.bidders);
}
