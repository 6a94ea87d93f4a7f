/*
 * A folder of files saved as one set: SHA256SUMS, in the form of sha256sum(1),
 * names every file of it with its digest, and is written last.
 */
#ifndef API_CLI_SAVED_H
#define API_CLI_SAVED_H

#include "core/base/arena.h"
#include "core/base/err.h"

struct saved;               /* a set being written or read; lives in the arena */
struct saved_file {
    const char *path;       /* inside the set */
    char        sha256[65];
};

/* A set that is to be written into a new or empty folder. */
int saved_new(struct arena *arena, const char *folder, struct saved **ret, struct err *err) MUST_USE;
/* Copies every regular file below `from` to <set>/<under>/...; a missing `from` is an empty one.  The folder may be in use: what is on its way
 * (`part/`, `*.new`) is left out, and so is a file that goes meanwhile.  A file whose name is a SHA-256 must have that digest:
 * E_BROKEN names it where it has not. */
int saved_take(struct saved *set, const char *from, const char *under, struct err *err) MUST_USE;
/* A file that somebody else put into the folder. */
int saved_add(struct saved *set, const char *path, struct err *err) MUST_USE;
/* Everything to the disk, then SHA256SUMS. */
int saved_close(struct saved *set, struct err *err) MUST_USE;

/* Reads a set and compares every digest; E_INVALID where a file is missing, differs or is one too many. */
int saved_open(struct arena *arena, const char *folder, struct saved **ret, struct err *err) MUST_USE;
/* Copies <set>/<under>/... to `to`.  What is there already must be the same. */
int saved_give(const struct saved *set, const char *under, const char *to, struct err *err) MUST_USE;

size_t                   saved_count(const struct saved *set);
const struct saved_file *saved_at(const struct saved *set, size_t i);      /* sorted by path once opened or closed */

#endif
