/* What the tables know about a good answer: codes, texts, enum values, lines. */
#include <string.h>

#include "core/base/text.h"
#include "core/host/answer.h"

struct walk {
    const struct words *words;
    struct buf *fault;
};

unsigned words_places(const char *text)
{
    unsigned set = 0;

    for (; *text; text++)
        if (text[0] == '{' && text[1] >= '1' && text[1] <= '0' + LINLI_ARGS && text[2] == '}')
            set |= 1u << (text[1] - '1');
    return set;
}

static bool bid_known(const linli_facts *facts, int64_t key)
{
    for (size_t i = 0; facts && i < facts->bid_count; i++)
        if (facts->bids[i].key == (uint64_t)key)
            return true;
    return !facts;
}

static bool line_ok(const struct walk *w, const linli_line *line)
{
    if (line->message >= w->words->message_count) {
        buf_printf(w->fault, "a line names message %u, of which there are %u", line->message,
                   w->words->message_count);
        return false;
    }
    const linli_message *m = &w->words->messages[line->message];
    if (line->argc > LINLI_ARGS || words_places(m->text.zh) >> line->argc != 0 ||
        words_places(m->text.en) >> line->argc != 0) {
        buf_printf(w->fault, "message \"%s\" has more places than the line has arguments (%u)", m->code,
                   line->argc);
        return false;
    }
    for (uint32_t i = 0; i < line->argc; i++) {
        const linli_arg *arg = &line->arg[i];
        bool coded = arg->kind == LINLI_ARG_CODE || arg->kind == LINLI_ARG_RULE;
        if (arg->kind < LINLI_ARG_COUNT || arg->kind > LINLI_ARG_RULE ||
            (coded && !(arg->code && code_ok(arg->code))) ||
            (arg->kind == LINLI_ARG_BID && !bid_known(w->words->facts, arg->number))) {
            buf_printf(w->fault, "argument %u of message \"%s\" is not what its kind says", i + 1, m->code);
            return false;
        }
    }
    return true;
}

static bool lines_ok(const struct walk *w, const linli_lines *lines)
{
    if (lines->count > 0 && !lines->items) {
        buf_text(w->fault, "lines are counted that are not there");
        return false;
    }
    for (size_t i = 0; i < lines->count; i++)
        if (!line_ok(w, &lines->items[i]))
            return false;
    return true;
}

static bool wrong(const struct walk *w, const linli_option *o, const char *what)
{
    buf_printf(w->fault, "\"%s\" %s", o->name, what);
    return false;
}

static bool text_good(const char *text)
{
    return text && text[0] && utf8_ok(text, strlen(text), true);
}

static bool enum_ok(const struct walk *w, const linli_option *o, int32_t value)
{
    int64_t count = 0;

    while (o->codes[count])
        count++;
    if (value == 0 && o->low > 0)
        return o->format ? true : wrong(w, o, "is not set");
    return value >= o->low && value < o->low + count ? true : wrong(w, o, "is not one of its values");
}

static bool rows_ok(const struct walk *w, const linli_option *rows, size_t count, const char *base);

static bool list_ok(const struct walk *w, const linli_option *o, const linli_list *list)
{
    if (list->count > 0 && !list->items)
        return wrong(w, o, "is counted but not there");
    for (size_t i = 0; i < list->count; i++)
        if (!rows_ok(w, o->item, o->item_count, (const char *)list->items + i * o->item_size)) {
            buf_printf(w->fault, ", in /%s/%zu", o->name, i);
            return false;
        }
    return true;
}

static bool code_good(const struct walk *w, const linli_option *o, const char *code)
{
    if (!code)
        return o->required ? wrong(w, o, "is missing") : true;
    return code_ok(code) ? true : wrong(w, o, "is not a code");
}

static bool may_ok(const struct walk *w, const linli_option *o, const uint64_t *may)
{
    for (int i = 0; i < LINLI_ROLES; i++)
        if ((may[i] >> LINLI_ACTS) != 0 || (i > LINLI_CLOCK && may[i]))
            return wrong(w, o, "allows an act or a role that there is not");
    return true;
}

static bool row_ok(const struct walk *w, const linli_option *o, const char *base)
{
    const void *at = base + o->offset;

    switch (o->type) {
    case LINLI_OPT_CODE:
        return code_good(w, o, *(const char *const *)at);
    case LINLI_OPT_STRING: {
        const char *text = *(const char *const *)at;
        return !text || utf8_ok(text, strlen(text), true) ? true : wrong(w, o, "is not clean UTF-8");
    }
    case LINLI_OPT_TEXT: {
        const linli_text *text = at;
        return text_good(text->zh) && text_good(text->en) ? true
                                                          : wrong(w, o, "is not there in both languages");
    }
    case LINLI_OPT_PERIOD: {
        const linli_period *p = at;
        bool good = p->count >= 0 && (p->count == 0 || (p->unit >= LINLI_HOURS && p->unit <= LINLI_MONTHS));
        return good ? true : wrong(w, o, "is no period");
    }
    case LINLI_OPT_MONEY:
        return *(const int64_t *)at >= 0 ? true : wrong(w, o, "is less than nothing");
    case LINLI_OPT_RATE:
        return *(const int64_t *)at >= 0 && *(const int64_t *)at <= 1000000
                   ? true
                   : wrong(w, o, "is not from 0% to 100%");
    case FORM_ENUM:
        return enum_ok(w, o, *(const int32_t *)at);
    case FORM_MAY:
        return may_ok(w, o, at);
    case FORM_LINES:
        return lines_ok(w, at);
    case FORM_LINE:
        return line_ok(w, at);
    case LINLI_OPT_LIST:
        return list_ok(w, o, at);
    case LINLI_OPT_OBJECT:
        return rows_ok(w, o->item, o->item_count, at);
    default:
        return true;
    }
}

static bool rows_ok(const struct walk *w, const linli_option *rows, size_t count, const char *base)
{
    for (size_t i = 0; i < count; i++)
        if (!row_ok(w, &rows[i], base))
            return false;
    return true;
}

bool answer_shape_ok(const struct form *form, const void *data, const struct words *words, struct buf *fault)
{
    struct walk w = {words, fault};

    return rows_ok(&w, form->rows, form->count, data);
}
