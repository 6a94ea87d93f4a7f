/*
 * linli bid check: the check that is made at the opening, beforehand and
 * offline.  The tender's rules are the answer of GET /api/v1/tenders/{tender}/plan.
 */
#include <argp.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/cli.h"
#include "api/cli/tender_file.h"
#include "core/base/digest.h"
#include "core/service/bid_file.h"

int cli_bid(int argc, char **argv);

struct bid_check {
    const char *act, *file, *tender;
};

static const struct argp_option arguments[] = {
    {"tender", 't', "FILE", 0, "the answer of GET /api/v1/tenders/{tender}/plan; - is standard input", 0},
    {0}};

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct bid_check *b = state->input;

    switch (key) {
    case 't':
        b->tender = value;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 1)
            argp_error(state, "one FILE is enough");
        *(state->arg_num == 0 ? &b->act : &b->file) = value;
        return 0;
    case ARGP_KEY_END:
        if (!b->act || strcmp(b->act, "check") != 0 || !b->file || !b->tender)
            argp_error(state, "check FILE and --tender are needed");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    arguments,
    parse,
    "check FILE",
    "Checks a bid file against the rules of its tender, as it will be checked at the opening.\v"
    "Prints its SHA-256 and size, to be handed in, and its price.\n"
    "Exit: 0 it would stand, 64 usage, 65 it would be void (one line for each fault), 66 a file cannot be "
    "read.",
    NULL,
    NULL,
    NULL};

static void say_good(const char *json, size_t bytes, const struct bid_content *content)
{
    uint8_t digest[SHA256_BYTES];
    char hex[SHA256_TEXT], price[MONEY_TEXT];

    sha256_of(json, bytes, digest);
    hex_print(digest, SHA256_BYTES, hex);
    money_print(content->price_fen, price);
    printf("sha256 %s\nbytes %zu\nlot %lld\nprice %s\n", hex, bytes, (long long)content->lot, price);
}

static int check(struct arena *arena, void *options)
{
    const struct bid_check *b = options;
    struct bid_content content = {0};
    struct tender_file t = {0};
    struct err err = {0};
    char *tender, *bid;
    size_t tender_bytes, bid_bytes;

    if (!cli_read(arena, b->tender, &tender, &tender_bytes) || !cli_read(arena, b->file, &bid, &bid_bytes))
        return EX_NOINPUT;
    if (tender_file_read(arena, tender, tender_bytes, &t, &err)) {
        cli_fault(b->tender, &err);
        return EX_DATAERR;
    }
    if (bid_read(arena, t.plan, bid, bid_bytes, &content, &err)) {
        cli_fault(b->file, &err);
        return EX_DATAERR;
    }
    say_good(bid, bid_bytes, &content);
    return EX_OK;
}

int cli_bid(int argc, char **argv)
{
    struct bid_check b = {0};

    return cli_run(&argp, argc, argv, &b, check);
}
