/* Searches a visitor keeps: in a cookie of its own browser, each with its feed; nobody else knows of them. */
#include <stdlib.h>
#include <string.h>

#include "web/page.h"
#include "web/words.h"

enum { SAVED_MOST = 8, QUERY_MOST = 300 };

static const char cookie_name[] = "linli_saved=";
static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%&=._-";

struct saved {
    const char *items[SAVED_MOST];
    size_t count;
};

/* Each office named is asked for its title: one of a search, and SAVED_MOST of a page. */
static bool has_each_once(const char *query)
{
    for (const char *at = query; at; at = strchr(at, '&'), at = at ? at + 1 : NULL) {
        const size_t length = strcspn(at, "=&");

        for (const char *was = query; was < at; was = strchr(was, '&') + 1)
            if (strcspn(was, "=&") == length && memcmp(was, at, length) == 0)
                return false;
    }
    return true;
}

static bool is_query(const char *text)
{
    const size_t length = strlen(text);

    return length > 0 && length <= QUERY_MOST && strspn(text, plain) == length && strchr(text, '=') &&
           has_each_once(text);
}

static struct saved load(const struct page *p)
{
    const char *at = p->visit->cookie ? strstr(p->visit->cookie, cookie_name) : NULL;
    struct saved s = {0};
    char *rest, *one;

    if (!at)
        return s;
    at += strlen(cookie_name);
    rest = arena_ndup(p->view.arena, at, strcspn(at, "; "));
    while (s.count < SAVED_MOST && (one = strsep(&rest, "|")))
        if (is_query(one))
            s.items[s.count++] = one;
    return s;
}

static int digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

static const char *decoded(const struct page *p, const char *text)
{
    char *out = arena_dup(p->view.arena, text), *to = out;

    for (const char *c = text; *c; c++)
        if (*c == '%' && digit(c[1]) >= 0 && digit(c[2]) >= 0 && (c[1] != '0' || c[2] != '0')) {
            *to++ = (char)(16 * digit(c[1]) + digit(c[2]));
            c += 2;
        } else {
            *to++ = *c;
        }
    *to = 0;
    return out;
}

static const char *word_of(struct page *p, const char *name, const char *value)
{
    struct answer answer = {0};
    struct err err;
    const char *title = NULL;

    if (strcmp(name, "office") != 0)
        return strcmp(name, "text") == 0 ? value : view_word(&p->view, name, value);
    if (strspn(value, "0123456789") == strlen(value) &&
        !page_ask(p, arena_printf(p->view.arena, "/offices/%s", value), &answer, &err))
        title = view_title(&p->view, answer.json);
    title = arena_dup(p->view.arena, title ? title : value);
    answer_free(&answer);
    return title;
}

/* "助老 · 正在征集" of "text=%E5..&state=bidding". */
static const char *label_of(struct page *p, const char *query)
{
    char *rest = arena_dup(p->view.arena, query), *part;
    const char *label = "";

    while ((part = strsep(&rest, "&"))) {
        char *value = strchr(part, '=');

        if (!value || !value[1])
            continue;
        *value++ = 0;
        label = arena_printf(p->view.arena, "%s%s%s", label, *label ? " · " : "",
                             word_of(p, part, decoded(p, value)));
    }
    return label;
}

void saved_put(struct page *p, json_t *data)
{
    const struct saved s = load(p);
    const char *path = view_path(&p->view, "/search/tenders");
    json_t *searches = json_array();

    for (size_t i = 0; i < s.count; i++)
        json_array_append_new(
            searches, json_pack("{s:s, s:s, s:s, s:s}", "query", s.items[i], "label", label_of(p, s.items[i]),
                                "href", arena_printf(p->view.arena, "%s?%s", path, s.items[i]), "feed",
                                arena_printf(p->view.arena, "%s.atom?%s", path, s.items[i])));
    if (s.count)
        json_object_set_new(
            data, "saved",
            json_pack("{s:s, s:o}", "next", view_path(&p->view, p->path), "searches", searches));
    else
        json_decref(searches);
}

static void store(struct page *p, const char *keep, const char *drop)
{
    const struct saved s = load(p);
    const char *all = keep ? keep : "";
    size_t count = keep != NULL;

    for (size_t i = 0; i < s.count && count < SAVED_MOST; i++) {
        if ((keep && strcmp(s.items[i], keep) == 0) || (drop && strcmp(s.items[i], drop) == 0))
            continue;
        all = arena_printf(p->view.arena, "%s%s%s", all, *all ? "|" : "", s.items[i]);
        count++;
    }
    visit_header(p->visit, "Set-Cookie",
                 arena_printf(p->view.arena, "%s%s; Path=/; Max-Age=%d; SameSite=Lax; HttpOnly", cookie_name,
                              all, *all ? 31536000 : 0));
}

void page_saved(struct page *p)
{
    const char *keep = visit_value(&p->visit->fields, "keep"), *drop = visit_value(&p->visit->fields, "drop");
    struct answer none = {.status = 400};
    const struct err err = {0};

    if (!p->visit->post || (!keep && !drop) || (keep && !is_query(keep))) {
        page_problem(p, &none, &err);
        return;
    }
    store(p, keep, drop);
    visit_to(p->visit, page_next(p));
}
