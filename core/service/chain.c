/* Who approves: the bodies of an office and the chains that name posts and bodies. */
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/service/approval.h"
#include "core/service/forms.h"
#include "core/service/granting.h"
#include "core/service/words.h"

const struct chained chained_acts[] = {
    {"list_approve", "list"},
    {"list_publish", "list"},
    {"list_adjust", "list"},
    {"list_close", "list"},
    {"tender_publish", "tender"},
    {"tender_amend", "tender"},
    {"tender_extend", "tender"},
    {"tender_cancel", "tender"},
    {"tender_switch", "tender"},
    {"lot_approve", "lot"},
    {"lot_confirm", "lot"},
    {"lot_announce", "lot"},
    {"lot_restart", "lot"},
    {"lot_review_approve", "lot"},
    {"award_annul", "award"},
    {"award_refuse", "award", .office = true},
    {"objection_answer", "objection"},
    {"contract_draft", "award"},
    {"contract_sign", "contract", .office = true},
    {"contract_change_approve", "contract"},
    {"deduction_approve", "deduction", .inner = true},
    {"recovery_approve", "recovery"},
    {"recovery_write_off", "recovery"},
    {"reversal_approve", "reversal", .inner = true},
    {"transfer_approve", "transfer", .inner = true},
    {"withdrawal_approve", "withdrawal", .inner = true},
    {"payment_approve", "payment"},
    {"batch_approve", "batch"},
    {"notice_correct", "notice"},
    {NULL, NULL},
};

const struct chained *chained_find(const char *op)
{
    for (const struct chained *c = chained_acts; c->op; c++)
        if (strcmp(c->op, op) == 0)
            return c;
    return NULL;
}

/* ---- body_create ---- */

struct share_body {
    int64_t a, b;
    bool over;
};

struct body_body {
    linli_text name;
    linli_list quorum, consent; /* of one struct share_body, or empty */
    int32_t consent_of;
};

static const linli_option share_rows[] = {
    ROW_COUNT(share_body, a, true, 0, 100, "分子", "numerator"),
    ROW_COUNT(share_body, b, true, 1, 100, "分母", "denominator"),
    ROW_BOOL(share_body, over, "须超过该比例", "more than the share, not only as much"),
};
static const linli_text of_labels[] = {
    {"到会成员", "members present"}, {"应到成员", "members entitled"}, {NULL, NULL}};
static const char *const of_codes[] = {"present", "entitled", NULL};
static const linli_option body_rows[] = {
    ROW_WITH(body_body, name, TEXT, true, .high = 100, .label = {"名称", "name"},
             .help = {"议事机构名称", "name of the body"}),
    ROW_LIST(body_body, quorum, false, 0, 1, share_rows, share_body, "到会人数要求",
             "who must be present; more than half"),
    ROW_LIST(body_body, consent, false, 0, 1, share_rows, share_body, "同意票要求",
             "who must be in favour; more than half"),
    ROW_CHOICE(body_body, consent_of, false, of_codes, of_labels, "present", "同意票计算基数",
               "of whom consent is counted"),
};
const struct form form_body_create = FORM(body_rows, struct body_body);

static int share_of(const linli_list *list, const char *pointer, struct share_body *ret, struct err *err)
{
    *ret = list->count ? *(const struct share_body *)list->items : (struct share_body){1, 2, true};
    if (ret->a < ret->b || (ret->a == ret->b && !ret->over))
        return 0;
    err_set(err, E_INVALID, "body/invalid", "a share that nobody can reach");
    err_at(err, pointer, "range", "can never be reached", "该比例无法达到");
    return E_INVALID;
}

int act_body_create(struct act *a, struct err *err)
{
    const struct body_body *b = a->body;
    struct share_body quorum, consent;
    int status = share_of(&b->quorum, "/quorum", &quorum, err);

    if (!status)
        status = share_of(&b->consent, "/consent", &consent, err);
    if (status)
        return status;
    const char *id = act_makes(a);
    return tx_run(a->tx, Q_body_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(b->name.zh),
                  P_TEXT(b->name.en), P_INT(quorum.a), P_INT(quorum.b), P_BOOL(quorum.over), P_INT(consent.a),
                  P_INT(consent.b), P_BOOL(consent.over), P_TEXT(of_codes[b->consent_of]));
}

/* ---- body_seat, body_unseat ---- */

struct seat_body {
    const char *person;
    bool head, has_from, has_until;
    linli_date from, until;
};
static const linli_option seat_rows[] = {
    ROW_ID(seat_body, person, true, "人员", "who"),
    ROW_BOOL(seat_body, head, "主任（组长）", "presides"),
    ROW_WITH(seat_body, from, DATE, false, .present = offsetof(struct seat_body, has_from),
             .label = {"起", "from"}, .help = {"首日，默认今天", "first day; today where not given"}),
    ROW_WITH(seat_body, until, DATE, false, .present = offsetof(struct seat_body, has_until),
             .label = {"止", "until"}, .help = {"末日，不填为长期", "last day; none: no end"}),
};
const struct form form_body_seat = FORM(seat_rows, struct seat_body);

static int body_there(struct act *a, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_body_get, &rows, err, P_INT(a->office), P_TEXT(a->path[1]));

    if (!status && rows_count(rows) == 0)
        return err_set(err, E_ABSENT, "subject/absent", "no such body at this office");
    a->subject = a->path[1];
    return status;
}

int act_body_seat(struct act *a, struct err *err)
{
    const struct seat_body *b = a->body;
    int32_t from = b->has_from ? b->from.day : day_of(a->now_us);
    char id[UUID_TEXT];
    int status = body_there(a, err);

    if (status)
        return status;
    if (b->has_until && b->until.day < from) {
        err_set(err, E_INVALID, "body/invalid", "the last day is before the first");
        err_at(err, "/until", "range", "not before the first day", "不得早于首日");
        return E_INVALID;
    }
    const struct granting granting = {b->person, NULL, false, b->has_until, {from}, b->until};
    if ((status = granting_check(a, &granting, err)))
        return status;
    id_new(a->office, id);
    status = tx_run(a->tx, Q_body_seat_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(a->path[1]),
                    P_TEXT(b->person), P_BOOL(b->head), P_DATE(from),
                    b->has_until ? P_DATE(b->until.day) : P_NULL);
    if (status == E_INVALID) {
        err_set(err, E_ABSENT, "user/absent", "no such person");
        err_at(err, "/person", "absent", "no such person", "没有这个用户");
        return E_ABSENT;
    }
    return status;
}

struct unseat_body {
    linli_date last_day;
};
static const linli_option unseat_rows[] = {
    ROW_WITH(unseat_body, last_day, DATE, true, .label = {"末日", "last day"},
             .help = {"最后一天", "the last day in the seat"}),
};
const struct form form_body_unseat = FORM(unseat_rows, struct unseat_body);

int act_body_unseat(struct act *a, struct err *err)
{
    const struct unseat_body *b = a->body;
    struct rows *rows = NULL;
    int status = body_there(a, err);

    if (!status)
        status = last_day_check(a, b->last_day, err);
    if (!status)
        status = tx_run(a->tx, Q_body_seat_end, &rows, err, P_INT(a->office), P_TEXT(a->path[1]),
                        P_TEXT(a->path[2]), P_DATE(b->last_day.day));
    if (!status && rows_count(rows) == 0)
        return err_set(err, E_ABSENT, "membership/absent", "nobody sits there by then");
    return status;
}

/* ---- chain_set, chain_end ---- */

struct step_body {
    const char *post, *body;
    int64_t days;
};
struct chain_body {
    const char *act, *regime;
    linli_money least;
    linli_list steps;
};
static const linli_option step_rows[] = {
    ROW_ID(step_body, post, false, "岗位", "a post: one of its holders"),
    ROW_ID(step_body, body, false, "议事机构", "a body: its vote, written down by who presides"),
    ROW_COUNT(step_body, days, false, 1, 60, "办理时限（工作日）", "working days it may take"),
};
static const linli_option chain_rows[] = {
    ROW_CODE(chain_body, act, true, "事项", "the act"),
    ROW_CODE(chain_body, regime, false, "适用制度，不填为全部", "regime; every one where not given"),
    ROW(chain_body, least, MONEY, false, 0, INT64_C(100000000000000), NULL, "金额起点",
        "the sum from which it holds"),
    ROW_LIST(chain_body, steps, true, 1, 10, step_rows, step_body, "审批环节", "who says yes, in order"),
};
const struct form form_chain_set = FORM(chain_rows, struct chain_body);

static int chain_check(const struct chain_body *b, struct err *err)
{
    const struct step_body *steps = b->steps.items;

    if (!chained_find(b->act))
        return err_member(err, "/act", "invalid", "no chain can stand before this act", "该事项不设审批链");
    if (b->regime && regime_of(b->regime) == 0)
        return err_member(err, "/regime", "invalid", "no such regime", "没有这种制度");
    for (size_t i = 0; i < b->steps.count; i++)
        if ((steps[i].post == NULL) == (steps[i].body == NULL))
            return err_member(err, "/steps", "invalid", "each step is one post or one body",
                              "每个环节须为一个岗位或一个议事机构");
    return 0;
}

int act_chain_set(struct act *a, struct err *err)
{
    const struct chain_body *b = a->body;
    const struct step_body *steps = b->steps.items;
    const char *id = act_makes(a);
    int status = chain_check(b, err);

    if (!status)
        status = tx_run(a->tx, Q_chain_end_like, NULL, err, P_INT(a->office), P_TEXT(b->act),
                        P_TEXT(b->regime), P_INT(b->least.minor));
    if (!status)
        status =
            tx_run(a->tx, Q_chain_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(b->act),
                   P_TEXT(b->regime), P_INT(b->least.minor), P_TIME(a->now_us), P_TEXT(a->actor->person));
    for (size_t i = 0; !status && i < b->steps.count; i++)
        status =
            tx_run(a->tx, Q_chain_step_add, NULL, err, P_INT(a->office), P_TEXT(id), P_INT((int64_t)i + 1),
                   P_TEXT(steps[i].post), P_TEXT(steps[i].body), p_some(steps[i].days));
    return status == E_INVALID && err->at_count == 0
               ? err_member(err, "/steps", "invalid", "no such post or body at this office",
                            "本单位没有该岗位或议事机构")
               : status;
}

int act_chain_end(struct act *a, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_chain_end, &rows, err, P_INT(a->office), P_TEXT(a->path[1]));

    a->subject = a->path[1];
    if (!status && rows_count(rows) == 0)
        return err_set(err, E_ABSENT, "subject/absent", "no such chain in force at this office");
    return status;
}
