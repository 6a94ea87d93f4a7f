/* Where a member stands in a JSON text. */
#include "core/json/line.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

const char *json_string_end(const char *at, const char *end)
{
    for (at++; at < end && *at != '"'; at++)
        if (*at == '\\')
            at++;
    return at;
}

struct walk {
    const char *at, *end;
};

static void skip_space(struct walk *w)
{
    while (w->at < w->end && strchr(" \t\r\n", *w->at))
        w->at++;
}

/* Over one value; what is nested in it is passed by counting brackets. */
static void skip_value(struct walk *w)
{
    int depth = 0;

    for (skip_space(w); w->at < w->end; w->at++) {
        if (*w->at == '"')
            w->at = json_string_end(w->at, w->end);
        else if (*w->at == '{' || *w->at == '[')
            depth++;
        else if ((*w->at == '}' || *w->at == ']') && --depth < 0)
            return;
        else if (*w->at == ',' && depth == 0)
            return;
    }
}

/* Into the member of an object, or the item of a list, that the token names. */
static bool step_in(struct walk *w, const char *token, size_t size)
{
    skip_space(w);
    bool list = w->at < w->end && *w->at == '[';
    long index = 0, wanted = list ? strtol(token, NULL, 10) : -1;

    if (w->at == w->end || (!list && *w->at != '{'))
        return false;
    while (w->at < w->end && *w->at != '}' && *w->at != ']') {
        w->at++; /* the bracket, or the comma */
        skip_space(w);
        if (list && index++ == wanted)
            return true;
        if (!list && w->at < w->end && *w->at == '"') {
            const char *key = w->at + 1;
            w->at = json_string_end(w->at, w->end) + 1;
            bool found = (size_t)(w->at - 1 - key) == size && memcmp(key, token, size) == 0;
            skip_space(w);
            w->at++; /* the colon */
            if (found)
                return skip_space(w), true;
        }
        skip_value(w);
    }
    return false;
}

int json_line(const char *json, size_t bytes, const char *pointer)
{
    struct walk w = {json, json + bytes};
    int line = 1;

    for (const char *token = pointer; *token == '/';) {
        struct walk outer = w;
        size_t size = strcspn(++token, "/");
        if (!step_in(&w, token, size)) {
            w = outer;
            break;
        }
        token += size;
    }
    for (const char *c = json; c < w.at && c < w.end; c++)
        line += *c == '\n';
    return line;
}
