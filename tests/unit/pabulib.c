/* The reader of participatory-budget files: what it takes, what it refuses and where. */
#include "core/service/pabulib.h"

#include <criterion/criterion.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/host/facts.h"

#define DATA SOURCE_DIR "/tests/data/pabulib/mit_equalshares/"

static struct arena *arena;

static void setup(void)
{
    arena = arena_new(0);
}
static void teardown(void)
{
    arena_free(arena);
}

TestSuite(pabulib, .init = setup, .fini = teardown);

static const char *file_text(const char *path, size_t *ret_bytes)
{
    FILE *file = fopen(path, "rb");
    char *text = arena_alloc(arena, 1 << 18, 1);

    cr_assert(file, "%s", path);
    *ret_bytes = fread(text, 1, 1 << 18, file);
    fclose(file);
    return text;
}

static const struct pabulib *taken(const char *text)
{
    struct err err = {0};
    const struct pabulib *pb = NULL;

    cr_assert_eq(pabulib_read(arena, text, strlen(text), &pb, &err), 0, "%s", err.detail);
    return pb;
}

#define META     "META\nkey;value\nbudget;1000\nvote_type;approval\n"
#define PROJECTS "PROJECTS\nproject_id;cost;name\n"
#define TWO      PROJECTS "b;300;Bench\na;200.50;Arch\n"
#define VOTES    "VOTES\nvoter_id;vote\n"

Test(pabulib, the_smallest_file)
{
    const struct pabulib *pb = taken(META TWO VOTES "v1;a,b\nv2;\nv3;b\n");

    cr_expect_eq(pb->type, PABULIB_APPROVAL);
    cr_expect_eq(pb->budget_fen, 100000);
    cr_assert_eq(pb->project_count, 2);
    cr_expect_str_eq(pb->projects[0].id, "a", "sorted by id");
    cr_expect_eq(pb->projects[0].cost_fen, 20050);
    cr_expect_eq(pb->projects[0].selected, -1);
    cr_expect_str_eq(pb->projects[1].name, "Bench");
    cr_assert_eq(pb->vote_count, 3, "an empty vote is a vote");
    cr_expect_eq(pb->votes[1].count, 0);
    cr_expect_eq(pb->choices[1].project, 1);
    cr_expect_eq(pb->choices[1].rank, 2);
    cr_expect_eq(pb->votes[2].first, 2);
}

Test(pabulib, ids_in_byte_order)
{
    const struct pabulib *pb = taken(META "PROJECTS\nproject_id;cost\n9;1\n10;1\n1001;1\n" VOTES);

    cr_expect_str_eq(pb->projects[0].id, "10");
    cr_expect_str_eq(pb->projects[1].id, "1001");
    cr_expect_str_eq(pb->projects[2].id, "9");
}

/* Byte-order mark, CRLF, a lone last line, blank lines, quotes, other columns, other order. */
Test(pabulib, as_found_in_the_wild)
{
    const struct pabulib *pb = taken("\xef\xbb\xbf"
                                     "META\r\nkey;value\r\nVOTE_TYPE;x\r\nvote_type;approval\r\n\r\n"
                                     "budget;1000.00\r\ncurrency;PLN\r\ncomment;#1: a; b\r\n"
                                     "PROJECTS\r\nname;latitude;cost;project_id;selected\r\n"
                                     "\"A \"\"good\"\" one; with; all\";52.1;300;p 1;2\r\n"
                                     "\"two\r\nlines\";;250.0000;p2;0\r\n   \r\n"
                                     "votes\r\nage;vote;voter_id;voting_method\r\n34; p2 , p 1 ;v1;paper");

    cr_assert_eq(pb->project_count, 2);
    cr_expect_str_eq(pb->projects[0].name, "A \"good\" one; with; all");
    cr_expect_eq(pb->projects[0].selected, 2);
    cr_expect_str_eq(pb->projects[1].name, "two  lines");
    cr_expect_eq(pb->projects[1].cost_fen, 25000);
    cr_expect_str_eq(pb->currency, "PLN");
    cr_assert_eq(pb->vote_count, 1);
    cr_expect_str_eq(pb->votes[0].source, "paper");
    cr_expect_eq(pb->votes[0].count, 2);
    cr_expect_eq(pb->choices[0].project, 1);
}

Test(pabulib, voters_without_ids)
{
    const struct pabulib *pb = taken(META TWO "VOTES\nvote\na\n\"a,b\"\n");

    cr_assert_eq(pb->vote_count, 2);
    cr_expect_str_eq(pb->votes[0].voter, "1");
    cr_expect_str_eq(pb->votes[1].voter, "2");
    cr_expect_eq(pb->votes[1].count, 2);
}

Test(pabulib, points_and_places)
{
    const struct pabulib *pb = taken("META\nkey;value\nbudget;10\nvote_type;cumulative\n" TWO
                                     "VOTES\nvoter_id;points;vote\nv;3,0.5;b,a\n");

    cr_expect_eq(pb->choices[0].value, 3000000);
    cr_expect_eq(pb->choices[1].value, 500000);
    cr_expect_eq(pb->point, 1, "told in millionths");
    cr_expect_eq(pabulib_facts(arena, pb)->choices[1].value, 500000);
    pb = taken("META\nkey;value\nbudget;10\nvote_type;scoring\n" TWO
               "VOTES\nvoter_id;points;vote\nv;3,5.0;b,a\n");
    cr_expect_eq(pabulib_facts(arena, pb)->choices[1].value, 5, "whole points stand as they are");
    pb = taken("META\nkey;value\nbudget;10\nvote_type;ordinal\n" TWO VOTES "v;b,a\n");
    cr_expect_eq(pb->type, PABULIB_ORDINAL);
    cr_expect_eq(pb->choices[0].rank, 1);
    cr_expect_eq(pb->choices[0].project, 1);
    cr_expect_eq(pb->choices[1].value, 1);
}

static const struct {
    const char *text, *line, *says;
} bad[] = {
    {"", "line 1:", "before the section VOTES"},
    {"\n\n", "line 3:", "before the section VOTES"},
    {"hello\n", "line 1:", "must begin with META"},
    {"PROJECTS\nproject_id;cost\n", "line 1:", "in this order"},
    {"META\n", "line 1:", "no header row"},
    {"META\nkey;value\nbudget;1000\n" TWO VOTES, "line 4:", "no vote_type"},
    {"META\nkey;value\nvote_type;approval\n" TWO VOTES, "line 4:", "no budget"},
    {"META\nkey;value\nbudget;-5\n", "line 3:", "not an amount"},
    {"META\nkey;value\nbudget;0\n", "line 3:", "not an amount"},
    {"META\nkey;value\nbudget;1e6\n", "line 3:", "not an amount"},
    {"META\nkey;value\nbudget;10.005\n", "line 3:", "not an amount"},
    {"META\nkey;value\nbudget;1000000000000.01\n", "line 3:", "not an amount"},
    {"META\nkey;value\nbudget\n", "line 3:", "not an amount"},
    {"META\nkey;value\nvote_type;choose-1\n", "line 3:", "unknown vote_type: \"choose-1\""},
    {"META\nkey;value\nnum_votes;many\n", "line 3:", "num_votes is not a count"},
    {META "VOTES\nvoter_id;vote\n", "line 5:", "in this order"},
    {META "PROJECTS\nid;cost\n", "line 6:", "project_id and cost"},
    {META "PROJECTS\nproject_id;cost;cost\n", "line 6:", "column is named twice"},
    {META PROJECTS "a;1;x;y\n", "line 7:", "more fields"},
    {META PROJECTS "a;0\n", "line 7:", "the cost is not"},
    {META PROJECTS "a;\n", "line 7:", "the cost is not"},
    {META PROJECTS ";5\n", "line 7:", "not a project id"},
    {META PROJECTS "\"a,b\";5\n", "line 7:", "not a project id"},
    {META PROJECTS "a;5;\"open\n", "line 7:", "has no end"},
    {META PROJECTS "a;5;\"x\"y\n", "line 7:", "follows a quoted field"},
    {META PROJECTS "a;5;\xff\xfe\n", "line 7:", "UTF-8"},
    {META PROJECTS "a;5;x\001\n", "line 7:", "control character"},
    {META "PROJECTS\nproject_id;cost;selected\na;5;yes\n", "line 7:", "selected"},
    {META PROJECTS "a;5\na;6\n" VOTES, "line 9:", "named twice: \"a\""},
    {META "PROJECTS\n", "line 5:", "no header row"},
    {META TWO, "line 9:", "before the section VOTES"},
    {META TWO "VOTES\nvoter_id\n", "line 10:", "needs the column vote"},
    {META TWO VOTES "v1;c\n", "line 11:", "not there: \"c\""},
    {META TWO VOTES "v1;a,,b\n", "line 11:", "not there: \"\""},
    {META TWO VOTES "v1;a,b,a\n", "line 11:", "names a project twice: \"a\""},
    {META TWO VOTES ";a\n", "line 11:", "not a voter id"},
    {META TWO VOTES "v1;a\n\nv1;b\n", "line 14:", "voter is named twice: \"v1\""},
    {META TWO VOTES "v1;a\nMETA\n", "line 12:", "in this order"},
    {META "num_projects;3\n" TWO VOTES, "line 10:", "num_projects"},
    {META "num_votes;2\n" TWO VOTES "v1;a\n", "line 13:", "num_votes"},
    {"META\nkey;value\nbudget;10\nvote_type;scoring\n" TWO VOTES, "line 10:", "column points"},
    {"META\nkey;value\nbudget;10\nvote_type;scoring\n" TWO "VOTES\nvote;points\na,b;3\n",
     "line 11:", "points"},
    {"META\nkey;value\nbudget;10\nvote_type;scoring\n" TWO "VOTES\nvote;points\na;3,4\n",
     "line 11:", "more points"},
    {"META\nkey;value\nbudget;10\nvote_type;scoring\n" TWO "VOTES\nvote;points\na;-3\n",
     "line 11:", "points"},
};

Test(pabulib, refused_with_its_line)
{
    for (size_t i = 0; i < LENGTH(bad); i++) {
        struct err err = {0};
        const struct pabulib *pb = NULL;
        int status = pabulib_read(arena, bad[i].text, strlen(bad[i].text), &pb, &err);

        cr_expect_eq(status, E_MALFORMED, "%zu %s", i, bad[i].says);
        cr_expect_null(pb);
        cr_expect_str_eq(err.type, "pabulib/malformed");
        cr_expect(strstr(err.detail, bad[i].line) == err.detail, "%zu: %s is not at %s", i, err.detail,
                  bad[i].line);
        cr_expect(strstr(err.detail, bad[i].says), "%zu: %s", i, err.detail);
        cr_expect(err.zh[0]);
    }
}

Test(pabulib, a_zero_byte_is_refused)
{
    static const char text[] = META TWO VOTES "v\0;a\n";
    struct err err = {0};
    const struct pabulib *pb;

    cr_expect_eq(pabulib_read(arena, text, sizeof text - 1, &pb, &err), E_MALFORMED);
}

/* All files we have are read, and the facts made of them survive the way through JSON. */
Test(pabulib, every_file)
{
    glob_t found;

    cr_assert_eq(glob(DATA "*.pb", 0, NULL, &found), 0);
    cr_assert_eq(glob(DATA "*/*.pb", GLOB_APPEND, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        CLEANUP(buf_free) struct buf once = {0}, twice = {0};
        struct err err = {0};
        const struct pabulib *pb = NULL;
        const linli_facts *facts = NULL;
        size_t bytes;
        const char *text = file_text(found.gl_pathv[i], &bytes);

        cr_assert_eq(pabulib_read(arena, text, bytes, &pb, &err), 0, "%s: %s", found.gl_pathv[i], err.detail);
        facts_write(pabulib_facts(arena, pb), &once);
        cr_assert_eq(facts_read(arena, once.data, once.size, &facts, &err), 0, "%s", err.detail);
        cr_expect_eq(facts->bid_count, pb->project_count);
        cr_expect_eq(facts->ballot_count, pb->vote_count);
        cr_expect_eq(facts->choice_count, pb->choice_count);
        facts_write(facts, &twice);
        cr_expect_gt(twice.size, 100);
    }
    cr_assert_eq(found.gl_pathc, 13);
    globfree(&found);
}

Test(pabulib, options_the_file_declares)
{
    CLEANUP(buf_free) struct buf out = {0};

    pabulib_options(taken(META TWO VOTES), &out);
    cr_expect_str_eq(out.data, "{\"ties\":[\"number\"]}");
    buf_clear(&out);
    pabulib_options(taken("META\nkey;value\nbudget;1\nvote_type;approval\nrule;equalshares/add1\n" TWO VOTES),
                    &out);
    cr_expect_str_eq(out.data, "{\"completion\":\"add1\",\"ties\":[\"number\"]}");
    buf_clear(&out);
    pabulib_options(taken("META\nkey;value\nbudget;1\nvote_type;cumulative\n" TWO
                          "VOTES\nvoter_id;points;vote\nv;3,4;b,a\nw;2;a\n"),
                    &out);
    cr_expect_str_eq(out.data, "{\"ballots\":\"cumulative\",\"utility\":\"cardinality\",\"points\":7,"
                               "\"ties\":[\"number\"]}");
}

/* Cut anywhere, or with bytes changed, a file is read or refused with a line, and nothing else. */
Test(pabulib, damaged_files, .timeout = 120)
{
    static const char spice[] = ";,\"\n\r\0\xff.0-METAVOTES";
    uint64_t seed = 20261121;
    size_t bytes;
    const char *whole = file_text(DATA "pb_cardinal/synthetic_cumulative.pb", &bytes);
    struct arena *own = arena_new(0);
    int refused = 0;

    for (int round = 0; round < 20000; round++) {
        struct err err = {0};
        const struct pabulib *pb = NULL;
        char *text = malloc(bytes); /* exact, so that a sanitizer sees one byte too far */
        size_t size = bytes;

        memcpy(text, whole, bytes);
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        if (round % 4 == 0)
            size = (size_t)(seed >> 33) % bytes;
        for (int i = 0; i < 1 + round % 3; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            text[(size_t)(seed >> 33) % bytes] = spice[(seed >> 20) % (sizeof spice - 1)];
        }
        if (pabulib_read(own, text, size, &pb, &err) != 0) {
            cr_assert_eq(err.code, E_MALFORMED);
            cr_assert_eq(strncmp(err.detail, "line ", 5), 0);
            refused++;
        } else {
            cr_assert_gt(pb->budget_fen, 0);
        }
        free(text);
        arena_reset(own);
    }
    arena_free(own);
    cr_assert_gt(refused, 5000);
}
