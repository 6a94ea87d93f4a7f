#include "api/cli/explain.h"

#include <inttypes.h>
#include <string.h>

#include "core/base/text.h"
#include "core/host/form.h"

/* ---- pages -------------------------------------------------------------------- */

static void print_lines(const struct words *words, linli_lines lines, const char *indent, FILE *out)
{
    for (size_t i = 0; i < lines.count; i++)
        for (int zh = 1; zh >= 0; zh--) {
            CLEANUP(buf_free) struct buf text = {0};
            const char *source = words->messages[lines.items[i].message].source;

            words_print(words, &lines.items[i], zh, &text);
            fprintf(out, zh && source ? "%s%s（%s）\n" : "%s%s\n", indent, text.data ? text.data : "",
                    source);
        }
}

static const linli_criterion *criterion_of(const linli_criteria *c, const char *code)
{
    for (size_t i = 0; i < c->count; i++)
        if (strcmp(c->items[i].code, code) == 0)
            return &c->items[i];
    return NULL;
}

static void print_standing(const linli_result *r, FILE *out)
{
    if (r->standing == LINLI_RANKED && r->rank > 0)
        fprintf(out, "第 %" PRId32 " 名 · rank %" PRId32 "\n", r->rank, r->rank);
    else if (r->standing == LINLI_RANKED)
        fprintf(out, "未排名次 · not ranked\n");
    else
        fputs(r->standing == LINLI_OUT ? "不参加排名 · out\n"
                                       : "待说明或更正 · to be explained or corrected\n",
              out);
}

static int32_t number_of(const linli_facts *facts, uint64_t key)
{
    for (size_t i = 0; i < facts->bid_count; i++)
        if (facts->bids[i].key == key && facts->bids[i].number > 0)
            return facts->bids[i].number;
    return (int32_t)key;
}

static void print_page(const struct asked *a, const linli_criteria *criteria, const struct words *words,
                       const linli_result *r, FILE *out)
{
    char text[MONEY_TEXT], grant[MONEY_TEXT];
    int32_t number = number_of(a->facts, r->bid);

    points_print(r->total.micro, text);
    fprintf(out, "\n投标 %" PRId32 " · bid %" PRId32 ": ", number, number);
    print_standing(r, out);
    fprintf(out, "总分 · total %s\n", text);
    money_print(r->grant.minor, grant);
    if (r->grant.minor > 0)
        fprintf(out, "资助 · grant %s\n", grant);
    for (size_t i = 0; i < r->part_count; i++) {
        const linli_part *p = &r->parts[i];
        const linli_criterion *c = criterion_of(criteria, p->criterion);

        points_print(p->points.micro, text);
        fprintf(out, "  %s · %s: %s\n", c ? c->name.zh : p->criterion, c ? c->name.en : p->criterion, text);
        print_lines(words, p->why, "    ", out);
    }
    print_lines(words, r->why, "  ", out);
}

int explain_print(const struct asked *a, const linli_evaluation *e, uint64_t only, FILE *out, struct err *err)
{
    const linli_scheme *s = plugin_scheme(a->plugin);
    const struct words words = {s->messages, s->message_count, a->facts};
    const linli_criteria *criteria;
    int status = ask_criteria(a->plugin, a->arena, a->options, a->facts, &criteria, NULL, err);

    if (status)
        return status;
    fprintf(out, "%s · %s\n", s->about->name.zh, s->about->name.en);
    print_lines(&words, e->why, "", out);
    for (size_t i = 0; i < e->count; i++)
        if (only == 0 || e->items[i].bid == only)
            print_page(a, criteria, &words, &e->items[i], out);
    return 0;
}

/* ---- the margin ----------------------------------------------------------------- */

static void print_whatif_lines(const struct asked *a, const struct whatif_line *lines, size_t count,
                               FILE *out)
{
    for (size_t i = 0; i < count; i++) {
        const int32_t number = lines[i].bid ? number_of(a->facts, lines[i].bid) : 0;

        if (number)
            fprintf(out, "投标 %" PRId32 " · bid %" PRId32 ": ", number, number);
        fprintf(out, "%s · %s\n", lines[i].said.zh, lines[i].said.en);
    }
}

static int32_t rank_of(const linli_evaluation *e, uint64_t key)
{
    for (size_t i = 0; i < e->count; i++)
        if (e->items[i].bid == key)
            return e->items[i].rank;
    return 0;
}

void explain_changed(const linli_facts *facts, const linli_evaluation *before, const linli_evaluation *after,
                     FILE *out)
{
    fputs("\n名次变化 · ranks that change\n", out);
    for (size_t i = 0; i < after->count; i++) {
        const int32_t was = rank_of(before, after->items[i].bid), is = after->items[i].rank;
        const int32_t number = number_of(facts, after->items[i].bid);

        if (was != is)
            fprintf(out, "投标 %" PRId32 " · bid %" PRId32 ": %" PRId32 " -> %" PRId32 "\n", number, number,
                    was, is);
    }
}

int explain_margin(const struct asked *a, const linli_evaluation *e, FILE *out, struct err *err)
{
    struct whatif w = {0};
    int status = whatif_find(a, e, &w, err);

    if (status)
        return status;
    fputs("\n其他条件不变时 · all else being equal\n", out);
    print_whatif_lines(a, w.margin, w.margin_count, out);
    if (w.warning_count)
        fputs("\n注意 · beware\n", out);
    print_whatif_lines(a, w.warnings, w.warning_count, out);
    if (!w.complete)
        fputs("\n没有试完，可能还有更小的改动 · not all was tried, there may be smaller changes\n", out);
    return 0;
}
