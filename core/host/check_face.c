/* What a plug-in says of itself: descriptor, texts, option table, examples. */
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/host/check.h"

static bool text_good(linli_text t)
{
    return t.zh && t.zh[0] && t.en && t.en[0] && utf8_ok(t.zh, strlen(t.zh), true) &&
           utf8_ok(t.en, strlen(t.en), true);
}

/* "1.4.0" */
static bool version_good(const char *v)
{
    int numbers = 0;

    while (v && *v >= '0' && *v <= '9' && numbers < 3) {
        v += strspn(v, "0123456789");
        numbers++;
        if (numbers < 3 && *v++ != '.')
            return false;
    }
    return v && numbers == 3 && *v == '\0';
}

static void check_about(struct checker *c, const linli_about *a)
{
    check_begin(c, "about");
    if (!a->id || !code_ok(a->id))
        check_failed(c, "the id is not a code");
    if (!version_good(a->version) || !version_good(a->opens))
        check_failed(c, "version and opens must be like \"1.4.0\"");
    if (!text_good(a->name) || !text_good(a->summary) || !text_good(a->basis))
        check_failed(c, "name, summary and basis must be there in both languages");
    if (!a->author || !a->author[0] || !a->licence || !a->licence[0])
        check_failed(c, "author and licence must be there");
}

static void check_messages(struct checker *c, const linli_message *m, uint32_t count)
{
    check_begin(c, "words");
    for (uint32_t i = 0; i < count; i++) {
        if (!m[i].code || !code_ok(m[i].code) || !text_good(m[i].text)) {
            check_failed(c, "message %u (%s) lacks a code or a text in one language", i,
                         m[i].code ? m[i].code : "?");
            continue;
        }
        if (words_places(m[i].text.zh) != words_places(m[i].text.en))
            check_failed(c, "message \"%s\" has other places in Chinese than in English", m[i].code);
        for (uint32_t k = 0; k < i; k++)
            if (m[k].code && strcmp(m[k].code, m[i].code) == 0)
                check_failed(c, "message \"%s\" is there twice", m[i].code);
    }
}

/* ---- the option table ------------------------------------------------------------ */

struct table {
    struct checker *c;
    const char *path;
    const linli_option *rows;
    uint32_t count, size;
    uint8_t *taken; /* bytes of the struct that a row fills */
};

static bool take_bytes(struct table *t, uint32_t offset, size_t size)
{
    if (offset > t->size || size > t->size - offset)
        return false;
    for (size_t i = 0; i < size; i++)
        if (t->taken[offset + i]++)
            return false;
    return true;
}

static void check_choices(struct table *t, const linli_option *o)
{
    size_t codes = 0, labels = 0;

    if (!o->codes || !o->choices) {
        check_failed(t->c, "%s%s is a choice without choices", t->path, o->name);
        return;
    }
    for (; o->codes[codes]; codes++)
        if (!code_ok(o->codes[codes]))
            check_failed(t->c, "%s%s has a choice that is not a code", t->path, o->name);
    for (; o->choices[labels].zh || o->choices[labels].en; labels++)
        if (!text_good(o->choices[labels]))
            check_failed(t->c, "%s%s has a choice without a label in one language", t->path, o->name);
    if (codes == 0 || codes != labels)
        check_failed(t->c, "%s%s has %zu choices and %zu labels", t->path, o->name, codes, labels);
}

static void check_default(struct table *t, const linli_option *o)
{
    linli_option row = *o;
    struct form one = {&row, 1, t->size};
    void *ignored;
    struct err err;

    if (!o->initial)
        return;
    row.required = false;
    if (form_read_as(&one, t->c->arena, "{}", 2, 2, "default", &ignored, &err))
        check_failed(t->c, "%s%s has a default that its own row refuses: %s", t->path, o->name, err.detail);
}

static void check_table(struct checker *c, const char *path, const linli_option *rows, uint32_t count,
                        uint32_t size);

static void check_inner(struct table *t, const linli_option *o)
{
    char *path = arena_printf(t->c->arena, "%s%s/", t->path, o->name);

    if (!o->item || o->item_count == 0 || o->item_size == 0)
        check_failed(t->c, "%s%s does not describe its items", t->path, o->name);
    else
        check_table(t->c, path, o->item, o->item_count, o->item_size);
}

static void check_row(struct table *t, const linli_option *o, bool bare)
{
    static const char *const formats[] = {"line", "text", "uscc", "email", "phone"};
    bool nested = o->type == LINLI_OPT_LIST || o->type == LINLI_OPT_OBJECT;
    size_t width = o->type == LINLI_OPT_OBJECT ? o->item_size : form_width(o->type), known = 0;

    if (o->type < LINLI_OPT_BOOL || o->type > LINLI_OPT_BYTES) {
        check_failed(t->c, "%s%s has a type that there is not", t->path, o->name);
        return;
    }
    if (!take_bytes(t, o->offset, width) || (o->present && !take_bytes(t, o->present, sizeof(bool))))
        check_failed(t->c, "%s%s lies outside the struct or over another member", t->path, o->name);
    if (!bare && (!text_good(o->label) || !text_good(o->help)))
        check_failed(t->c, "%s%s has no label or help in one language", t->path, o->name);
    if (o->low > o->high)
        check_failed(t->c, "%s%s has bounds that nothing can meet", t->path, o->name);
    if (o->required && o->initial)
        check_failed(t->c, "%s%s is required and has a default", t->path, o->name);
    while (o->format && known < LENGTH(formats) && strcmp(o->format, formats[known]) != 0)
        known++;
    if (o->format && (o->type != LINLI_OPT_STRING || known == LENGTH(formats)))
        check_failed(t->c, "%s%s has a format that there is not", t->path, o->name);
    if (o->type == LINLI_OPT_CHOICE)
        check_choices(t, o);
    if (nested)
        check_inner(t, o);
    if (width <= t->size && o->offset <= t->size - width && (o->type != LINLI_OPT_CHOICE || o->codes))
        check_default(t, o);
}

static void check_table(struct checker *c, const char *path, const linli_option *rows, uint32_t count,
                        uint32_t size)
{
    struct table t = {c, path, rows, count, size, ARENA_NEW(c->arena, uint8_t, size + 1)};
    bool bare = count == 1 && rows[0].name && rows[0].name[0] == '\0';

    if (count > 100) {
        check_failed(c, "%s has more than 100 members", path);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!rows[i].name || (!bare && !code_ok(rows[i].name))) {
            check_failed(c, "%s has a member whose name is not a code", path);
            continue;
        }
        for (uint32_t k = 0; k < i; k++)
            if (rows[k].name && strcmp(rows[k].name, rows[i].name) == 0)
                check_failed(c, "%s%s is there twice", path, rows[i].name);
        check_row(&t, &rows[i], bare);
    }
}

/* ---- all of it -------------------------------------------------------------------- */

const void *check_options(struct checker *c, const char *json)
{
    struct plugin p = {c->mechanism ? PLUGIN_MECHANISM : PLUGIN_SCHEME, c->mechanism, c->scheme, NULL, ""};
    struct form form = plugin_form(&p);
    void *options = NULL;
    struct err err = {0};

    if (form_read_as(&form, c->arena, json, strlen(json), 1 << 20, "options", &options, &err) == 0)
        return options;
    check_failed(c, "the example %.60s... does not read: %s", json, err.detail);
    return NULL;
}

static bool check_functions(struct checker *c)
{
    const linli_mechanism *m = c->mechanism;
    const linli_scheme *s = c->scheme;

    check_begin(c, "complete");
    if (m && (!m->check || !m->plan || !m->step || !m->admit || !m->award || !m->schedule || !m->release))
        check_failed(c, "a function is missing; only refuse may be");
    if (s && (!s->check || !s->criteria || !s->evaluate))
        check_failed(c, "a function is missing");
    if (m && (m->takes == 0 || (m->takes & ~(uint32_t)(LINLI_ORDER | LINLI_SET)) || m->regimes == 0))
        check_failed(c, "it says neither what it takes nor which regimes it serves");
    if (s && (s->gives == 0 || s->gives > (LINLI_ORDER | LINLI_SET)))
        check_failed(c, "it does not say whether it gives an order or a set");
    return c->page->failures == 0;
}

static void check_examples(struct checker *c, const char *const *examples)
{
    check_begin(c, "examples");
    if (!examples || !examples[0])
        check_failed(c, "there is no example");
    for (size_t i = 0; examples && examples[i]; i++)
        if (check_options(c, examples[i]) == NULL)
            break;
}

static void check_needs(struct checker *c, const char *const *needs)
{
    check_begin(c, "needs");
    for (size_t i = 0; needs && needs[i]; i++)
        if (!code_ok(needs[i]))
            check_failed(c, "it needs a rule whose code is not a code");
}

bool check_face(struct checker *c)
{
    const linli_mechanism *m = c->mechanism;
    const linli_scheme *s = c->scheme;
    uint32_t size = m ? m->size : s->size;
    size_t expected = m ? offsetof(linli_mechanism, methods) : sizeof *s; /* what 0.5 had */

    check_begin(c, "complete");
    if (size < expected) {
        check_failed(c, "its descriptor has %u bytes where this contract has %zu", size, expected);
        return false;
    }
    if (!(m ? m->about : s->about)) {
        check_failed(c, "it does not describe itself");
        return false;
    }
    check_about(c, m ? m->about : s->about);
    check_messages(c, m ? m->messages : s->messages, m ? m->message_count : s->message_count);
    check_begin(c, "options");
    check_table(c, "/", m ? m->options : s->options, m ? m->option_count : s->option_count,
                m ? m->options_size : s->options_size);
    check_needs(c, m ? m->needs : s->needs);
    check_functions(c);
    if (c->page->failures == 0)
        check_examples(c, m ? m->examples : s->examples);
    return c->page->failures == 0;
}
