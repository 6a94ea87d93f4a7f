/* Files named by their content. */
#include "core/service/blob.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/trust/folder.h"
#include "core/trust/sealed.h"

/* Kept an hour longer than a bid may name it (sql/deploy/920_intake.sql), so that none is named while it
 * goes. */
enum { UNUSED_S = 25 * 3600, EXPIRE_MOST = 500, ENTRIES_MAX = 200, PARTS_MAX = 32 };

static int full(struct err *err)
{
    return err_set(err, E_BUSY, "upload/room", "there is no room for the file just now");
}

static int not_stored(struct err *err)
{
    if (errno == ENOSPC || errno == EDQUOT)
        return full(err);
    return err_set(err, E_BUSY, "server/busy", "could not store the file: %s", strerror(errno));
}

/* Who uploads what is not for the log to tell: of a file it is told that it is one. */
static int broken(const char *what, const char *path, struct err *err)
{
    if (errno == ENOSPC || errno == EDQUOT)
        return full(err);
    return err_set(err, E_BROKEN, "server/broken", "could not %s %s: %s", what, path, strerror(errno));
}

static int folder_sync(const char *path, struct err *err)
{
    const int opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const int status = opened < 0 || fsync(opened) != 0 ? broken("sync", path, err) : 0;

    if (opened >= 0)
        close(opened);
    return status;
}

/* As durable as what will lie in it. */
static int folder_make(struct arena *arena, const char *path, struct err *err)
{
    if (mkdir(path, 0750) == 0)
        return folder_sync(arena_printf(arena, "%s/..", path), err);
    return errno == EEXIST ? 0 : broken("make", path, err);
}

const char *blob_path(const struct service *service, struct arena *arena, const char *sha256)
{
    return arena_printf(arena, "%s/%.2s/%s", service->blobs, sha256, sha256);
}

static const char *part_path(const struct upload *u)
{
    return arena_printf(u->arena, "%s/part/%s-%s", u->service->blobs, u->person, u->sha256);
}

/* ---- rows ---- */

static int ask(const struct service *service, struct arena *arena, enum statement_id q,
               const struct param *params, size_t count, struct rows **ret, struct err *err)
{
    const struct scope scope = {.all = true};
    struct tx *tx = NULL;
    int status = tx_begin(service->store, arena, &scope, false, &tx, err);

    if (status)
        return status;
    status = tx_run_v(tx, q, params, count, ret, err);
    if (status) {
        tx_rollback(tx);
        return status;
    }
    return tx_commit(tx, err);
}

/* ---- the folder ---- */

/* The mark says which database's files a folder holds: where a volume is not mounted an empty folder takes
 * its place.  Empty where there is none. */
static void folder_mark(const struct service *service, struct arena *arena, char ret[UUID_TEXT])
{
    int file = open(arena_printf(arena, "%s/.linli", service->blobs), O_RDONLY | O_CLOEXEC);
    ssize_t bytes = file < 0 ? 0 : read(file, ret, UUID_TEXT - 1);

    ret[bytes > 0 ? bytes : 0] = '\0';
    if (file >= 0)
        close(file);
}

static int folder_foreign(const struct service *service, const char *mark, struct err *err)
{
    return err_set(
        err, E_REFUSED, "config/invalid",
        "%s does not hold the files of this database: there is no .linli in it that says %s; is its "
        "volume mounted?",
        service->blobs, mark);
}

/* The first who serves a database marks the folder, or takes the mark of one who came no further.  The file
 * is there before its row is. */
static int folder_claim(const struct service *service, struct arena *arena, struct err *err)
{
    const struct scope scope = {.all = true};
    char mark[UUID_TEXT], own[UUID_TEXT];
    struct rows *rows;
    struct tx *tx = NULL;
    int status = tx_begin(service->store, arena, &scope, false, &tx, err);

    if (status)
        return status;
    folder_mark(service, arena, mark);
    uuid_new(own);
    if (!mark[0] || !utf8_ok(mark, strlen(mark), true))
        snprintf(mark, sizeof mark, "%s", own);
    status = tx_run(tx, Q_setting_files, &rows, err, P_TEXT(mark));
    if (!status && rows_count(rows) == 0) {
        /* Another server's came in between, which that statement cannot see: it marked the folder before. */
        folder_mark(service, arena, mark);
        status = tx_run_v(tx, Q_setting_files_get, NULL, 0, &rows, err);
    }
    if (!status && strcmp(row_text(rows, 0, "value"), mark) != 0)
        status = folder_foreign(service, row_text(rows, 0, "value"), err);
    if (!status && strcmp(mark, own) == 0)
        status = folder_put(service->blobs, ".linli", mark, strlen(mark), err);
    if (!status)
        return tx_commit(tx, err);
    tx_rollback(tx);
    return status;
}

int blob_open(const struct service *service, struct err *err)
{
    struct arena *arena = arena_new(0);
    int status = folder_make(arena, service->blobs, err);

    if (!status)
        status = folder_claim(service, arena, err);
    if (!status)
        status = folder_make(arena, arena_printf(arena, "%s/part", service->blobs), err);
    arena_free(arena);
    return status;
}

int blob_marked(const struct service *service, struct err *err)
{
    struct arena *arena = arena_new(0);
    char mark[UUID_TEXT];
    struct rows *rows = NULL;
    int status = ask(service, arena, Q_setting_files_get, NULL, 0, &rows, err);

    folder_mark(service, arena, mark);
    if (!status && rows_count(rows) > 0 && strcmp(row_text(rows, 0, "value"), mark) != 0)
        status = folder_foreign(service, row_text(rows, 0, "value"), err);
    arena_free(arena);
    return status;
}

/* ---- types ---- */

/* libmagic sees a zip where GB/T 33190 puts OFD.xml at the top, and at times where OOXML puts its folders. */
static const char *zip_type(const char *path)
{
    struct archive *zip = archive_read_new();
    struct archive_entry *entry;
    const char *type = "application/zip";

    MUST(zip);
    archive_read_support_format_zip(zip);
    if (archive_read_open_filename(zip, path, 65536) == ARCHIVE_OK) {
        for (int i = 0; i < ENTRIES_MAX && archive_read_next_header(zip, &entry) == ARCHIVE_OK; i++) {
            const char *name = archive_entry_pathname(entry);

            if (!name)
                continue;
            if (strcmp(name, "OFD.xml") == 0)
                type = "application/ofd";
            else if (strncmp(name, "word/", 5) == 0)
                type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
            else if (strncmp(name, "xl/", 3) == 0)
                type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        }
    }
    archive_read_free(zip);
    return type;
}

const char *blob_type(struct arena *arena, const char *path)
{
    magic_t magic = magic_open(MAGIC_MIME_TYPE | MAGIC_SYMLINK);
    const char *found = "application/octet-stream";

    if (magic && magic_load(magic, NULL) == 0) {
        const char *type = magic_file(magic, path);

        if (type)
            found = arena_dup(arena, type);
    }
    if (magic)
        magic_close(magic);
    return strcmp(found, "application/zip") == 0 ? zip_type(path) : found;
}

int blob_brought(struct act *a, const char *sha256, struct rows **ret, struct err *err)
{
    int status = tx_run(a->tx, Q_blob_fit, ret, err, P_TEXT(sha256), P_TEXT(a->actor->person));

    if (status || rows_count(*ret) > 0)
        return status;
    err_set(err, E_ABSENT, "blob/absent", "you uploaded no file with this hash");
    err_at(err, "/sha256", "absent", "upload the file first", "请先上传文件");
    return E_ABSENT;
}

/* ---- uploads ---- */

int upload_look(struct upload *u, bool *ret_whole, struct err *err)
{
    const struct param params[] = {P_TEXT(u->sha256), P_TEXT(u->person)};
    struct rows *rows = NULL;
    struct stat s;
    int status = ask(u->service, u->arena, Q_blob_fit, params, LENGTH(params), &rows, err);

    if (status)
        return status;
    *ret_whole = rows_count(rows) > 0;
    if (*ret_whole)
        u->bytes = row_int(rows, 0, "bytes");
    else
        u->bytes = stat(part_path(u), &s) == 0 ? s.st_size : 0;
    return 0;
}

/* -1: it cannot be had. */
static int lock_file(const char *path, int how)
{
    int file = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0640);

    while (file >= 0 && flock(file, how) != 0)
        if (errno != EINTR) {
            close(file);
            return -1;
        }
    return file;
}

/* Uploads that end share it, housekeeping has it alone: else a file could be removed that came again a moment
 * before. */
static int lock_folder(const struct service *service, struct arena *arena, int how)
{
    return lock_file(arena_printf(arena, "%s/part/.lock", service->blobs), how);
}

/* Who begins an upload has it alone, and few share one: else two that begin would pass the quota together. */
static int lock_quota(const struct upload *u)
{
    return lock_file(arena_printf(u->arena, "%s/part/.quota-%.2s", u->service->blobs, u->person), LOCK_EX);
}

static void unlock_folder(int file)
{
    if (file >= 0)
        close(file);
}

/* What the person began and did not end, but for this file. */
static int64_t parts_bytes(const struct upload *u, int *ret_count)
{
    const char *mine = arena_printf(u->arena, "%s-", u->person), *this = strrchr(part_path(u), '/') + 1;
    DIR *dir = opendir(arena_printf(u->arena, "%s/part", u->service->blobs));
    int64_t bytes = 0;
    struct stat s;

    *ret_count = 0;
    for (const struct dirent *e; dir && (e = readdir(dir));) {
        if (strncmp(e->d_name, mine, strlen(mine)) != 0 || strcmp(e->d_name, this) == 0 ||
            fstatat(dirfd(dir), e->d_name, &s, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        /* The room that was taken for it, as far as it came. */
        bytes += s.st_blocks * INT64_C(512) > s.st_size ? s.st_blocks * INT64_C(512) : s.st_size;
        ++*ret_count;
    }
    if (dir)
        closedir(dir);
    return bytes;
}

/* The parts before the rows: what ends in between is counted twice rather than not at all. */
static int check_quota(struct upload *u, int64_t total, int64_t quota_bytes, struct err *err)
{
    const struct param params[] = {P_TEXT(u->person)};
    struct rows *rows = NULL;
    int parts = 0;
    const int64_t begun = parts_bytes(u, &parts);
    int status = ask(u->service, u->arena, Q_blob_quota, params, LENGTH(params), &rows, err);

    if (status)
        return status;
    if (row_int(rows, 0, "bytes") + begun + total > quota_bytes)
        return err_set(err, E_REFUSED, "upload/quota", "at most %lld bytes that are not used",
                       (long long)quota_bytes);
    if (parts >= PARTS_MAX)
        return err_set(err, E_REFUSED, "upload/quota", "at most %d files that are not whole", PARTS_MAX);
    return 0;
}

/* The file that was opened is still the one of that name: else another request has made it whole. */
static bool still_named(int file, const char *path)
{
    struct stat opened, named;

    return fstat(file, &opened) == 0 && stat(path, &named) == 0 && opened.st_ino == named.st_ino &&
           opened.st_dev == named.st_dev;
}

/* The file is there, empty where it begins anew, and has all the room it will need. */
static int part_open(struct upload *u, int64_t offset, int64_t total, struct err *err)
{
    const char *path = part_path(u);

    u->file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640);
    if (u->file < 0)
        return broken("open", "an upload", err);
    if (flock(u->file, LOCK_EX | LOCK_NB) != 0 || !still_named(u->file, path)) {
        upload_close(u);
        return err_set(err, E_CONFLICT, "upload/busy", "another request is uploading this file");
    }
    if (offset == 0 && ftruncate(u->file, 0) != 0)
        return broken("empty", "an upload", err);
    if (fallocate(u->file, FALLOC_FL_KEEP_SIZE, 0, total) != 0 && errno != EOPNOTSUPP)
        return broken("make room for", "an upload", err);
    return 0;
}

int upload_open(struct upload *u, int64_t offset, int64_t total, int64_t quota_bytes, struct err *err)
{
    const int lock = lock_quota(u);
    struct stat s;
    int status = lock < 0 ? broken("lock", "part", err) : check_quota(u, total, quota_bytes, err);

    if (!status)
        status = part_open(u, offset, total, err);
    unlock_folder(lock);
    if (status)
        return status;
    if (fstat(u->file, &s) != 0)
        return broken("look at", "an upload", err);
    u->bytes = s.st_size;
    if (u->bytes != offset) {
        upload_close(u);
        return err_set(err, E_CONFLICT, "upload/offset", "go on at byte %lld", (long long)s.st_size);
    }
    return 0;
}

int upload_add(struct upload *u, const void *bytes, size_t count, struct err *err)
{
    const char *at = bytes;

    while (count > 0) {
        ssize_t wrote = write(u->file, at, count);

        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return not_stored(err);
        at += wrote;
        count -= (size_t)wrote;
        u->bytes += wrote;
    }
    return 0;
}

static int settle(struct upload *u, const char *from, const char *to, struct err *err)
{
    const char *folder = arena_printf(u->arena, "%s/%.2s", u->service->blobs, u->sha256);
    int status = folder_make(u->arena, folder, err);

    if (status)
        return status;
    return rename(from, to) == 0 ? folder_sync(folder, err) : broken("move", "an upload", err);
}

/* The header of a sealed bid (core/trust/sealed.h) whose form and signature are right; false for anything
 * else. */
static bool sealed_header(const char *path, int64_t bytes, uint8_t ret[SEALED_HEADER])
{
    struct sealed sealed;
    uint8_t begin[4];
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    void *all = MAP_FAILED;
    bool good = false;

    if (file >= 0 && bytes > SEALED_HEADER && bytes <= SEALED_BYTES_MAX &&
        pread(file, begin, sizeof(begin), 0) == sizeof(begin) && memcmp(begin, "SBX1", sizeof(begin)) == 0)
        all = mmap(NULL, (size_t)bytes, PROT_READ, MAP_PRIVATE, file, 0);
    if (all != MAP_FAILED) {
        good = sealed_read(all, (size_t)bytes, &sealed, NULL) == 0;
        memcpy(ret, all, SEALED_HEADER);
        munmap(all, (size_t)bytes);
    }
    if (file >= 0)
        close(file);
    return good;
}

bool blob_map(const struct service *service, const uint8_t sha256[32], int64_t bytes, struct blob_map *ret)
{
    struct arena *arena = arena_new(0);
    char hex[SHA256_TEXT];
    uint8_t digest[SHA256_BYTES];
    struct stat s;
    void *all = MAP_FAILED;

    hex_print(sha256, SHA256_BYTES, hex);
    int file = open(blob_path(service, arena, hex), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    arena_free(arena);
    if (file >= 0 && bytes > 0 && fstat(file, &s) == 0 && s.st_size == bytes)
        all = mmap(NULL, (size_t)bytes, PROT_READ, MAP_PRIVATE, file, 0);
    if (file >= 0)
        close(file);
    if (all == MAP_FAILED)
        return false;
    *ret = (struct blob_map){.bytes = all, .count = (size_t)bytes};
    sha256_of(all, (size_t)bytes, digest);
    if (memcmp(digest, sha256, SHA256_BYTES) == 0)
        return true;
    blob_unmap(ret);
    return false;
}

void blob_unmap(struct blob_map *map)
{
    if (map->bytes)
        munmap((void *)(uintptr_t)map->bytes, map->count);
    *map = (struct blob_map){0};
}

int upload_end(struct upload *u, const char **ret_type, struct err *err)
{
    const char *part = part_path(u), *path = blob_path(u->service, u->arena, u->sha256);
    uint8_t digest[SHA256_BYTES];
    char text[SHA256_TEXT] = "";
    int status, lock;

    if (fsync(u->file) != 0)
        return not_stored(err);
    if (sha256_file(part, digest))
        hex_print(digest, sizeof digest, text);
    if (strcmp(text, u->sha256) != 0) {
        unlink(part);
        upload_close(u);
        return err_set(err, E_INVALID, "blob/mismatch", "the content has the hash %s", text);
    }
    uint8_t header[SEALED_HEADER];
    bool sealed = sealed_header(part, u->bytes, header);
    *ret_type = sealed ? "application/octet-stream" : blob_type(u->arena, part);
    lock = lock_folder(u->service, u->arena, LOCK_SH);
    status = lock < 0 ? broken("lock", u->service->blobs, err) : settle(u, part, path, err);
    if (!status) {
        const struct param params[] = {P_TEXT(u->sha256),   P_INT(u->bytes),
                                       P_TEXT(*ret_type),   P_TEXT(u->person),
                                       P_TIME(time_real()), sealed ? P_BYTES(header, SEALED_HEADER) : P_NULL};

        status = ask(u->service, u->arena, Q_blob_add, params, LENGTH(params), NULL, err);
    }
    unlock_folder(lock);
    upload_close(u);
    return status;
}

void upload_close(struct upload *u)
{
    if (u->file >= 0)
        close(u->file);
    u->file = -1;
}

/* ---- housekeeping ---- */

static void expire_parts(const struct service *service, struct arena *arena)
{
    const char *folder = arena_printf(arena, "%s/part", service->blobs);
    const int64_t oldest_s = time_real() / TIME_SECOND - UNUSED_S;
    DIR *dir = opendir(folder);
    struct stat s;

    for (const struct dirent *e; dir && (e = readdir(dir));) {
        if (e->d_name[0] == '.' || fstatat(dirfd(dir), e->d_name, &s, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (s.st_mtime < oldest_s)
            unlinkat(dirfd(dir), e->d_name, 0);
    }
    if (dir)
        closedir(dir);
}

/* The row goes first: a file without a row is only found again by uploading it.  What was deleted is deleted
 * also where the second machine did not confirm it in time, so then it is asked which rows went. */
static int expire_whole(const struct service *service, struct arena *arena, struct err *err)
{
    const struct param most[] = {P_INT(EXPIRE_MOST)};
    struct rows *rows = NULL;
    int status = ask(service, arena, Q_blob_expire, most, LENGTH(most), &rows, err);

    if (status && rows) {
        const char **went = ARENA_NEW(arena, const char *, rows_count(rows) + 1);

        for (size_t i = 0; i < rows_count(rows); i++)
            went[i] = row_text(rows, i, "sha256");
        const struct param these[] = {P_TEXTS(went, rows_count(rows))};
        if (ask(service, arena, Q_blob_gone, these, LENGTH(these), &rows, NULL))
            return status;
    }
    for (size_t i = 0; rows && i < rows_count(rows); i++)
        unlink(blob_path(service, arena, row_text(rows, i, "sha256")));
    return status;
}

int blob_expire(const struct service *service, struct err *err)
{
    struct arena *arena = arena_new(0);
    const struct param old[] = {P_TIME(time_real() - UNUSED_S * TIME_SECOND), P_INT(EXPIRE_MOST)};
    int lock = lock_folder(service, arena, LOCK_EX), status;

    status = lock < 0 ? broken("lock", service->blobs, err)
                      : ask(service, arena, Q_upload_expire, old, LENGTH(old), NULL, err);
    if (!status)
        status = expire_whole(service, arena, err);
    unlock_folder(lock);
    expire_parts(service, arena);
    arena_free(arena);
    return status;
}
