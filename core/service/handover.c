/* Leaving: posts and seats pass to another, roles end, and what was open is read on one page. */
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/service/forms.h"
#include "core/service/granting.h"

struct handover_body {
    const char *from, *to;
    linli_date last_day;
};
static const linli_option handover_rows[] = {
    ROW_ID(handover_body, from, true, "移交人", "who leaves"),
    ROW_ID(handover_body, to, true, "接收人", "who takes over posts and seats"),
    ROW_WITH(handover_body, last_day, DATE, true, .label = {"末日", "last day"},
             .help = {"移交人在岗的最后一天", "the last day of who leaves"}),
};
const struct form form_duties_handover = FORM(handover_rows, struct handover_body);

static int post_pass(struct act *a, const struct handover_body *b, const struct rows *r, size_t i,
                     struct err *err)
{
    int32_t until = row_date(r, i, "valid_until");
    char id[UUID_TEXT];

    id_new(a->office, id);
    int status =
        tx_run(a->tx, Q_post_holder_end, NULL, err, P_INT(a->office), P_TEXT(row_text(r, i, "subject")),
               P_TEXT(row_text(r, i, "id")), P_DATE(b->last_day.day));
    return status ? status
                  : tx_run(a->tx, Q_post_holder_add, NULL, err, P_INT(a->office), P_TEXT(id),
                           P_TEXT(row_text(r, i, "subject")), P_TEXT(b->to), P_TEXT(row_text(r, i, "place")),
                           P_DATE(row_date(r, i, "valid_from")), P_DATE(until));
}

static int seat_pass(struct act *a, const struct handover_body *b, const struct rows *r, size_t i,
                     struct err *err)
{
    int32_t until = row_date(r, i, "valid_until");
    bool head = strcmp(row_text(r, i, "place"), "head") == 0;
    char id[UUID_TEXT];

    id_new(a->office, id);
    int status =
        tx_run(a->tx, Q_body_seat_end, NULL, err, P_INT(a->office), P_TEXT(row_text(r, i, "subject")),
               P_TEXT(row_text(r, i, "id")), P_DATE(b->last_day.day));
    return status ? status
                  : tx_run(a->tx, Q_body_seat_add, NULL, err, P_INT(a->office), P_TEXT(id),
                           P_TEXT(row_text(r, i, "subject")), P_TEXT(b->to), P_BOOL(head),
                           P_DATE(row_date(r, i, "valid_from")), P_DATE(until));
}

static int duty_pass(struct act *a, const struct handover_body *b, const struct rows *r, size_t i,
                     struct err *err)
{
    const char *kind = row_text(r, i, "kind");

    if (strcmp(kind, "role") != 0) {
        const struct granting granting = {b->to,
                                          row_text(r, i, "role"),
                                          false,
                                          !row_null(r, i, "valid_until"),
                                          (linli_date){row_date(r, i, "valid_from")},
                                          (linli_date){row_date(r, i, "valid_until")}};
        int status = granting_check(a, &granting, err);
        if (status)
            return status;
    }
    if (strcmp(kind, "post") == 0)
        return post_pass(a, b, r, i, err);
    if (strcmp(kind, "seat") == 0)
        return seat_pass(a, b, r, i, err);
    return tx_run(a->tx, Q_membership_end, NULL, err, P_INT(a->office), P_TEXT(row_text(r, i, "id")),
                  P_DATE(b->last_day.day));
}

/* The page: what passed on, and what was open in the name, a post or a role of who leaves. */
static int page(struct act *a, const struct handover_body *b, const struct rows *held, struct err *err)
{
    const char **roles = ARENA_NEW(a->arena, const char *, rows_count(held) + 1);
    struct rows *tasks = NULL;
    size_t count = 0;

    for (size_t i = 0; i < rows_count(held); i++)
        if (row_text(held, i, "role"))
            roles[count++] = row_text(held, i, "role");
    int status = tx_run(a->tx, Q_task_list, &tasks, err, P_INT(a->office), P_TEXT(b->from),
                        P_TEXTS(roles, count), P_TIME(a->now_us), P_NULL, P_NULL);
    if (status)
        return status;
    json_open(&a->answer, '{');
    json_key(&a->answer, "duties");
    rows_json(held, &a->answer);
    json_key(&a->answer, "tasks");
    rows_json(tasks, &a->answer);
    json_close(&a->answer, '}');
    return 0;
}

/* No open task is left that nobody could do: what is asked of a role needs somebody else who holds it. */
static int nothing_orphaned(struct act *a, const struct handover_body *b, const struct rows *held,
                            struct err *err)
{
    const char **roles = ARENA_NEW(a->arena, const char *, rows_count(held) + 1);
    const char **passing = ARENA_NEW(a->arena, const char *, rows_count(held) + 1);
    struct rows *r = NULL;
    size_t count = 0, passes = 0;

    for (size_t i = 0; i < rows_count(held); i++) {
        if (!row_text(held, i, "role"))
            continue;
        roles[count++] = row_text(held, i, "role");
        if (strcmp(row_text(held, i, "kind"), "post") == 0)
            passing[passes++] = row_text(held, i, "role");
    }
    int status =
        tx_run(a->tx, Q_handover_orphans, &r, err, P_INT(a->office), P_TEXT(b->from), P_TEXTS(roles, count),
               P_TIME(a->now_us), P_DATE(b->last_day.day), P_TEXTS(passing, passes));
    if (status || rows_count(r) == 0)
        return status;
    err_set(err, E_REFUSED, "user/only", "nobody else is %s, and %lld tasks are open: grant the role first",
            row_text(r, 0, "code"), (long long)row_int(r, 0, "tasks"));
    err_zh(err, "没有其他人担任 %s，尚有 %lld 项待办：请先授予接手人该角色", row_text(r, 0, "code"),
           (long long)row_int(r, 0, "tasks"));
    return E_REFUSED;
}

static int to_check(struct act *a, const struct handover_body *b, struct err *err)
{
    struct rows *r = NULL;

    if (strcmp(b->from, b->to) == 0) {
        err_set(err, E_INVALID, "body/invalid", "to somebody else");
        err_at(err, "/to", "invalid", "must be another person", "须为另一人");
        return E_INVALID;
    }
    int status = tx_run(a->tx, Q_person_row, &r, err, P_INT(0), P_TEXT(b->to));
    if (status == 0 && rows_count(r) > 0)
        return 0;
    if (status && status != E_INVALID)
        return status;
    err_set(err, E_ABSENT, "user/absent", "no such person");
    err_at(err, "/to", "absent", "no such person", "没有这个用户");
    return E_ABSENT;
}

int act_duties_handover(struct act *a, struct err *err)
{
    const struct handover_body *b = a->body;
    struct rows *held = NULL;
    int status = last_day_check(a, b->last_day, err);

    if (!status)
        status = to_check(a, b, err);

    if (!status)
        status = tx_run(a->tx, Q_handover_posts, &held, err, P_INT(a->office), P_TEXT(b->from),
                        P_DATE(b->last_day.day));
    if (!status && rows_count(held) == 0) {
        err_set(err, E_REFUSED, "user/idle", "this person holds nothing at this office past that day");
        err_zh(err, "该人员此后在本单位没有岗位、席位或角色");
        return E_REFUSED;
    }
    if (!status)
        status = nothing_orphaned(a, b, held, err);
    if (!status)
        status = page(a, b, held, err);
    for (size_t i = 0; !status && i < rows_count(held); i++)
        status = duty_pass(a, b, held, i, err);
    return status;
}
