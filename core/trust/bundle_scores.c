/* Checks of core/trust/bundle_check.h: marks committed to before anybody revealed any, and marks given
 * blindly. */
#include <string.h>

#include "core/base/digest.h"
#include "core/base/text.h"
#include "core/trust/bundle_checking.h"
#include "core/trust/score.h"

/* What lawfully opens sheets again, or brings somebody to the panel. */
static bool opens_again(const struct bundle_event *e)
{
    static const char *const acts[] = {"sheet_reopen",  "lot_review_approve", "panel_replace", "panel_next",
                                       "panel_decline", "panel_declare",      "panel_enter"};

    for (size_t i = 0; i < LENGTH(acts); i++)
        if (event_is(e, acts[i]))
            return true;
    return false;
}

static bool opened_between(const struct bundle_tender *b, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++)
        if (opens_again(&b->events[i]))
            return true;
    return false;
}

static const char *sheet_at(struct checking *c, const struct bundle_event *e, const char *list, size_t i,
                            const char *member)
{
    return doc_text(e->doc, arena_printf(c->arena, "%s/%zu/%s", list, i, member));
}

static bool same_text(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* ---- units --------------------------------------------------------------------------------- */

/* The unit of a criterion, as the scheme of the lot answered last. */
static const char *unit_of(struct checking *c, const char *lot, const char *code)
{
    const struct bundle_row *row = bundle_row(c->b, "lot", lot);
    const char *unit = NULL, *id;
    struct bundle_decision d;
    struct doc *facts, *answer;
    size_t at = 0;

    while (row && bundle_decision_next(c->b, c->arena, "criteria", &at, &id, &d)) {
        if (doc_read(c->arena, d.facts, strlen(d.facts), &facts, NULL) ||
            doc_read(c->arena, d.answer, strlen(d.answer), &answer, NULL))
            continue;
        const char *no = doc_text(facts, "/tender/lot");
        if (no && strcmp(no, "0") != 0 && !doc_is(row->doc, "/no", no))
            continue;
        for (size_t i = 0; i < doc_count(answer, "/items"); i++)
            if (doc_is(answer, arena_printf(c->arena, "/items/%zu/code", i), code))
                unit = doc_text(answer, arena_printf(c->arena, "/items/%zu/unit", i));
    }
    return unit;
}

bool bundle_quantity(const char *unit, const char *shown, int64_t *ret)
{
    const bool yes = shown && (strcmp(shown, "yes") == 0 || strcmp(shown, "true") == 0);

    *ret = yes;
    if (!unit || !shown)
        return false;
    if (strcmp(unit, "yes_no") == 0)
        return yes || strcmp(shown, "no") == 0 || strcmp(shown, "false") == 0;
    return strcmp(unit, "points") == 0  ? points_parse(shown, ret)
           : strcmp(unit, "money") == 0 ? money_parse(shown, false, ret)
           : strcmp(unit, "rate") == 0  ? rate_parse(shown, ret)
                                        : int_parse(shown, INT64_MIN, INT64_MAX, ret);
}

/* Is the mark as it was written this number? */
static bool says(const char *unit, const char *shown, const char *value)
{
    int64_t is = 0, number = 0;

    return value && int_parse(value, INT64_MIN, INT64_MAX, &number) && bundle_quantity(unit, shown, &is) &&
           is == number;
}

/* ---- what was said with the draft ------------------------------------------------------------ */

/* Last before the publication. */
static const struct bundle_event *scoring_of(const struct bundle_tender *b)
{
    const struct bundle_event *said = NULL;

    for (size_t i = 0; i < b->count && !event_is(&b->events[i], "tender_publish"); i++)
        if (event_is(&b->events[i], "scoring_set"))
            said = &b->events[i];
    return said;
}

static bool is_blind(struct checking *c, const struct bundle_event *said, const char *code)
{
    for (size_t i = 0; said && code && i < doc_count(said->doc, "/payload/request/blind"); i++)
        if (doc_is(said->doc, arena_printf(c->arena, "/payload/request/blind/%zu", i), code))
            return true;
    return false;
}

/* Is every mark of it one that is given blindly? */
static bool all_blind(struct checking *c, const struct bundle_event *said, const struct bundle_event *e)
{
    for (size_t i = 0; i < doc_count(e->doc, "/payload/marks"); i++)
        if (!is_blind(c, said, sheet_at(c, e, "/payload/marks", i, "criterion")))
            return false;
    return true;
}

/* Marks that the same member gave in the same lot. */
static bool same_marker(const struct bundle_event *a, const struct bundle_event *b)
{
    return (event_is(a, "marks_lock") || event_is(a, "marks_reveal")) &&
           same_text(doc_text(a->doc, "/subject"), doc_text(b->doc, "/subject")) &&
           same_text(doc_text(a->doc, "/payload/member"), doc_text(b->doc, "/payload/member"));
}

/* What the member of an event gave a bid last before it; NULL: nothing. */
static const char *given_before(struct checking *c, size_t at, const char *bid, const char *code)
{
    for (size_t i = at; i-- > 0;) {
        const struct bundle_event *old = &c->b->events[i];
        for (size_t k = 0; same_marker(old, &c->b->events[at]) && k < doc_count(old->doc, "/payload/marks");
             k++)
            if (same_text(sheet_at(c, old, "/payload/marks", k, "bid"), bid) &&
                same_text(sheet_at(c, old, "/payload/marks", k, "criterion"), code))
                return sheet_at(c, old, "/payload/marks", k, "value");
    }
    return NULL;
}

/* ---- committed first ------------------------------------------------------------------------ */

static int broken(struct err *err, const struct bundle_event *e)
{
    return contradiction(err, "member % revealed marks that are not those committed to and signed",
                         "评委 % 揭示的评分与其承诺并签名的不符", doc_text(e->doc, "/payload/member"));
}

/* The commitment that a reveal rests on: the last one of that member to that bid before it. SIZE_MAX: none.
 */
static size_t promise_of(struct checking *c, size_t reveal, const char *bid, size_t *ret_sheet)
{
    const struct bundle_event *e = &c->b->events[reveal];

    for (size_t i = reveal; i-- > 0;) {
        const struct bundle_event *p = &c->b->events[i];
        if (!event_is(p, "marks_commit") || !doc_is(p->doc, "/subject", doc_text(e->doc, "/subject")) ||
            !same_text(doc_text(p->doc, "/payload/member"), doc_text(e->doc, "/payload/member")))
            continue;
        for (size_t k = 0; k < doc_count(p->doc, "/payload/request/sheets"); k++)
            if (same_text(sheet_at(c, p, "/payload/request/sheets", k, "bid"), bid)) {
                *ret_sheet = k;
                return i;
            }
    }
    return SIZE_MAX;
}

static bool promise_kept(struct checking *c, const struct bundle_event *p, size_t sheet,
                         const char *nonce_hex, const char *text)
{
    static const char list[] = "/payload/request/sheets";
    const char *commitment = sheet_at(c, p, list, sheet, "commitment"),
               *signature_hex = sheet_at(c, p, list, sheet, "signature"),
               *key_hex = doc_text(p->doc, "/payload/request/key");
    uint8_t nonce[SCORE_NONCE], key[SCORE_KEY], signature[SCORE_SIGNATURE];
    struct hash promised, shown;

    if (!commitment || !signature_hex || !key_hex || !nonce_hex || !text ||
        !hex_parse(commitment, promised.bytes, SHA256_BYTES) || !hex_parse(key_hex, key, sizeof(key)) ||
        !hex_parse(signature_hex, signature, sizeof(signature)) ||
        !hex_parse(nonce_hex, nonce, sizeof(nonce)))
        return false;
    sheet_commit(nonce, text, strlen(text), &shown);
    return hash_same(&shown, &promised) && score_signed(key, &promised, signature);
}

/* The marks the log was told of are those of the sheet, each of them; what is not on it was given blindly
 * before. */
static bool marks_are(struct checking *c, const struct bundle_event *said, size_t at, const char *bid,
                      const char *text)
{
    const struct bundle_event *e = &c->b->events[at];
    const char *lot = doc_text(e->doc, "/subject");
    struct doc *sheet;

    if (doc_read(c->arena, text, strlen(text), &sheet, NULL) || !doc_is(sheet, "/proposal", bid) ||
        !same_text(doc_text(sheet, "/evaluator"), doc_text(e->doc, "/payload/member")))
        return false;
    for (size_t i = 0; i < doc_count(e->doc, "/payload/marks"); i++) {
        const char *code = sheet_at(c, e, "/payload/marks", i, "criterion"),
                   *value = sheet_at(c, e, "/payload/marks", i, "value");
        if (!same_text(sheet_at(c, e, "/payload/marks", i, "bid"), bid))
            continue;
        const char *shown = code ? doc_text(sheet, arena_printf(c->arena, "/criteria/%s", code)) : NULL;
        if (shown ? !says(unit_of(c, lot, code), shown, value)
                  : !is_blind(c, said, code) || !same_text(given_before(c, at, bid, code), value))
            return false;
    }
    return true;
}

static int reveal_check(struct checking *c, const struct bundle_event *said, size_t at, struct err *err)
{
    const struct bundle_event *e = &c->b->events[at];

    for (size_t i = 0; i < doc_count(e->doc, "/payload/revealed"); i++) {
        const char *bid = sheet_at(c, e, "/payload/revealed", i, "bid"),
                   *text = sheet_at(c, e, "/payload/revealed", i, "sheet");
        size_t sheet = 0, promise = bid ? promise_of(c, at, bid, &sheet) : SIZE_MAX;
        c->checked++;
        if (promise == SIZE_MAX ||
            !promise_kept(c, &c->b->events[promise], sheet, sheet_at(c, e, "/payload/revealed", i, "nonce"),
                          text) ||
            !marks_are(c, said, at, bid, text))
            return broken(err, e);
        for (size_t k = 0; k < promise; k++)
            if (event_is(&c->b->events[k], "marks_reveal") &&
                doc_is(c->b->events[k].doc, "/subject", doc_text(e->doc, "/subject")) &&
                all_blind(c, said, &c->b->events[k]) == all_blind(c, said, e) &&
                !opened_between(c->b, k, promise))
                return contradiction(err, "member % committed after marks were revealed",
                                     "评委 % 在他人揭示评分之后才承诺", doc_text(e->doc, "/payload/member"));
    }
    return 0;
}

/* ---- blindly ---------------------------------------------------------------------------------- */

/* Where the member of an event was told whose bid is whose: the first event that says so from its first marks
 * on. */
static size_t told_at(struct checking *c, size_t at)
{
    size_t first = 0;

    while (first < at && !same_marker(&c->b->events[first], &c->b->events[at]))
        first++;
    for (size_t i = first; i < c->b->count; i++)
        if (doc_is(c->b->events[i].doc, "/payload/unblinded", "true") &&
            same_text(doc_text(c->b->events[i].doc, "/subject"), doc_text(c->b->events[at].doc, "/subject")))
            return i;
    return SIZE_MAX;
}

/* Until it is told the member marks what is blind alone, and may think better of it; from then on that stays.
 */
static int blind_check(struct checking *c, const struct bundle_event *said, size_t at, struct err *err)
{
    const struct bundle_event *e = &c->b->events[at];
    static const char list[] = "/payload/marks";
    const bool told = at > told_at(c, at);

    if (!told && !all_blind(c, said, e))
        return contradiction(err, "member % marked what is not blind before it was told whose bid is whose",
                             "评委 % 在公开投标人之前评了非暗标因素", doc_text(e->doc, "/payload/member"));
    for (size_t i = 0; told && i < doc_count(e->doc, list); i++) {
        const char *bid = sheet_at(c, e, list, i, "bid"), *code = sheet_at(c, e, list, i, "criterion"),
                   *before = bid && is_blind(c, said, code) ? given_before(c, at, bid, code) : NULL;
        if (before && !same_text(before, sheet_at(c, e, list, i, "value")))
            return contradiction(err, "member % changed a mark that was given blindly",
                                 "评委 % 更改了暗标阶段的评分", doc_text(e->doc, "/payload/member"));
    }
    return 0;
}

int bundle_scores(struct checking *c, struct err *err)
{
    const struct bundle_event *said = scoring_of(c->b);
    const bool committed = said && doc_is(said->doc, "/payload/request/committed", "true");
    const bool blind = said && doc_count(said->doc, "/payload/request/blind") > 0;
    int status = 0;

    for (size_t i = 0; i < c->b->count && !status; i++) {
        const struct bundle_event *e = &c->b->events[i];
        const bool locked = event_is(e, "marks_lock"), revealed = event_is(e, "marks_reveal");
        if (revealed)
            status = reveal_check(c, said, i, err);
        else if (committed && locked)
            status = contradiction(err, "member % locked marks that were not committed to",
                                   "评委 % 未先承诺即锁定评分", doc_text(e->doc, "/payload/member"));
        if (!status && blind && (locked || revealed))
            status = blind_check(c, said, i, err);
    }
    return status;
}
