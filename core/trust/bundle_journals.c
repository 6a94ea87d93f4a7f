/* Checks of core/trust/bundle_check.h: the journals, each by itself, and the ledger played again. */
#include <stdlib.h>
#include <string.h>

#include "core/trust/bundle_checking.h"

enum { LINES_MAX = 1000 };

static int journal_is(struct checking *c, const struct bundle_row *j, struct err *err)
{
    struct hash digest;

    if (!doc_is(j->doc, "/id", j->id))
        return contradiction(err, "journal % has another id inside", "凭证 % 的编号不一致", j->id);
    sha256_of(j->json, j->bytes, digest.bytes);
    return bundle_logged(c->b, "log_journal", j->id, &digest)
               ? 0
               : contradiction(err, "journal % is not what was logged", "凭证 % 与日志不符", j->id);
}

static struct texts journals_here(struct checking *c)
{
    struct texts t = {ARENA_NEW(c->arena, const char *, c->b->journal_count + 1), 0};

    for (size_t i = 0; i < c->b->journal_count; i++)
        t.all[t.count++] = c->b->journals[i].id;
    texts_sort(&t);
    return t;
}

static int journal_gone(const char *id, struct err *err)
{
    err_set(err, E_ABSENT, "log/absent", "journal %s was logged and is not here", id ? id : "?");
    err_zh(err, "日志所记凭证 %s 缺失", id ? id : "?");
    return E_ABSENT;
}

struct posted {
    const char *account, *journal, *side, *owner, *bucket, *subject;
    int64_t fen, nth, after;
    bool whole; /* every journal of the account is here */
};

static int by_place(const void *a, const void *b)
{
    const struct posted *x = a, *y = b;
    int order = strcmp(x->account, y->account);

    return order ? order : (x->nth > y->nth) - (x->nth < y->nth);
}

static bool line_read(struct checking *c, const struct bundle_row *j, size_t line, struct posted *ret)
{
    const char *at = arena_printf(c->arena, "/lines/%zu", line);
    const char *bucket = doc_text(j->doc, arena_printf(c->arena, "%s/bucket", at));
    const char *appropriation = doc_text(j->doc, arena_printf(c->arena, "%s/appropriation", at));
    const char *subject = doc_text(j->doc, arena_printf(c->arena, "%s/subject", at));

    ret->journal = j->id;
    ret->side = doc_text(j->doc, arena_printf(c->arena, "%s/side", at));
    if (!bucket || !appropriation || !subject || !ret->side ||
        !doc_fen(j->doc, arena_printf(c->arena, "%s/fen", at), &ret->fen) ||
        !doc_fen(j->doc, arena_printf(c->arena, "%s/nth", at), &ret->nth) ||
        !doc_fen(j->doc, arena_printf(c->arena, "%s/after", at), &ret->after) || ret->fen <= 0)
        return false;
    ret->owner = appropriation;
    ret->bucket = bucket;
    ret->subject = subject;
    ret->whole = strcmp(appropriation, subject) != 0;
    ret->account = arena_printf(c->arena, "%s %s %s", appropriation, bucket, subject);
    return strcmp(ret->side, "C") == 0 || strcmp(ret->side, "D") == 0;
}

/* Within each appropriation a journal balances. */
static bool balances(const struct posted *lines, size_t count)
{
    for (size_t i = 0; i < count && count <= LINES_MAX; i++) {
        int64_t sum = 0;
        for (size_t k = 0; k < count; k++)
            if (strcmp(lines[k].owner, lines[i].owner) == 0)
                sum += lines[k].side[0] == 'C' ? lines[k].fen : -lines[k].fen;
        if (sum != 0)
            return false;
    }
    return count > 0 && count <= LINES_MAX;
}

/* ---- from where to where --------------------------------------------------------------------- */

/* From which bucket to which a kind moves money. */
static const struct move {
    const char *kind, *from, *to;
} moves[] = {{"appropriate", "authority", "available"}, {"reserve", "available", "reserved"},
             {"release", "reserved", "available"},      {"commit", "reserved", "committed"},
             {"uncommit", "committed", "available"},    {"payable", "committed", "payable"},
             {"send", "payable", "in_transit"},         {"settle", "in_transit", "paid"},
             {"return", "in_transit", "payable"},       {"bounce", "paid", "payable"},
             {"supplement", "available", "committed"},  {"renew", "available", "committed"},
             {"recover", "paid", "returned"},           {"recredit", "returned", "available"},
             {"withdraw", "payable", "available"}};

/* The contract that a journal was posted for, by its payment or tranche; NULL: it is not told of. */
static const char *contract_for(const struct bundle_tender *b, const char *source)
{
    const struct bundle_row *payment = bundle_row(b, "payment", source);
    const char *tranche = payment ? doc_text(payment->doc, "/tranche") : source;
    const struct bundle_row *row = tranche ? bundle_row(b, "tranche", tranche) : NULL;
    const char *contract = row ? doc_text(row->doc, "/contract") : source;

    return contract && bundle_row(b, "contract", contract) ? contract : NULL;
}

/* A part of what is held for a tender or a contract. */
static bool holds(const struct posted *p)
{
    static const char *const buckets[] = {"committed", "payable", "reserved"};

    for (size_t i = 0; i < LENGTH(buckets); i++)
        if (strcmp(p->bucket, buckets[i]) == 0)
            return true;
    return false;
}

static bool of_contract(const struct bundle_tender *b, const struct posted *p)
{
    return bundle_row(b, "contract", p->subject);
}

/* So much leaves the bucket of one budget as comes into that of the other. */
static bool comes_again(const struct posted *lines, size_t count, const struct posted *one)
{
    size_t out = 0, in = 0;

    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i].bucket, one->bucket) == 0 && lines[i].fen == one->fen)
            lines[i].side[0] == 'D' ? out++ : in++;
    return out == in;
}

/* What one budget holds for the tender or a contract is free there, or lapses, and another holds the same
 * from what was free. */
static bool budgeted_again(const struct checking *c, const struct posted *lines, size_t count)
{
    const char *from = NULL, *to = NULL, *whose = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct posted *p = &lines[i];
        const char **budget = p->side[0] == 'D' ? &from : &to;
        if (!holds(p))
            continue;
        if ((*budget && strcmp(*budget, p->owner) != 0) || (whose && strcmp(whose, p->subject) != 0) ||
            !(strcmp(p->bucket, "reserved") == 0 ? strcmp(p->subject, c->b->tender) == 0
                                                 : of_contract(c->b, p)) ||
            !comes_again(lines, count, p))
            return false;
        *budget = p->owner;
        whose = p->subject;
    }
    if (!from || !to || strcmp(from, to) == 0)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct posted *p = &lines[i];
        const bool free = strcmp(p->bucket, "available") == 0,
                   left = p->side[0] == 'C' && strcmp(p->owner, from) == 0 &&
                          (free || strcmp(p->bucket, "lapsed") == 0),
                   came = p->side[0] == 'D' && strcmp(p->owner, to) == 0 && free;
        if (!holds(p) && (strcmp(p->subject, p->owner) != 0 || !(left || came)))
            return false;
    }
    return true;
}

static const struct bundle_row *journal_called(const struct bundle_tender *b, const char *id)
{
    for (size_t i = 0; id && i < b->journal_count; i++)
        if (strcmp(b->journals[i].id, id) == 0)
            return &b->journals[i];
    return NULL;
}

static size_t lines_like(const struct posted *lines, size_t count, const struct posted *one, bool turned)
{
    size_t like = 0;

    for (size_t i = 0; i < count; i++)
        like += lines[i].fen == one->fen && strcmp(lines[i].account, one->account) == 0 &&
                (strcmp(lines[i].side, one->side) == 0) != turned;
    return like;
}

/* Of money asked back: each line of that journal the other way round. */
static bool way_back(struct checking *c, const struct bundle_row *j, const struct posted *lines, size_t count)
{
    const struct bundle_row *of = journal_called(c->b, doc_text(j->doc, "/reverses"));
    struct posted *was = ARENA_NEW(c->arena, struct posted, count + 1);
    int64_t then, now;
    bool good = of && doc_count(of->doc, "/lines") == count &&
                (doc_is(of->doc, "/kind", "recover") || doc_is(of->doc, "/kind", "recredit")) &&
                bundle_instant(of->doc, "/at", &then) && bundle_instant(j->doc, "/at", &now) && then <= now;

    for (size_t i = 0; good && i < count; i++)
        good = line_read(c, of, i, &was[i]);
    for (size_t i = 0; good && i < count; i++)
        good = lines_like(lines, count, &lines[i], false) == lines_like(was, count, &lines[i], true);
    return good;
}

/* Money goes from the bucket to the bucket of the kind, each of whom it is of: budget, tender, one contract.
 */
static bool moves_as(const struct checking *c, const struct bundle_row *j, const struct move *m,
                     const struct posted *lines, size_t count)
{
    const char *contract = contract_for(c->b, doc_text(j->doc, "/source"));

    for (size_t i = 0; i < count; i++) {
        const struct posted *p = &lines[i];
        const char *bucket = p->side[0] == 'D' ? m->from : m->to, *owner;
        if (strcmp(bucket, "authority") == 0 || strcmp(bucket, "available") == 0)
            owner = p->owner;
        else
            owner = strcmp(bucket, "reserved") == 0 ? c->b->tender
                                                    : (contract = contract ? contract : p->subject);
        if (strcmp(p->subject, owner) != 0 || strcmp(p->bucket, bucket) != 0)
            return false;
    }
    return true;
}

static int moves_so(struct checking *c, const struct bundle_row *j, const struct posted *lines, size_t count,
                    struct err *err)
{
    const bool again = doc_is(j->doc, "/kind", "again"), reverse = doc_is(j->doc, "/kind", "reverse");
    const struct move *m = NULL;
    bool ours = false, good;

    for (size_t i = 0; i < LENGTH(moves); i++)
        if (doc_is(j->doc, "/kind", moves[i].kind))
            m = &moves[i];
    for (size_t i = 0; i < count && !ours; i++)
        ours = strcmp(lines[i].subject, c->b->tender) == 0 || of_contract(c->b, &lines[i]);
    if (!ours)
        return contradiction(err, "journal % moves nothing of the tender's", "凭证 % 与本项目的资金无关",
                             j->id);
    good = again     ? budgeted_again(c, lines, count)
           : reverse ? way_back(c, j, lines, count)
                     : m && moves_as(c, j, m, lines, count);
    return good && reverse == (doc_text(j->doc, "/reverses") != NULL)
               ? 0
               : contradiction(err, "journal % moves money elsewhere than its kind",
                               "凭证 % 的资金去向与其类型不符", j->id);
}

/* What was taken back once is not taken back again. */
static int reversed_once(struct checking *c, struct err *err)
{
    struct texts t = {ARENA_NEW(c->arena, const char *, c->b->journal_count + 1), 0};

    for (size_t i = 0; i < c->b->journal_count; i++) {
        const char *reverses = doc_text(c->b->journals[i].doc, "/reverses");
        if (reverses)
            t.all[t.count++] = reverses;
    }
    texts_sort(&t);
    for (size_t i = 1; i < t.count; i++)
        if (strcmp(t.all[i - 1], t.all[i]) == 0)
            return contradiction(err, "journal % was reversed twice", "凭证 % 重复冲销", t.all[i]);
    return 0;
}

/* ---- played again ---------------------------------------------------------------------------- */

/* No account skips a journal, says another balance than its lines make, or falls below zero but for
 * authority. */
static int replay(const struct posted *lines, size_t count, struct err *err)
{
    int64_t held = 0, nth = 0;

    for (size_t i = 0; i < count; i++) {
        const struct posted *p = &lines[i];
        bool next = i > 0 && strcmp(p->account, p[-1].account) == 0;
        if (!next)
            held = nth = 0;
        fen_add(&held, p->side[0] == 'C' ? p->fen : -p->fen);
        nth++;
        if (p->after < 0 && !strstr(p->account, " authority "))
            return contradiction(err, "journal % left an account below zero", "凭证 % 使账户余额为负",
                                 p->journal);
        if (p->whole ? p->nth != nth || p->after != held : next && p->nth <= p[-1].nth)
            return contradiction(err, "journal % does not follow the one before it on its account",
                                 "凭证 % 与账户上一笔不衔接", p->journal);
    }
    return 0;
}

static int played(struct checking *c, struct err *err)
{
    const struct bundle_tender *b = c->b;
    size_t most = 0, count = 0;

    for (size_t i = 0; i < b->journal_count; i++)
        most += doc_count(b->journals[i].doc, "/lines");
    struct posted *all = ARENA_NEW(c->arena, struct posted, most + 1);
    for (size_t i = 0; i < b->journal_count; i++) {
        size_t first = count, lines = doc_count(b->journals[i].doc, "/lines");
        bool good = true;
        for (size_t k = 0; k < lines && good; k++)
            good = line_read(c, &b->journals[i], k, &all[count++]);
        if (!good || !balances(all + first, count - first))
            return contradiction(err, "journal % does not balance", "凭证 % 借贷不平", b->journals[i].id);
        int status = moves_so(c, &b->journals[i], all + first, lines, err);
        if (status)
            return status;
    }
    if (count)
        qsort(all, count, sizeof(*all), by_place);
    return replay(all, count, err);
}

/* ---- the acts they were posted by ---------------------------------------------------------- */

/* By an act about its source, at its instant. */
static const struct done {
    const char *kind, *act;
    bool shown; /* at every level: who approved a payment is public */
} done[] = {{"send", "payment_approve", true},     {"settle", "payment_settle", false},
            {"return", "payment_return", false},   {"bounce", "payment_return", false},
            {"payable", "tranche_release", false}, {"commit", "contract_sign", false},
            {"renew", "contract_sign", false}};

/* What a contract that was ended still owes is let out with its end, in a tranche of its own. */
static bool let_out_at_end(const struct bundle_tender *b, const char *tranche, int64_t at_us)
{
    const struct bundle_row *row = bundle_row(b, "tranche", tranche);
    const char *contract =
        row && doc_is(row->doc, "/code", "settlement") ? doc_text(row->doc, "/contract") : NULL;
    const struct bundle_event *e;

    for (size_t at = 0; contract && (e = bundle_change_next(b, contract, &at));)
        if (e->at_us == at_us && doc_is(e->doc, "/payload/kind", "terminate"))
            return true;
    return false;
}

static bool by_an_act(const struct bundle_tender *b, const struct bundle_row *j, const struct done *by)
{
    const char *source = doc_text(j->doc, "/source");
    const struct bundle_event *e;
    int64_t at_us;

    if (!bundle_instant(j->doc, "/at", &at_us))
        return false;
    for (size_t at = 0; (e = bundle_about_next(b, source, &at));)
        if (e->at_us == at_us && event_is(e, by->act))
            return true;
    return strcmp(by->kind, "payable") == 0 && let_out_at_end(b, source, at_us);
}

/* No more of them are missing than events were erased. */
static int acts_there(struct checking *c, struct err *err)
{
    size_t missing = 0;

    for (size_t i = 0; i < c->b->journal_count; i++)
        for (size_t k = 0; k < LENGTH(done); k++) {
            const struct bundle_row *j = &c->b->journals[i];
            if (!doc_is(j->doc, "/kind", done[k].kind) || (c->b->withheld && !done[k].shown) ||
                by_an_act(c->b, j, &done[k]))
                continue;
            if (++missing > c->b->erased)
                return contradiction(err, "journal % was posted by no act", "凭证 % 没有对应的操作", j->id);
            c->not_checked =
                "an act may be among the events that were erased / 相应操作可能在已删除的事件之中";
        }
    return 0;
}

int bundle_journals(struct checking *c, struct err *err)
{
    const struct bundle_tender *b = c->b;
    const struct texts here = journals_here(c);
    int status = 0;

    for (size_t i = 0; i < b->journal_count && !status; i++)
        status = journal_is(c, &b->journals[i], err);
    for (size_t i = 0; i < b->count && !status; i++)
        if (event_is(&b->events[i], "log_journal") &&
            !texts_have(&here, doc_text(b->events[i].doc, "/subject")))
            status = journal_gone(doc_text(b->events[i].doc, "/subject"), err);
    if (!status && bundle_acts(b, "log_journal") != b->journal_count)
        return contradiction(err, "a journal is there twice%", "有凭证重复出现%", "");
    if (!status)
        status = reversed_once(c, err);
    if (!status)
        status = played(c, err);
    return status ? status : acts_there(c, err);
}
