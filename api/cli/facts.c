/*
 * linli facts: files of others as facts, so that `linli decide` can be asked
 * about them without server or database.
 */
#include <argp.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/cli.h"
#include "core/host/facts.h"
#include "core/json/canon.h"
#include "core/service/pabulib.h"

int cli_facts(int argc, char **argv);

struct facts {
    const char *kind, *file, *options_out;
    bool pretty;
};

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_TEXT(facts, options_out, "options-out", 'O', "FILE", "also write the options by themselves"),
    CLI_FLAG(facts, pretty, "pretty", 'P', "indent"),
    CLI_ARGUMENT(facts, kind, "pabulib"),
    CLI_ARGUMENT(facts, file, "FILE"),
};
/* clang-format on */

static void check(const void *options, struct argp_state *state)
{
    const struct facts *f = options;

    if (strcmp(f->kind, "pabulib") != 0)
        argp_error(state, "unknown kind \"%s\"; there is pabulib", f->kind);
}

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .arguments = "pabulib FILE.pb",
    .help = "Prints a participatory-budget file (pabulib.org) as facts for `linli decide equal_shares`."
            "\vProjects become bids 1..n in byte order of their ids, priced at their cost; voters 1..n in "
            "the order of the file.  The member \"options\" carries what the file declares (ties by number; "
            "the completion its rule names); members of `linli decide --options` take their place.\n"
            "Approval and ordinal votes have the value 1 for each project named, ordinal ones their place "
            "as rank; cumulative and scoring votes carry their points.  The options name the kind of "
            "ballots.\n"
            "Exit: 0 written, 64 usage, 65 the file is at fault (its line is named), 66 no such file, 73 "
            "cannot write.",
    .check = check,
};

/* The facts with the options as one more member, keys sorted. */
static char *facts_with(struct arena *arena, const struct pabulib *pb, const struct buf *options)
{
    CLEANUP(buf_free) struct buf out = {0};
    char *text = NULL;

    facts_write(pabulib_facts(arena, pb), &out);
    MUST(out.size > 2 && out.data[out.size - 1] == '}');
    out.size--;
    buf_text(&out, ",\"options\":");
    buf_add(&out, options->data, options->size);
    buf_char(&out, '}');
    MUST(json_canonical(arena, out.data, out.size, &text, NULL) == 0);
    return text;
}

static int run(struct arena *arena, void *options_read)
{
    const struct facts *f = options_read;
    CLEANUP(buf_free) struct buf options = {0};
    const struct pabulib *pb;
    struct err err = {0};
    size_t bytes;
    char *text;

    if (!cli_read(arena, f->file, &text, &bytes))
        return EX_NOINPUT;
    if (pabulib_read(arena, text, bytes, &pb, &err)) {
        cli_fault(f->file, &err);
        return EX_DATAERR;
    }
    pabulib_options(pb, &options);
    buf_char(&options, '\n'); /* ends the file; the facts are written anew */
    if (f->options_out && !cli_write(f->options_out, &options))
        return EX_CANTCREAT;
    cli_print_json(stdout, facts_with(arena, pb, &options), f->pretty);
    return EX_OK;
}

int cli_facts(int argc, char **argv)
{
    struct facts f = {0};

    return cli_run(&command, argc, argv, &f, run);
}
