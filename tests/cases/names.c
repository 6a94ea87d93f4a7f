/* The names of linli/plugin.h in lower case, and pieces of text. */
#include <string.h>

#include "tests/cases/case.h"

struct entry {
    const char *name;
    int value;
};

/* clang-format off */
static const struct entry roles[] = {
    { "public", LINLI_PUBLIC }, { "organisation", LINLI_ORGANISATION }, { "office_clerk", LINLI_OFFICE_CLERK },
    { "office_approver", LINLI_OFFICE_APPROVER }, { "agent", LINLI_AGENT }, { "operator", LINLI_OPERATOR },
    { "evaluator", LINLI_EVALUATOR }, { "assessor", LINLI_ASSESSOR }, { "resident", LINLI_RESIDENT },
    { "supervisor", LINLI_SUPERVISOR }, { "auditor", LINLI_AUDITOR }, { "administrator", LINLI_ADMINISTRATOR },
    { "clock", LINLI_CLOCK }, { NULL, 0 } };
static const struct entry acts[] = {
    { "read_tender", LINLI_READ_TENDER }, { "read_bids", LINLI_READ_BIDS }, { "question", LINLI_QUESTION },
    { "answer", LINLI_ANSWER }, { "amend", LINLI_AMEND }, { "submit", LINLI_SUBMIT }, { "replace", LINLI_REPLACE },
    { "withdraw", LINLI_WITHDRAW }, { "open", LINLI_OPEN }, { "check", LINLI_CHECK }, { "clarify", LINLI_CLARIFY },
    { "requote", LINLI_REQUOTE }, { "assign", LINLI_ASSIGN }, { "mark", LINLI_MARK }, { "vote", LINLI_VOTE },
    { "report", LINLI_REPORT }, { "draw", LINLI_DRAW }, { "choose", LINLI_CHOOSE }, { "announce", LINLI_ANNOUNCE },
    { "object", LINLI_OBJECT }, { "resolve", LINLI_RESOLVE }, { "approve", LINLI_APPROVE }, { "sign", LINLI_SIGN },
    { "deliver", LINLI_DELIVER }, { "accept", LINLI_ACCEPT }, { "pay", LINLI_PAY }, { "advance", LINLI_ADVANCE },
    { "cancel", LINLI_CANCEL }, { NULL, 0 } };
static const struct entry events[] = {
    { "published", LINLI_PUBLISHED }, { "amended", LINLI_AMENDED }, { "bids_due", LINLI_BIDS_DUE },
    { "opened", LINLI_OPENED }, { "checked", LINLI_CHECKED }, { "voting_started", LINLI_VOTING_STARTED },
    { "voting_ended", LINLI_VOTING_ENDED }, { "evaluated", LINLI_EVALUATED }, { "decided", LINLI_DECIDED },
    { "announced", LINLI_ANNOUNCED }, { "notice_ended", LINLI_NOTICE_ENDED }, { "objected", LINLI_OBJECTED },
    { "resolved", LINLI_RESOLVED }, { "approved", LINLI_APPROVED }, { "extended", LINLI_EXTENDED },
    { "signed", LINLI_SIGNED }, { "accepted", LINLI_ACCEPTED }, { "paid", LINLI_PAID }, { "failed", LINLI_FAILED },
    { "documents_issued", LINLI_DOCUMENTS_ISSUED }, { "reported", LINLI_REPORTED }, { "started", LINLI_STARTED }, { "received", LINLI_RECEIVED }, { NULL, 0 } };
static const struct entry kinds[] = {
    { "tendering", LINLI_TENDERING }, { "opening", LINLI_OPENING }, { "negotiating", LINLI_NEGOTIATING },
    { "checking", LINLI_CHECKING }, { "evaluating", LINLI_EVALUATING }, { "voting", LINLI_VOTING },
    { "deciding", LINLI_DECIDING }, { "notice", LINLI_NOTICE }, { "contracting", LINLI_CONTRACTING },
    { "delivering", LINLI_DELIVERING }, { "closed", LINLI_CLOSED }, { "void", LINLI_VOID }, { NULL, 0 } };
static const struct entry ends[] = {
    { "at_due", LINLI_ENDS_AT_DUE }, { "by_act", LINLI_ENDS_BY_ACT }, { "when_done", LINLI_ENDS_WHEN_DONE },
    { "never", LINLI_NEVER_ENDS }, { NULL, 0 } };
static const struct entry counts[] = {
    { "bidders", LINLI_COUNT_BIDDERS }, { "admitted", LINLI_COUNT_ADMITTED }, { "voters", LINLI_COUNT_VOTERS }, { NULL, 0 } };
static const struct entry belows[] = {
    { "fail", LINLI_BELOW_FAIL }, { "extend", LINLI_BELOW_EXTEND }, { "go", LINLI_BELOW_GO }, { "ask", LINLI_BELOW_ASK }, { NULL, 0 } };
static const struct entry unit_names[] = {
    { "points", LINLI_UNIT_POINTS }, { "money", LINLI_UNIT_MONEY }, { "count", LINLI_UNIT_COUNT },
    { "yes_no", LINLI_UNIT_YES_NO }, { "rate", LINLI_UNIT_RATE }, { "months", LINLI_UNIT_MONTHS }, { NULL, 0 } };
static const struct entry dues[] = {
    { "on_signing", LINLI_ON_SIGNING }, { "on_milestone", LINLI_ON_MILESTONE }, { "on_acceptance", LINLI_ON_ACCEPTANCE },
    { "on_date", LINLI_ON_DATE }, { NULL, 0 } };
static const struct entry standings[] = { { "winner", LINLI_WINNER }, { "reserve", LINLI_RESERVE }, { NULL, 0 } };
static const struct entry tranches[] = {
    { "planned", LINLI_TRANCHE_PLANNED }, { "reported", LINLI_TRANCHE_REPORTED }, { "accepted", LINLI_TRANCHE_ACCEPTED },
    { "refused", LINLI_TRANCHE_REFUSED }, { "released", LINLI_TRANCHE_RELEASED }, { "paid", LINLI_TRANCHE_PAID },
    { "stopped", LINLI_TRANCHE_STOPPED }, { NULL, 0 } };
static const struct entry sealings[] = {
    { "open_bids", LINLI_OPEN_BIDS }, { "sealed_to_due", LINLI_SEALED_TO_DUE },
    { "sealed_to_opening", LINLI_SEALED_TO_OPENING }, { "two_envelopes", LINLI_TWO_ENVELOPES }, { NULL, 0 } };
static const struct entry sees[] = {
    { "bids", LINLI_SEES_BIDS }, { "prices", LINLI_SEES_PRICES }, { "marks", LINLI_SEES_MARKS },
    { "ballots", LINLI_SEES_BALLOTS }, { "result", LINLI_SEES_RESULT }, { NULL, 0 } };
static const struct entry releases[] = {
    { "wait", LINLI_WAIT }, { "pay_out", LINLI_PAY_OUT }, { "hold", LINLI_HOLD }, { "stop", LINLI_STOP }, { NULL, 0 } };
static const struct entry steps[] = {
    { "stay", LINLI_STAY }, { "extend", LINLI_EXTEND }, { "go", LINLI_GO }, { "fail", LINLI_FAIL },
    { "ask_approval", LINLI_ASK_APPROVAL }, { "again", LINLI_AGAIN }, { NULL, 0 } };
static const struct entry categories[] = {
    { "goods", LINLI_GOODS }, { "works", LINLI_WORKS }, { "services", LINLI_SERVICES }, { "public_good", LINLI_PUBLIC_GOOD }, { NULL, 0 } };
static const struct entry regimes[] = {
    { "statutory", LINLI_STATUTORY }, { "sub_threshold", LINLI_SUB_THRESHOLD }, { "grants", LINLI_GRANTS },
    { "charity", LINLI_CHARITY }, { NULL, 0 } };
static const struct entry bys[] = {
    { "judges", LINLI_BY_JUDGES }, { "rule", LINLI_BY_RULE }, { "ballots", LINLI_BY_BALLOTS }, { NULL, 0 } };
static const struct entry objections[] = {
    { "open", LINLI_OBJECTION_OPEN }, { "founded", LINLI_OBJECTION_FOUNDED }, { "unfounded", LINLI_OBJECTION_UNFOUNDED },
    { "withdrawn", LINLI_OBJECTION_WITHDRAWN }, { NULL, 0 } };
static const struct entry bidders[] = {
    { "registered", LINLI_REGISTERED }, { "enterprise", LINLI_ENTERPRISE }, { "public_institution", LINLI_INSTITUTION },
    { "filed", LINLI_FILED }, { "person", LINLI_PERSON }, { NULL, 0 } };

static const struct entry *const sets[] = {
    [SET_ROLE] = roles, [SET_ACT] = acts, [SET_EVENT] = events, [SET_KIND] = kinds, [SET_ENDS] = ends,
    [SET_COUNTS] = counts, [SET_BELOW] = belows, [SET_UNIT] = unit_names, [SET_DUE] = dues, [SET_STANDING] = standings,
    [SET_TRANCHE] = tranches, [SET_SEALING] = sealings, [SET_SEES] = sees, [SET_RELEASE] = releases, [SET_STEP] = steps,
    [SET_CATEGORY] = categories, [SET_REGIME] = regimes, [SET_BY] = bys, [SET_OBJECTION] = objections,
    [SET_BIDDER] = bidders,
};
/* clang-format on */

int name_value(int set, const char *name)
{
    for (const struct entry *e = sets[set]; e->name; e++)
        if (strcmp(e->name, name) == 0)
            return e->value;
    return -1;
}

const char *name_of(int set, int value)
{
    for (const struct entry *e = sets[set]; e->name; e++)
        if (e->value == value)
            return e->name;
    return "?";
}

uint64_t name_key(struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i], name) == 0)
            return i + 1;
    MUST(names->count < LENGTH(names->items));
    names->items[names->count++] = name;
    return names->count;
}

static bool separates(char c, char at)
{
    return at == ' ' ? c == ' ' || c == '\t' : c == at;
}

struct pieces cut(struct arena *arena, const char *text, char at)
{
    struct pieces p = {ARENA_NEW(arena, char *, strlen(text) + 1), 0};

    while (*text) {
        size_t n = 0, end;

        while (text[n] && !separates(text[n], at))
            n++;
        size_t begin = strspn(text, " \t");
        for (end = n; end > begin && (text[end - 1] == ' ' || text[end - 1] == '\t');)
            end--;
        if (begin < end)
            p.items[p.count++] = arena_ndup(arena, text + begin, end - begin);
        text += n + (text[n] != '\0');
    }
    return p;
}

struct pieces words_of(struct arena *arena, const char *text)
{
    return cut(arena, text, ' ');
}
