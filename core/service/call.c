/* What the acts on a tender do where it is called off from agreements; see call.h. */
#include "core/service/call.h"

#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/service/forms.h"

static int not_open(struct err *err, const char *text, const char *zh)
{
    err_set(err, E_REFUSED, "call/agreement", "%s", text);
    err_zh(err, "%s", zh);
    return E_REFUSED;
}

static int standing(struct act *a, const char *lot, struct rows **ret, struct err *err)
{
    int status = tx_run(a->tx, Q_agreements_standing, ret, err, P_INT(a->office), P_TEXT(lot),
                        P_DATE(day_of(a->now_us)));

    if (status || rows_count(*ret))
        return status;
    return not_open(err, "no agreement stands today", "当前没有有效的框架协议");
}

int call_agreement(struct act *a, const char *lot, struct tender **ret, struct lot **ret_lot, struct err *err)
{
    struct rows *rows = NULL;
    int status = tender_of_lot(a, lot, ret, ret_lot, err);

    if (status)
        return status;
    if (!makes_agreements(*ret) || (*ret)->under)
        return not_open(err, "the lot makes no agreements to call off from", "该采购包不签订框架协议");
    if ((*ret)->supplements)
        return not_open(err, "it adds to agreements: draw up under the lot of those",
                        "补充征集的协议并入原框架协议，请在原采购包下办理");
    return standing(a, lot, &rows, err);
}

int agreement_barred(struct act *a, const char *lot, const char *organisation, const char **ret,
                     struct err *err)
{
    struct rows *r = NULL;
    int status =
        tx_run(a->tx, Q_agreement_barred, &r, err, P_INT(a->office), P_TEXT(lot), P_TEXT(organisation));

    *ret = status ? NULL : row_text(r, 0, "why");
    return status;
}

int supplement_of(struct act *a, const char *lot, struct addition *ret, struct err *err)
{
    struct rows *r = NULL;
    int status = tender_of_lot(a, lot, &ret->of, &ret->lot, err);

    if (!status)
        status = tx_run(a->tx, Q_agreements_left, &r, err, P_INT(a->office), P_TEXT(lot),
                        P_DATE(day_of(a->now_us)), P_TEXT(ret->of->options_json));
    if (status)
        return status;
    if (!makes_agreements(ret->of) || ret->of->supplements)
        return not_open(err, "the lot makes no agreements of its own to add to",
                        "该采购包没有可补充征集的框架协议");
    ret->until_day = row_date(r, 0, "until");
    ret->options_json = row_text(r, 0, "options");
    ret->under_way = row_bool(r, 0, "open");
    if (!row_null(r, 0, "until") && ret->until_day > day_of(a->now_us))
        return 0;
    return not_open(err, "no agreement was signed, or their term is over", "框架协议尚未签订或者已经期满");
}

int supplement_ready(struct act *a, struct tender *t, struct err *err)
{
    struct addition more = {0};
    int status = supplement_of(a, t->supplements, &more, err);

    if (!status)
        t->options_json = more.options_json;
    return status;
}

int call_budget(struct act *a, const struct tender *t, const struct lot *agreement, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_calls_sum, &r, err, P_INT(a->office), P_TEXT(agreement->id), P_TEXT(t->id));
    int64_t left = status ? 0 : agreement->budget_fen - row_int(r, 0, "taken_fen");

    if (status || t->budget_fen <= left)
        return status;
    err_set(err, E_INVALID, "body/invalid", "the agreements leave %lld.%02lld yuan", (long long)(left / 100),
            (long long)(left % 100));
    err_zh(err, "框架协议预算余额为 %lld.%02lld 元", (long long)(left / 100), (long long)(left % 100));
    err_at(err, "/budget", "range", "more than the agreements leave", "超过框架协议的预算余额");
    return E_INVALID;
}

int call_options(struct act *a, const struct tender *agreement, const char *own, const char **ret,
                 struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_call_options, &r, err, P_TEXT(agreement->options_json), P_TEXT(own));

    if (status)
        return status;
    *ret = row_text(r, 0, "options");
    if (row_null(r, 0, "clash"))
        return 0;
    err_set(err, E_INVALID, "body/invalid", "the agreements say already: %s", row_text(r, 0, "clash"));
    err_zh(err, "框架协议已经规定：%s", row_text(r, 0, "clash"));
    err_at(err, arena_printf(a->arena, "/options/%s", row_text(r, 0, "clash")), "choice",
           "fixed by the agreements", "由框架协议规定，不得另定");
    return E_INVALID;
}

int call_ready(struct act *a, const struct tender *t, struct err *err)
{
    struct tender *agreement;
    struct lot *lot;
    int status = call_agreement(a, t->under, &agreement, &lot, err);

    return status ? status : call_budget(a, t, lot, err);
}

int call_carry(struct act *a, struct tender *t, struct lot *l, struct err *err)
{
    struct rows *r = NULL;
    int status = standing(a, t->under, &r, err);

    for (size_t i = 0; status == 0 && i < rows_count(r); i++) {
        char id[UUID_TEXT];

        id_new(t->office, id);
        status = tx_run(a->tx, Q_bid_carry, NULL, err, P_INT(t->office), P_TEXT(id), P_TEXT(t->id),
                        P_TEXT(row_text(r, i, "id")), P_TIME(a->now_us), P_TEXT(plan_priced(t->plan)),
                        P_INT(row_int(r, i, "place")));
    }
    if (status == 0)
        status = tx_run(a->tx, Q_bid_keys, NULL, err, P_INT(t->office), P_TEXT(t->id), P_INT(l->no));
    if (status == 0)
        status = tx_run(a->tx, Q_tender_opened, NULL, err, P_INT(t->office), P_TEXT(t->id), P_TIME(a->now_us),
                        P_NULL);
    t->opened_us = a->now_us;
    return status ? status : milestone_add(a, t, l, "opened", NULL, err);
}

int call_lock(struct act *a, const struct tender *t, struct err *err)
{
    return t->under ? tx_run(a->tx, Q_call_lock, NULL, err, P_INT(t->office), P_TEXT(t->under)) : 0;
}

int agreements_end(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_agreements_close, NULL, err, P_INT(t->office), P_TEXT(l->id));

    if (status || t->supplements) /* what was called off is told with the agreements it added to */
        return status;
    status = tx_run(a->tx, Q_calls_summary, &r, err, P_INT(t->office), P_TEXT(l->id));
    return status ? status
                  : notice_publish(a, t->id, "call_summary",
                                   arena_printf(a->arena, "%s 成交结果汇总公告", t->title),
                                   row_text(r, 0, "body"), 0, err);
}
