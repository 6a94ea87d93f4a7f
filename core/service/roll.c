/* Rolls: who may vote, one number each. */
#include <stdio.h>
#include <string.h>

#include "acts.h"
#include "core/service/forms.h"

enum { ENTRIES_MOST = 500 };

struct roll_create {
    const char *name;
};
static const linli_option create_rows[] = {
    ROW_LINE(roll_create, name, true, 120, "名册名称", "name of the roll"),
};
const struct form form_roll_create = FORM(create_rows, struct roll_create);

int act_roll_create(struct act *a, struct err *err)
{
    const struct roll_create *body = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);

    id_new(a->office, id);
    a->subject = id;
    return tx_run(a->tx, Q_roll_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(body->name),
                  P_TIME(a->now_us));
}

struct roll_entry {
    const char *number, *person, *area;
};
struct roll_fill {
    linli_list entries;
};
static const linli_option entry_rows[] = {
    ROW_LINE(roll_entry, number, true, 40, "编号", "roll number"),
    ROW_ID(roll_entry, person, false, "用户（网上投票）", "the person, to vote online"),
    ROW(roll_entry, area, STRING, false, 0, 60, "line", "片区", "area"),
};
static const linli_option fill_rows[] = {
    ROW_LIST(roll_fill, entries, true, 1, ENTRIES_MOST, entry_rows, roll_entry, "名册", "entries"),
};
const struct form form_roll_fill = FORM(fill_rows, struct roll_fill);

static bool was_added(const struct rows *rows, const char *number)
{
    for (size_t i = 0; i < rows_count(rows); i++)
        if (strcmp(row_text(rows, i, "number"), number) == 0)
            return true;
    return false;
}

static int entries_taken(const struct rows *added, const struct roll_entry *entries, size_t count,
                         struct err *err)
{
    char pointer[64];

    err_set(err, E_CONFLICT, "value/taken",
            "%zu numbers or people are on the roll already; nothing was added", count - rows_count(added));
    err_zh(err, "有编号或人员已在名册中，本批未录入");
    for (size_t i = 0; i < count; i++) {
        bool again = false;

        for (size_t j = 0; j < i && !again; j++)
            again = strcmp(entries[i].number, entries[j].number) == 0;
        if (!again && was_added(added, entries[i].number))
            continue;
        snprintf(pointer, sizeof pointer, "/entries/%zu", i);
        err_at(err, pointer, "duplicate", entries[i].number, entries[i].number);
    }
    return E_CONFLICT;
}

int act_roll_fill(struct act *a, struct err *err)
{
    const struct roll_fill *body = a->body;
    const struct roll_entry *entries = body->entries.items;
    size_t count = body->entries.count;
    const char **numbers = ARENA_NEW(a->arena, const char *, count),
               **people = ARENA_NEW(a->arena, const char *, count),
               **areas = ARENA_NEW(a->arena, const char *, count);
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_roll_used, &rows, err, P_INT(a->office), P_TEXT(a->subject));

    if (status)
        return status;
    if (row_bool(rows, 0, "used")) {
        err_set(err, E_REFUSED, "state/refused", "a published tender counts on this roll");
        err_zh(err, "名册已用于已发布的项目，不能再改");
        return E_REFUSED;
    }
    for (size_t i = 0; i < count; i++) {
        numbers[i] = entries[i].number;
        people[i] = entries[i].person ? entries[i].person : "";
        areas[i] = entries[i].area ? entries[i].area : "";
    }
    status = tx_run(a->tx, Q_roll_entries_add, &rows, err, P_INT(a->office), P_TEXT(a->subject),
                    P_TEXTS(numbers, count), P_TEXTS(people, count), P_TEXTS(areas, count));
    if (status)
        return status;
    return rows_count(rows) == count ? 0 : entries_taken(rows, entries, count, err);
}
