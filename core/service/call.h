/*
 * Call-offs (框架协议第二阶段): tenders made under the agreements of a lot.  Agreements are what the awards of
 * a plan with LINLI_FRAMEWORK sign: they fix a price and bind no money.  A call-off is a tender of its own,
 * with its own budget, award, contract and payments, held under the same mechanism and the options the
 * agreements were made under; the suppliers whose agreements stand are its bidders from the start, at the
 * price agreed.  The core knows no more of it than that.
 */
#ifndef CORE_SERVICE_CALL_H
#define CORE_SERVICE_CALL_H

#include "core/service/tender.h"

/* Does the tender make agreements that others are called off from? */
static inline bool makes_agreements(const struct tender *t)
{
    return t->plan && t->plan->contract == LINLI_FRAMEWORK;
}

/* The lot a call-off is made under, with its tender; E_REFUSED call/agreement where it makes no agreements, or
 * none of them stands today. */
int call_agreement(struct act *a, const char *lot, struct tender **ret, struct lot **ret_lot, struct err *err) MUST_USE;
/* Is the call-off within what the agreements' budget leaves?  t->under names the lot. */
int call_budget(struct act *a, const struct tender *t, const struct lot *agreement, struct err *err) MUST_USE;
/* The agreements' options with what the call-off adds; E_INVALID where it says again what they fix. */
int call_options(struct act *a, const struct tender *agreement, const char *own, const char **ret,
                 struct err *err) MUST_USE;
/* At publication: the agreements stand and leave enough. */
int call_ready(struct act *a, const struct tender *t, struct err *err) MUST_USE;
/* The bidders of a call-off and what they are bound to. */
int call_carry(struct act *a, struct tender *t, struct lot *l, struct err *err) MUST_USE;
/* Call-offs under one agreement are decided one after the other. */
int call_lock(struct act *a, const struct tender *t, struct err *err) MUST_USE;
/* Why an organisation may have no agreement beside those of a lot: "standing" in one, "struck" off; or NULL. */
int agreement_barred(struct act *a, const char *lot, const char *organisation, const char **ret, struct err *err) MUST_USE;
/* More suppliers for agreements of whom too few are left (补充征集): a call of its own under the same options,
 * whose agreements stand beside those of the lot t->supplements names and end with them. */
struct addition {
    struct tender *of;        /* the first call, */
    struct lot *lot;          /* and its lot */
    const char *options_json; /* its options, with what is left of its agreements today */
    int32_t until_day;        /* the last day of its agreements */
    bool under_way;           /* another such call is not signed yet */
};
/* What a lot's agreements leave to add to; E_REFUSED call/agreement where it makes none, or their term is over. */
int supplement_of(struct act *a, const char *lot, struct addition *ret, struct err *err) MUST_USE;
/* At publication: its options as of that day. */
int supplement_ready(struct act *a, struct tender *t, struct err *err) MUST_USE;
/* The term of the agreements of a lot is over: they are closed, and what was called off is published. */
int agreements_end(struct act *a, const struct tender *t, const struct lot *l, struct err *err) MUST_USE;

#endif
