/*
 * Part of a contract's work done by another body (分包): asked for by the contractor, agreed to by the
 * office.  The whole of it is never passed on (转包).  In statutory procurement the bid must have named who
 * does it; a share it named there is not exceeded in any regime.
 */
#include <string.h>

#include "acts.h"
#include "core/service/forms.h"
#include "core/service/tender.h"

enum { WHOLE_PPM = 1000000 };
__extension__ typedef __int128 wide;

struct subcontract {
    const char *organisation, *name, *work;
    linli_money amount;
};
static const linli_option subcontract_rows[] = {
    ROW_SAID(subcontract, organisation, ID, false, 0, 0, NULL, "分包组织", "organisation",
             "已登记的组织；与名称填一项", "a registered one; or its name"),
    ROW_LINE(subcontract, name, false, 100, "分包单位名称", "name of a body that is not registered"),
    ROW_TEXT(subcontract, work, true, 2000, "分包内容", "what it does"),
    ROW_MONEY(subcontract, amount, true, "金额", "for how much"),
};
const struct form form_subcontract_add = FORM(subcontract_rows, struct subcontract);

static int refused(struct err *err, const char *text, const char *zh, const char *article)
{
    err_both(err, E_REFUSED, "contract/transfer", text, zh);
    if (article)
        err_article(err, article);
    err_at(err, "/amount", "range", text, zh);
    return E_REFUSED;
}

/* Who it is: a registered body that is still there and not the contractor, or a name. */
static int named(struct act *a, const struct subcontract *b, const char *contractor, const char **ret_name,
                 struct err *err)
{
    struct rows *r = NULL;
    int status;

    *ret_name = b->name;
    if ((b->organisation != NULL) == (b->name != NULL))
        return err_member(err, "/organisation", "choice", "an organisation or a name", "组织与名称填一项");
    if (b->name)
        return 0;
    status = tx_run(a->tx, Q_organisation_named, &r, err, P_TEXT(b->organisation));
    if (status)
        return status;
    if (rows_count(r) == 0 || !row_null(r, 0, "ended") || strcmp(b->organisation, contractor) == 0)
        return err_member(err, "/organisation", "unknown", "no other organisation that is still there",
                          "没有这个存续的其他组织");
    *ret_name = row_text(r, 0, "name");
    return 0;
}

static int room(struct act *a, const struct tender *t, const struct rows *contract, const char *name,
                struct err *err)
{
    const struct subcontract *b = a->body;
    int64_t whole = row_int(contract, 0, "amount_fen"), fen = b->amount.minor;
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_subcontract_room, &r, err, P_INT(a->office), P_TEXT(a->path[0]),
                        P_TEXT(row_text(contract, 0, "bid_id")), P_TEXT(b->organisation), P_TEXT(name));

    if (status)
        return status;
    if (fen >= whole - row_int(r, 0, "given_fen"))
        return refused(err, "all of the contract would be passed on", "不得将合同全部转包或者肢解后分包",
                       "政府采购法实施条例 §72");
    if (row_null(r, 0, "share_ppm"))
        return t->regime == LINLI_STATUTORY ? refused(err, "the bid did not name who does part of the work",
                                                      "投标文件未载明该分包单位", "财政部令第87号 §35")
                                            : 0;
    if (fen > (int64_t)((wide)whole * row_int(r, 0, "share_ppm") / WHOLE_PPM) - row_int(r, 0, "to_it_fen"))
        return refused(err, "more than the share the bid named", "超过投标文件载明的分包比例", NULL);
    return 0;
}

int act_subcontract_add(struct act *a, struct err *err)
{
    const struct subcontract *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    const char *name = NULL, *contractor;
    struct rows *contract = NULL;
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status = tx_run(a->tx, Q_contract_standing, &contract, err, P_INT(a->office), P_TEXT(a->path[0]));

    if (!status)
        status = tender_of_lot(a, row_text(contract, 0, "lot_id"), &t, &l, err);
    if (status)
        return status;
    contractor = row_text(contract, 0, "organisation_id");
    if (!actor_of_organisation(a->actor, contractor))
        return err_both(err, E_FORBIDDEN, "auth/forbidden", "the contract is another organisation's",
                        "该合同属于其他组织");
    if (strcmp(row_text(contract, 0, "state"), "signed") != 0)
        return err_both(err, E_REFUSED, "state/refused", "the contract is not being carried out",
                        "合同不在履行中");
    status = named(a, b, contractor, &name, err);
    if (!status)
        status = room(a, t, contract, name, err);
    if (status)
        return status;
    id_new(a->office, id);
    a->subject = id;
    return tx_run(a->tx, Q_subcontract_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(a->path[0]),
                  P_TEXT(b->organisation), P_TEXT(name), P_TEXT(b->work), P_INT(b->amount.minor),
                  P_TIME(a->now_us), P_TEXT(a->actor->person));
}

static int decide(struct act *a, const char *state, const char *note, struct err *err)
{
    struct rows *r = NULL;
    int status =
        tx_run(a->tx, Q_subcontract_load, &r, err, P_INT(a->office), P_TEXT(a->path[0]), P_TEXT(a->path[1]));

    if (status)
        return status;
    if (rows_count(r) == 0)
        return err_both(err, E_ABSENT, "contract/absent", "the contract has no such subcontract",
                        "该合同没有这项分包");
    if (strcmp(row_text(r, 0, "state"), "proposed") != 0)
        return err_both(err, E_REFUSED, "state/refused", "it is decided already", "该项分包已审批");
    if (strcmp(row_text(r, 0, "proposed_by"), a->actor->person) == 0)
        return err_both(err, E_REFUSED, "approval/same-person", "a second person has to do this",
                        "须由另一人办理");
    if ((status = no_interest(a, row_text(r, 0, "organisation_id"), err)))
        return status;
    a->subject = a->path[1];
    return tx_run(a->tx, Q_subcontract_decide, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT(state),
                  P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(note));
}

int act_subcontract_approve(struct act *a, struct err *err)
{
    return decide(a, "approved", NULL, err);
}

struct reason {
    const char *reason;
};
static const linli_option reason_rows[] = {ROW_TEXT(reason, reason, true, 4000, "理由", "reason")};
const struct form form_subcontract_refuse = FORM(reason_rows, struct reason);

int act_subcontract_refuse(struct act *a, struct err *err)
{
    const struct reason *b = a->body;

    return decide(a, "refused", b->reason, err);
}
