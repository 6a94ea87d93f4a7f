/* Pools of experts: who comes in, for which fields, who leaves and why.  And what people declare of
 * themselves, which every panel is checked against (sql/query/panel_ties.sql). */
#include "acts.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/service/forms.h"

enum { FIELDS_MOST = 20 };

struct expert_body {
    const char *person, *basis;
    linli_list fields;
};
struct fields_body {
    linli_list fields;
    const char *reason;
};
static const linli_option field_row[] = {
    {.name = "",
     .type = LINLI_OPT_STRING,
     .required = true,
     .low = 1,
     .high = 40,
     .format = "line",
     .label = {"专业领域", "field"},
     .help = {"专业领域，如养老、社区治理", "a field of expertise"}},
};
#define FIELD_LIST(T)                                                                                        \
    {                                                                                                        \
        .name = "fields", .type = LINLI_OPT_LIST, .required = true, .offset = offsetof(struct T, fields),    \
        .low = 1, .high = FIELDS_MOST, .item = field_row, .item_count = 1,                                   \
        .item_size = sizeof(const char *), .label = {"专业领域", "fields of expertise"}, .help = {           \
            "抽取时按领域选取",                                                                              \
            "a draw takes those of one field"                                                                \
        }                                                                                                    \
    }
static const linli_option enter_rows[] = {
    ROW_ID(expert_body, person, true, "人员", "person"),
    FIELD_LIST(expert_body),
    ROW_TEXT(expert_body, basis, true, 2000, "入库依据", "what the entry rests on"),
};
static const linli_option change_rows[] = {
    FIELD_LIST(fields_body),
    ROW_TEXT(fields_body, reason, true, 2000, "原因", "reason"),
};
const struct form form_expert_enter = FORM(enter_rows, struct expert_body);
const struct form form_expert_change = FORM(change_rows, struct fields_body);

/* Only evaluators of the office: who sits has been let in as one. */
static int is_evaluator(struct act *a, const char *person, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_panel_people, &rows, err, P_INT(a->office), P_TEXTS(&person, 1),
                        P_DATE(day_of(a->now_us)));

    if (status)
        return status;
    if (rows_count(rows) && row_bool(rows, 0, "evaluator") && !row_bool(rows, 0, "blocked"))
        return 0;
    err_both(err, E_INVALID, "body/invalid", "the person is no evaluator of this office",
             "该人员不是本单位的评审人员");
    err_at(err, "/person", "role", "is no evaluator here", "不是本单位可用的评审人员");
    return E_INVALID;
}

static int expert_store(struct act *a, const char *person, const linli_list *fields, const char *basis,
                        struct err *err)
{
    const char *id = act_makes(a);
    int status = tx_run(a->tx, Q_expert_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(person),
                        P_TEXTS(fields->items, fields->count), P_TEXT(basis), P_TIME(a->now_us),
                        P_TEXT(a->actor->person));
    if (status != E_CONFLICT)
        return status;
    err_both(err, E_CONFLICT, "value/taken", "the person is in this pool already", "该人员已在专家库中");
    err_at(err, "/person", "taken", "is in the pool already", "已在库中");
    return E_CONFLICT;
}

int act_expert_enter(struct act *a, struct err *err)
{
    const struct expert_body *b = a->body;
    int status = is_evaluator(a, b->person, err);

    return status ? status : expert_store(a, b->person, &b->fields, b->basis, err);
}

/* Ends the stretch that path names. */
static int expert_gone(struct act *a, const char *reason, const char **ret_person, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_expert_gone, &rows, err, P_INT(a->office), P_TEXT(a->path[1]),
                        P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(reason));

    a->subject = a->path[1];
    if (!status && rows_count(rows) == 0)
        return err_both(err, E_ABSENT, "subject/absent", "no such expert is in the pool", "库中没有这位专家");
    if (!status)
        *ret_person = row_text(rows, 0, "person_id");
    return status;
}

int act_expert_change(struct act *a, struct err *err)
{
    const struct fields_body *b = a->body;
    const char *person = NULL;
    int status = expert_gone(a, b->reason, &person, err);

    if (!status)
        status = is_evaluator(a, person, err);
    return status ? status : expert_store(a, person, &b->fields, b->reason, err);
}

struct reason_body {
    const char *reason;
};
static const linli_option leave_rows[] = {ROW_TEXT(reason_body, reason, true, 2000, "原因", "reason")};
const struct form form_expert_leave = FORM(leave_rows, struct reason_body);

int act_expert_leave(struct act *a, struct err *err)
{
    const struct reason_body *b = a->body;
    const char *person = NULL;

    return expert_gone(a, b->reason, &person, err);
}

/* ---- what people declare of themselves ---- */

static const char *const relation_kinds[] = {"employer", "family",   "phone", "address",
                                             "account",  "contract", NULL};
static const linli_text relation_labels[] = {{"工作单位", "employer"},
                                             {"近亲属姓名", "name of a close relative"},
                                             {"电话", "telephone"},
                                             {"住址", "address"},
                                             {"收款账户", "bank account"},
                                             {"有合同关系的组织", "an organisation one has a contract with"},
                                             {NULL, NULL}};
struct relation_body {
    int32_t kind;
    const char *value;
    linli_date until;
    bool has_until;
};
static const linli_option relation_rows[] = {
    ROW_CHOICE(relation_body, kind, true, relation_kinds, relation_labels, NULL, "关系", "what it is"),
    ROW_SAID(relation_body, value, STRING, true, 2, 200, "line", "内容", "value",
             "单位填名称或统一社会信用代码", "an organisation by name or code"),
    ROW_WITH(relation_body, until, DATE, false, .present = offsetof(struct relation_body, has_until),
             .label = {"截止日", "last day"}, .help = {"仍然存在的不填", "left out: it still holds"}),
};
const struct form form_relation_declare = FORM(relation_rows, struct relation_body);

int act_relation_declare(struct act *a, struct err *err)
{
    const struct relation_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);

    uuid_new(id);
    a->subject = id;
    return tx_run(a->tx, Q_relation_add, NULL, err, P_TEXT(id), P_TEXT(a->actor->person),
                  P_TEXT(relation_kinds[b->kind]), P_TEXT(b->value),
                  b->has_until ? P_DATE(b->until.day) : P_NULL, P_TIME(a->now_us));
}

struct until_body {
    linli_date until;
};
static const linli_option until_rows[] = {
    ROW_WITH(until_body, until, DATE, true, .label = {"截止日", "last day"},
             .help = {"不晚于今天；此后三年内仍须回避", "not after today; it counts for some years still"}),
};
const struct form form_relation_end = FORM(until_rows, struct until_body);

int act_relation_end(struct act *a, struct err *err)
{
    const struct until_body *b = a->body;
    struct rows *rows = NULL;
    int status;

    if (b->until.day > day_of(a->now_us)) {
        err_both(err, E_INVALID, "body/invalid", "it has not ended yet", "不得晚于今天");
        err_at(err, "/until", "range", "not later than today", "不得晚于今天");
        return E_INVALID;
    }
    status = tx_run(a->tx, Q_relation_until, &rows, err, P_TEXT(a->path[0]), P_TEXT(a->actor->person),
                    P_DATE(b->until.day));
    a->subject = a->path[0];
    if (!status && rows_count(rows) == 0)
        return err_both(err, E_ABSENT, "subject/absent", "you declared no such relation that still holds",
                        "您没有声明过这一仍存在的关系");
    return status;
}
