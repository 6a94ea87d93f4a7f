/* A log as a folder of static files: what tile.h names, written and read.  A web server gives it out as it is, so that everybody may read them,
 * whatever the umask. */
#ifndef CORE_TRUST_FOLDER_H
#define CORE_TRUST_FOLDER_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/trust/entry.h"
#include "core/trust/merkle.h"

/* One writer at a time: held until the descriptor is closed.  E_BUSY folder/busy: another has it; E_BROKEN folder/broken. */
int folder_lock(const char *folder, int *ret_fd, struct err *err) MUST_USE;

/* Writes what a log of all of `tree` has beyond one of `old` entries; `entries` are all entries, ENTRY_BYTES each.  Every
 * file is whole or not there, and all are on the disk when it returns.  E_BROKEN folder/broken names the file. */
int folder_write(const char *folder, const struct merkle *tree, const uint8_t *entries, uint64_t old, struct err *err) MUST_USE;
/* A small file beside them, such as "checkpoint", exchanged at once and on the disk when it returns. */
int folder_publish(const char *folder, const char *name, const void *bytes, size_t count, struct err *err) MUST_USE;
/* The same of a file that is nobody else's: as the umask says. */
int folder_put(const char *folder, const char *name, const void *bytes, size_t count, struct err *err) MUST_USE;

/* Reads `size` entries back (in the arena).  E_ABSENT folder/absent: a file is missing or short; E_MALFORMED log/malformed: a
 * bundle holds something else. */
int folder_entries(struct arena *arena, const char *folder, uint64_t size, uint8_t **ret, struct err *err) MUST_USE;
/* Compares every tile of hashes with the tree.  E_REFUSED log/tiles names the first that differs, E_ABSENT as above. */
int folder_tiles(const char *folder, const struct merkle *tree, struct err *err) MUST_USE;

#endif
