/* See api/cli/cli.h. */
#include "api/cli/cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/base/config.h"
#include "core/domain/calendar.h"
#include "core/host/facts.h"

enum { FILE_BYTES_MAX = 256 << 20, FOLDERS_MAX = 32 };

bool cli_read(struct arena *arena, const char *path, char **ret, size_t *ret_bytes)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "re");
    CLEANUP(buf_free) struct buf text = {0};
    char piece[65536];
    size_t got;

    if (!file) {
        cli_say("cannot open %s: %s", path, strerror(errno));
        return false;
    }
    while ((got = fread(piece, 1, sizeof piece, file)) > 0 && text.size <= FILE_BYTES_MAX)
        buf_add(&text, piece, got);
    bool good = !ferror(file) && text.size <= FILE_BYTES_MAX;
    if (!good)
        cli_say("cannot read %s", path);
    if (!standard)
        fclose(file);
    buf_reserve(&text, 0);
    *ret = arena_ndup(arena, text.data ? text.data : "", text.size);
    *ret_bytes = text.size;
    return good;
}

bool cli_write(const char *path, const struct buf *text)
{
    FILE *file = fopen(path, "we");
    bool good = file && (text->size == 0 || fwrite(text->data, 1, text->size, file) == text->size);

    if (file)
        good = fclose(file) == 0 && good;
    if (!good)
        cli_say("cannot write %s: %s", path, strerror(errno));
    return good;
}

/* "a:b" as a NULL-ended list. */
static const char *const *folders_of(struct arena *arena, const char *list)
{
    const char **folders = ARENA_NEW(arena, const char *, FOLDERS_MAX + 1);
    size_t count = 0;

    for (const char *at = list; *at && count < FOLDERS_MAX;) {
        size_t size = strcspn(at, ":");
        if (size > 0)
            folders[count++] = arena_ndup(arena, at, size);
        at += size + (at[size] == ':');
    }
    return folders;
}

bool cli_host_open(struct arena *arena, const char *folder, struct host **ret)
{
    struct config config;
    struct err err = {0};
    CLEANUP(buf_free) struct buf report = {0};

    if (!folder) {
        if (config_load(arena, NULL, NULL, 0, &config, &err)) {
            cli_fault("configuration, not heeded", &err);
            folder = config_plugins_own(arena);
        } else {
            folder = config_plugins(&config, arena);
        }
    }
    struct host_config host = {
        .folders = folders_of(arena, folder), .own = config_plugins_own(arena), .quick = true};
    if (host_open(&host, ret, &report, &err)) {
        cli_fault("plug-ins", &err);
        return false;
    }
    for (char *line = report.data; line && *line; line += strcspn(line, "\n") + 1)
        if (strncmp(line, "loaded ", 7) != 0)
            cli_say("%.*s", (int)strcspn(line, "\n"), line);
    return true;
}

const char *cli_reload_report(struct arena *arena, const struct config *config, int64_t pid)
{
    return arena_printf(arena, "%s/.reload.%lld", config_folder(arena, config->plugins_state),
                        (long long)pid);
}

void cli_calendar(struct arena *arena)
{
    const char *path = arena_printf(arena, "%s/config/calendar/cn_working_days.csv", config_share(arena));
    const linli_calendar *calendar = NULL;

    if (access(path, R_OK) == 0 && calendar_load(path, arena, &calendar, NULL) == 0)
        facts_set_calendar(calendar);
}

void cli_say(const char *format, ...)
{
    va_list args;

    fprintf(stderr, "%s: ", program_invocation_name);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    putc('\n', stderr);
}

void cli_fault(const char *subject, const struct err *err)
{
    cli_say("%s%s%s%s%s", subject ? subject : "", subject ? ": " : "", err->detail, err->zh[0] ? " / " : "",
            err->zh);
    if (err->article[0])
        fprintf(stderr, "  %s\n", err->article);
    for (int i = 0; i < err->at_count; i++)
        fprintf(stderr, "  %s  %s  %s / %s\n", err->at[i].pointer[0] ? err->at[i].pointer : "(whole)",
                err->at[i].code, err->at[i].text, err->at[i].zh);
}

int cli_end(int code)
{
    const bool flushed = fflush(stdout) == 0;

    if (flushed && !ferror(stdout))
        return code;
    cli_say("what was printed could not be written / 输出未能写入");
    return code ? code : EX_IOERR;
}

static void new_line(FILE *out, int depth)
{
    fprintf(out, "\n%*s", depth * 2, "");
}

static void print_pretty(FILE *out, const char *json)
{
    int depth = 0;
    bool inside = false;

    for (const char *c = json; *c; c++) {
        bool opens = !inside && (*c == '{' || *c == '['), closes = !inside && (*c == '}' || *c == ']');
        bool empty = (closes && (c[-1] == '{' || c[-1] == '[')) || (opens && (c[1] == '}' || c[1] == ']'));
        if (closes && --depth >= 0 && !empty)
            new_line(out, depth);
        putc(*c, out);
        if (inside && *c == '\\' && c[1])
            putc(*++c, out);
        else if (*c == '"')
            inside = !inside;
        if (opens)
            depth++;
        if ((opens && !empty) || (!inside && *c == ','))
            new_line(out, depth);
        if (!inside && *c == ':')
            putc(' ', out);
    }
}

void cli_print_json(FILE *out, const char *json, bool pretty)
{
    if (pretty)
        print_pretty(out, json);
    else
        fputs(json, out);
    putc('\n', out);
}
