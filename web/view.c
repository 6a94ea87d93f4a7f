/* API answers for people. */
#include "web/view.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/err.h"
#include "core/base/money_words.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "web/words.h"

enum { COLUMNS_MAX = 9, COLUMNS_SEEN = 40, DEPTH_MAX = 5, PROSE = 60, ID_SIZE = 36, DATE_SIZE = 10 };

static json_t *fields_at(const struct view *v, const json_t *object, int depth);

const char *view_path(const struct view *v, const char *path)
{
    return arena_printf(v->arena, "%s%s", v->chinese ? "/zh" : "/en", path);
}

/* "notice_correct" reads as words where nobody wrote any. */
static const char *plain(const struct view *v, const char *name)
{
    char *text = arena_dup(v->arena, name);

    for (char *p = text; *p; p++)
        if (*p == '_')
            *p = ' ';
    return text;
}

/* NULL: nobody wrote any. */
static const char *label(const struct view *v, const char *member)
{
    const char *own = words_member(v->manner, member, v->chinese);

    return own ? own : spec_label(v->spec, member, v->chinese);
}

const char *view_label(const struct view *v, const char *member)
{
    const char *said = label(v, member);

    return said ? said : plain(v, member);
}

/* As the plan names it, in this list of its. */
static const char *plan_name(const struct view *v, const char *list, const char *code)
{
    const json_t *item;
    size_t i;

    json_array_foreach(json_object_get(v->plan, list), i, item)
    {
        const char *one = json_string_value(json_object_get(item, "code"));
        if (one && strcmp(one, code) == 0)
            return json_string_value(
                json_object_get(json_object_get(item, "name"), v->chinese ? "zh" : "en"));
    }
    return NULL;
}

const char *view_word(const struct view *v, const char *member, const char *code)
{
    const size_t size = strlen(member);
    const char *word = words_code(
        v->manner, size > 6 && strcmp(member + size - 6, "_state") == 0 ? "state" : member, code, v->chinese);

    if (!word && (strcmp(member, "object_kind") == 0 || strcmp(member, "subject_kind") == 0))
        word = label(v, code);
    if (v->plan && strcmp(member, "phase") == 0)
        word = plan_name(v, "phases", code);
    if (!word && strcmp(member, "rule") == 0)
        word = plan_name(v, "checks", code);
    if (!word && strcmp(member, "plugin") == 0)
        word = words_code(v->manner, "scheme", code, v->chinese);
    if (!word && strcmp(member, "paper") == 0)
        word = plan_name(v, "papers", code);
    if (!word)
        word = spec_word(v->spec, member, code, v->chinese);
    if (!word && strcmp(member, "act") == 0 && spec_find(v->spec, code))
        word = v->chinese ? spec_find(v->spec, code)->zh : spec_find(v->spec, code)->en;
    return word ? word : code;
}

const char *view_bid_state(const struct view *v, const json_t *bid)
{
    const char *state = json_string_value(json_object_get(bid, "state"));
    const char *tender = json_string_value(json_object_get(bid, "tender_state"));
    const bool proposal =
        (v->manner && strcmp(v->manner, "fund") == 0) || (tender && strcmp(tender, "bidding") == 0);

    if (!state)
        return "";
    return strcmp(state, "open") == 0 && !proposal ? "opened" : state;
}

const char *view_text(const struct view *v, const char *key)
{
    return words_text(v->manner, key, v->chinese);
}

const char *view_op(const struct view *v, const struct op *op)
{
    const char *own = view_text(v, arena_printf(v->arena, "op.%s", op->id));

    return own ? own : v->chinese ? op->zh : op->en;
}

void view_speak(struct view *v, const json_t *tender)
{
    const char *regime = json_string_value(json_object_get(tender, "regime"));
    const char *mechanism = json_string_value(json_object_get(tender, "mechanism"));

    if (regime && mechanism)
        v->manner = words_manner(regime, mechanism);
}

const char *view_money(const struct view *v, const char *text)
{
    const char *digits = *text == '-' ? text + 1 : text, *point = strchr(digits, '.');
    const size_t whole = point ? (size_t)(point - digits) : strlen(digits);
    char *out = arena_alloc(v->arena, strlen(text) * 2 + 1, 1), *to = out;

    if (*text == '-')
        *to++ = '-';
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % 3 == 0)
            *to++ = ',';
        *to++ = digits[i];
    }
    strcpy(to, point ? point : "");
    return out;
}

static bool is_date(const char *s)
{
    return strlen(s) >= 10 && s[4] == '-' && s[7] == '-' && strspn(s, "0123456789") == 4;
}

static bool is_time(const char *s)
{
    return is_date(s) && s[10] == 'T';
}

static const char *day_text(const struct view *v, const char *date)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const int year = atoi(date), month = atoi(date + 5), day = atoi(date + 8);

    if (month < 1 || month > 12)
        return date;
    return v->chinese ? arena_printf(v->arena, "%d年%d月%d日", year, month, day)
                      : arena_printf(v->arena, "%d %s %d", day, months[month - 1], year);
}

/* `local`: the instant on the office's clock; "" where the text is a day, or neither. */
static const char *day_and(const struct view *v, const char *text, char local[TIME_TEXT])
{
    int64_t us;

    local[0] = '\0';
    if (!is_date(text))
        return text;
    if (!is_time(text) || !time_parse(text, &us))
        return text[DATE_SIZE] ? text : day_text(v, text);
    time_print_shanghai(us, local);
    return day_text(v, local);
}

const char *view_time(const struct view *v, const char *text)
{
    char local[TIME_TEXT];
    const char *day = day_and(v, text, local);

    return local[0] ? arena_printf(v->arena, "%s %.5s", day, local + 11) : day;
}

const char *view_day(const struct view *v, const char *text)
{
    char local[TIME_TEXT];

    return day_and(v, text, local);
}

const char *view_countdown(const struct view *v, const char *now, const char *until)
{
    int64_t from, to, minutes;

    if (!now || !until || !time_parse(now, &from) || !time_parse(until, &to) || to <= from)
        return NULL;
    minutes = (to - from) / (60 * TIME_SECOND);
    const int days = (int)(minutes / 1440), hours = (int)(minutes / 60 % 24);

    if (days >= 10)
        return arena_printf(v->arena, v->chinese ? "还有 %d 天" : "%d days left", days);
    if (days > 0)
        return arena_printf(v->arena, v->chinese ? "还有 %d 天 %d 小时" : "%d d %d h left", days, hours);
    if (hours > 0)
        return arena_printf(v->arena, v->chinese ? "还有 %d 小时 %d 分" : "%d h %d min left", hours,
                            (int)(minutes % 60));
    return arena_printf(v->arena, v->chinese ? "还有 %d 分钟" : "%d min left", (int)minutes);
}

static bool is_id(const char *s)
{
    return strlen(s) == ID_SIZE && s[8] == '-' && s[13] == '-' && strspn(s, "0123456789abcdef-") == ID_SIZE;
}

static bool is_money(const struct view *v, const char *name, const char *s)
{
    const char *digits = *s == '-' ? s + 1 : s;
    const size_t whole = strspn(digits, "0123456789");

    return spec_money(v->spec, name) && whole > 0 && digits[whole] == '.' && strlen(digits) == whole + 3;
}

/* What only programs need, or the page says elsewhere. */
static bool hidden(const char *name)
{
    static const char *const names[] = {
        "id",         "_version",       "version",         "office_id", "mechanism_sha256", "scheme_sha256",
        "own_attach", "catalogue_code", "subject_version", "object_id", "phase_kind",       "csrf",
        "path",       "awarded"};

    for (size_t i = 0; i < LENGTH(names); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return name[0] == '_';
}

bool view_shown(const char *name)
{
    return !hidden(name);
}

/* ---- one value ---- */

const char *view_period(const struct view *v, const char *text)
{
    static const struct {
        const char *code, *zh, *one, *many;
    } units[] = {{"h", "小时", "hour", "hours"},
                 {"d", "日", "day", "days"},
                 {"wd", "个工作日", "working day", "working days"},
                 {"m", "个月", "month", "months"}};
    const size_t digits = strspn(text, "0123456789");
    const int count = atoi(text);

    for (size_t i = 0; digits && i < LENGTH(units); i++)
        if (strcmp(text + digits, units[i].code) == 0)
            return arena_printf(v->arena, "%d %s", count,
                                v->chinese   ? units[i].zh
                                : count == 1 ? units[i].one
                                             : units[i].many);
    return NULL;
}

static json_t *link_to(const struct view *v, const char *thing, const char *id, const char *text)
{
    const struct op *op = spec_thing(v->spec, thing);

    if (!op) /* an id that has no page tells people nothing */
        return text ? json_pack("{s:{s:s}}", "text", "value", text) : NULL;
    /* Needs of others are read by those who judge them. */
    if (!op_may(strcmp(thing, "need") == 0 ? spec_find(v->spec, "need_review") : op, v->me, 0))
        return text ? json_pack("{s:{s:s}}", "text", "value", text) : NULL;
    return json_pack("{s:{s:s, s:s}}", "link", "href", view_path(v, op_path(op, &id, v->arena)), "value",
                     text         ? text
                     : v->chinese ? "查看"
                                  : "open");
}

/* Awards, contracts and payments say their sum in words as well. */
static const char *in_words(const struct view *v, const char *name, const char *text)
{
    CLEANUP(buf_free) struct buf words = {0};
    int64_t fen;

    if (!v->chinese || strcmp(name, "amount") != 0 || !money_parse(text, false, &fen) || fen <= 0)
        return "";
    money_words(fen, &words);
    return arena_ndup(v->arena, words.data, words.size);
}

const char *view_in_words(const struct view *v, const char *name, const char *text)
{
    const char *words = in_words(v, name, text);

    return *words ? arena_printf(v->arena, "（人民币%s）", words) : "";
}

/* As it is kept, or in the reader's language. */
static const char *reason_said(const struct view *v, const char *kept)
{
    const char *en = v->chinese ? NULL : detail_en(v->arena, kept);

    return en ? en : kept;
}

/* "/fields/price 必填": by what the place is called. */
static const char *fault_said(const struct view *v, const char *fault)
{
    const char *text = *fault == '/' ? strchr(fault, ' ') : NULL, *name;

    if (!text)
        return reason_said(v, fault);
    name = arena_ndup(v->arena, fault + 1, strcspn(fault + 1, "/ "));
    return arena_printf(v->arena, v->chinese ? "%s：%s" : "%s: %s", view_word(v, "in_bid", name),
                        reason_said(v, text + 1));
}

const char *view_why_void(const struct view *v, const char *reason)
{
    const char *colon = *reason == '/' ? NULL : strstr(reason, "："), *next = strstr(reason, "；");

    if (colon && !detail_en(v->arena, reason)) { /* in what, and then what is wrong with it */
        const char *in = arena_ndup(v->arena, reason, (size_t)(colon - reason) + strlen("："));

        if (detail_en(v->arena, in))
            return arena_printf(v->arena, "%s%s%s", reason_said(v, in), v->chinese ? "" : " ",
                                view_why_void(v, reason + strlen(in)));
    }
    if (!next || detail_en(v->arena, reason))
        return fault_said(v, reason);
    return arena_printf(v->arena, v->chinese ? "%s；%s" : "%s; %s",
                        fault_said(v, arena_ndup(v->arena, reason, (size_t)(next - reason))),
                        view_why_void(v, next + strlen("；")));
}

static json_t *string_value(const struct view *v, const char *name, const char *s)
{
    if (strcmp(s, "92233720368547758.07") == 0) /* as much as there can be */
        return NULL;
    if (is_id(s))
        return link_to(v, name, s, NULL);
    if (is_money(v, name, s))
        return json_pack("{s:{s:s, s:s}}", "money", "value", view_money(v, s), "words", in_words(v, name, s));
    if (is_date(s) && (s[10] == 'T' || !s[10]))
        return json_pack("{s:{s:s, s:s}}", "time", "iso", s, "value", view_time(v, s));
    const char *word = strcmp(name, "void_reason") == 0 ? view_why_void(v, s) : view_word(v, name, s);
    if (strcmp(name, "phase") == 0 || (strlen(name) >= 5 && strcmp(name + strlen(name) - 5, "state") == 0))
        return json_pack("{s:{s:s, s:s}}", "badge", "tone", s, "value", word);
    if (strlen(s) > PROSE || strchr(s, '\n'))
        return json_pack("{s:{s:s}}", "prose", "value", word);
    return json_pack("{s:{s:s}}", "text", "value", word);
}

const char *view_said(const json_t *both, bool chinese)
{
    const char *said = json_string_value(json_object_get(both, chinese ? "zh" : "en"));

    if (!said || !*said)
        said = json_string_value(json_object_get(both, chinese ? "en" : "zh"));
    return said ? said : "";
}

/* NULL: it is none. */
static const char *said_in(const struct view *v, const json_t *both)
{
    const char *said = view_said(both, v->chinese);

    return *said ? said : NULL;
}

const char *view_scalar(const struct view *v, const json_t *value)
{
    const char *text = json_string_value(value);

    if (json_is_boolean(value))
        return view_text(v, json_is_true(value) ? "yes" : "no");
    if (json_is_integer(value))
        return arena_printf(v->arena, "%lld", json_integer_value(value));
    return text ? text : "";
}

/* Lines that are read in the language of the page; what else they have is for programs, but the article. */
static bool says(const json_t *list)
{
    const json_t *one;
    size_t i;

    json_array_foreach(list, i, one) if (!*view_said(one, true)) return false;
    return json_array_size(list) > 0;
}

static json_t *says_value(const struct view *v, const json_t *list)
{
    json_t *items = json_array();
    const json_t *one;
    size_t i;

    json_array_foreach(list, i, one)
    {
        const char *article = json_string_value(json_object_get(one, "article"));
        const char *said = view_said(one, v->chinese);

        if (article)
            said = arena_printf(v->arena, v->chinese ? "%s（%s）" : "%s (%s)", said, article);
        json_array_append_new(items, json_string(said));
    }
    return json_pack("{s:{s:o}}", "items", "each", items);
}

static json_t *items_value(const struct view *v, const char *name, const json_t *list)
{
    json_t *items, *one;
    size_t i;

    if (says(list))
        return says_value(v, list);
    if (json_is_object(json_array_get(list, 0)))
        return json_pack("{s:{s:o}}", "inner", ">table", view_table(v, NULL, list));
    items = json_array();
    json_array_foreach((json_t *)list, i, one)
    {
        char *text = json_is_string(one) ? NULL : json_dumps(one, JSON_ENCODE_ANY);

        json_array_append_new(items, json_string(text ? text : view_word(v, name, json_string_value(one))));
        free(text);
    }
    return json_pack("{s:{s:o}}", "items", "each", items);
}

static json_t *object_value(const struct view *v, const json_t *object, int depth)
{
    const char *said = said_in(v, object);

    if (said)
        return json_pack("{s:{s:s}}", "text", "value", said);
    if (depth >= DEPTH_MAX || json_object_size(object) == 0)
        return NULL;
    return json_pack("{s:{s:o}}", "inner", ">fields", fields_at(v, object, depth + 1));
}

/* {"money": {..}} and so on, one section for each kind of value; NULL: nothing to show. */
static json_t *value_of(const struct view *v, const char *name, const json_t *value, int depth)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        return *json_string_value(value) ? string_value(v, name, json_string_value(value)) : NULL;
    case JSON_INTEGER:
        if (strcmp(name, "office") == 0 || strcmp(name, "parent_id") == 0)
            return link_to(v, "office", arena_printf(v->arena, "%lld", json_integer_value(value)), NULL);
        return json_pack("{s:{s:I}}", "number", "value", json_integer_value(value));
    case JSON_TRUE:
    case JSON_FALSE:
        return json_pack("{s:{s:s}}", "text", "value",
                         words_text(v->manner, json_is_true(value) ? "yes" : "no", v->chinese));
    case JSON_OBJECT:
        return object_value(v, value, depth);
    case JSON_ARRAY:
        return json_array_size(value) ? items_value(v, name, value) : NULL;
    case JSON_REAL:
    case JSON_NULL:
        break;
    }
    return NULL;
}

/* ---- a thing ---- */

/* A member may be called otherwise in the answer to one question: MEMBER("expense_page.settled", ..). */
static const char *label_there(const struct view *v, const char *question, const char *name)
{
    return question ? words_member(v->manner, arena_printf(v->arena, "%s.%s", question, name), v->chinese)
                    : NULL;
}

/* A place that is a number is one in an order. */
static const char *label_of(const struct view *v, const char *name, const json_t *value)
{
    const char *own = label_there(v, v->of, name);

    if (own)
        return own;
    return strcmp(name, "place") == 0 && json_is_integer(value) ? view_text(v, "place") : view_label(v, name);
}

/* Is `name` the state of a bid, in the answer to this question? */
static bool bid_standing(const char *question, const char *name)
{
    return question && strcmp(name, "state") == 0 &&
           (strcmp(question, "bid_get") == 0 || strcmp(question, "opening_list") == 0);
}

static json_t *fields_at(const struct view *v, const json_t *object, int depth)
{
    json_t *fields = json_array(), *one, *value;
    const char *name;

    json_object_foreach((json_t *)object, name, one)
    {
        if (hidden(name))
            continue;
        value = depth == 0 && bid_standing(v->of, name) ? string_value(v, name, view_bid_state(v, object))
                                                        : value_of(v, name, one, depth);
        if (!value)
            continue;
        json_object_set_new(value, "label", json_string(label_of(v, name, one)));
        json_array_append_new(fields, value);
    }
    return json_pack("{s:o}", "fields", fields);
}

json_t *view_fields(const struct view *v, const json_t *object)
{
    return fields_at(v, object, 0);
}

const char *view_title(const struct view *v, const json_t *object)
{
    static const char *const zh[] = {"title", "name", "number", "code"};
    static const char *const en[] = {"title", "name_en", "name", "number", "code"};
    const size_t count = v->chinese ? LENGTH(zh) : LENGTH(en);

    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_object_get(object, v->chinese ? zh[i] : en[i]);
        const char *said = said_in(v, value);

        if (said || (json_is_string(value) && *json_string_value(value)))
            return said ? said : json_string_value(value);
    }
    return NULL;
}

/* ---- a list ---- */

static bool wide(const json_t *value)
{
    return (json_is_array(value) && json_is_object(json_array_get(value, 0))) ||
           (json_is_object(value) && !json_object_get(value, "zh"));
}

/* The digest of a file is read on the file's own page, if at all. */
static bool digest(const struct view *v, const struct op *list, const char *name)
{
    return list && strcmp(name, "sha256") == 0 && spec_element(v->spec, list);
}

/* What the address of the list says already. */
static bool in_path(const struct op *list, const char *name)
{
    for (int i = 0; list && i < list->segment_count; i++)
        if (list->segments[i][0] == '{' && strncmp(list->segments[i] + 1, name, strlen(name)) == 0 &&
            list->segments[i][1 + strlen(name)] == '}')
            return true;
    return false;
}

/* What a row refers to is one link further, on its own page. */
static bool refers(const struct op *list, const char *name, const json_t *value)
{
    if (list && json_is_string(value))
        return is_id(json_string_value(value));
    return list && json_is_integer(value) && (strcmp(name, "office") == 0 || strcmp(name, "parent_id") == 0);
}

/* What names a row comes first, then how it stands. */
static int rank_of(const char *name)
{
    static const char *const names[] = {"title", "name",        "number",   "kind",   "state",
                                        "phase", "office_name", "deadline", "budget", "mechanism"};
    size_t i = 0;

    while (i < LENGTH(names) && strcmp(names[i], name) != 0)
        i++;
    return (int)i;
}

/* Into the place of its rank; equals keep the order they came in. */
static void column_add(const char *columns[COLUMNS_SEEN], size_t count, const char *name)
{
    while (count > 0 && rank_of(columns[count - 1]) > rank_of(name)) {
        columns[count] = columns[count - 1];
        count--;
    }
    columns[count] = name;
}

/* Lists whose columns are chosen: those of money show what was moved and what is left. */
static size_t chosen_columns(const struct op *list, const char *columns[COLUMNS_SEEN])
{
    static const struct {
        const char *op, *columns[COLUMNS_MAX];
    } chosen[] = {
        {"expense_page",
         {"settled", "kind", "payee", "project", "purpose", "amount", "balance", "papers", "vouchers"}},
        {"appropriation_page",
         {"name", "year", "budget_item", "granted", "available", "reserved", "committed", "paid"}},
        {"spending", {"office_name", "mechanism", "year", "entries", "planned", "contracted", "paid"}},
        {"entry_page",
         {"name", "number", "state", "method", "budget", "department", "planned_month", "term_months"}},
        {"notice_news", {"title", "kind", "office_name", "published", "period_ends"}},
        {"notice_page", {"title", "kind", "published", "period_ends"}},
        {"proposal_page", {"title", "place", "price", "number", "state", "supports"}},
        {"organisation_page", {"name", "kind", "uscc"}},
        {"registration_page",
         {"name", "kind", "state", "uscc", "uscc_doubtful", "contact", "phone", "login"}},
        {"task_list", {"title", "number", "task", "about", "roles", "due", "overdue"}},
        {"duty_page", {"title", "number", "code", "about", "source", "due", "done", "reference"}},
        {"red_flags", {"name", "says", "subjects", "source"}},
        {"red_flag_list", {"name", "about", "threshold", "cases", "unit", "source"}},
        {"certificate_list", {"name", "kind", "state", "number", "issuer", "valid_until", "file"}}};
    size_t count = 0;

    for (size_t i = 0; list && i < LENGTH(chosen); i++)
        if (strcmp(chosen[i].op, list->id) == 0)
            for (; count < COLUMNS_MAX && chosen[i].columns[count]; count++)
                columns[count] = chosen[i].columns[count];
    return count;
}

bool view_deep(const struct view *v, const struct op *list, const json_t *items)
{
    const json_t *row, *value;
    const char *name, *columns[COLUMNS_SEEN];
    size_t i;

    if (spec_element(v->spec, list) || chosen_columns(list, columns))
        return false;
    json_array_foreach(items, i, row)
        json_object_foreach((json_t *)row, name, value) if (wide(value) && !hidden(name)) return true;
    return false;
}

/* "name_en" beside "name": one column, which says it in the language of the page. */
static const json_t *in_english(const struct view *v, const json_t *row, const char *name)
{
    return json_object_get(row, arena_printf(v->arena, "%s_en", name));
}

static bool is_english(const struct view *v, const json_t *row, const char *name)
{
    const size_t size = strlen(name);

    return size > 3 && strcmp(name + size - 3, "_en") == 0 &&
           json_object_get(row, arena_ndup(v->arena, name, size - 3));
}

/* The members worth a column: filled in some row, not too big for a cell; the first ones. */
static size_t columns_of(const struct view *v, const struct op *list, const json_t *items,
                         const char *columns[COLUMNS_SEEN])
{
    const json_t *row, *value;
    const char *name;
    size_t count = chosen_columns(list, columns), i, k;

    if (count)
        return count;

    json_array_foreach(items, i, row) json_object_foreach((json_t *)row, name, value)
    {
        for (k = 0; k < count && strcmp(columns[k], name) != 0; k++)
            ;
        if (k == count && count < COLUMNS_SEEN && !hidden(name) && !in_path(list, name) &&
            !json_is_null(value) && !wide(value) && !refers(list, name, value) && !digest(v, list, name) &&
            !is_english(v, row, name))
            column_add(columns, count++, name);
    }
    return count < COLUMNS_MAX ? count : COLUMNS_MAX;
}

static const char *column_label(const struct view *v, const struct op *list, const char *name,
                                const json_t *value)
{
    const char *own = label_there(v, list ? list->id : NULL, name);

    return own ? own : label_of(v, name, value);
}

/* The first there is in a column. */
static const json_t *some_of(const json_t *items, const char *name)
{
    const json_t *row, *value;
    size_t i;

    json_array_foreach(items, i,
                       row) if ((value = json_object_get(row, name)) && !json_is_null(value)) return value;
    return NULL;
}

/* Money stands to the right, below its head. */
static bool is_sum(const struct view *v, const json_t *items, const char *name)
{
    const json_t *row;
    size_t i;

    json_array_foreach(items, i, row)
    {
        const char *text = json_string_value(json_object_get(row, name));
        if (text)
            return is_money(v, name, text);
    }
    return false;
}

const char *view_paper(const struct view *v, const json_t *paper)
{
    static const char *const said[] = {"number", "seller"};
    const char *kind = json_string_value(json_object_get(paper, "kind"));
    const char *amount = json_string_value(json_object_get(paper, "amount"));
    const char *line = kind && amount ? view_word(v, "kind", kind) : NULL;

    for (size_t i = 0; line && i < LENGTH(said); i++) {
        const char *text = json_string_value(json_object_get(paper, said[i]));
        if (text && *text)
            line = arena_printf(v->arena, "%s %s", line, text);
    }
    return line ? arena_printf(v->arena, "%s %s", line, view_money(v, amount)) : NULL;
}

/* Vouchers told in a cell. */
static json_t *papers_of(const struct view *v, const json_t *papers)
{
    json_t *each = json_array();
    const json_t *one;
    const char *line;
    size_t i;

    json_array_foreach(papers, i, one) if ((line = view_paper(v, one)))
        json_array_append_new(each, json_string(line));
    return json_pack("{s:{s:o}}", "items", "each", each);
}

/* Vouchers are of a tranche, and each of its payments tells all of them: does a row before this one? */
static bool told_above(const json_t *items, size_t row)
{
    static const char *const same[] = {"contract", "tranche", "papers"};
    const json_t *one = json_array_get(items, row), *above;
    bool told = false;

    for (size_t i = 0; !told && i < row; i++) {
        above = json_array_get(items, i);
        told = json_array_size(json_object_get(one, "papers")) > 0;
        for (size_t k = 0; told && k < LENGTH(same); k++)
            told = json_equal(json_object_get(one, same[k]), json_object_get(above, same[k])) ||
                   json_object_get(one, same[k]) == json_object_get(above, same[k]);
    }
    return told;
}

/* Files named in a cell. */
static json_t *files_of(const struct view *v, const json_t *files)
{
    json_t *links = json_array();
    const json_t *file;
    size_t i;

    json_array_foreach(files, i, file)
    {
        const char *id = json_string_value(json_object_get(file, "id"));
        const char *name = json_string_value(json_object_get(file, "name"));

        if (id && name)
            json_array_append_new(links,
                                  json_pack("{s:s, s:s}", "href",
                                            view_path(v, arena_printf(v->arena, "/attachments/%s/file", id)),
                                            "name", name));
    }
    return json_pack("{s:o}", "files", links);
}

/* What a notice is, is called as its regime calls it; what is filed, as the task to file it. */
static const char *meaning(const struct op *list, const struct op *element, const char *name)
{
    if (element && strcmp(element->id, "notice_get") == 0 && strcmp(name, "kind") == 0)
        return "notice";
    return list && strcmp(list->id, "duty_page") == 0 && strcmp(name, "code") == 0 ? "about" : name;
}

static json_t *cell(const struct view *v, const struct op *list, const json_t *row, const char *name,
                    bool first)
{
    const struct op *element = list ? spec_element(v->spec, list) : NULL;
    const json_t *at = json_object_get(row, name), *english = v->chinese ? NULL : in_english(v, row, name);
    const char *id = json_string_value(json_object_get(row, "id")), *text;
    json_t *value = NULL;

    at = json_string_length(english) ? english : at;

    if (!id && json_is_integer(json_object_get(row, "office_id")))
        id = arena_printf(v->arena, "%lld", json_integer_value(json_object_get(row, "office_id")));
    if (first && element && op_may(element, v->me, 0) && id && (text = json_string_value(at)))
        value = json_pack("{s:{s:s, s:s}}", "link", "href", view_path(v, op_path(element, &id, v->arena)),
                          "value", is_date(text) ? view_time(v, text) : view_word(v, name, text));
    else if (json_is_object(json_array_get(at, 0)) && strcmp(name, "papers") == 0)
        value = papers_of(v, at);
    else if (json_is_object(json_array_get(at, 0)))
        value = files_of(v, at);
    else if (at &&
             (bid_standing(element ? element->id : NULL, name) || bid_standing(list ? list->id : NULL, name)))
        value = string_value(v, name, view_bid_state(v, row));
    else if (at)
        value = value_of(v, meaning(list, element, name), at, DEPTH_MAX);
    if (!value)
        value = json_object();
    json_object_set_new(value, "label", json_string(column_label(v, list, name, at)));
    return value;
}

static json_t *same_papers(const struct view *v, const struct op *list)
{
    return json_pack("{s:{s:s}, s:s}", "text", "value", view_text(v, "papers_above"), "label",
                     column_label(v, list, "papers", NULL));
}

/* Proposals are called by what is in them. */
static json_t *titled(const json_t *items)
{
    static const char *const said[] = {"title", "place"};
    json_t *rows = json_array();
    const json_t *item;
    size_t i, k;

    json_array_foreach(items, i, item)
    {
        const json_t *content = json_object_get(item, "content");
        json_t *row = json_copy((json_t *)item);

        for (k = 0; k < LENGTH(said); k++)
            if (json_is_string(json_object_get(content, said[k])) && !json_object_get(row, said[k]))
                json_object_set(row, said[k], json_object_get(content, said[k]));
        json_array_append_new(rows, row);
    }
    return rows;
}

json_t *view_table(const struct view *v, const struct op *list, const json_t *answered)
{
    const char *columns[COLUMNS_SEEN];
    json_t *heads = json_array(), *rows = json_array(), *items = titled(answered);
    const size_t count = columns_of(v, list, items, columns);
    const json_t *row;
    size_t i;

    for (size_t c = 0; c < count; c++)
        json_array_append_new(heads, json_pack("{s:s, s:b}", "label",
                                               column_label(v, list, columns[c], some_of(items, columns[c])),
                                               "right", is_sum(v, items, columns[c])));
    json_array_foreach(items, i, row)
    {
        json_t *cells = json_array();
        struct view as = *v;

        view_speak(&as, row);
        for (size_t c = 0; c < count; c++)
            json_array_append_new(cells, strcmp(columns[c], "papers") == 0 && told_above(items, i)
                                             ? same_papers(&as, list)
                                             : cell(&as, list, row, columns[c], c == 0));
        json_array_append_new(rows, json_pack("{s:o}", "cells", cells));
    }
    json_decref(items);
    return json_pack("{s:o, s:o}", "columns", heads, "rows", rows);
}

const char *view_plain(const struct view *v, const json_t *cell)
{
    CLEANUP(buf_free) struct buf out = {0};
    const json_t *value, *one;
    const char *kind, *text;
    size_t i;

    buf_text(&out, "");
    json_object_foreach((json_t *)cell, kind, value)
    {
        json_array_foreach(json_object_get(value, "each"), i, one) if (json_is_string(one))
            buf_printf(&out, "%s%s", out.size ? " " : "", json_string_value(one));
        if (json_is_integer(json_object_get(value, "value")))
            buf_printf(&out, "%lld", json_integer_value(json_object_get(value, "value")));
        else if ((text = json_string_value(json_object_get(value, "value"))))
            buf_text(&out, text);
    }
    return arena_ndup(v->arena, out.data, out.size);
}
