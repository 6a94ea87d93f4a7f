/*
 * What somebody else promised to bring for a contract: the organisation's own share (自筹), a donor's match
 * (配捐).  It falls due in step with the tranches; until what was brought is shown and accepted, they are
 * held (holds_of).
 */
#include <string.h>

#include "acts.h"
#include "core/service/forms.h"

__extension__ typedef __int128 wide;

#define AMOUNT_MOST INT64_C(100000000000000)

enum { OWN_SHARE, MATCH_GIFT };
static const char *const kind_codes[] = {"own_share", "match", NULL};
static const linli_text kind_labels[] = {
    {"自筹", "the organisation's own share"}, {"配捐", "a donor's match"}, {NULL, NULL}};

struct promise_body {
    int32_t kind;
    const char *by;
    linli_rate share;
    int64_t gives, per;
    linli_money amount;
    const char *award;
};
static const linli_option promise_rows[] = {
    ROW_CHOICE(promise_body, kind, true, kind_codes, kind_labels, NULL, "种类", "kind"),
    ROW_LINE(promise_body, by, true, 200, "承诺人", "who promised"),
    ROW(promise_body, share, RATE, false, 1, 999999, NULL, "占项目总额的比例",
        "share of all the project costs, the contract being the rest"),
    ROW_COUNT(promise_body, gives, false, 1, 1000, "每配出", "gives this many yuan"),
    ROW_COUNT(promise_body, per, false, 1, 1000, "每合同金额",
              "for each so many of the contract; 1 and 2: one to two"),
    ROW_MONEY(promise_body, amount, false, "金额", "a sum"),
    ROW_ID(promise_body, award, false, "二次方配捐的结果",
           "what a quadratic pool gave a project, as it was decided"),
};
const struct form form_promise_record = FORM(promise_rows, struct promise_body);

/* Rounded up: nobody keeps a promise by a fen less.  No promise is of more than an amount may be. */
static int part_up(int64_t fen, int64_t times, int64_t of, const char *at, int64_t *ret_fen, struct err *err)
{
    const wide part = ((wide)fen * times + of - 1) / of;

    if (part > AMOUNT_MOST)
        return err_member(err, at, "range", "it comes out at more than an amount may be",
                          "计算结果超过金额上限");
    *ret_fen = (int64_t)part;
    return 0;
}

/* Nobody types what a pool gives: it is what its scheme computed and the office decided. */
static int pool_gave(struct act *a, const char *award, const char *organisation, int64_t *ret_fen,
                     struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_promise_award, &r, err, P_INT(a->office), P_TEXT(award));

    if (status)
        return status;
    if (rows_count(r) == 0 || (!row_null(r, 0, "organisation_id") &&
                               strcmp(row_text(r, 0, "organisation_id"), organisation) != 0)) {
        err_both(err, E_INVALID, "body/invalid",
                 "it is no announced result of a quadratic pool for this contractor",
                 "不是该承接主体已公告的二次方配捐结果");
        err_at(err, "/award", "choice", "an announced result of a quadratic pool", "已公告的二次方配捐结果");
        return E_INVALID;
    }
    *ret_fen = row_int(r, 0, "amount_fen");
    return 0;
}

static int sum_of(struct act *a, const struct promise_body *b, const struct rows *c, int64_t *ret_fen,
                  const char **ret_rule, struct err *err)
{
    const int64_t contract_fen = row_int(c, 0, "amount_fen");
    const bool share = b->share.ppm != 0, ratio = b->gives && b->per, sum = b->amount.minor != 0;

    if (share + ratio + sum + (b->award != NULL) != 1 || (b->gives != 0) != (b->per != 0))
        return err_member(err, "/share", "choice", "one of a share, a ratio, a sum and a pool's result",
                          "比例、配比、金额、配捐结果填其一");
    if (b->award) {
        *ret_rule = "quadratic_match";
        return pool_gave(a, b->award, row_text(c, 0, "organisation_id"), ret_fen, err);
    }
    if (share) {
        *ret_rule = arena_printf(a->arena, "%lld ppm", (long long)b->share.ppm);
        return part_up(contract_fen, b->share.ppm, 1000000 - b->share.ppm, "/share", ret_fen, err);
    }
    if (ratio) {
        *ret_rule = arena_printf(a->arena, "%lld:%lld", (long long)b->per, (long long)b->gives);
        return part_up(contract_fen, b->gives, b->per, "/gives", ret_fen, err);
    }
    *ret_fen = b->amount.minor;
    *ret_rule = "sum";
    return 0;
}

static int load(struct act *a, const char *promise, struct rows **ret, struct err *err)
{
    int status =
        tx_run(a->tx, Q_promise_load, ret, err, P_INT(a->office), P_TEXT(a->path[0]), P_TEXT(promise));
    const char *state = status ? NULL : row_text(*ret, 0, "state");

    if (status)
        return status;
    if (promise && row_null(*ret, 0, "promise"))
        return err_set(err, E_ABSENT, "promise/absent", "the contract has no promise %s", promise);
    if (promise && !row_null(*ret, 0, "withdrawn"))
        return err_both(err, E_REFUSED, "state/refused", "the promise was taken back", "该承诺已撤销登记");
    /* What was promised for an ended one may still be shown: its settlement waits for that. */
    return strcmp(state, "draft") == 0 || strcmp(state, "signed") == 0 || strcmp(state, "suspended") == 0 ||
                   (promise && strcmp(state, "stopped") == 0)
               ? 0
               : err_both(err, E_REFUSED, "state/refused", "the contract is over", "合同已终结");
}

int act_promise_record(struct act *a, struct err *err)
{
    const struct promise_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    const char *rule = NULL;
    struct rows *c = NULL;
    int64_t fen = 0;
    int status = load(a, NULL, &c, err);

    if (!status)
        status = sum_of(a, b, c, &fen, &rule, err);
    if (status)
        return status;
    id_new(a->office, id);
    a->subject = id;
    status = tx_run(a->tx, Q_promise_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(a->path[0]),
                    P_TEXT(kind_codes[b->kind]), P_TEXT(b->by), P_TEXT(rule), P_INT(fen), P_TIME(a->now_us),
                    P_TEXT(a->actor->person), P_TEXT(b->award));
    return status == E_CONFLICT ? err_both(err, E_REFUSED, "state/refused",
                                           "what the pool gave is promised already", "该配捐结果已登记")
                                : status;
}

/* ---- recorded in error, or not owed any more ---- */

struct withdrawal_body {
    const char *reason;
};
static const linli_option withdrawal_rows[] = {
    ROW_TEXT(withdrawal_body, reason, true, 2000, "理由", "reason")};
const struct form form_promise_withdraw = FORM(withdrawal_rows, struct withdrawal_body);

/* It holds money back: who recorded it does not let go of it alone, nor does the contractor. */
int act_promise_withdraw(struct act *a, struct err *err)
{
    const struct withdrawal_body *b = a->body;
    struct rows *c = NULL;
    int status = load(a, a->path[1], &c, err);

    if (status)
        return status;
    if ((status = no_interest(a, row_text(c, 0, "organisation_id"), err)))
        return status;
    if (strcmp(row_text(c, 0, "recorded_by"), a->actor->person) == 0)
        return err_both(err, E_REFUSED, "approval/same-person", "a second person has to do this",
                        "须由另一人办理");
    if (row_bool(c, 0, "waits"))
        return err_both(err, E_REFUSED, "state/refused",
                        "evidence of it waits to be decided: accept it or refuse it first",
                        "有已登记的到位凭据尚待审核，应先认可或退回");
    a->subject = a->path[1];
    return tx_run(a->tx, Q_promise_withdraw, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                  P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(b->reason));
}

/* ---- evidence --------------------------------------------------------------------------- */

struct evidence_body {
    linli_money amount;
    const char *what;
};
static const linli_option evidence_rows[] = {
    ROW_MONEY(evidence_body, amount, true, "到位金额", "how much was brought"),
    ROW_TEXT(evidence_body, what, true, 2000, "凭据", "what shows it: bank slip, receipt number"),
};
const struct form form_evidence_enter = FORM(evidence_rows, struct evidence_body);

int act_evidence_enter(struct act *a, struct err *err)
{
    const struct evidence_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    struct rows *c = NULL;
    int status = load(a, a->path[1], &c, err);

    if (!status && !(a->roles & ROLES_OFFICE) &&
        !actor_of_organisation(a->actor, row_text(c, 0, "organisation_id")))
        status = err_both(err, E_FORBIDDEN, "auth/forbidden", "it is not your contract", "不是您的合同");
    if (status)
        return status;
    id_new(a->office, id);
    a->subject = id;
    return tx_run(a->tx, Q_evidence_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(a->path[1]),
                  P_INT(b->amount.minor), P_TEXT(b->what), P_TIME(a->now_us), P_TEXT(a->actor->person));
}

static int evidence_decide(struct act *a, const char *state, const char *note, struct err *err)
{
    struct rows *e = NULL;
    int status = tx_run(a->tx, Q_evidence_load, &e, err, P_INT(a->office), P_TEXT(a->path[0]),
                        P_TEXT(a->path[1]), P_TEXT(a->path[2]));

    if (!status && rows_count(e) == 0)
        status = err_set(err, E_ABSENT, "promise/absent", "the contract has no evidence %s", a->path[2]);
    if (status)
        return status;
    a->subject = a->path[2];
    if (strcmp(row_text(e, 0, "state"), "entered") != 0)
        return err_both(err, E_REFUSED, "state/refused", "it is decided already", "该事项已审批");
    if (strcmp(row_text(e, 0, "entered_by"), a->actor->person) == 0)
        return err_both(err, E_REFUSED, "approval/same-person", "a second person has to do this",
                        "须由另一人办理");
    if ((status = no_interest(a, row_text(e, 0, "organisation_id"), err)))
        return status;
    return tx_run(a->tx, Q_evidence_decide, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT(state),
                  P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(note));
}

int act_evidence_accept(struct act *a, struct err *err)
{
    return evidence_decide(a, "accepted", NULL, err);
}

struct refusal {
    const char *reason;
};
static const linli_option refusal_rows[] = {ROW_TEXT(refusal, reason, true, 2000, "理由", "reason")};
const struct form form_evidence_refuse = FORM(refusal_rows, struct refusal);

int act_evidence_refuse(struct act *a, struct err *err)
{
    const struct refusal *b = a->body;

    return evidence_decide(a, "refused", b->reason, err);
}
