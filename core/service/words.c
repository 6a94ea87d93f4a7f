/* Codes of the database and their numbers: one table each. */
#include "core/service/words.h"

#include <string.h>

#include "core/base/err.h"
#include "core/domain/names.h"
#include "linli/plugin.h"

static const char *const categories[] = {[LINLI_GOODS] = "goods",
                                         [LINLI_WORKS] = "works",
                                         [LINLI_SERVICES] = "services",
                                         [LINLI_PUBLIC_GOOD] = "public_good"};
static const char *const milestones[] = {[LINLI_PUBLISHED] = "published",
                                         [LINLI_AMENDED] = "amended",
                                         [LINLI_BIDS_DUE] = "bids_due",
                                         [LINLI_OPENED] = "opened",
                                         [LINLI_CHECKED] = "checked",
                                         [LINLI_VOTING_STARTED] = "voting_started",
                                         [LINLI_VOTING_ENDED] = "voting_ended",
                                         [LINLI_EVALUATED] = "evaluated",
                                         [LINLI_DECIDED] = "decided",
                                         [LINLI_ANNOUNCED] = "announced",
                                         [LINLI_NOTICE_ENDED] = "notice_ended",
                                         [LINLI_OBJECTED] = "objected",
                                         [LINLI_RESOLVED] = "resolved",
                                         [LINLI_APPROVED] = "approved",
                                         [LINLI_EXTENDED] = "extended",
                                         [LINLI_SIGNED] = "signed",
                                         [LINLI_ACCEPTED] = "accepted",
                                         [LINLI_PAID] = "paid",
                                         [LINLI_FAILED] = "failed",
                                         [LINLI_DOCUMENTS_ISSUED] = "documents_issued",
                                         [LINLI_REPORTED] = "reported"};
static const char *const bidder_kinds[] = {[LINLI_REGISTERED] = "registered",
                                           [LINLI_ENTERPRISE] = "enterprise",
                                           [LINLI_INSTITUTION] = "public_institution",
                                           [LINLI_FILED] = "filed"};
static const char *const units[] = {
    [LINLI_UNIT_POINTS] = "points", [LINLI_UNIT_MONEY] = "money", [LINLI_UNIT_COUNT] = "count",
    [LINLI_UNIT_YES_NO] = "yes_no", [LINLI_UNIT_RATE] = "rate",   [LINLI_UNIT_MONTHS] = "months"};
static const char *const phase_kinds[] = {
    [LINLI_TENDERING] = "tendering",   [LINLI_OPENING] = "opening",       [LINLI_NEGOTIATING] = "negotiating",
    [LINLI_CHECKING] = "checking",     [LINLI_EVALUATING] = "evaluating", [LINLI_VOTING] = "voting",
    [LINLI_DECIDING] = "deciding",     [LINLI_NOTICE] = "notice",         [LINLI_CONTRACTING] = "contracting",
    [LINLI_DELIVERING] = "delivering", [LINLI_CLOSED] = "closed",         [LINLI_VOID] = "void"};
static const char *const sealings[] = {[LINLI_OPEN_BIDS] = "open_bids",
                                       [LINLI_SEALED_TO_DUE] = "sealed_to_due",
                                       [LINLI_SEALED_TO_OPENING] = "sealed_to_opening",
                                       [LINLI_TWO_ENVELOPES] = "two_envelopes"};
static const char *const tranche_states[] = {
    [LINLI_TRANCHE_PLANNED] = "planned",   [LINLI_TRANCHE_REPORTED] = "reported",
    [LINLI_TRANCHE_ACCEPTED] = "accepted", [LINLI_TRANCHE_REFUSED] = "refused",
    [LINLI_TRANCHE_RELEASED] = "released", [LINLI_TRANCHE_PAID] = "paid",
    [LINLI_TRANCHE_STOPPED] = "stopped"};
static const char *const objection_states[] = {[LINLI_OBJECTION_OPEN] = "open",
                                               [LINLI_OBJECTION_FOUNDED] = "founded",
                                               [LINLI_OBJECTION_UNFOUNDED] = "unfounded",
                                               [LINLI_OBJECTION_WITHDRAWN] = "withdrawn"};
static const char *const acts[] = {"read_tender", "read_bids", "question", "answer",  "amend",   "submit",
                                   "replace",     "withdraw",  "open",     "check",   "clarify", "requote",
                                   "assign",      "mark",      "vote",     "report",  "draw",    "choose",
                                   "announce",    "object",    "resolve",  "approve", "sign",    "deliver",
                                   "accept",      "pay",       "advance",  "cancel"};

_Static_assert(LENGTH(acts) == LINLI_ACTS, "one code for each act");

static int number_of(const char *const *table, size_t count, const char *code, int none)
{
    for (size_t i = 0; code && i < count; i++)
        if (table[i] && strcmp(table[i], code) == 0)
            return (int)i;
    return none;
}

static const char *code_of(const char *const *table, size_t count, int number)
{
    MUST(number >= 0 && (size_t)number < count && table[number]);
    return table[number];
}

int regime_of(const char *code)
{
    return number_of(regime_codes, REGIME_COUNT, code, -1) + 1;
}
const char *regime_code(int regime)
{
    return code_of(regime_codes, REGIME_COUNT, regime - LINLI_STATUTORY);
}
int category_of(const char *code)
{
    return number_of(categories, LENGTH(categories), code, 0);
}
const char *category_code(int category)
{
    return code_of(categories, LENGTH(categories), category);
}
int milestone_of(const char *code)
{
    return number_of(milestones, LENGTH(milestones), code, 0);
}
const char *milestone_code(int kind)
{
    return code_of(milestones, LENGTH(milestones), kind);
}
int unit_of(const char *code)
{
    return number_of(units, LENGTH(units), code, 0);
}
const char *unit_code(int unit)
{
    return code_of(units, LENGTH(units), unit);
}
const char *phase_kind_code(int kind)
{
    return code_of(phase_kinds, LENGTH(phase_kinds), kind);
}
const char *sealing_code(int sealing)
{
    return code_of(sealings, LENGTH(sealings), sealing);
}
int tranche_state_of(const char *code)
{
    return number_of(tranche_states, LENGTH(tranche_states), code, 0);
}
int bidder_kind_of(const char *code)
{
    return number_of(bidder_kinds, LENGTH(bidder_kinds), code, 0);
}
int objection_state_of(const char *code)
{
    return number_of(objection_states, LENGTH(objection_states), code, 0);
}
const char *act_code(int act)
{
    return code_of(acts, LENGTH(acts), act);
}
