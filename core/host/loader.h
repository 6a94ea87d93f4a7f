/* From a file to a module in memory; the only door through which code comes in. */
#ifndef CORE_HOST_LOADER_H
#define CORE_HOST_LOADER_H

#include "core/base/digest.h"
#include "core/host/host.h"

/* A file as it was when it was opened; later changes of it do not matter. */
struct candidate {
    const char *path;
    uint8_t *bytes;
    size_t size;
    char sha256[SHA256_TEXT];
    char copy[4096]; /* where it lies in the state folder */
    bool apart;      /* it did not come with Linli */
};

/* Reads the file whole.  False: `why` says what is wrong. */
bool candidate_read(const char *path, struct candidate *ret, struct buf *why) MUST_USE;
void candidate_free(struct candidate *candidate);

/* Writes the copy whole, as a draft beside its place <state>/<sha256>.so; once it
 * is known to be good, candidate_settle puts it there in one step. */
bool candidate_keep(struct candidate *candidate, const char *state, struct buf *why) MUST_USE;
bool candidate_settle(struct candidate *candidate, struct buf *why) MUST_USE;
void candidate_drop(struct candidate *candidate); /* the draft goes */
/* Is a copy there that settled before? */
bool candidate_settled(struct candidate *candidate, const char *state) MUST_USE;

/* Before any of its code can run: what the ELF file imports, runs on loading,
 * holds that changes and exports, and the guard of linli_exports. */
bool candidate_pure(const struct candidate *candidate, bool *ret_exact, struct buf *why) MUST_USE;

/* Loads the copy for good; never unloaded.  `exact`: it imports libgmp. */
const linli_module *module_open(const char *path, bool exact, struct buf *why) MUST_USE;

/* The four fields that never move. */
bool guard_ok(const uint32_t guard[4], struct buf *why) MUST_USE;

#endif
