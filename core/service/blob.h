/*
 * Files named by the SHA-256 of their content: <folder>/ab/<sha256>, each with a
 * row that tells its size and type.  A file comes in parts under
 * <folder>/part/<person>-<sha256>, is checked when whole, and only then has its
 * name.  What nobody used goes after a day.
 */
#ifndef CORE_SERVICE_BLOB_H
#define CORE_SERVICE_BLOB_H

#include "core/service/act.h"

/* Makes the folders where they are missing, and at the first start of a database the mark that says whose files they hold.
 * E_BROKEN where they cannot be written; E_REFUSED config/invalid where the folder is another one than before, such as the
 * empty one below a volume that is not mounted. */
int blob_open(const struct service *service, struct err *err) MUST_USE;
/* The same question, asked alone: 0 also where the database was never served. */
int blob_marked(const struct service *service, struct err *err) MUST_USE;
/* Removes what was uploaded more than a day ago and never used. */
int blob_expire(const struct service *service, struct err *err) MUST_USE;

/* Where a file lies; the digest is lower-case hexadecimal. */
const char *blob_path(const struct service *service, struct arena *arena, const char *sha256);

/* A file as it was handed in, read only, in no memory of the process but the system's cache.  False: it is not there, or
 * not what its digest says. */
struct blob_map { const uint8_t *bytes; size_t count; };
bool blob_map(const struct service *service, const uint8_t sha256[32], int64_t bytes, struct blob_map *ret) MUST_USE;
void blob_unmap(struct blob_map *map);          /* one that was never mapped is fine */

/* The media type of a file, found by its content. */
const char *blob_type(struct arena *arena, const char *path);

/* The row (bytes, type) of a file that the actor uploaded.  E_ABSENT blob/absent at /sha256. */
int blob_brought(struct act *a, const char *sha256, struct rows **ret, struct err *err) MUST_USE;

/* An upload of one person, to go on where it stopped. */
struct upload {
    const struct service *service;
    struct arena         *arena;
    const char           *person, *sha256;
    int                   file;         /* open and locked; -1: the file is here already */
    int64_t               bytes;        /* received so far, of all requests */
};

/* How far an upload has come: bytes, and whether it is whole and stored. */
int upload_look(struct upload *u, bool *ret_whole, struct err *err) MUST_USE;
/* Opens it at `offset`, of `total` bytes in all.
 * E_CONFLICT upload/offset, upload/busy;  E_REFUSED upload/quota */
int upload_open(struct upload *u, int64_t offset, int64_t total, int64_t quota_bytes, struct err *err) MUST_USE;
int upload_add(struct upload *u, const void *bytes, size_t count, struct err *err) MUST_USE;
/* The whole is here: checks the digest, finds the type, moves it to its name,
 * stores the row.  A file that does not fit is removed: E_INVALID blob/mismatch. */
int upload_end(struct upload *u, const char **ret_type, struct err *err) MUST_USE;
/* Leaves the part where it is, for another request to go on. */
void upload_close(struct upload *u);

#endif
