/* The host's own view of a plug-in and of one question to it. */
#ifndef CORE_HOST_PLUGIN_H
#define CORE_HOST_PLUGIN_H

#include "core/base/digest.h"
#include "core/host/answer.h"
#include "core/host/host.h"

struct limits {
    size_t arena_bytes;
    int cpu_seconds;
};

struct plugin {
    enum plugin_kind kind;
    const linli_mechanism *mechanism; /* one of the two */
    const linli_scheme *scheme;
    const struct limits *limits;
    char sha256[SHA256_TEXT];
    bool apart; /* asked in a child, so that its death is an answer */
};

/* Asks, checks the answer and copies it into `arena`.  Everything that the
 * public ask_ functions share. */
int plugin_ask(const struct plugin *plugin, struct question *q, struct arena *arena, void **ret,
               char **ret_json, struct err *err) MUST_USE;

/* The plug-in's table as a form. */
struct form plugin_form(const struct plugin *plugin);

/* As plugin_check_file; `all`: lines for what passed, too.  And the part of it that
 * questions a copy already read as ELF, which the host does with every new one. */
int plugin_check_path(const char *path, struct buf *report, bool all) MUST_USE;
int module_check(const char *path, bool exact, struct buf *report, bool all) MUST_USE;

/* Walks every state of the mechanisms in a file (core/host/explore.h); one line for
 * each fault and each example, and how many faults, or -1. */
int plugin_explore(const char *path, int bids, struct buf *report) MUST_USE;

/* Runs fn(arg) in a child with limits and gives its exit status.  What the child
 * writes into `memory`, made by child_memory(bytes), the parent sees, and may be
 * anything at all; of other such memory it has none.
 *
 * E_REFUSED  plugin/failed: it was killed, ran too long or ran out of memory */
int child_run(void (*fn)(void *), void *arg, void *memory, size_t bytes, const struct limits *limits,
              struct err *err) MUST_USE;
/* In the child, once everything is opened: from here on the kernel gives memory and nothing else. */
void child_sandbox(void);
void *child_memory(size_t bytes) MUST_USE; /* NULL: no memory */
void child_memory_free(void *memory, size_t bytes);

#endif
