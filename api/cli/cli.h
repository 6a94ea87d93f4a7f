/* What several subcommands share: a whole file, a host over the right folders, faults on stderr. */
#ifndef API_CLI_CLI_H
#define API_CLI_CLI_H

#include <stdint.h>
#include <stdio.h>

#include "api/cli/command.h"
#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/host/host.h"

/* A file of at most 256 MiB, "-" being standard input; NUL-terminated.  False: said on stderr. */
bool cli_read(struct arena *arena, const char *path, char **ret, size_t *ret_bytes) MUST_USE;

/* A whole file, made or made anew.  False: said on stderr. */
bool cli_write(const char *path, const struct buf *text) MUST_USE;

/* Opens a host for one command over `folder`, or, where it is NULL, over the
 * configured folders (core/base/config.h); the one that came with Linli where the
 * settings, which a server may keep to itself, cannot be read.  False: said on stderr. */
bool cli_host_open(struct arena *arena, const char *folder, struct host **ret) MUST_USE;

/* The official calendar of the share folder becomes that of facts_read. */
void cli_calendar(struct arena *arena);

/* Where a server leaves, as a hidden file of its folder of copies, what its last look at the plug-ins gave:
 * a line for each file, "loaded ..." or why it was refused. */
struct config;
const char *cli_reload_report(struct arena *arena, const struct config *config, int64_t pid);

/* One line on stderr, after the words of the command: "linli serve: ...". */
void cli_say(const char *format, ...) PRINTF(1, 2);
/* One line, of `subject` where it is not NULL, then one for each member at fault. */
void cli_fault(const char *subject, const struct err *err);
/* The exit code of a command that ends with `code`: EX_IOERR, said on stderr, where it was good and what it printed
 * could not be written, on a full disk. */
int cli_end(int code);
/* Canonical JSON, or with indents. */
void cli_print_json(FILE *out, const char *json, bool pretty);

#endif
