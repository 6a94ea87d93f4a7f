/* The book of rule sets: a folder read whole or not at all, and what holds at a place on a day. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "core/domain/data_file.h"
#include "core/domain/rules_row.h"
#include "core/json/line.h"

struct rule_book {
    struct set_row *sets; /* by regime, then the wider place first */
    size_t count;
};

static const struct data_kind rules_kind = {"rules/absent", "rules/malformed", "rule set"};

/* The reader knows no file; says which, the line, and speaks of rules rather than of a request's body. */
static int file_blame(struct err *err, int status, const char *path, const struct buf *text)
{
    struct err inner = *err;
    const char *type = status == E_MALFORMED ? "rules/malformed" : "rules/invalid";

    if (inner.at_count == 0)
        err_set(err, status, type, "%s: %s", path, inner.detail);
    else
        err_set(err, status, type, "%s:%d: %s %s", path,
                json_line(text->data, text->size, inner.at[0].pointer), inner.at[0].pointer,
                inner.at[0].text);
    return status;
}

/* What is asked of a file and not of a frozen set. */
static int file_own(const struct set_row *set, struct err *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    const struct rule_row *rows = set->rules.items;

    if (strlen(set->code) > 40 || set->code[strspn(set->code, letters)])
        return set_fault(err, "/code", "must be at most 40 small letters, digits and hyphens",
                         "须为不超过40位的小写字母、数字和连字符");
    if (set->area && set->area[strspn(set->area, "0123456789")])
        return set_fault(err, "/area", "must be digits", "须为数字");
    if (set->has_level && !set->area)
        return set_fault(err, "/level", "may stand only in a set of an area", "仅地方规则可限定层级");
    for (size_t i = 0; i < set->rules.count; i++)
        if (rows[i].set)
            return set_fault(err, "/rules", "\"set\" is written by the platform", "“set”由平台填写");
    return 0;
}

static int set_load(struct arena *arena, const char *folder, const char *name, struct set_row *ret,
                    struct err *err)
{
    CLEANUP(buf_free) struct buf text = {0};
    struct err fault = {0};
    char *path = arena_printf(arena, "%s/%s", folder, name);
    int status = data_file_read(path, &rules_kind, &text, err);

    if (status != 0)
        return status;
    status = set_read(arena, text.data, text.size, ret, &fault);
    if (status == 0)
        status = file_own(ret, &fault);
    if (status != 0 && err) {
        *err = fault;
        return file_blame(err, status, path, &text);
    }
    return status;
}

static size_t width(const struct set_row *set)
{
    return (set->area ? 2 * strlen(set->area) : 0) + (set->has_level ? 1 : 0);
}

static int by_regime_and_width(const void *a, const void *b)
{
    const struct set_row *x = a, *y = b;

    if (x->regime != y->regime)
        return x->regime < y->regime ? -1 : 1;
    return (width(x) > width(y)) - (width(x) < width(y));
}

static bool same_place(const struct set_row *a, const struct set_row *b)
{
    return a->regime == b->regime && strcmp(a->area ? a->area : "", b->area ? b->area : "") == 0 &&
           a->has_level == b->has_level && (!a->has_level || a->level == b->level);
}

static int book_check(const struct rule_book *book, struct err *err)
{
    for (size_t i = 0; i < book->count; i++)
        for (size_t j = 0; j < i; j++) {
            const struct set_row *a = &book->sets[j], *b = &book->sets[i];
            if (strcmp(a->code, b->code) == 0)
                return err_set(err, E_INVALID, "rules/invalid", "two rule sets are called %s", a->code);
            if (same_place(a, b))
                return err_set(err, E_INVALID, "rules/invalid",
                               "%s and %s are sets of the same regime for the same place", a->code, b->code);
        }
    return 0;
}

static int is_set(const struct dirent *entry)
{
    size_t size = strlen(entry->d_name);

    return entry->d_name[0] != '.' && size > 5 && strcmp(entry->d_name + size - 5, ".json") == 0;
}

int rules_load(const char *folder, struct arena *arena, struct rule_book **ret, struct err *err)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_set, alphasort), status = 0;

    if (count < 0)
        return err_set(err, E_ABSENT, "rules/absent", "%s: %s", folder, strerror(errno));
    struct rule_book *book = ARENA_NEW(arena, struct rule_book, 1);
    *book = (struct rule_book){ARENA_NEW(arena, struct set_row, count), (size_t)count};
    for (int i = 0; i < count; i++) {
        if (status == 0)
            status = set_load(arena, folder, entries[i]->d_name, &book->sets[i], err);
        free(entries[i]);
    }
    free(entries);
    if (status == 0 && count == 0)
        status = err_set(err, E_ABSENT, "rules/absent", "%s: no *.json", folder);
    if (status == 0)
        status = book_check(book, err);
    if (status != 0)
        return status;
    qsort(book->sets, book->count, sizeof(*book->sets), by_regime_and_width);
    *ret = book;
    return 0;
}

/* ---- what holds ------------------------------------------------------------------------- */

static bool binds(const struct set_row *set, struct rule_place place)
{
    if (set->area && (!place.area || strncmp(place.area, set->area, strlen(set->area)) != 0))
        return false;
    return !set->has_level || (place.level && strcmp(place.level, set_level(set)) == 0);
}

/* Puts a row in its place by code, instead of a wider set's. */
static void row_put(struct rule_row *rows, size_t *count, const struct rule_row *row, const char *set)
{
    size_t i = 0;

    while (i < *count && strcmp(rows[i].code, row->code) < 0)
        i++;
    if (i == *count || strcmp(rows[i].code, row->code) != 0) {
        memmove(&rows[i + 1], &rows[i], (*count - i) * sizeof(*rows));
        ++*count;
    }
    rows[i] = *row;
    rows[i].set = set;
    rows[i].has_from = true;
}

/* A change nobody confirmed. */
static bool is_open_change(const struct set_row *set, size_t i)
{
    const struct rule_row *own = set->rules.items;

    return own[i].unverified && own[i].from.day > set->effective.day;
}

/* The last day of a row; of one that a change would have ended, which is passed over, that of the change. */
static int32_t last_day(const struct set_row *set, size_t i, bool confirmed)
{
    const struct rule_row *own = set->rules.items;
    int32_t until = own[i].until.day;

    for (size_t k = i + 1; !confirmed && k < set->rules.count && strcmp(own[k].code, own[i].code) == 0 &&
                           is_open_change(set, k) && own[k].from.day == until + 1;
         k++)
        until = own[k].until.day;
    return until;
}

/* Lays one set over what stands; gives the last day before `day` on which it changed. */
static int32_t lay(const struct set_row *set, int32_t day, bool confirmed, struct rule_row *rows,
                   size_t *count)
{
    const struct rule_row *own = set->rules.items;
    int32_t changed = set->effective.day;

    for (size_t i = 0; i < set->rules.count; i++) {
        const int32_t until = last_day(set, i, confirmed);
        if (!confirmed && is_open_change(set, i))
            continue;
        if (until < day && until + 1 > changed)
            changed = until + 1;
        if (own[i].from.day > day || until < day)
            continue;
        if (own[i].from.day > changed)
            changed = own[i].from.day;
        row_put(rows, count, &own[i], set->code);
    }
    return changed;
}

static const struct rule_set *compose(const struct rule_book *book, int regime, struct rule_place place,
                                      int32_t day, bool confirmed, struct arena *arena)
{
    struct set_row row = {0};
    size_t most = 0;

    for (size_t i = 0; i < book->count; i++)
        most += book->sets[i].rules.count;
    struct rule_row *rows = ARENA_NEW(arena, struct rule_row, most);
    for (size_t i = 0; i < book->count; i++) {
        const struct set_row *set = &book->sets[i];
        char date[DATE_TEXT];
        if (set->regime + LINLI_STATUTORY != regime || set->effective.day > day || !binds(set, place))
            continue;
        if (!row.code && set->area)
            return NULL;
        int32_t changed = lay(set, day, confirmed, rows, &row.rules.count);
        date_print(changed, date);
        row.code =
            arena_printf(arena, "%s%s%s@%s", row.code ? row.code : "", row.code ? "+" : "", set->code, date);
        row.effective.day = changed > row.effective.day ? changed : row.effective.day;
        row.regime = set->regime;
        row.title = set->title;
    }
    row.rules.items = rows;
    struct rule_set *ret = ARENA_NEW(arena, struct rule_set, 1);
    if (!row.code)
        return NULL;
    set_freeze(arena, &row, ret);
    return ret;
}

const struct rule_set *rules_on(const struct rule_book *book, int regime, struct rule_place place,
                                int32_t day, struct arena *arena)
{
    return compose(book, regime, place, day, true, arena);
}

const struct rule_set *rules_unconfirmed(const struct rule_book *book, int regime, struct rule_place place,
                                         int32_t day, struct arena *arena)
{
    return compose(book, regime, place, day, false, arena);
}
