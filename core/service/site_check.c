/*
 * Checks where the work is done: planned, or drawn from all contracts under way.  A draw rests on a secret
 * that is promised first (core/trust/lots.h); what was drawn is told to everybody once every check of it was
 * made, so that nobody is warned and anybody can draw again.
 */
#include <stdlib.h>
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/service/forms.h"
#include "core/service/panel.h"
#include "core/trust/lots.h"

/* ---- planned ---- */

static const char *const kind_codes[] = {"start", "mid", "final", "other", NULL};
static const linli_text kind_labels[] = {{"启动检查", "at the start"},
                                         {"中期检查", "halfway"},
                                         {"终期检查", "at the end"},
                                         {"其他", "other"},
                                         {NULL, NULL}};

struct planned {
    int32_t kind;
    linli_date on;
};
static const linli_option planned_rows[] = {
    ROW_CHOICE(planned, kind, true, kind_codes, kind_labels, NULL, "种类", "kind"),
    ROW(planned, on, DATE, true, 0, 0, NULL, "最迟检查日", "day it is made at the latest"),
};
const struct form form_site_check_plan = FORM(planned_rows, struct planned);

static int check_add(struct act *a, const char *contract, const char *kind, int32_t day, const char *draw,
                     struct err *err)
{
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);

    id_new(a->office, id);
    if (!draw)
        a->subject = id;
    return tx_run(a->tx, Q_site_check_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(contract),
                  P_TEXT(kind), P_DATE(day), P_TEXT(draw), P_TIME(a->now_us), P_TEXT(a->actor->person));
}

static int past(const struct act *a, const char *pointer, int32_t day, struct err *err)
{
    if (day >= (int32_t)day_of(a->now_us))
        return 0;
    err_set(err, E_INVALID, "body/invalid", "the day has passed already");
    err_at(err, pointer, "range", "must not lie in the past", "不得早于今日");
    return E_INVALID;
}

int act_site_check_plan(struct act *a, struct err *err)
{
    const struct planned *b = a->body;
    struct rows *r = NULL;
    int status = past(a, "/on", b->on.day, err);

    if (!status)
        status = tx_run(a->tx, Q_contract_standing, &r, err, P_INT(a->office), P_TEXT(a->path[0]));
    if (!status && strcmp(row_text(r, 0, "state"), "signed") != 0)
        return err_both(err, E_REFUSED, "state/refused", "the contract is not being carried out",
                        "合同不在履行中");
    return status ? status : check_add(a, a->path[0], kind_codes[b->kind], b->on.day, NULL, err);
}

/* ---- made ---- */

struct made {
    const char *findings, *present;
    bool passed;
};
static const linli_option made_rows[] = {
    ROW(made, passed, BOOL, true, 0, 0, NULL, "是否通过", "whether it was passed"),
    ROW_TEXT(made, findings, true, 20000, "检查情况", "what was found"),
    ROW_LINE(made, present, true, 300, "检查人员", "who was there"),
};
const struct form form_site_check_done = FORM(made_rows, struct made);

int act_site_check_done(struct act *a, struct err *err)
{
    const struct made *b = a->body;
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_site_check_done, &r, err, P_INT(a->office), P_TEXT(a->path[0]),
                        P_TEXT(a->path[1]), P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(b->present),
                        P_BOOL(b->passed), P_TEXT(b->findings));

    a->subject = a->path[1];
    if (status || rows_count(r))
        return status;
    return err_both(err, E_REFUSED, "state/refused", "no check of this contract waits there",
                    "该合同没有这项待办的检查");
}

/* ---- drawn ---- */

struct promise {
    int32_t most;
    const char *reason;
};
static const linli_option promise_rows[] = {
    ROW_COUNT(promise, most, true, 1, 100, "抽查合同数", "how many contracts are checked"),
    ROW_TEXT(promise, reason, true, 2000, "事由", "what for"),
};
const struct form form_spot_promise = FORM(promise_rows, struct promise);

int act_spot_promise(struct act *a, struct err *err)
{
    const struct promise *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    uint8_t secret[SHA256_BYTES];
    struct hash promised;
    struct rows *r = NULL;
    int status;

    secret_promise(a, "commitment", secret, &promised);
    id_new(a->office, id);
    a->subject = id;
    status = tx_run(a->tx, Q_spot_promise, &r, err, P_INT(a->office), P_TEXT(id), P_INT(b->most),
                    P_TEXT(b->reason), P_BYTES(promised.bytes, sizeof promised.bytes), P_TIME(a->now_us),
                    P_TEXT(a->actor->person));
    return status ? status
                  : tx_run(a->tx, Q_spot_secret_add, NULL, err, P_INT(a->office), P_TEXT(id),
                           P_BYTES(secret, sizeof secret));
}

struct drawing {
    linli_list witnesses;
    linli_date by;
};
static const linli_option drawing_rows[] = {
    ROW_WITNESSES(drawing, witnesses, 2, "witnesses, two at least", "见证人", "witnesses, two at least"),
    ROW(drawing, by, DATE, true, 0, 0, NULL, "最迟检查日", "day the checks are made at the latest"),
};
const struct form form_spot_draw = FORM(drawing_rows, struct drawing);

/* The contracts under way in the order of the draw; the secret in hex. */
static int order_of(struct act *a, const struct rows *start, struct pool *ret, const char ***ret_order,
                    const char **ret_seed, struct err *err)
{
    const char *text =
        arena_printf(a->arena, "linli/pool/v1\ndraw %s\n%s\n", a->path[1], row_text(start, 0, "contracts"));
    char *hex = arena_alloc(a->arena, 2 * SHA256_BYTES + 1, 1);
    const uint8_t *secret = NULL;
    struct hash seed;
    int status = pool_parse(a->arena, text, strlen(text), ret, err);

    if (!status)
        status = row_fixed(start, 0, "secret", SHA256_BYTES, &secret, err);
    if (status)
        return status;
    hex_print(secret, SHA256_BYTES, hex);
    *ret_order = ARENA_NEW(a->arena, const char *, ret->count);
    lots_seed(ret, secret, NULL, 0, &seed);
    lots_order(ret, &seed, *ret_order);
    *ret_seed = hex;
    return 0;
}

static int start_load(struct act *a, struct rows **ret, struct err *err)
{
    int status = tx_run(a->tx, Q_spot_start, ret, err, P_INT(a->office), P_TEXT(a->path[1]));

    if (status)
        return status;
    if (rows_count(*ret) == 0)
        return err_both(err, E_ABSENT, "draw/absent", "there is no such draw", "没有这次抽取");
    if (!row_null(*ret, 0, "drawn"))
        return err_both(err, E_REFUSED, "state/refused", "it is drawn already; there is no second draw",
                        "已经抽取，不得重抽");
    if (row_int(*ret, 0, "open") == 0)
        return err_both(err, E_REFUSED, "state/refused", "no contract is being carried out",
                        "没有履行中的合同");
    return 0;
}

int act_spot_draw(struct act *a, struct err *err)
{
    const struct drawing *b = a->body;
    const char **order = NULL, *seed = NULL;
    struct rows *start = NULL;
    struct pool pool;
    size_t most;
    int status = past(a, "/by", b->by.day, err);

    if (!status)
        status = start_load(a, &start, err);
    if (!status)
        status = order_of(a, start, &pool, &order, &seed, err);
    if (status)
        return status;
    most = (size_t)row_int(start, 0, "most");
    most = most < pool.count ? most : pool.count;
    a->subject = a->path[1];
    status = tx_run(a->tx, Q_spot_drawn, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TIME(a->now_us),
                    P_TEXT(a->actor->person), P_TEXT(seed), P_TEXT(witnesses_line(a->arena, &b->witnesses)),
                    P_TEXTS(pool.ids, pool.count), P_TEXTS(order, most));
    for (size_t i = 0; !status && i < most; i++)
        status = check_add(a, order[i], "spot", b->by.day, a->subject, err);
    json_key(&a->payload, "of");
    json_int(&a->payload, (int64_t)pool.count);
    json_key(&a->payload, "drawn");
    json_int(&a->payload, (int64_t)most);
    return status;
}
