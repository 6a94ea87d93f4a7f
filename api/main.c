/* linli: one binary, one subcommand for each job. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/cli.h"

#define COMMAND(name, text) int cli_##name(int argc, char **argv);
#include "api/commands.def"
#undef COMMAND

static const struct command {
    const char *name, *text;
    int (*run)(int, char **);
} commands[] = {
#define COMMAND(name, text) {#name, text, cli_##name},
#include "api/commands.def"
#undef COMMAND
    {NULL, NULL, NULL}};

static void usage(FILE *out)
{
    fputs("Usage: linli COMMAND [OPTION...]\n\nCommands:\n", out);
    for (const struct command *c = commands; c->name; c++)
        fprintf(out, "  %-10s %s\n", c->name, c->text);
    fputs("\n  linli COMMAND --help tells more; linli --version prints the version.\n"
          "  Exit 74 of any: what it printed could not be written.\n",
          out);
}

/* Whatever a command says of itself begins with "linli COMMAND": usage, hints and complaints, argp's among
 * them. */
static int run(const struct command *c, int argc, char **argv)
{
    char name[32];

    snprintf(name, sizeof(name), "linli %s", c->name);
    program_invocation_name = program_invocation_short_name = argv[0] = name;
    return cli_end(c->run(argc, argv));
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        usage(stderr);
        return EX_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        usage(stdout);
        return cli_end(EX_OK);
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("linli " LINLI_VERSION);
        return cli_end(EX_OK);
    }
    for (const struct command *c = commands; c->name; c++)
        if (strcmp(argv[1], c->name) == 0)
            return run(c, argc - 1, argv + 1);
    fprintf(stderr, "linli: no command \"%s\"\n", argv[1]);
    usage(stderr);
    return EX_USAGE;
}
