/* linli score: a member of a panel commits to its marks, on its own machine. */
#include <sodium.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/trust.h"
#include "core/base/digest.h"
#include "core/json/doc.h"
#include "core/trust/score.h"

int cli_score(int argc, char **argv);

struct scoring {
    const char *key, *passphrase, *member, *commit, *reveal, *sheets;
};

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_NEED(scoring, key, "key", 'k', "FILE", "the member's key file: 评委密钥"),
    CLI_PASSPHRASE(scoring),
    CLI_NEED(scoring, member, "member", 'm', "UUID", "the member's id on the panel: 评审小组成员编号"),
    CLI_NEED(scoring, commit, "commit", 'c', "FILE", "what to hand in now: 承诺，现在提交"),
    CLI_NEED(scoring, reveal, "reveal", 'r', "FILE", "what to hand in once every member has committed; keep it: 揭示，全体承诺后提交"),
    CLI_ARGUMENT(scoring, sheets, "SHEETS"),
};
/* clang-format on */

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .arguments = "SHEETS",
    .help = "Commits to marks: SHEETS is JSON as PUT /lots/{lot}/marks takes it."
            "\v承诺评分：SHEETS 为 PUT /lots/{lot}/marks 的请求体。先提交 --commit "
            "的文件，全体评委均已提交后，再提交 --reveal 的文件；在此之前不要给任何人看。\n"
            "Post the first file to /lots/{lot}/marks/commit; the second to /lots/{lot}/marks/reveal, and "
            "show it to nobody before every member has committed.\n"
            "Exit: 0 done, 64 usage, 65 a file is not what it should be, 66 one cannot be read, 73 a file "
            "cannot be made, 77 the passphrase is wrong.",
};

/* The marks of a bid of the file as a sheet; EX_DATAERR: said. */
static int sheet_of(struct arena *arena, const struct scoring *s, const struct doc *doc, size_t i, char **ret)
{
    const char *at = arena_printf(arena, "/sheets/%zu", i);
    const char *bid = doc_text(doc, arena_printf(arena, "%s/bid", at));
    size_t count = doc_count(doc, arena_printf(arena, "%s/marks", at));
    struct score_mark *marks = ARENA_NEW(arena, struct score_mark, count + 1);
    bool good = bid && count;
    struct err err = {0};

    for (size_t m = 0; m < count && good; m++) {
        const char *mark = arena_printf(arena, "%s/marks/%zu", at, m);
        marks[m] = (struct score_mark){doc_text(doc, arena_printf(arena, "%s/criterion", mark)),
                                       doc_text(doc, arena_printf(arena, "%s/value", mark)),
                                       doc_text(doc, arena_printf(arena, "%s/reason", mark))};
        good = marks[m].criterion && marks[m].value && marks[m].reason;
    }
    if (!good) {
        cli_say(
            "%s: sheet %zu needs a bid, and of each mark criterion, value and reason / 第 %zu 份评分表不完整",
            s->sheets, i + 1, i + 1);
        return EX_DATAERR;
    }
    if (score_sheet(arena, s->member, bid, marks, count, ret, &err) == 0)
        return EX_OK;
    cli_fault(s->sheets, &err);
    return EX_DATAERR;
}

static void hex_member(struct buf *out, const char *name, const uint8_t *bytes, size_t count)
{
    char hex[2 * SCORE_SIGNATURE + 1];

    hex_print(bytes, count, hex);
    json_key(out, name);
    json_string(out, hex);
}

static void bid_member(struct buf *out, const char *bid)
{
    json_open(out, '{');
    json_key(out, "bid");
    json_string(out, bid);
}

static int promise_one(struct arena *arena, const struct scoring *s, const struct doc *doc, size_t i,
                       const struct key *key, struct buf out[2])
{
    const char *bid = doc_text(doc, arena_printf(arena, "/sheets/%zu/bid", i));
    uint8_t nonce[SCORE_NONCE], signature[SCORE_SIGNATURE];
    struct hash commit;
    char *sheet;
    int exit = sheet_of(arena, s, doc, i, &sheet);

    if (exit)
        return exit;
    random_bytes(nonce, sizeof(nonce));
    sheet_commit(nonce, sheet, strlen(sheet), &commit);
    score_sign(key->secret, &commit, signature);
    bid_member(&out[0], bid);
    hex_member(&out[0], "commitment", commit.bytes, SHA256_BYTES);
    hex_member(&out[0], "signature", signature, sizeof(signature));
    json_close(&out[0], '}');
    bid_member(&out[1], bid);
    hex_member(&out[1], "nonce", nonce, sizeof(nonce));
    json_key(&out[1], "sheet");
    json_string(&out[1], sheet);
    json_close(&out[1], '}');
    return EX_OK;
}

static int promise_all(struct arena *arena, const struct scoring *s, const struct key *key, struct buf out[2])
{
    struct err err = {0};
    struct doc *doc;
    size_t bytes;
    char *text;
    int exit = EX_OK;

    if (!cli_read(arena, s->sheets, &text, &bytes))
        return EX_NOINPUT;
    if (doc_read(arena, text, bytes, &doc, &err)) {
        cli_fault(s->sheets, &err);
        return EX_DATAERR;
    }
    json_open(&out[0], '{');
    hex_member(&out[0], "key", key->public, SCORE_KEY);
    json_open(&out[1], '{');
    for (int f = 0; f < 2; f++) {
        json_key(&out[f], "sheets");
        json_open(&out[f], '[');
    }
    for (size_t i = 0; i < doc_count(doc, "/sheets") && !exit; i++)
        exit = promise_one(arena, s, doc, i, key, out);
    for (int f = 0; f < 2; f++) {
        json_close(&out[f], ']');
        json_close(&out[f], '}');
        buf_char(&out[f], '\n');
    }
    return exit;
}

static int score(struct arena *arena, void *options)
{
    const struct scoring *s = options;
    struct buf out[2] = {{0}, {0}};
    CLEANUP(key_forget) struct key key = {0};
    const char *passphrase;
    int exit = trust_passphrase(arena, s->passphrase, &passphrase) ? EX_OK : EX_NOINPUT;

    if (!exit)
        exit = trust_key(arena, s->key, passphrase, &key);
    trust_forget(exit ? NULL : passphrase);
    if (!exit && key.kind != KEY_EVALUATOR) {
        cli_say("%s is no evaluator's key / 不是评委密钥", s->key);
        exit = EX_DATAERR;
    }
    if (!exit)
        exit = promise_all(arena, s, &key, out);
    if (!exit)
        exit = trust_write_new(s->reveal, out[1].data, out[1].size, 0600);
    if (!exit)
        exit = trust_write_new(s->commit, out[0].data, out[0].size, 0644);
    for (int f = 0; f < 2; f++) {
        if (out[f].data)
            sodium_memzero(out[f].data, out[f].size);
        buf_free(&out[f]);
    }
    return exit;
}

int cli_score(int argc, char **argv)
{
    struct scoring s = {0};

    return cli_run(&command, argc, argv, &s, score);
}
