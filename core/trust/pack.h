/*
 * Many files under names, as a folder or one archive (tar, with or without gzip, or zip): how bundles travel.  Names are
 * paths below the folder, "decisions/0192f0c4-...", without ".." and never absolute; anything but a plain file is passed over.
 */
#ifndef CORE_TRUST_PACK_H
#define CORE_TRUST_PACK_H

#include "core/base/arena.h"
#include "core/base/err.h"

enum { PACK_FILES_MAX = 2000000 };
#define PACK_BYTES_MAX (INT64_C(2) << 30)       /* of one archive, unpacked; of one file of a folder */

struct pack;
/* Both: E_ABSENT folder/absent: it is not there; E_MALFORMED bundle/malformed: it is no such thing, or too large. */
int pack_read(struct arena *arena, const char *path, struct pack **ret, struct err *err) MUST_USE;
/* One file, NUL-terminated, from the arena it was read with. */
int pack_file(struct pack *pack, const char *name, char **ret, size_t *ret_bytes, struct err *err) MUST_USE;
bool pack_has(const struct pack *pack, const char *name) MUST_USE;
/* All names, sorted by their bytes. */
size_t      pack_count(const struct pack *pack);
const char *pack_name(const struct pack *pack, size_t i);

/* A new archive, written to a descriptor; by the name's end: ".zip", else tar.  Nothing of it tells when or by whom it was made. */
struct packing;
int  packing_open(int fd, const char *like, struct packing **ret, struct err *err) MUST_USE;
int  packing_add(struct packing *packing, const char *name, const void *bytes, size_t count, struct err *err) MUST_USE;
/* Writes what is left and frees it; E_BROKEN folder/broken as the two above. */
int  packing_close(struct packing *packing, struct err *err) MUST_USE;

#endif
