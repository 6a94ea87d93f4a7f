/* How a panel marks: part of it not knowing whose bid is whose (暗标), or each member committed to its marks
 * before anybody reveals any. */
#include <stdio.h>
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/json/doc.h"
#include "core/service/draft.h"
#include "core/service/forms.h"
#include "core/service/sheet.h"
#include "core/trust/score.h"

/* ---- said with the draft ---------------------------------------------------------------- */

struct scoring_body {
    bool committed;
    linli_list blind, files;
};
/* clang-format off */
static const linli_option code_row[] = {
    {.name = "", .type = LINLI_OPT_CODE, .required = true, .label = {"代码", "code"}, .help = {"代码", "code"}}};
#define CODES(member, zh, en, zh_help, en_help)                                                                  \
    {.name = #member, .type = LINLI_OPT_LIST, .offset = offsetof(struct scoring_body, member), .high = 20,        \
     .item = code_row, .item_count = 1, .item_size = sizeof(const char *), .label = {zh, en}, .help = {zh_help, en_help}}
static const linli_option scoring_rows[] = {
    ROW_SAID(scoring_body, committed, BOOL, false, 0, 0, NULL, "先承诺后揭示", "committed first",
             "评委先提交评分的摘要并签名，全体提交后再揭示",
             "members hand in signed digests of their marks, and reveal them once all have"),
    CODES(blind, "暗标评审因素", "criteria marked blindly", "先评这些因素，全部锁定前评委看不到投标人名称",
          "marked first: until all of it is locked no member is told whose bid is whose"),
    CODES(files, "暗标文件种类", "files read blindly", "暗标阶段评委可读的附件种类，其中不得出现投标人名称",
          "kinds of files members read meanwhile; they must not tell whose they are"),
};
/* clang-format on */
const struct form form_scoring_set = FORM(scoring_rows, struct scoring_body);

int scoring_check(const struct tender *t, const linli_criteria *criteria, struct err *err)
{
    size_t judged = 0, blind = 0, asked = t->blind[0] ? 1 : 0;

    for (const char *c = t->blind; *c; c++)
        asked += *c == ' ';
    for (size_t i = 0; i < criteria->count; i++) {
        bool by_judges = criteria->items[i].by == LINLI_BY_JUDGES;
        judged += by_judges;
        blind += by_judges && criterion_blind(t, criteria->items[i].code);
    }
    if (blind != asked)
        return err_member(err, "/blind", "choice",
                          "each is a criterion of the scheme that judges mark, named once",
                          "须为评审方法中由评委评分的因素，且不得重复");
    if (t->marks_committed && judged == 0)
        return err_member(err, "/committed", "choice", "no judge marks anything under this scheme",
                          "该评审方法没有由评委评分的因素");
    return 0;
}

static const char *joined(struct act *a, const linli_list *list)
{
    const char *const *items = list->items, *text = "";

    for (size_t i = 0; i < list->count; i++)
        text = i ? arena_printf(a->arena, "%s %s", text, items[i]) : items[i];
    return text;
}

int act_scoring_set(struct act *a, struct err *err)
{
    const struct scoring_body *b = a->body;
    const linli_criteria *criteria = NULL;
    struct lot_facts f = {0};
    struct tender *t = NULL;
    int status = draft_load(a, &t, err);

    if (!status)
        status = draft_check(a, t, err);
    if (!status)
        status = lot_facts_load(a, t, NULL, &f, err);
    if (!status)
        status = criteria_load(a, t, &f, &criteria, err);
    if (status)
        return status;
    t->marks_committed = b->committed;
    t->blind = joined(a, &b->blind);
    status = scoring_check(t, criteria, err);
    return status ? status
                  : tx_run(a->tx, Q_scoring_set, NULL, err, P_INT(a->office), P_TEXT(t->id),
                           P_BOOL(b->committed), P_TEXTS(b->blind.items, b->blind.count),
                           P_TEXTS(b->files.items, b->files.count));
}

/* ---- promised ---------------------------------------------------------------------------- */

struct promised_body {
    const char *bid, *commitment, *signature;
};
struct marks_commit {
    const char *key;
    linli_list sheets;
};
/* clang-format off */
static const linli_option promised_rows[] = {
    ROW_ID(promised_body, bid, true, "投标", "bid"),
    ROW(promised_body, commitment, STRING, true, 64, 64, "line", "评分摘要", "SHA-256 of the nonce and the sheet, in hex"),
    ROW(promised_body, signature, STRING, true, 128, 128, "line", "签名", "Ed25519 over it, in hex"),
};
static const linli_option commit_rows[] = {
    ROW(marks_commit, key, STRING, true, 64, 64, "line", "评委公钥", "the member's Ed25519 key, in hex"),
    ROW_LIST(marks_commit, sheets, true, 1, SHEETS_MOST, promised_rows, promised_body, "各投标", "one for each bid"),
};
/* clang-format on */
const struct form form_marks_commit = FORM(commit_rows, struct marks_commit);

static int asks_for_commitment(const struct marking *k, struct err *err)
{
    return k->t->marks_committed ? 0
                                 : err_both(err, E_REFUSED, "state/refused",
                                            "marks of this tender are entered and locked, not committed to",
                                            "本项目直接评分并锁定，不采用先承诺后揭示");
}

/* A promise that is not revealed yet. */
static bool is_open(const struct due_sheets *d, const struct member *m, const char *bid)
{
    size_t row = sheet_row(d->commits, m->id, bid);

    return row != SIZE_MAX && row_null(d->commits, row, "revealed");
}

/* A sheet that was revealed and opened again takes another promise.  What is promised by who marks blindly is
 * that part alone, and the rest takes another one. */
static bool is_promised(const struct due_sheets *d, const struct member *m, const char *bid)
{
    return sheet_locked(d, m, bid) || ((!d->blind || m->unblinded) && is_open(d, m, bid));
}

static bool is_promised_blind(const struct due_sheets *d, const struct member *m, const char *bid)
{
    return sheet_blind_locked(d, m, bid) || (!m->unblinded && is_open(d, m, bid));
}

/* Of the part the acting member is at. */
static sheet_done *promised_of(const struct marking *k)
{
    return marking_blindly(k) ? is_promised_blind : is_promised;
}

/* Is it on the sheet that is due of this bid? */
static bool is_due(const struct marking *k, const struct due_sheets *d, const char *bid,
                   const linli_criterion *c)
{
    const bool blind = criterion_blind(k->t, c->code);

    if (c->by != LINLI_BY_JUDGES)
        return false;
    return marking_blindly(k) ? blind : !blind || !sheet_blind_locked(d, k->m, bid);
}

static int signature_check(const struct marks_commit *body, size_t i, struct err *err)
{
    const struct promised_body *one = (const struct promised_body *)body->sheets.items + i;
    uint8_t key[SCORE_KEY], signature[SCORE_SIGNATURE];
    struct hash commit;
    char pointer[64];

    if (hex_parse(body->key, key, sizeof key) && hex_parse(one->signature, signature, sizeof signature) &&
        hex_parse(one->commitment, commit.bytes, sizeof commit.bytes) &&
        score_signed(key, &commit, signature))
        return 0;
    snprintf(pointer, sizeof pointer, "/sheets/%zu/signature", i);
    return err_member(err, pointer, "choice",
                      "not the key's signature over the commitment, all in lower-case hex",
                      "签名与公钥、摘要不符（均为小写十六进制）");
}

/* Of bids that are compared, once each, that the member does not sit out, and before anybody may reveal. */
static int promise_holds(struct act *a, const struct marking *k, const struct due_sheets *d,
                         const struct marks_commit *body, size_t i, struct err *err)
{
    const struct promised_body *sheets = body->sheets.items;
    char pointer[64];
    bool twice = false;

    for (size_t j = 0; j < i; j++)
        twice |= strcmp(sheets[i].bid, sheets[j].bid) == 0;
    snprintf(pointer, sizeof pointer, "/sheets/%zu/bid", i);
    if (twice || !lot_bid_key(&k->facts, sheets[i].bid))
        return err_member(err, pointer, "choice", "no such bid here, or named twice", "没有这份投标或重复");
    if (promised_of(k)(d, k->m, sheets[i].bid) && sheets_all(k, d, promised_of(k)))
        return err_both(err, E_REFUSED, "mark/committed",
                        "every member has committed: marks are revealed now",
                        "全体评委均已承诺，现在揭示评分");
    int status = bid_recused(a, k->l, sheets[i].bid, err);
    return status ? status : signature_check(body, i, err);
}

int act_marks_commit(struct act *a, struct err *err)
{
    const struct marks_commit *body = a->body;
    const struct promised_body *sheets = body->sheets.items;
    const size_t count = body->sheets.count;
    const char **bids = ARENA_NEW(a->arena, const char *, count),
               **commits = ARENA_NEW(a->arena, const char *, count);
    struct marking k = {0};
    struct due_sheets d = {0};
    int status = marking_open(a, &k, err);

    if (!status)
        status = asks_for_commitment(&k, err);
    if (!status)
        status = due_sheets_load(a, &k, &d, err);
    for (size_t i = 0; !status && i < count; i++) {
        status = promise_holds(a, &k, &d, body, i, err);
        bids[i] = sheets[i].bid;
        commits[i] = sheets[i].commitment;
    }
    if (status)
        return status;
    json_key(&a->payload, "member");
    json_string(&a->payload, k.m->id);
    return tx_run(a->tx, Q_commits_save, NULL, err, P_INT(a->office), P_TEXT(k.l->id), P_TEXT(k.m->id),
                  P_TEXTS(bids, count), P_TEXTS(commits, count), P_TEXT(body->key), P_TIME(a->now_us));
}

/* ---- revealed ---------------------------------------------------------------------------- */

struct shown_body {
    const char *bid, *nonce, *sheet;
};
struct marks_reveal {
    linli_list sheets;
};
/* clang-format off */
static const linli_option shown_rows[] = {
    ROW_ID(shown_body, bid, true, "投标", "bid"),
    ROW(shown_body, nonce, STRING, true, 64, 64, "line", "随机数", "the nonce, in hex"),
    ROW_TEXT(shown_body, sheet, true, 65536, "评分表原文", "the sheet, byte for byte as it was committed to"),
};
static const linli_option reveal_rows[] = {
    ROW_LIST(marks_reveal, sheets, true, 1, SHEETS_MOST, shown_rows, shown_body, "各投标", "one for each bid"),
};
/* clang-format on */
const struct form form_marks_reveal = FORM(reveal_rows, struct marks_reveal);

static int not_a_sheet(struct err *err, size_t i)
{
    char pointer[64];

    snprintf(pointer, sizeof pointer, "/sheets/%zu/sheet", i);
    return err_member(err, pointer, "choice",
                      "not the canonical sheet of this member about this bid, with every criterion",
                      "不是该评委对该投标的规范评分表，或评审因素不全");
}

/* Other marks than those promised are refused, and the log keeps that they were shown. */
static int other_marks(struct act *a, const struct marking *k, const char *bid, const struct hash *promised,
                       const struct hash *shown, struct err *err)
{
    char hex[SHA256_TEXT];

    json_key(&a->payload, "member");
    json_string(&a->payload, k->m->id);
    json_key(&a->payload, "bid");
    json_string(&a->payload, bid);
    json_key(&a->payload, "committed");
    hex_print(promised->bytes, SHA256_BYTES, hex);
    json_string(&a->payload, hex);
    json_key(&a->payload, "shown");
    hex_print(shown->bytes, SHA256_BYTES, hex);
    json_string(&a->payload, hex);
    a->kept = "marks_reveal_refused";
    return err_both(err, E_REFUSED, "mark/committed",
                    "these are not the marks committed to; the log keeps it",
                    "与承诺的评分不一致，已记入日志");
}

static int shown_as_promised(struct act *a, const struct marking *k, const struct due_sheets *d,
                             const struct shown_body *one, struct err *err)
{
    size_t row = sheet_row(d->commits, k->m->id, one->bid);
    uint8_t nonce[SCORE_NONCE];
    struct hash promised, shown;

    if (row == SIZE_MAX || !row_null(d->commits, row, "revealed"))
        return err_both(err, E_REFUSED, "mark/committed", "there is nothing committed to of this bid",
                        "尚未承诺对该投标的评分，或已揭示");
    const uint8_t *digest = NULL;
    int status = row_fixed(d->commits, row, "commitment", SHA256_BYTES, &digest, err);
    if (status)
        return status;
    memcpy(promised.bytes, digest, SHA256_BYTES);
    memset(&shown, 0, sizeof shown);
    if (hex_parse(one->nonce, nonce, sizeof nonce))
        sheet_commit(nonce, one->sheet, strlen(one->sheet), &shown);
    return memcmp(&shown, &promised, sizeof shown) == 0 ? 0
                                                        : other_marks(a, k, one->bid, &promised, &shown, err);
}

/* The sheet written again from what it says must be what was shown, so that nothing else is in it. */
static bool sheet_read(struct act *a, const struct marking *k, const struct due_sheets *d,
                       const struct shown_body *one, struct sheet_body *ret)
{
    struct score_mark *marks = ARENA_NEW(a->arena, struct score_mark, k->criteria->count);
    struct mark_body *bodies = ARENA_NEW(a->arena, struct mark_body, k->criteria->count);
    struct err none = {0};
    struct doc *doc = NULL;
    char *again = NULL;
    size_t n = 0;

    if (doc_read(a->arena, one->sheet, strlen(one->sheet), &doc, &none))
        return false;
    for (size_t c = 0; c < k->criteria->count; c++) {
        const char *code = k->criteria->items[c].code;
        const char *value = doc_text(doc, arena_printf(a->arena, "/criteria/%s", code)),
                   *reason = doc_text(doc, arena_printf(a->arena, "/reasons/%s", code));
        if (!is_due(k, d, one->bid, &k->criteria->items[c]))
            continue;
        if (!value || !reason || !*reason)
            return false;
        marks[n] = (struct score_mark){code, value, reason};
        bodies[n++] = (struct mark_body){code, value, reason};
    }
    if (score_sheet(a->arena, k->m->id, one->bid, marks, n, &again, &none) || strcmp(again, one->sheet) != 0)
        return false;
    *ret = (struct sheet_body){one->bid, {bodies, n}};
    return true;
}

static void revealed_tell(struct act *a, const struct marks_reveal *body)
{
    const struct shown_body *sheets = body->sheets.items;

    json_key(&a->payload, "revealed");
    json_open(&a->payload, '[');
    for (size_t i = 0; i < body->sheets.count; i++) {
        json_open(&a->payload, '{');
        json_key(&a->payload, "bid");
        json_string(&a->payload, sheets[i].bid);
        json_key(&a->payload, "nonce");
        json_string(&a->payload, sheets[i].nonce);
        json_key(&a->payload, "sheet");
        json_string(&a->payload, sheets[i].sheet);
        json_close(&a->payload, '}');
    }
    json_close(&a->payload, ']');
}

/* What was revealed becomes the member's marks, and is locked. */
static int revealed_keep(struct act *a, const struct marking *k, const struct marks_put *put, struct err *err)
{
    const struct sheet_body *sheets = put->sheets.items;
    const char **bids = ARENA_NEW(a->arena, const char *, put->sheets.count);
    const linli_list only = {bids, put->sheets.count};
    size_t count = 0;

    for (size_t i = 0; i < put->sheets.count; i++)
        bids[i] = sheets[i].bid;
    int status = marks_enter(a, k, put, err);
    if (!status)
        status = sheets_lock(a, k, &only, &count, err);
    if (!status)
        status = tx_run(a->tx, Q_commits_reveal, NULL, err, P_INT(a->office), P_TEXT(k->m->id),
                        P_TEXTS(bids, put->sheets.count), P_TIME(a->now_us));
    return status ? status : marks_locked(a, k, count, err);
}

int act_marks_reveal(struct act *a, struct err *err)
{
    const struct marks_reveal *body = a->body;
    const struct shown_body *shown = body->sheets.items;
    struct sheet_body *sheets = ARENA_NEW(a->arena, struct sheet_body, body->sheets.count);
    struct marking k = {0};
    struct due_sheets d = {0};
    int status = marking_open(a, &k, err);

    if (!status)
        status = asks_for_commitment(&k, err);
    if (!status)
        status = due_sheets_load(a, &k, &d, err);
    if (!status && !sheets_all(&k, &d, promised_of(&k)))
        status = err_both(err, E_REFUSED, "mark/committed", "not every member has committed to its marks yet",
                          "尚有评委未承诺评分");
    for (size_t i = 0; !status && i < body->sheets.count; i++) {
        status = shown_as_promised(a, &k, &d, &shown[i], err);
        if (!status && !sheet_read(a, &k, &d, &shown[i], &sheets[i]))
            status = not_a_sheet(err, i);
    }
    if (status)
        return status;
    status = revealed_keep(a, &k, &(struct marks_put){{sheets, body->sheets.count}}, err);
    if (!status)
        revealed_tell(a, body);
    return status;
}
