/* See api/cli/saved.h. */
#include "api/cli/saved.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/digest.h"

enum { PIECE = 65536 };
static const char sums[] = "SHA256SUMS";

struct saved {
    struct arena *arena;
    const char *folder;
    struct saved_file *files;
    size_t count, room;
};

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct saved_file *)a)->path, ((const struct saved_file *)b)->path);
}

static int failed(struct err *err, const char *what, const char *path)
{
    return err_set(err, E_BROKEN, "server/broken", "%s %s: %s", what, path, strerror(errno));
}

static struct saved_file *file_new(struct saved *set, const char *path)
{
    if (set->count == set->room) {
        struct saved_file *more = ARENA_NEW(set->arena, struct saved_file, set->room * 2 + 64);
        if (set->count > 0)
            memcpy(more, set->files, set->count * sizeof(*more));
        set->files = more;
        set->room = set->room * 2 + 64;
    }
    struct saved_file *file = &set->files[set->count++];
    file->path = arena_dup(set->arena, path);
    return file;
}

size_t saved_count(const struct saved *set)
{
    return set->count;
}

const struct saved_file *saved_at(const struct saved *set, size_t i)
{
    return &set->files[i];
}

static const char *inside(const struct saved *set, const char *path)
{
    return arena_printf(set->arena, "%s/%s", set->folder, path);
}

/* Folders above a file. */
static int folders_make(struct arena *arena, const char *path, struct err *err)
{
    char *copy = arena_dup(arena, path);

    for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(copy, 0750) != 0 && errno != EEXIST)
            return failed(err, "cannot make the folder", copy);
        *slash = '/';
    }
    return 0;
}

static bool folder_is_empty(const char *path)
{
    char *const paths[] = {(char *)(uintptr_t)path, NULL};
    FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    bool empty = walk && fts_read(walk);
    FTSENT *entry = empty ? fts_read(walk) : NULL;

    empty = empty && entry && entry->fts_info == FTS_DP;
    if (walk)
        fts_close(walk);
    return empty;
}

int saved_new(struct arena *arena, const char *folder, struct saved **ret, struct err *err)
{
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return failed(err, "cannot make the folder", folder);
    if (!folder_is_empty(folder))
        return err_set(err, E_INVALID, "config/invalid", "%s is not an empty folder", folder);
    *ret = ARENA_NEW(arena, struct saved, 1);
    **ret = (struct saved){.arena = arena, .folder = arena_dup(arena, folder)};
    return 0;
}

/* Copies and digests in one go. */
static int bytes_copy(int from, int to, char sha256[SHA256_TEXT])
{
    uint8_t digest[SHA256_BYTES];
    struct sha256 *sum = sha256_new();
    char piece[PIECE];
    ssize_t got;
    bool good = true;

    while (good && (got = read(from, piece, sizeof(piece))) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        good = got > 0;
        for (ssize_t put = 0, step; good && to >= 0 && put < got; put += step) {
            step = write(to, piece + put, (size_t)(got - put));
            good = step >= 0;
        }
        if (good)
            sha256_add(sum, piece, (size_t)got);
    }
    sha256_end(sum, digest);
    hex_print(digest, SHA256_BYTES, sha256);
    return good ? 0 : -1;
}

/* `to` NULL: only the digest.  A copy appears under its name when it is whole. */
static int file_copy(struct arena *arena, const char *from, const char *to, char sha256[SHA256_TEXT],
                     struct err *err)
{
    const char *part = to ? arena_printf(arena, "%s.part", to) : NULL;
    int in = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

    if (in < 0)
        return err_set(err, errno == ENOENT ? E_ABSENT : E_BROKEN, "server/broken", "cannot open %s: %s",
                       from, strerror(errno));
    int out = part ? open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0640) : -1;
    if (part && out < 0) {
        close(in);
        return failed(err, "cannot write", part);
    }
    int wrong = bytes_copy(in, out, sha256);
    close(in);
    if (out >= 0 && (wrong || fsync(out) != 0 || close(out) != 0 || rename(part, to) != 0))
        return failed(err, "cannot write", to);
    return wrong ? failed(err, "cannot read", from) : 0;
}

static bool is_digest(const char *name)
{
    uint8_t bytes[SHA256_BYTES];

    return hex_parse(name, bytes, SHA256_BYTES);
}

/* What is on its way: an upload that is not whole yet, a file that has not got its name yet. */
static bool is_unfinished(const FTSENT *entry)
{
    const char *dot = strrchr(entry->fts_name, '.');

    return strncmp(entry->fts_name, ".reload.", 8) == 0 || (dot && strcmp(dot, ".new") == 0);
}

/* One that went since its folder was read is no part of the set. */
static int entry_take(struct saved *set, const FTSENT *entry, const char *path, struct err *err)
{
    struct saved_file *file = file_new(set, path);
    const char *to = inside(set, path);
    int code = folders_make(set->arena, to, err);

    if (!code)
        code = file_copy(set->arena, entry->fts_path, to, file->sha256, err);
    if (code == E_ABSENT) {
        set->count--;
        return 0;
    }
    if (!code && is_digest(entry->fts_name) && strcmp(entry->fts_name, file->sha256) != 0)
        code = err_set(err, E_BROKEN, "blob/mismatch", "%s is damaged: its digest is %s", entry->fts_path,
                       file->sha256);
    return code;
}

int saved_take(struct saved *set, const char *from, const char *under, struct err *err)
{
    char *const paths[] = {(char *)(uintptr_t)from, NULL};
    FTS *walk;
    int code = 0;

    if (access(from, F_OK) != 0)
        return 0;
    walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    if (!walk)
        return failed(err, "cannot read", from);
    for (FTSENT *entry; !code && (entry = fts_read(walk));) {
        if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR)
            code = failed(err, "cannot read", entry->fts_path);
        else if (entry->fts_info == FTS_D && entry->fts_level == 0) /* there, even with nothing in it */
            code = folders_make(set->arena, inside(set, arena_printf(set->arena, "%s/", under)), err);
        else if (entry->fts_info == FTS_D && entry->fts_level == 1 && strcmp(entry->fts_name, "part") == 0)
            fts_set(walk, entry, FTS_SKIP);
        else if (entry->fts_info == FTS_F && !is_unfinished(entry))
            code = entry_take(set, entry,
                              arena_printf(set->arena, "%s%s", under, entry->fts_path + strlen(from)), err);
    }
    fts_close(walk);
    return code;
}

int saved_add(struct saved *set, const char *path, struct err *err)
{
    return file_copy(set->arena, inside(set, path), NULL, file_new(set, path)->sha256, err);
}

int saved_close(struct saved *set, struct err *err)
{
    CLEANUP(buf_free) struct buf list = {0};
    const char *path = inside(set, sums), *part = inside(set, "SHA256SUMS.part");

    if (set->count > 0)
        qsort(set->files, set->count, sizeof(*set->files), by_path);
    buf_reserve(&list, 0);
    MUST(list.data);
    for (size_t i = 0; i < set->count; i++)
        buf_printf(&list, "%s  %s\n", set->files[i].sha256, set->files[i].path);
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (fd < 0)
        return failed(err, "cannot write", part);
    bool good = syncfs(fd) == 0 && write(fd, list.data, list.size) == (ssize_t)list.size && fsync(fd) == 0;
    close(fd);
    if (!good || rename(part, path) != 0)
        return failed(err, "cannot write", path);
    return 0;
}

/* "<64 hex>  <path>"; a path stays inside. */
static bool line_take(struct saved *set, char *line)
{
    char *path = line + SHA256_TEXT + 1;

    if (strlen(line) < SHA256_TEXT + 2 || strncmp(line + SHA256_TEXT - 1, "  ", 2) != 0)
        return false;
    line[SHA256_TEXT - 1] = '\0';
    if (!is_digest(line) || *path == '/' || strcmp(path, "..") == 0 || strncmp(path, "../", 3) == 0 ||
        strstr(path, "/../"))
        return false;
    snprintf(file_new(set, path)->sha256, SHA256_TEXT, "%s", line);
    return true;
}

static int list_read(struct saved *set, struct err *err)
{
    const char *path = inside(set, sums);
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    bool good = true;

    if (!file)
        return err_set(err, E_INVALID, "config/invalid", "%s is no finished backup: no %s", set->folder,
                       sums);
    while (good && (size = getline(&line, &room, file)) > 0) {
        if (line[size - 1] == '\n')
            line[size - 1] = '\0';
        good = line_take(set, line);
    }
    free(line);
    fclose(file);
    if (set->count > 0)
        qsort(set->files, set->count, sizeof(*set->files), by_path);
    return good ? 0 : err_set(err, E_INVALID, "config/invalid", "%s cannot be read", path);
}

static int strangers_refuse(const struct saved *set, struct err *err)
{
    char *const paths[] = {(char *)(uintptr_t)set->folder, NULL};
    FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    int code = walk ? 0 : failed(err, "cannot read", set->folder);

    for (FTSENT *entry; !code && (entry = fts_read(walk));) {
        struct saved_file key = {.path = entry->fts_path + strlen(set->folder) + 1};
        if (entry->fts_info == FTS_D || entry->fts_info == FTS_DP || strcmp(key.path, sums) == 0)
            continue;
        if (entry->fts_info != FTS_F || !bsearch(&key, set->files, set->count, sizeof(key), by_path))
            code = err_set(err, E_INVALID, "config/invalid", "%s does not belong to the backup",
                           entry->fts_path);
    }
    if (walk)
        fts_close(walk);
    return code;
}

int saved_open(struct arena *arena, const char *folder, struct saved **ret, struct err *err)
{
    struct saved *set = ARENA_NEW(arena, struct saved, 1);
    char sha256[SHA256_TEXT];

    *set = (struct saved){.arena = arena, .folder = arena_dup(arena, folder)};
    int code = list_read(set, err);
    for (size_t i = 0; i < set->count && !code; i++) {
        code = file_copy(arena, inside(set, set->files[i].path), NULL, sha256, err);
        if (!code && strcmp(sha256, set->files[i].sha256) != 0)
            code = err_set(err, E_INVALID, "config/invalid", "%s is not what was saved", set->files[i].path);
    }
    if (!code)
        code = strangers_refuse(set, err);
    *ret = set;
    return code;
}

static int file_give(const struct saved *set, const struct saved_file *file, const char *to, struct err *err)
{
    char sha256[SHA256_TEXT];
    int code = folders_make(set->arena, to, err);

    if (code)
        return code;
    if (access(to, F_OK) != 0)
        return file_copy(set->arena, inside(set, file->path), to, sha256, err);
    code = file_copy(set->arena, to, NULL, sha256, err);
    if (!code && strcmp(sha256, file->sha256) != 0)
        code = err_set(err, E_INVALID, "config/invalid", "%s is there already, and different", to);
    return code;
}

int saved_give(const struct saved *set, const char *under, const char *to, struct err *err)
{
    size_t size = strlen(under);
    int code = 0;

    for (size_t i = 0; i < set->count && !code; i++) {
        const struct saved_file *file = &set->files[i];
        if (strncmp(file->path, under, size) == 0 && file->path[size] == '/')
            code = file_give(set, file, arena_printf(set->arena, "%s%s", to, file->path + size), err);
    }
    return code;
}
