/* Reader of .pb files; see the header.  One pass, no field is copied twice. */
#include "core/service/pabulib.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/text.h"

enum { COLUMNS_MAX = 64, ID_BYTES_MAX = 200 };
#define FEN_MAX           INT64_C(100000000000000)
#define POINTS_MAX        INT64_C(1000000)
#define POINTS_OPTION_MAX INT64_C(1000000) /* what the scheme takes */

enum section { NOWHERE, META, PROJECTS, VOTES };

/* A growing array on the heap, copied into the arena at the end. */
struct rows {
    void *items;
    size_t count, room;
};

struct reader {
    struct arena *arena;
    struct err *err;
    const char *at, *end;
    size_t line, row_line; /* where we are; where the row began */
    enum section section;
    bool seen[VOTES + 1];
    const char *fields[COLUMNS_MAX];
    size_t field_count;
    const char *columns[COLUMNS_MAX];
    size_t column_count;
    struct pabulib *pb;
    struct rows projects, votes, choices;
    int64_t said_projects, said_votes; /* -1: not said */
    bool budget_said, type_said;
    uint32_t *last_vote; /* by project: the vote that named it last, plus one */
};

static void *rows_add(struct rows *rows, size_t size)
{
    if (rows->count == rows->room) {
        rows->room = rows->room ? rows->room * 2 : 64;
        rows->items = realloc(rows->items, rows->room * size);
        MUST(rows->items);
    }
    return memset((char *)rows->items + rows->count++ * size, 0, size);
}

static const void *rows_keep(struct rows *rows, struct arena *arena, size_t size)
{
    void *kept = arena_alloc(arena, rows->count + 1, size);

    if (rows->count)
        memcpy(kept, rows->items, rows->count * size);
    return kept;
}

/* Refuses; `what` is quoted, cut to a readable length. */
static int refuse(struct reader *r, const char *what, const char *en, const char *zh)
{
    int cut = what && strlen(what) > 60 ? 60 : what ? (int)strlen(what) : 0;

    while (cut > 0 && what && ((unsigned char)what[cut] & 0xc0) == 0x80)
        cut--;
    if (what) {
        err_set(r->err, E_MALFORMED, "pabulib/malformed", "line %zu: %s: \"%.*s\"", r->row_line, en, cut,
                what);
        err_zh(r->err, "第 %zu 行：%s：“%.*s”", r->row_line, zh, cut, what);
    } else {
        err_set(r->err, E_MALFORMED, "pabulib/malformed", "line %zu: %s", r->row_line, en);
        err_zh(r->err, "第 %zu 行：%s", r->row_line, zh);
    }
    return E_MALFORMED;
}

static bool at_line_end(const struct reader *r)
{
    return r->at == r->end || *r->at == '\n' || (*r->at == '\r' && (r->at + 1 == r->end || r->at[1] == '\n'));
}

/* A quoted field, which may hold separators, quotes (doubled) and line ends. */
static int quoted_read(struct reader *r, char *out, size_t *ret_size)
{
    size_t n = 0;

    for (r->at++;; r->at++) {
        if (r->at == r->end)
            return refuse(r, NULL, "a quoted field has no end", "引号未闭合");
        if (*r->at == '"') {
            if (r->at + 1 == r->end || r->at[1] != '"')
                break;
            r->at++;
        }
        if (*r->at == '\n')
            r->line++;
        out[n++] = *r->at;
    }
    r->at++;
    *ret_size = n;
    if (!at_line_end(r) && *r->at != ';')
        return refuse(r, NULL, "text follows a quoted field", "引号后有多余文字");
    return 0;
}

static size_t trim(char *text, size_t n, size_t *ret_from)
{
    size_t from = 0;

    while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\t'))
        n--;
    while (from < n && (text[from] == ' ' || text[from] == '\t'))
        from++;
    *ret_from = from;
    return n - from;
}

static int field_read(struct reader *r, const char **ret)
{
    const char *stop = r->at;
    char *out;
    size_t n, from = 0;

    if (r->at < r->end && *r->at == '"') {
        for (stop++; stop < r->end && !(*stop == '"' && (stop + 1 == r->end || stop[1] != '"')); stop++)
            stop += *stop == '"';
        out = arena_alloc(r->arena, (size_t)(stop - r->at) + 1, 1);
        if (quoted_read(r, out, &n) != 0)
            return E_MALFORMED;
    } else {
        while (!at_line_end(r) && *r->at != ';')
            r->at++;
        n = (size_t)(r->at - stop);
        out = arena_ndup(r->arena, stop, n);
    }
    n = trim(out, n, &from);
    out[from + n] = '\0';
    for (size_t i = from; i < from + n; i++) /* a line end inside quotes reads as a space */
        if (out[i] == '\r' || out[i] == '\n')
            out[i] = ' ';
    if (!utf8_ok(out + from, n, true))
        return refuse(r, NULL, "text that is not UTF-8, or a control character",
                      "不是有效的 UTF-8 文本，或含控制字符");
    *ret = out + from;
    return 0;
}

/* The next row that is not blank; 1: there is none. */
static int row_read(struct reader *r)
{
    for (;;) {
        while (r->at < r->end && at_line_end(r)) {
            r->at += *r->at == '\r' && r->at + 1 < r->end ? 2 : 1;
            r->line++;
        }
        if (r->at >= r->end)
            return 1;
        r->row_line = r->line;
        r->field_count = 0;
        for (;; r->at++) {
            if (r->field_count == COLUMNS_MAX)
                return refuse(r, NULL, "too many fields", "字段过多");
            if (field_read(r, &r->fields[r->field_count++]) != 0)
                return E_MALFORMED;
            if (at_line_end(r))
                break;
        }
        if (r->field_count > 1 || *r->fields[0])
            return 0;
    }
}

static const char *column(const struct reader *r, const char *name)
{
    for (size_t i = 0; i < r->column_count; i++)
        if (strcasecmp(r->columns[i], name) == 0)
            return i < r->field_count ? r->fields[i] : "";
    return NULL;
}

static const char *column_or(const struct reader *r, const char *name)
{
    const char *text = column(r, name);

    return text ? text : "";
}

/* Digits with at most `places` that count after the point, in 10^-places. */
static bool amount_parse(const char *text, int places, int64_t max, int64_t *ret)
{
    int64_t n = 0;
    int after = -1;

    if (*text < '0' || *text > '9')
        return false;
    for (; *text; text++) {
        if (*text == '.' && after < 0 && text[1]) {
            after = 0;
            continue;
        }
        if (*text < '0' || *text > '9')
            return false;
        if (after >= places) {
            if (*text != '0')
                return false;
            continue;
        }
        n = n * 10 + (*text - '0');
        if (n > max)
            return false;
        after += after >= 0;
    }
    for (after = after < 0 ? 0 : after; after < places; after++) {
        n *= 10;
        if (n > max)
            return false;
    }
    *ret = n;
    return true;
}

/* ---- sections ----------------------------------------------------------- */

static int meta_row(struct reader *r)
{
    static const char *const types[] = {NULL, "approval", "ordinal", "cumulative", "scoring"};
    const char *key = r->fields[0], *value = r->field_count > 1 ? r->fields[1] : "";
    const struct {
        const char *key, **to;
    } texts[] = {
        {"description", &r->pb->description}, {"country", &r->pb->country},   {"unit", &r->pb->unit},
        {"instance", &r->pb->instance},       {"currency", &r->pb->currency}, {"rule", &r->pb->rule},
    };

    for (size_t i = 0; i < LENGTH(texts); i++)
        if (strcmp(key, texts[i].key) == 0)
            *texts[i].to = value;
    if (strcmp(key, "budget") == 0) {
        if (!amount_parse(value, 2, FEN_MAX, &r->pb->budget_fen) || r->pb->budget_fen == 0)
            return refuse(r, value, "the budget is not an amount of money", "预算不是金额");
        r->budget_said = true;
    } else if (strcmp(key, "num_projects") == 0) {
        if (!int_parse(value, 0, PABULIB_PROJECTS_MAX, &r->said_projects))
            return refuse(r, value, "num_projects is not a count", "num_projects 不是数目");
    } else if (strcmp(key, "num_votes") == 0) {
        if (!int_parse(value, 0, PABULIB_VOTES_MAX, &r->said_votes))
            return refuse(r, value, "num_votes is not a count", "num_votes 不是数目");
    } else if (strcmp(key, "vote_type") == 0) {
        for (r->pb->type = PABULIB_SCORING; strcmp(types[r->pb->type], value) != 0; r->pb->type--)
            if (r->pb->type == PABULIB_APPROVAL)
                return refuse(r, value, "unknown vote_type", "未知的投票类型");
        r->type_said = true;
    }
    return 0;
}

static int project_row(struct reader *r)
{
    const char *id = column_or(r, "project_id"), *selected = column_or(r, "selected");
    struct pabulib_project *p;
    int64_t cost, chosen = -1;

    if (!*id || strlen(id) > ID_BYTES_MAX || strpbrk(id, ",;"))
        return refuse(r, id, "not a project id", "项目编号无效");
    if (!amount_parse(column_or(r, "cost"), 2, FEN_MAX, &cost) || cost == 0)
        return refuse(r, column_or(r, "cost"), "the cost is not an amount of money", "项目资金不是金额");
    if (*selected && !int_parse(selected, 0, 9, &chosen))
        return refuse(r, selected, "selected is not 0, 1 or 2", "selected 应为 0、1 或 2");
    if (r->projects.count >= PABULIB_PROJECTS_MAX)
        return refuse(r, NULL, "too many projects", "项目过多");
    p = rows_add(&r->projects, sizeof *p);
    p->id = id;
    p->name = column_or(r, "name");
    p->category = column_or(r, "category");
    p->cost_fen = cost;
    p->selected = (int)chosen;
    return 0;
}

static int id_order(const void *a, const void *b)
{
    return strcmp(((const struct pabulib_project *)a)->id, ((const struct pabulib_project *)b)->id);
}

static int projects_close(struct reader *r)
{
    const struct pabulib_project *list;

    if (r->projects.count)
        qsort(r->projects.items, r->projects.count, sizeof *list, id_order);
    list = r->pb->projects = rows_keep(&r->projects, r->arena, sizeof *list);
    r->pb->project_count = r->projects.count;
    for (size_t i = 1; i < r->projects.count; i++)
        if (strcmp(list[i - 1].id, list[i].id) == 0)
            return refuse(r, list[i].id, "a project of the section above is named twice",
                          "上一节中项目编号重复");
    if (r->said_projects >= 0 && (size_t)r->said_projects != r->projects.count)
        return refuse(r, NULL, "the section above has not as many projects as num_projects says",
                      "上一节的项目数与 num_projects 不符");
    r->last_vote = ARENA_NEW(r->arena, uint32_t, r->projects.count + 1);
    return 0;
}

/* Cuts the next item off a comma-separated list. */
static char *item_next(char **list)
{
    char *item = *list, *comma = strchr(item, ',');
    size_t from, n;

    *list = comma ? comma + 1 : NULL;
    if (comma)
        *comma = '\0';
    n = trim(item, strlen(item), &from);
    item[from + n] = '\0';
    return item + from;
}

static int points_read(struct reader *r, char **points, int64_t *ret)
{
    const char *text = *points ? item_next(points) : "";

    if (!amount_parse(text, 6, POINTS_MAX * INT64_C(1000000), ret))
        return refuse(r, text, "not a number of points", "分数无效");
    return 0;
}

static int choice_read(struct reader *r, const char *id, char **points)
{
    const struct pabulib_project key = {.id = id}, *p = r->pb->project_count ? bsearch(&key, r->pb->projects,
                                                                                       r->pb->project_count,
                                                                                       sizeof key, id_order)
                                                                             : NULL;
    struct pabulib_choice *choice;
    struct pabulib_vote *vote = (struct pabulib_vote *)r->votes.items + r->votes.count - 1;
    size_t at;

    if (!p)
        return refuse(r, id, "a vote for a project that is not there", "选票中的项目不存在");
    at = (size_t)(p - r->pb->projects);
    if (r->last_vote[at] == r->votes.count)
        return refuse(r, id, "a vote names a project twice", "同一选票中项目重复");
    r->last_vote[at] = (uint32_t)r->votes.count;
    if (r->choices.count >= UINT32_MAX / 2)
        return refuse(r, NULL, "too many choices", "选择过多");
    choice = rows_add(&r->choices, sizeof *choice);
    *choice = (struct pabulib_choice){(uint32_t)at, (int32_t)++vote->count, 1};
    if (r->pb->type >= PABULIB_CUMULATIVE)
        return points_read(r, points, &choice->value);
    return 0;
}

static int vote_row(struct reader *r)
{
    const char *voter = column(r, "voter_id"), *vote = column_or(r, "vote");
    char *list = *vote ? arena_dup(r->arena, vote) : NULL;
    char *points = *column_or(r, "points") ? arena_dup(r->arena, column_or(r, "points")) : NULL;
    struct pabulib_vote *v;

    if (voter && (!*voter || strlen(voter) > ID_BYTES_MAX))
        return refuse(r, voter, "not a voter id", "选民编号无效");
    if (r->votes.count >= PABULIB_VOTES_MAX)
        return refuse(r, NULL, "too many votes", "选票过多");
    v = rows_add(&r->votes, sizeof *v);
    v->voter = voter ? voter : arena_printf(r->arena, "%zu", r->votes.count);
    v->source = column_or(r, "voting_method");
    v->first = (uint32_t)r->choices.count;
    while (list)
        if (choice_read(r, item_next(&list), &points) != 0)
            return E_MALFORMED;
    if (points && r->pb->type >= PABULIB_CUMULATIVE)
        return refuse(r, NULL, "more points than projects", "分数多于项目");
    return 0;
}

static int voter_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Only proportions count, so where points have fractions they are told in millionths. */
static int64_t points_unit(const struct pabulib *pb)
{
    int64_t unit = pb->type >= PABULIB_CUMULATIVE ? 1000000 : 1;

    for (size_t i = 0; i < pb->choice_count; i++)
        if (pb->choices[i].value % unit != 0)
            return 1;
    return unit;
}

static int votes_close(struct reader *r)
{
    const char **voters = ARENA_NEW(r->arena, const char *, r->votes.count + 1);

    r->pb->votes = rows_keep(&r->votes, r->arena, sizeof *r->pb->votes);
    r->pb->vote_count = r->votes.count;
    r->pb->choices = rows_keep(&r->choices, r->arena, sizeof *r->pb->choices);
    r->pb->choice_count = r->choices.count;
    r->pb->point = points_unit(r->pb);
    for (size_t i = 0; i < r->votes.count; i++)
        voters[i] = r->pb->votes[i].voter;
    qsort(voters, r->votes.count, sizeof *voters, voter_order);
    for (size_t i = 1; i < r->votes.count; i++)
        if (strcmp(voters[i - 1], voters[i]) == 0)
            return refuse(r, voters[i], "a voter is named twice", "选民编号重复");
    if (r->said_votes >= 0 && (size_t)r->said_votes != r->votes.count)
        return refuse(r, NULL, "the file has not as many votes as num_votes says", "选票数与 num_votes 不符");
    return 0;
}

/* ---- the file ----------------------------------------------------------- */

static enum section section_named(const struct reader *r)
{
    static const char *const names[] = {NULL, "META", "PROJECTS", "VOTES"};

    if (r->field_count != 1)
        return NOWHERE;
    for (enum section s = META; s <= VOTES; s++)
        if (strcasecmp(r->fields[0], names[s]) == 0)
            return s;
    return NOWHERE;
}

static int section_open(struct reader *r, enum section s)
{
    if (s != r->section + 1)
        return refuse(r, r->fields[0], "the sections are META, PROJECTS, VOTES, in this order",
                      "各节应依次为 META、PROJECTS、VOTES");
    if (s == PROJECTS && !r->budget_said)
        return refuse(r, NULL, "META names no budget", "META 中没有 budget");
    if (s == PROJECTS && !r->type_said)
        return refuse(r, NULL, "META names no vote_type", "META 中没有 vote_type");
    if (s == VOTES && projects_close(r) != 0)
        return E_MALFORMED;
    r->section = s;
    if (row_read(r) != 0)
        return r->err && r->err->code ? E_MALFORMED
                                      : refuse(r, NULL, "a section has no header row", "该节没有表头");
    memcpy(r->columns, r->fields, sizeof r->columns);
    r->column_count = r->field_count;
    for (size_t i = 0; i < r->column_count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcasecmp(r->columns[i], r->columns[j]) == 0)
                return refuse(r, r->columns[i], "a column is named twice", "列名重复");
    if (s == PROJECTS && (!column(r, "project_id") || !column(r, "cost")))
        return refuse(r, NULL, "PROJECTS needs the columns project_id and cost",
                      "PROJECTS 缺少 project_id 或 cost 列");
    if (s == VOTES && !column(r, "vote"))
        return refuse(r, NULL, "VOTES needs the column vote", "VOTES 缺少 vote 列");
    if (s == VOTES && r->pb->type >= PABULIB_CUMULATIVE && !column(r, "points"))
        return refuse(r, NULL, "VOTES needs the column points for this vote_type",
                      "该投票类型的 VOTES 缺少 points 列");
    return 0;
}

static int file_read(struct reader *r)
{
    int status;

    while ((status = row_read(r)) == 0) {
        enum section s = section_named(r);
        if (s != NOWHERE)
            status = section_open(r, s);
        else if (r->section == NOWHERE)
            status = refuse(r, r->fields[0], "the file must begin with META", "文件应以 META 开头");
        else if (r->section != META && r->field_count > r->column_count)
            status = refuse(r, NULL, "more fields than the header row has", "字段多于表头");
        else
            status = r->section == META ? meta_row(r) : r->section == PROJECTS ? project_row(r) : vote_row(r);
        if (status != 0)
            return status;
    }
    if (status != 1)
        return status;
    r->row_line = r->line;
    if (r->section != VOTES)
        return refuse(r, NULL, "the file ends before the section VOTES", "文件在 VOTES 之前结束");
    return votes_close(r);
}

int pabulib_read(struct arena *arena, const char *text, size_t bytes, const struct pabulib **ret,
                 struct err *err)
{
    struct err ignored = {0};
    struct pabulib *pb = ARENA_NEW(arena, struct pabulib, 1);
    struct reader r = {.arena = arena,
                       .err = err ? err : &ignored,
                       .at = text,
                       .end = text + bytes,
                       .line = 1,
                       .row_line = 1,
                       .pb = pb,
                       .said_projects = -1,
                       .said_votes = -1};
    int status;

    *r.err = (struct err){0};
    pb->description = pb->country = pb->unit = pb->instance = pb->currency = pb->rule = "";
    if (bytes >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        r.at += 3;
    status = file_read(&r);
    free(r.projects.items);
    free(r.votes.items);
    free(r.choices.items);
    if (status == 0)
        *ret = pb;
    return status;
}

/* ---- facts -------------------------------------------------------------- */

static bool currency_ok(const char *text)
{
    return strlen(text) == 3 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

const linli_facts *pabulib_facts(struct arena *arena, const struct pabulib *pb)
{
    linli_facts *facts = ARENA_NEW(arena, linli_facts, 1);
    linli_tender *tender = ARENA_NEW(arena, linli_tender, 1);
    linli_bid *bids = ARENA_NEW(arena, linli_bid, pb->project_count + 1);
    linli_ballot *ballots = ARENA_NEW(arena, linli_ballot, pb->vote_count + 1);
    linli_choice *choices = ARENA_NEW(arena, linli_choice, pb->choice_count + 1);

    *tender = (linli_tender){.key = 1,
                             .currency = currency_ok(pb->currency) ? pb->currency : "CNY",
                             .category = LINLI_PUBLIC_GOOD,
                             .regime = LINLI_CHARITY,
                             .budget = {pb->budget_fen},
                             .electorate = (int64_t)pb->vote_count,
                             .lot = 1,
                             .lots = 1};
    for (size_t i = 0; i < pb->project_count; i++)
        bids[i] = (linli_bid){.key = i + 1,
                              .bidder = i + 1,
                              .number = (int32_t)i + 1,
                              .round = 1,
                              .open = true,
                              .priced = true,
                              .price = {pb->projects[i].cost_fen}};
    for (size_t i = 0; i < pb->vote_count; i++)
        ballots[i] = (linli_ballot){.voter = i + 1,
                                    .weight = 1,
                                    .first = pb->votes[i].first,
                                    .count = pb->votes[i].count,
                                    .area = "",
                                    .source = pb->votes[i].source};
    for (size_t i = 0; i < pb->choice_count; i++)
        choices[i] =
            (linli_choice){pb->choices[i].project, pb->choices[i].rank, pb->choices[i].value / pb->point};
    *facts = (linli_facts){.tender = tender,
                           .bids = bids,
                           .bid_count = pb->project_count,
                           .ballots = ballots,
                           .ballot_count = pb->vote_count,
                           .choices = choices,
                           .choice_count = pb->choice_count};
    return facts;
}

/* What a ballot may give, so that every ballot of the file fits: in all, or to one project. */
static int64_t points_most(const struct pabulib *pb)
{
    int64_t most = 1;

    for (size_t v = 0; v < pb->vote_count; v++) {
        int64_t given = 0;

        for (uint32_t i = pb->votes[v].first; i < pb->votes[v].first + pb->votes[v].count; i++) {
            int64_t value = pb->choices[i].value / pb->point;

            given = pb->type == PABULIB_CUMULATIVE ? given + value : value;
            most = given > most ? given : most;
        }
    }
    return most;
}

void pabulib_options(const struct pabulib *pb, struct buf *out)
{
    static const char *const ballots[] = {NULL, "approval", "ordinal", "cumulative", "scoring"};

    json_open(out, '{');
    if (strncasecmp(pb->rule, "equalshares", 11) == 0) {
        json_key(out, "completion");
        json_string(out, strcasecmp(pb->rule, "equalshares/add1") == 0    ? "add1"
                         : strcasecmp(pb->rule, "equalshares/add1u") == 0 ? "add1u"
                                                                          : "none");
    }
    if (pb->type != PABULIB_APPROVAL) {
        json_key(out, "ballots");
        json_string(out, ballots[pb->type]);
        json_key(out, "utility");
        json_string(out, "cardinality");
    }
    if (pb->type >= PABULIB_CUMULATIVE) {
        json_key(out, "points");
        json_int(out, points_most(pb) < POINTS_OPTION_MAX ? points_most(pb) : POINTS_OPTION_MAX);
    }
    json_key(out, "ties");
    json_raw(out, "[\"number\"]", 10);
    json_close(out, '}');
}
