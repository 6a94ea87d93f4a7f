/*
 * scheme_ask PLUGIN_DIR: reads "ID FACTS" line by line, where the facts may hold "options", and answers
 * each with one line: the evaluation, or {"error": ..}.  One process for thousands of questions.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/host/facts.h"
#include "core/host/facts_form.h"
#include "core/host/host.h"

static linli_admissions all_of(struct arena *arena, const linli_facts *f)
{
    linli_admission *items = ARENA_NEW(arena, linli_admission, f->bid_count + 1);

    for (size_t i = 0; i < f->bid_count; i++)
        items[i] = (linli_admission){.bid = f->bids[i].key, .admitted = true};
    return (linli_admissions){items, f->bid_count, (int32_t)f->bid_count};
}

static int answer(struct host *host, struct arena *arena, const char *id, const char *json, char **ret,
                  struct err *err)
{
    const struct plugin *plugin = host_find(host, PLUGIN_SCHEME, id, NULL);
    const linli_evaluation *evaluation;
    struct facts_form *form;
    const void *options;
    int status = plugin ? facts_read_form(arena, json, strlen(json), &form, err)
                        : err_set(err, E_ABSENT, "plugin/absent", "no scheme %s", id);

    if (!status) {
        const char *chosen = form->options ? form->options : "{}";
        status = plugin_options(plugin, arena, chosen, strlen(chosen), &form->facts, &options, NULL, err);
    }
    if (status)
        return status;
    linli_admissions admitted = all_of(arena, &form->facts);
    return ask_evaluate(plugin, arena, options, &form->facts, &admitted, &evaluation, ret, err);
}

/* "ID JSON", the line without its end. */
static void one(struct host *host, char *line)
{
    struct arena *arena = arena_new(0);
    struct err err = {0};
    char *json = NULL, *space = strchr(line, ' ');

    if (space)
        *space = '\0';
    if (!space || answer(host, arena, line, space + 1, &json, &err))
        printf("{\"error\":\"%s\"}\n", err.type[0] ? err.type : "a line is ID and facts");
    else
        puts(json);
    fflush(stdout);
    arena_free(arena);
}

int main(int argc, char **argv)
{
    const char *const folders[] = {argc > 1 ? argv[1] : ".", NULL};
    struct host_config config = {.folders = folders, .quick = true};
    CLEANUP(buf_free) struct buf report = {0};
    struct err err = {0};
    struct host *host;
    char *line = NULL;
    size_t room = 0;
    ssize_t size;

    if (host_open(&config, &host, &report, &err)) {
        fprintf(stderr, "scheme_ask: %s\n", err.detail);
        return 2;
    }
    while ((size = getline(&line, &room, stdin)) > 0) {
        line[size - 1] = '\0';
        one(host, line);
    }
    free(line);
    host_close(host);
    return 0;
}
