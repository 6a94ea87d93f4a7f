/* Members of bodies as choices. */
#include "web/choices.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "web/words.h"

enum { PAGE_ROWS = 100, LISTED_PAGES = 5, LISTS_SEEN = 3, DEPTH_MAX = 6 };

struct choosing {
    struct page *p;
    const struct op *op;
    const char *const *values;
    const char *office; /* NULL: the path tells of none */
    json_t *answers;    /* by path, so that nothing is asked twice */
    const json_t *now;  /* what the form says so far; NULL: nothing */
};

/* ---- asking ---- */

static const json_t *asked(struct choosing *c, const char *path)
{
    json_t *known = json_object_get(c->answers, path);

    if (!known) {
        json_t *answer = page_read(c->p, path);
        json_object_set_new(c->answers, path, known = answer ? answer : json_null());
    }
    return json_is_null(known) ? NULL : known;
}

static const json_t *ask_thing(struct choosing *c, const char *things, const char *id)
{
    return *id ? asked(c, arena_printf(c->p->view.arena, "/%s/%s", things, id)) : NULL;
}

static bool at(const struct choosing *c, const char *things)
{
    return c->op->segment_count > 0 && strcmp(c->op->segments[0], things) == 0;
}

/* The tender that the place is about; "": none. */
static const char *tender_here(struct choosing *c)
{
    static const char *const of_tender[] = {"lots", "bids", "contracts"};
    const json_t *tranche;

    if (at(c, "tenders"))
        return c->values[0];
    for (size_t i = 0; i < sizeof of_tender / sizeof *of_tender; i++)
        if (at(c, of_tender[i]))
            return page_text(ask_thing(c, of_tender[i], c->values[0]), "tender");
    if (!at(c, "tranches"))
        return "";
    tranche = ask_thing(c, "tranches", c->values[0]);
    return page_text(ask_thing(c, "contracts", page_text(tranche, "contract")), "tender");
}

static const json_t *tender_part(struct choosing *c, const char *part)
{
    const char *tender = tender_here(c);

    return *tender ? asked(c, arena_printf(c->p->view.arena, "/tenders/%s/%s", tender, part)) : NULL;
}

static const json_t *plan_here(struct choosing *c)
{
    return json_object_get(tender_part(c, "plan"), "plan");
}

static const json_t *items_of(const json_t *answer)
{
    return json_object_get(answer, "items");
}

/* ---- choices ---- */

void choice_add(json_t *property, const char *id, const json_t *name)
{
    json_t *ids = json_object_get(property, "enum"), *labels = json_object_get(property, "x-labels");

    if (!ids)
        json_object_set_new(property, "enum", ids = json_array());
    if (!labels)
        json_object_set_new(property, "x-labels", labels = json_object());
    if (json_object_get(labels, id))
        return;
    json_array_append_new(ids, json_string(id));
    json_object_set_new(labels, id, json_incref((json_t *)name));
}

static void add_said(json_t *property, const char *id, const char *said)
{
    json_t *name = json_pack("{s:s, s:s}", "zh", said, "en", said);

    if (*id)
        choice_add(property, id, name);
    json_decref(name);
}

/* What a plan or the options of a scheme call by a code, with its name. */
static void add_coded(json_t *property, const json_t *list)
{
    const json_t *one;
    size_t i;

    json_array_foreach(list, i, one) if (json_is_object(json_object_get(one, "name")))
        choice_add(property, page_text(one, "code"), json_object_get(one, "name"));
}

static bool about_lot(struct choosing *c, const json_t *bid)
{
    const json_t *no = json_object_get(bid, "lot"),
                 *here = json_object_get(ask_thing(c, "lots", at(c, "lots") ? c->values[0] : ""), "no");

    return !no || !here || json_equal(no, here);
}

/* By number and name, or by what a proposal is called; in the dark by its number alone. */
static void add_bids(struct choosing *c, json_t *property, const json_t *bids)
{
    const json_t *bid;
    size_t i;

    json_array_foreach(bids, i, bid)
    {
        const json_t *number = json_object_get(bid, "number");
        const char *name = page_text(bid, "name");

        name = *name ? name : page_text(json_object_get(bid, "content"), "title");
        if (!about_lot(c, bid) || *page_text(bid, "void_reason"))
            continue;
        if (number)
            name = arena_printf(c->p->view.arena, "%lld %s", json_integer_value(number), name);
        add_said(property, page_text(bid, "id"), name);
    }
}

static void bids(struct choosing *c, json_t *property)
{
    if (at(c, "lots"))
        add_bids(c, property,
                 items_of(asked(c, arena_printf(c->p->view.arena, "/lots/%s/panel/bids", c->values[0]))));
    if (!json_object_get(property, "enum"))
        add_bids(c, property, items_of(tender_part(c, "opening")));
    if (!json_object_get(property, "enum"))
        add_bids(c, property, items_of(tender_part(c, "proposals?limit=100")));
}

static bool mine(const struct choosing *c, const char *role)
{
    const json_t *m, *one;
    size_t i, k;

    json_array_foreach(json_object_get(c->p->me, "memberships"), i, m)
    {
        const json_t *office = json_object_get(m, "office");

        if (c->office && office && json_integer_value(office) != strtol(c->office, NULL, 10))
            continue;
        json_array_foreach(json_object_get(m, "roles"), k,
                           one) if (strcmp(json_string_value(one), role) == 0) return true;
    }
    return false;
}

/* What is looked at in this phase, by who asks. */
static void rules(struct choosing *c, json_t *property)
{
    const char *phase = page_text(ask_thing(c, "lots", at(c, "lots") ? c->values[0] : ""), "phase");
    const json_t *rule;
    size_t i;

    json_array_foreach(json_object_get(plan_here(c), "checks"), i, rule)
    {
        const char *role = page_text(rule, "role");

        if (strcmp(page_text(rule, "phase"), phase) == 0 &&
            (mine(c, role) || (strcmp(role, "office_clerk") == 0 && mine(c, "agent"))))
            choice_add(property, page_text(rule, "code"), json_object_get(rule, "name"));
    }
    if (!json_object_get(property, "enum")) /* once it is to be evaluated again, one of an earlier phase */
        add_coded(property, json_object_get(plan_here(c), "checks"));
}

static void evaluators(struct choosing *c, json_t *property)
{
    const json_t *m;
    size_t i;

    if (!c->office)
        return;
    json_array_foreach(
        items_of(asked(c, arena_printf(c->p->view.arena, "/offices/%s/memberships?role=evaluator&limit=%d",
                                       c->office, PAGE_ROWS))),
        i, m) add_said(property, page_text(m, "person_id"), page_text(m, "name"));
}

static void members(struct choosing *c, json_t *property)
{
    const json_t *panel = asked(c, arena_printf(c->p->view.arena, "/lots/%s/panel", c->values[0])), *m;
    size_t i;

    json_array_foreach(json_object_get(panel, "members"), i, m)
        add_said(property, page_text(m, "id"), page_text(m, "name"));
}

/* Who sits in the body that is asked. */
static void sitting(struct choosing *c, json_t *property)
{
    const json_t *step, *m;
    size_t i, k;

    json_array_foreach(json_object_get(ask_thing(c, "approvals", c->values[0]), "steps"), i,
                       step) if (strcmp(page_text(step, "state"), "waiting") == 0)
        json_array_foreach(json_object_get(ask_thing(c, "bodies", page_text(step, "body")), "members"), k, m)
            add_said(property, page_text(m, "person"), page_text(m, "name"));
}

static void add_titled(struct choosing *c, json_t *property, const json_t *list)
{
    const json_t *one;
    size_t i;

    json_array_foreach(list, i, one)
    {
        const char *title = view_title(&c->p->view, one);

        if (title)
            add_said(property, page_text(one, "id"), title);
    }
}

static void tranches(struct choosing *c, json_t *property)
{
    add_titled(c, property,
               items_of(asked(c, arena_printf(c->p->view.arena, "/contracts/%s/tranches", c->values[0]))));
}

static void entries(struct choosing *c, json_t *property)
{
    add_titled(c, property,
               items_of(asked(c, arena_printf(c->p->view.arena, "/lists/%s/entries?limit=%d", c->values[0],
                                              PAGE_ROWS))));
}

/* What the office published last, and what the link to the form or the form itself names. */
static void planned(struct choosing *c, json_t *property)
{
    const struct form_values *said[] = {&c->p->visit->query, &c->p->visit->fields};
    const json_t *list;
    size_t i;

    for (i = 0; i < LENGTH(said); i++) {
        const char *id = visit_value(said[i], "entry");
        const json_t *entry = id ? ask_thing(c, "entries", id) : NULL;

        if (entry)
            add_said(property, page_text(entry, "id"), page_text(entry, "name"));
    }
    json_array_foreach(items_of(asked(c, arena_printf(c->p->view.arena, "/offices/%s/lists?limit=%d",
                                                      c->office ? c->office : "", LISTS_SEEN))),
                       i, list)
        add_titled(c, property,
                   items_of(asked(c, arena_printf(c->p->view.arena, "/lists/%s/entries?limit=%d",
                                                  page_text(list, "id"), PAGE_ROWS))));
}

/* Those of the office that are published; where there are none yet, none is to be chosen. */
static void lists(struct choosing *c, json_t *property)
{
    json_object_set_new(property, "enum", json_array());
    add_titled(c, property,
               items_of(asked(c, arena_printf(c->p->view.arena, "/offices/%s/lists?limit=%d",
                                              c->office ? c->office : "", PAGE_ROWS))));
}

/* What an organisation keeps; what was retired is replaced by nothing any more. */
static void certificates(struct choosing *c, json_t *property)
{
    const json_t *one;
    size_t i;

    json_array_foreach(
        items_of(asked(c, arena_printf(c->p->view.arena, "/organisations/%s/certificates", c->values[0]))), i,
        one) if (!*page_text(one, "retired"))
        add_said(property, page_text(one, "id"), page_text(one, "name"));
}

static void deliveries(struct choosing *c, json_t *property)
{
    const json_t *one;
    size_t i;

    json_array_foreach(
        items_of(asked(c, arena_printf(c->p->view.arena, "/tranches/%s/deliveries", c->values[0]))), i,
        one) if (!*page_text(one, "finding"))
        add_said(property, page_text(one, "id"), view_time(&c->p->view, page_text(one, "reported")));
}

/* The papers of the plan for this tranche; of a bid, all that are asked of bidders. */
static void papers(struct choosing *c, json_t *property)
{
    const char *code = at(c, "tranches") ? page_text(ask_thing(c, "tranches", c->values[0]), "code") : "";
    const json_t *paper;
    size_t i;

    json_array_foreach(json_object_get(plan_here(c), "papers"), i,
                       paper) if (strcmp(page_text(paper, "tranche"), code) == 0)
        choice_add(property, page_text(paper, "code"), json_object_get(paper, "name"));
}

/* What is looked at when what was delivered is evaluated. */
static void indicators(struct choosing *c, json_t *property)
{
    const json_t *options = json_object_get(json_object_get(tender_part(c, "plan"), "acceptance"), "options");

    add_coded(property, json_object_get(options, "criteria"));
    add_coded(property, json_object_get(options, "indicators"));
}

static void ways(struct choosing *c, json_t *property)
{
    add_coded(property, json_object_get(ask_thing(c, "lots", c->values[0]), "ways"));
}

static void budget_lines(struct choosing *c, json_t *property)
{
    const json_t *line,
        *budget = asked(c, arena_printf(c->p->view.arena, "/contracts/%s/budget", c->values[0]));
    size_t i;

    json_array_foreach(json_object_get(budget, "lines"), i, line)
        add_said(property, page_text(line, "code"), page_text(line, "name"));
}

/* What a draft asks bidders to state, or the form of one that is not there yet; a field named otherwise stays
 * what it is. */
static void stated(struct choosing *c, json_t *property)
{
    const json_t *criterion, *draft = c->now;
    size_t i;

    if (at(c, "tenders"))
        draft = asked(c, arena_printf(c->p->view.arena, "/tenders/%s/draft", c->values[0]));
    add_coded(property, json_object_get(json_object_get(draft, "options"), "fields"));
    if (!json_object_get(property, "enum"))
        return;
    json_array_foreach(json_object_get(json_object_get(draft, "scheme_options"), "criteria"), i, criterion)
        add_said(property, page_text(criterion, "field"), page_text(criterion, "field"));
}

static void mechanisms(struct choosing *c, json_t *property)
{
    const json_t *one;
    size_t i;

    json_array_foreach(items_of(asked(c, "/mechanisms")), i, one)
        choice_add(property, page_text(one, "id"), json_object_get(one, "name"));
}

/* Acts that somebody at an office approves may have a chain of approval. */
static void chained(struct choosing *c, json_t *property)
{
    const struct spec *spec = c->p->view.spec;

    for (size_t i = 0; i < spec_count(spec); i++) {
        const struct op *op = spec_at(spec, i);
        const json_t *role;
        size_t k;

        json_array_foreach(op->roles, k, role) if (strcmp(op->method, "get") != 0 &&
                                                   strcmp(json_string_value(role), "office_approver") == 0)
        {
            json_t *name = json_pack("{s:s, s:s}", "zh", op->zh, "en", op->en);
            choice_add(property, op->id, name);
            json_decref(name);
        }
    }
}

static const struct source {
    const char *act, *member; /* "checks.bid": of each element */
    void (*put)(struct choosing *c, json_t *property);
} sources[] = {
    {"checks_add", "checks.bid", bids},
    {"checks_add", "checks.rule", rules},
    {"panel_assign", "members.person", evaluators},
    {"panel_replace", "person", evaluators},
    {"panel_replace", "member", members},
    {"panel_declare", "bids", bids},
    {"marks_lock", "bids", bids},
    {"lot_review_ask", "bid", bids},
    {"objection_file", "bid", bids},
    {"lot_approve", "way", ways},
    {"paper_ask", "rule", papers},
    {"paper_give", "rule", papers},
    {"contract_change", "tranches.tranche", tranches},
    {"delivery_report", "paper", papers},
    {"delivery_report", "own.criterion", indicators},
    {"budget_account", "lines.code", budget_lines},
    {"budget_shift", "from", budget_lines},
    {"budget_shift", "to", budget_lines},
    {"tranche_accept", "delivery", deliveries},
    {"tranche_accept", "marks.criterion", indicators},
    {"entry_create", "method", mechanisms},
    {"entry_edit", "method", mechanisms},
    {"list_create", "copy_of", lists},
    {"list_adjust", "add.method", mechanisms},
    {"list_adjust", "change.method", mechanisms},
    {"list_adjust", "change.entry", entries},
    {"list_adjust", "drop.entry", entries},
    {"list_close", "outcomes.entry", entries},
    {"approval_give", "meeting.present", sitting},
    {"approval_give", "meeting.against", sitting},
    {"approval_give", "meeting.abstained", sitting},
    {"approval_give", "meeting.recused.person", sitting},
    {"certificate_add", "replaces", certificates},
    {"tender_create", "entry", planned},
    {"tender_edit", "scheme_options.criteria.field", stated},
    {"tender_create", "scheme_options.criteria.field", stated},
    {"approval_ask", "act", chained},
    {"chain_set", "act", chained},
};

/* ---- things, by the list the API has of them ---- */

static json_t *listed(struct choosing *c, const struct op *list)
{
    const char *path = op_path(list, &c->office, c->p->view.arena), *next = "";
    json_t *all = json_array();

    for (int pages = 0; pages < LISTED_PAGES && next; pages++) {
        const json_t *answer = asked(c, arena_printf(c->p->view.arena, "%s?limit=%d%s%s", path, PAGE_ROWS,
                                                     *next ? "&cursor=" : "", next));

        json_array_extend(all, json_object_get((json_t *)answer, "items"));
        next = json_string_value(json_object_get(answer, "next"));
    }
    return all;
}

/* Few are chosen from a list, many by typing a part of the name. */
static void put_things(struct choosing *c, const char *name, json_t *property)
{
    const struct op *list = spec_list_of(c->p->view.spec, name);
    json_t *all;

    if (!list || (list->param_count > 0 && !c->office) || !page_may(c->p, list))
        return;
    all = listed(c, list);
    if (json_array_size(all) <= PAGE_ROWS) {
        add_titled(c, property, all);
    } else {
        json_t *many = json_array();
        const json_t *one;
        size_t i;

        json_array_foreach(all, i, one)
        {
            const char *title = view_title(&c->p->view, one);

            if (title)
                json_array_append_new(many,
                                      json_pack("{s:s, s:s}", "id", page_text(one, "id"), "title", title));
        }
        json_object_set_new(property, "x-listed", many);
    }
    json_decref(all);
}

/* ---- the schema ---- */

static json_t *inside(json_t *property)
{
    json_t *items = json_object_get(property, "items");

    return json_object_get(items ? items : property, "properties");
}

/* A list of ids is chosen by its elements. */
static json_t *chosen_of(json_t *property)
{
    json_t *items = json_object_get(property, "items");

    return items ? items : property;
}

static bool is_id(json_t *property)
{
    const char *format = json_string_value(json_object_get(chosen_of(property), "format"));

    return format && strcmp(format, "uuid") == 0;
}

static void put_member(struct choosing *c, const char *path, const char *name, json_t *property)
{
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (strcmp(sources[i].act, c->op->id) == 0 && strcmp(sources[i].member, path) == 0) {
            sources[i].put(c, chosen_of(property));
            return;
        }
    if (strcmp(c->op->id, "tender_invite") == 0 && strcmp(path, "candidates") == 0)
        name = "organisation";
    if (is_id(property))
        put_things(c, name, chosen_of(property));
}

static void put_members(struct choosing *c, json_t *properties, const char *path, int depth)
{
    const char *name;
    json_t *property;

    json_object_foreach(properties, name, property)
    {
        const char *inner = arena_printf(c->p->view.arena, "%s%s%s", path, *path ? "." : "", name);

        if (inside(property) && depth < DEPTH_MAX)
            put_members(c, inside(property), inner, depth + 1);
        else
            put_member(c, inner, name, property);
    }
}

/* ---- what a plan asks for ---- */

/* As the API takes it: docs/tenders.md. */
static void put_unit(json_t *schema, const char *unit)
{
    if (strcmp(unit, "money") == 0)
        json_object_set_new(schema, "pattern", json_string("^[0-9]+[.][0-9]{2}$"));
    else if (strcmp(unit, "rate") == 0)
        json_object_set_new(schema, "pattern", json_string("^[0-9]+(\\.[0-9]{1,4})?%$"));
    else if (strcmp(unit, "count") == 0 || strcmp(unit, "months") == 0)
        json_object_set_new(schema, "type", json_string("integer"));
    else if (strcmp(unit, "yes_no") == 0)
        json_object_set_new(schema, "type", json_string("boolean"));
}

json_t *choices_fields(const json_t *plan, bool others, json_t *required)
{
    json_t *fields = json_object();
    const json_t *field;
    size_t i;

    json_array_foreach(json_object_get(plan, "fields"), i, field)
    {
        const char *code = page_text(field, "code");
        json_t *schema =
            json_pack("{s:s, s:O*}", "type", "string", "x-label", json_object_get(field, "name"));

        put_unit(schema, page_text(field, "unit"));
        if (required && json_is_true(json_object_get(field, "required")))
            json_array_append_new(required, json_string(code));
        if ((*page_text(field, "by") != '\0') == others && strcmp(page_text(field, "by"), "clock") != 0)
            json_object_set(fields, code, schema);
        json_decref(schema);
    }
    return fields;
}

/* Of a proposal the price is its cost, which the form asks for by itself. */
static void drop_priced(const json_t *plan, json_t *fields)
{
    const json_t *field;
    size_t i;

    json_array_foreach(json_object_get(plan, "fields"), i,
                       field) if (json_is_true(json_object_get(field, "priced")))
        json_object_del(fields, page_text(field, "code"));
}

static void put_fields(struct choosing *c, json_t *properties)
{
    json_t *property = json_object_get(properties, "fields"), *fields;
    const bool proposal = strcmp(c->op->id, "proposal_create") == 0;

    if (!property || !plan_here(c))
        return;
    fields = choices_fields(plan_here(c), strcmp(c->op->id, "bid_allow") == 0, NULL);
    if (proposal)
        drop_priced(plan_here(c), fields);
    if (json_object_size(fields))
        json_object_set(property, "properties", fields);
    else if (proposal)
        json_object_del(properties, "fields");
    json_decref(fields);
}

/* ---- rows that are there to be filled in ---- */

static bool has_row(const json_t *rows, const json_t *row)
{
    const json_t *one, *value;
    const char *name;
    size_t i;

    json_array_foreach(rows, i, one)
    {
        bool same = true;

        json_object_foreach((json_t *)row, name, value) same &= json_equal(json_object_get(one, name), value);
        if (same)
            return true;
    }
    return false;
}

static void add_row(json_t *rows, json_t *row)
{
    if (!has_row(rows, row))
        json_array_append(rows, row);
    json_decref(row);
}

static const json_t *enum_of(json_t *list, const char *member)
{
    return json_object_get(
        json_object_get(json_object_get(json_object_get(list, "items"), "properties"), member), "enum");
}

/* Each of the first by each of the second (NULL: there is none). */
static void put_rows(json_t *schema, json_t *now, const char *list, const char *first, const char *second)
{
    json_t *property = json_object_get(json_object_get(schema, "properties"), list);
    json_t *rows = json_object_get(now, list);
    const json_t *a, *b;
    size_t i, k;

    if (!json_array_size(enum_of(property, first)))
        return;
    json_object_set_new(property, "x-given",
                        second ? json_pack("[s, s]", first, second) : json_pack("[s]", first));
    if (!now)
        return;
    if (!json_is_array(rows))
        json_object_set_new(now, list, rows = json_array());
    json_array_foreach(enum_of(property, first), i, a)
    {
        if (!second)
            add_row(rows, json_pack("{s:O}", first, a));
        else
            json_array_foreach(enum_of(property, second), k, b)
                add_row(rows, json_pack("{s:O, s:O}", first, a, second, b));
    }
}

static void put_all_rows(struct choosing *c, json_t *schema, json_t *now)
{
    static const struct {
        const char *act, *list, *first, *second;
    } prepared[] = {
        {"checks_add", "checks", "bid", "rule"},       {"contract_change", "tranches", "tranche", NULL},
        {"delivery_report", "own", "criterion", NULL}, {"tranche_accept", "marks", "criterion", NULL},
        {"list_close", "outcomes", "entry", NULL},
    };

    for (size_t i = 0; i < sizeof prepared / sizeof *prepared; i++)
        if (strcmp(prepared[i].act, c->op->id) == 0)
            put_rows(schema, now, prepared[i].list, prepared[i].first, prepared[i].second);
}

/* ---- the door ---- */

/* A post approves by itself, a body in a meeting: the form asks who is asked. */
static void put_meeting(struct choosing *c, json_t *properties)
{
    const json_t *step;
    size_t i;

    if (strcmp(c->op->id, "approval_give") != 0)
        return;
    json_array_foreach(json_object_get(ask_thing(c, "approvals", c->values[0]), "steps"), i,
                       step) if (strcmp(page_text(step, "state"), "waiting") == 0 && *page_text(step, "post"))
        json_object_del(properties, "meeting");
}

void choices_put(struct page *p, const struct op *op, const char *const *values, json_t *schema, json_t *now)
{
    struct choosing c = {p, op, values, page_office(p, op, values), json_object(), now};
    json_t *properties = json_object_get(schema, "properties");

    put_meeting(&c, properties);
    put_members(&c, properties, "", 0);
    put_fields(&c, properties);
    put_all_rows(&c, schema, now);
    json_decref(c.answers);
}
