/* Who signs a contract beside the office and the contractor (三方协议). */
#ifndef CORE_SERVICE_CONTRACT_PARTY_H
#define CORE_SERVICE_CONTRACT_PARTY_H

#include "core/service/act.h"

struct party_item {
    const char *organisation;
    int32_t part;
};
extern const linli_option party_rows[2];

/* Checks and keeps them.  E_INVALID: not there any more, twice, or the contractor. */
int parties_add(struct act *a, const char *contract, const char *contractor, const linli_list *parties,
                struct err *err) MUST_USE;
/* Of those of a contract: the one the actor belongs to (NULL: none), whether it has signed, whether the actor
 * signed for any, and how many have not signed. */
struct party {
    const char *organisation;
    bool signed_already, by_actor;
    size_t left;
};
int party_find(struct act *a, const char *contract, struct party *ret, struct err *err) MUST_USE;

#endif
