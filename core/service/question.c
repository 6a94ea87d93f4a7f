/* Questions about a tender and their answers; who asked is never shown. */
#include "acts.h"
#include "core/domain/calendar.h"
#include "core/service/forms.h"
#include "core/service/tender.h"

struct question_body {
    const char *body;
};
static const linli_option ask_rows[] = {ROW_TEXT(question_body, body, true, 5000, "问题", "question")};
static const linli_option answer_rows[] = {ROW_TEXT(question_body, body, true, 20000, "答复", "answer")};
const struct form form_question_ask = FORM(ask_rows, struct question_body);
const struct form form_question_answer = FORM(answer_rows, struct question_body);

static void answer_id(struct act *a, const char *id)
{
    json_open(&a->answer, '{');
    json_key(&a->answer, "id");
    json_string(&a->answer, id);
    json_close(&a->answer, '}');
}

/* 0: no rule says until when. */
static int question_due(struct act *a, const struct tender *t, int64_t asked_us, int64_t *ret_us,
                        struct err *err)
{
    const linli_rule *rule = tender_rule(a, t, "inquiry_window");
    bool provisional;

    *ret_us = 0;
    return rule ? calendar_span(a->law->calendar, asked_us, rule->period, LINLI_ROLL_HOLIDAY, ret_us,
                                &provisional, err)
                : 0;
}

int questions_recount(struct act *a, const struct tender *t, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_questions_waiting, &r, err, P_INT(a->office), P_TEXT(t->id));

    for (size_t i = 0; !status && i < rows_count(r); i++) {
        int64_t due_us = 0;

        status = question_due(a, t, row_time(r, i, "asked"), &due_us, err);
        if (!status && due_us && due_us != row_time(r, i, "due"))
            status = tx_run(a->tx, Q_question_due, NULL, err, P_INT(a->office), P_TEXT(row_text(r, i, "id")),
                            P_TIME(due_us));
    }
    return status;
}

int act_question_ask(struct act *a, struct err *err)
{
    const struct question_body *b = a->body;
    struct tender *t;
    int64_t due_us = 0;
    char id[UUID_TEXT];
    int status = tender_load(a, a->path[0], &t, err);

    if (status || (status = lot_may(a, t, NULL, LINLI_QUESTION, NULL, err)))
        return status;
    if ((status = question_due(a, t, a->now_us, &due_us, err)))
        return status;
    a->tender_id = t->id;
    a->sealed = true;
    id_new(t->office, id);
    answer_id(a, id);
    return tx_run(a->tx, Q_question_add, NULL, err, P_INT(t->office), P_TEXT(id), P_TEXT(t->id),
                  P_TEXT(actor_organisation(a->actor)), P_TEXT(b->body), P_TIME(a->now_us), P_TIME(due_us));
}

/* Whoever the plan lets answer in any of its phases answers in each, so that what was asked on the last day
 * does not wait for weeks, and not for ever where the tender has failed. */
static int may_answer(const struct act *a, const struct tender *t, struct err *err)
{
    for (size_t i = 0; t->plan && i < t->plan->phase_count; i++)
        for (int r = 0; r < LINLI_ROLES; r++)
            if ((a->roles & ROLES_OFFICE & (UINT32_C(1) << r)) &&
                (t->plan->phases[i].may[r] & LINLI_MAY(LINLI_ANSWER)))
                return 0;
    return err_both(err, E_FORBIDDEN, "auth/forbidden", "questions about this tender are answered by others",
                    "本项目的提问由其他角色答复");
}

int act_question_answer(struct act *a, struct err *err)
{
    const struct question_body *b = a->body;
    struct tender *t;
    struct rows *r;
    int status = tender_load(a, a->path[0], &t, err);

    if (status || (status = may_answer(a, t, err)))
        return status;
    a->tender_id = t->id;
    status = tx_run(a->tx, Q_question_answer, &r, err, P_INT(t->office), P_TEXT(a->path[1]), P_TEXT(t->id),
                    P_TEXT(b->body), P_TIME(a->now_us), P_TEXT(a->actor->person));
    if (status)
        return status;
    answer_id(a, a->path[1]);
    return rows_count(r)
               ? 0
               : err_set(err, E_ABSENT, "question/absent", "the tender has no open question %s", a->path[1]);
}
