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
#include "core/json/doc.h"
#include "core/service/bid_file.h"

int cli_bid(int argc, char **argv);

struct bid_check {
    const char *act, *file, *tender;
};

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_NEED(bid_check, tender, "tender", 't', "FILE", "the answer of GET /api/v1/tenders/{tender}/plan; - is standard input"),
    CLI_ARGUMENT(bid_check, act, "check"),
    CLI_ARGUMENT(bid_check, file, "FILE"),
};
/* clang-format on */

static void act_check(const void *options, struct argp_state *state)
{
    const struct bid_check *b = options;

    if (strcmp(b->act, "check") != 0)
        argp_usage(state);
}

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .arguments = "check FILE",
    .help = "Checks a bid file against the rules of its tender, as it will be checked at the opening."
            "\vPrints its SHA-256 and size, to be handed in, and its price.\n"
            "Exit: 0 it would stand, 64 usage, 65 it would be void (one line for each fault), 66 a file "
            "cannot be read.",
    .check = act_check,
};

static void say_good(const char *json, size_t bytes, const struct bid_content *content)
{
    uint8_t digest[SHA256_BYTES];
    char hex[SHA256_TEXT], price[MONEY_TEXT];

    sha256_of(json, bytes, digest);
    hex_print(digest, SHA256_BYTES, hex);
    money_print(content->price_fen, price);
    printf("sha256 %s\nbytes %zu\nlot %lld\nprice %s\n", hex, bytes, (long long)content->lot, price);
}

static const struct tender_lot *lot_of(const struct tender_file *t, int64_t no)
{
    const struct tender_lot *lots = t->lots.items;

    for (size_t i = 0; i < t->lots.count; i++)
        if (lots[i].no == no)
            return &lots[i];
    return NULL;
}

/* What is handed in for a lot; and, as a warning, what the admission looks at once the bid is open. */
static int check_lot(const struct tender_file *t, const struct bid_content *content, struct err *err)
{
    const struct tender_lot *lot = lot_of(t, content->lot);
    char most[MONEY_TEXT], price[MONEY_TEXT];

    if (!t->lots.count)
        return 0;
    if (!lot) {
        err_set(err, E_INVALID, "bid/invalid", "there is no lot %lld", (long long)content->lot);
        err_at(err, "/lot", "absent", "is no lot of this tender", "本项目没有这个采购包");
        return E_INVALID;
    }
    const int64_t limit = lot->ceiling.minor ? lot->ceiling.minor : lot->budget.minor;
    if (content->price_fen > limit) {
        money_print(content->price_fen, price);
        money_print(limit, most);
        cli_say(
            "warning: the price %s is over the %s of %s: it would not be admitted / 报价超过%s，不能通过审查",
            price, lot->ceiling.minor ? "ceiling" : "budget", most, lot->ceiling.minor ? "最高限价" : "预算");
    }
    return 0;
}

/* bid.json, or of two envelopes price.json. */
static int file_read(struct arena *arena, const linli_plan *plan, const char *json, size_t bytes,
                     struct bid_content *ret, struct err *err)
{
    struct doc *doc;
    const char *format = doc_read(arena, json, bytes, &doc, NULL) ? NULL : doc_text(doc, "/linli");
    const bool price = plan->sealing == LINLI_TWO_ENVELOPES && format && strcmp(format, "price/1") == 0;

    return price ? price_read(arena, plan, json, bytes, ret, err)
                 : bid_read(arena, plan, json, bytes, ret, err);
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
    if (file_read(arena, t.plan, bid, bid_bytes, &content, &err) || check_lot(&t, &content, &err)) {
        cli_fault(b->file, &err);
        return EX_DATAERR;
    }
    say_good(bid, bid_bytes, &content);
    return EX_OK;
}

int cli_bid(int argc, char **argv)
{
    struct bid_check b = {0};

    return cli_run(&command, argc, argv, &b, check);
}
