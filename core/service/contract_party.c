#include "core/service/contract_party.h"

#include <stdio.h>
#include <string.h>

#include "core/service/forms.h"

static const char *const part_codes[] = {"community", "operator", "host", "donor", "other", NULL};
static const linli_text part_labels[] = {{"落地社区", "community"}, {"承办单位", "operator"},
                                         {"支持单位", "host"},      {"捐赠方", "donor"},
                                         {"其他", "other"},         {NULL, NULL}};

const linli_option party_rows[2] = {
    ROW_ID(party_item, organisation, true, "组织", "organisation"),
    ROW_CHOICE(party_item, part, true, part_codes, part_labels, NULL, "身份", "part"),
};

static int wrong(size_t i, const char *code, const char *text, const char *zh, struct err *err)
{
    char pointer[64];

    snprintf(pointer, sizeof pointer, "/parties/%zu/organisation", i);
    err_set(err, E_INVALID, "body/invalid", "%s", text);
    err_zh(err, "%s", zh);
    err_at(err, pointer, code, text, zh);
    return E_INVALID;
}

int parties_add(struct act *a, const char *contract, const char *contractor, const linli_list *parties,
                struct err *err)
{
    const struct party_item *items = parties->items;
    int status = 0;

    for (size_t i = 0; !status && i < parties->count; i++) {
        const char *id = items[i].organisation;
        struct rows *r = NULL;

        for (size_t k = 0; k < i; k++)
            if (strcmp(items[k].organisation, id) == 0)
                return wrong(i, "duplicate", "named twice", "同一组织出现两次", err);
        if (strcmp(contractor, id) == 0)
            return wrong(i, "duplicate", "it is the contractor", "该组织是承接主体", err);
        status = tx_run(a->tx, Q_organisation_known, &r, err, P_TEXT(id));
        if (!status && (rows_count(r) == 0 || !row_null(r, 0, "ended")))
            return wrong(i, "unknown", "no organisation that is still there", "没有这个存续的组织", err);
        if (!status)
            status = tx_run(a->tx, Q_contract_party_add, NULL, err, P_INT(a->office), P_TEXT(contract),
                            P_TEXT(id), P_TEXT(part_codes[items[i].part]));
    }
    return status;
}

int party_find(struct act *a, const char *contract, struct party *ret, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_contract_parties, &r, err, P_INT(a->office), P_TEXT(contract));

    *ret = (struct party){0};
    for (size_t i = 0; !status && i < rows_count(r); i++) {
        const char *id = row_text(r, i, "organisation_id"), *by = row_text(r, i, "signed_by");

        ret->left += by == NULL;
        ret->by_actor = ret->by_actor || (by && strcmp(by, a->actor->person) == 0);
        if (!ret->organisation && actor_of_organisation(a->actor, id)) {
            ret->organisation = id;
            ret->signed_already = by != NULL;
        }
    }
    return status;
}
