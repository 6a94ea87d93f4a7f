/*
 * linli plugin new mechanism|scheme NAME: a folder that builds, passes every check
 * and has a first case.  What it begins with is what the handbook explains line by
 * line: the scheme of docs/plugin.md, and the road of public bidding.
 */
#include "api/cli/plugin_new.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "api/cli/cli.h"
#include "core/base/config.h"
#include "core/base/text.h"

/* A file of the share folder and where it goes; words of it stand for the name. */
struct piece {
    const char *from, *to, *word;
};

static const struct piece of_scheme[] = {
    {"docs/example_plugin/plugin.c", "plugin.c", "cheapest"},
    {"config/plugin/scheme.case", "cases/first.case", "@ID@"},
    {"config/plugin/Makefile", "Makefile", "@ID@"},
    {"config/plugin/CMakeLists.txt", "CMakeLists.txt", "@ID@"},
};
static const struct piece of_mechanism[] = {
    {"plugins/mechanisms/public_bidding/plugin.c", "plugin.c", "public_bidding"},
    {"config/plugin/mechanism.case", "cases/first.case", "@ID@"},
    {"config/plugin/Makefile", "Makefile", "@ID@"},
    {"config/plugin/CMakeLists.txt", "CMakeLists.txt", "@ID@"},
};

static void replaced(const char *text, const char *word, const char *by, struct buf *out)
{
    for (const char *found; (found = strstr(text, word)); text = found + strlen(word)) {
        buf_add(out, text, (size_t)(found - text));
        buf_text(out, by);
    }
    buf_text(out, text);
}

/* Of this program: its check and its SDK are those the folder was made for. */
static const char *program_path(struct arena *arena)
{
    char self[4096];
    ssize_t size = readlink("/proc/self/exe", self, sizeof(self));

    return size > 0 && size < (ssize_t)sizeof(self) ? arena_ndup(arena, self, (size_t)size) : "linli";
}

static bool piece_write(struct arena *arena, const struct piece *p, const char *folder, const char *id)
{
    const char *from = arena_printf(arena, "%s/%s", config_share(arena), p->from);
    const char *to = arena_printf(arena, "%s/%s", folder, p->to);
    CLEANUP(buf_free) struct buf named = {0}, out = {0};
    char *text = NULL;
    size_t bytes = 0;

    if (!cli_read(arena, from, &text, &bytes))
        return false;
    replaced(text, p->word, id, &named);
    replaced(named.data, "@LINLI@", program_path(arena), &out);
    return cli_write(to, &out);
}

/* A C keyword or two of the template's own words would not compile. */
static bool name_fits(const char *id)
{
    static const char *const taken[] = {
        "auto",    "break",  "case",    "char",     "const",    "continue", "default",    "do",
        "double",  "else",   "enum",    "extern",   "float",    "for",      "goto",       "if",
        "inline",  "int",    "long",    "register", "return",   "short",    "signed",     "sizeof",
        "static",  "struct", "switch",  "typedef",  "union",    "unsigned", "void",       "volatile",
        "while",   "about",  "check",   "plan",     "step",     "admit",    "award",      "schedule",
        "release", "refuse", "rows",    "phases",   "road",     "evaluate", "criteria",   "rank",
        "price",   "look",   "options", "messages", "examples", "schemes",  "mechanisms", "spans",
        "needs",   "checks", "papers",  "ways",     "gates",    "ends",     "advisory",   "restrict",
        "bool"};

    if (!code_ok(id))
        return false;
    for (size_t i = 0; i < LENGTH(taken); i++)
        if (strcmp(taken[i], id) == 0)
            return false;
    return true;
}

int plugin_new(const char *kind, const char *path)
{
    const bool scheme = strcmp(kind, "scheme") == 0;
    const struct piece *pieces = scheme ? of_scheme : of_mechanism;
    const char *slash = strrchr(path, '/'), *id = slash ? slash + 1 : path;
    struct arena *arena;
    bool good = true;

    if (!scheme && strcmp(kind, "mechanism") != 0) {
        cli_say("\"%s\" is neither mechanism nor scheme", kind);
        return EX_USAGE;
    }
    if (!name_fits(id)) {
        cli_say("\"%s\" is no name: a to z, 0 to 9 and _, 40 at most, a letter first, "
                "no word of C or of the template",
                id);
        return EX_USAGE;
    }
    arena = arena_new(0);
    if (mkdir(path, 0777) != 0 || mkdir(arena_printf(arena, "%s/cases", path), 0777) != 0) {
        cli_say("cannot make %s: %s", path, strerror(errno));
        arena_free(arena);
        return EX_CANTCREAT;
    }
    for (size_t i = 0; good && i < LENGTH(of_scheme); i++)
        good = piece_write(arena, &pieces[i], path, id);
    arena_free(arena);
    if (good)
        printf("%s: plugin.c, cases/first.case, Makefile, CMakeLists.txt\n"
               "下一步 / next: make -C %s check\n",
               path, path);
    return good ? EX_OK : EX_CANTCREAT;
}
