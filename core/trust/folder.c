/* See core/trust/folder.h. */
#include "core/trust/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/trust/tagged.h"
#include "core/trust/tile.h"

enum { PATH_ROOM = 4096 };

static int path_bad(const char *path, struct err *err)
{
    int why = errno;

    err_set(err, E_BROKEN, "folder/broken", "cannot write %s: %s", path, strerror(why));
    err_zh(err, "无法写入 %s：%s", path, strerror(why));
    return E_BROKEN;
}

static bool path_join(char out[PATH_ROOM], const char *folder, const char *name)
{
    return snprintf(out, PATH_ROOM, "%s/%s", folder, name) < PATH_ROOM;
}

/* For whom: the one who writes it, as its umask says; or everybody, whatever that says, since a web server of
 * another user gives it out. */
enum audience { AUDIENCE_OWN, AUDIENCE_ALL };

/* Folders above a file. */
static bool folders_make(char *path, enum audience audience)
{
    for (char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = '\0';
        bool made = mkdir(path, 0755) == 0;
        bool good = made ? audience == AUDIENCE_OWN || chmod(path, 0755) == 0 : errno == EEXIST;
        *at = '/';
        if (!good)
            return false;
    }
    return true;
}

static bool written(int fd, const void *all, size_t count)
{
    const char *bytes = all;

    while (count > 0) {
        ssize_t put = write(fd, bytes, count);
        if (put < 0)
            return false;
        bytes += put;
        count -= (size_t)put;
    }
    return true;
}

static bool folder_sync(const char *path)
{
    char folder[PATH_ROOM];

    snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(path, '/') - path), path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good;
}

int folder_lock(const char *folder, int *ret_fd, struct err *err)
{
    char path[PATH_ROOM];

    if (!path_join(path, folder, ".lock")) {
        errno = ENAMETOOLONG;
        return path_bad(folder, err);
    }
    int fd = folders_make(path, AUDIENCE_ALL) ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644) : -1;
    if (fd < 0)
        return path_bad(path, err);
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        err_set(err, E_BUSY, "folder/busy", "another process writes %s", folder);
        err_zh(err, "另一进程正在写入 %s", folder);
        return E_BUSY;
    }
    *ret_fd = fd;
    return 0;
}

/* `at_once`: it is on the disk when this returns. */
static int file_put(const char *folder, const char *name, const struct span *what, bool at_once,
                    enum audience audience, struct err *err)
{
    char path[PATH_ROOM], fresh[PATH_ROOM + 8];

    if (!path_join(path, folder, name)) {
        errno = ENAMETOOLONG;
        return path_bad(name, err);
    }
    snprintf(fresh, sizeof(fresh), "%s.new", path);
    int fd = folders_make(path, audience) ? open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644) : -1;
    if (fd < 0)
        return path_bad(path, err);
    bool good = (audience == AUDIENCE_OWN || fchmod(fd, 0644) == 0) &&
                written(fd, what->bytes, what->count) && (!at_once || fsync(fd) == 0);
    good = close(fd) == 0 && good && rename(fresh, path) == 0 && (!at_once || folder_sync(path));
    return good ? 0 : path_bad(path, err);
}

int folder_put(const char *folder, const char *name, const void *bytes, size_t count, struct err *err)
{
    return file_put(folder, name, &(struct span){bytes, count}, true, AUDIENCE_OWN, err);
}

int folder_publish(const char *folder, const char *name, const void *bytes, size_t count, struct err *err)
{
    return file_put(folder, name, &(struct span){bytes, count}, true, AUDIENCE_ALL, err);
}

/* All the tiles at once: a million entries are eight thousand files. */
static int all_to_disk(const char *folder, struct err *err)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && syncfs(fd) == 0;

    if (fd >= 0)
        close(fd);
    return good ? 0 : path_bad(folder, err);
}

static void bundle_of(const struct tile *tile, const uint8_t *entries, struct buf *out)
{
    for (uint32_t i = 0; i < tile->width; i++)
        bundle_add(out, entries + (tile->n * TILE_WIDTH + i) * ENTRY_BYTES, ENTRY_BYTES);
}

int folder_write(const char *folder, const struct merkle *tree, const uint8_t *entries, uint64_t old,
                 struct err *err)
{
    size_t count = tile_new(old, merkle_size(tree), NULL, 0);
    struct tile *tiles = calloc(count + 1, sizeof(*tiles));
    int status = 0;

    MUST(tiles);
    tile_new(old, merkle_size(tree), tiles, count);
    for (size_t i = 0; i < count && !status; i++) {
        CLEANUP(buf_free) struct buf bundle = {0};
        char path[TILE_PATH];
        tile_path(&tiles[i], path);
        if (tiles[i].level == TILE_ENTRIES)
            bundle_of(&tiles[i], entries, &bundle);
        else
            buf_add(&bundle, tile_hashes(tree, &tiles[i]), tiles[i].width * sizeof(struct hash));
        status = file_put(folder, path, &(struct span){bundle.data, bundle.size}, false, AUDIENCE_ALL, err);
    }
    free(tiles);
    return status || count == 0 ? status : all_to_disk(folder, err);
}

/* ---- reading ----------------------------------------------------------------------------- */

static int absent(const char *path, struct err *err)
{
    err_set(err, E_ABSENT, "folder/absent", "%s is missing or short", path);
    err_zh(err, "%s 缺失或不完整", path);
    return E_ABSENT;
}

/* The whole of a file of at most `room` bytes. */
static int file_take(const char *folder, const struct tile *tile, uint8_t *out, size_t room, size_t *ret,
                     struct err *err)
{
    char name[TILE_PATH], path[PATH_ROOM];
    size_t count = 0;
    ssize_t got = 1;

    tile_path(tile, name);
    int fd = path_join(path, folder, name) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return absent(name, err);
    while (got > 0 && count < room) {
        got = read(fd, out + count, room - count);
        count += got > 0 ? (size_t)got : 0;
    }
    close(fd);
    *ret = count;
    return got < 0 ? absent(name, err) : 0;
}

static int bundle_take(const char *folder, const struct tile *tile, uint8_t *out, struct err *err)
{
    uint8_t bytes[TILE_WIDTH * (ENTRY_BYTES + 2) + 1];
    size_t count, size;
    const uint8_t *entry;
    int status = file_take(folder, tile, bytes, sizeof(bytes), &count, err);
    struct bundle bundle = {bytes, bytes + count};

    if (status)
        return status;
    for (uint32_t i = 0; i < tile->width; i++) {
        if (!bundle_next(&bundle, &entry, &size) || size != ENTRY_BYTES)
            return err_both(err, E_MALFORMED, "log/malformed", "a bundle holds something else than entries",
                            "记录文件的内容不是日志记录");
        memcpy(out + (size_t)i * ENTRY_BYTES, entry, ENTRY_BYTES);
    }
    if (bundle.at != bundle.end)
        return err_both(err, E_MALFORMED, "log/malformed", "a bundle holds more than its entries",
                        "记录文件有多余内容");
    return 0;
}

int folder_entries(struct arena *arena, const char *folder, uint64_t size, uint8_t **ret, struct err *err)
{
    uint8_t *entries;

    if (size > (uint64_t)INT32_MAX)
        return err_both(err, E_TOO_LARGE, "log/too-large", "the log is too large for this program",
                        "日志过大");
    entries = arena_try(arena, (size_t)size + 1, ENTRY_BYTES, 1);
    if (!entries)
        return err_both(err, E_TOO_LARGE, "log/too-large", "the log is too large for this program",
                        "日志过大");
    for (uint64_t n = 0; n * TILE_WIDTH < size; n++) {
        uint64_t left = size - n * TILE_WIDTH;
        struct tile tile = {TILE_ENTRIES, n, left < TILE_WIDTH ? (uint32_t)left : TILE_WIDTH};
        int status = bundle_take(folder, &tile, entries + (size_t)n * TILE_WIDTH * ENTRY_BYTES, err);
        if (status)
            return status;
    }
    *ret = entries;
    return 0;
}

static int tile_compare(const char *folder, const struct merkle *tree, const struct tile *tile,
                        struct err *err)
{
    uint8_t bytes[TILE_WIDTH * sizeof(struct hash) + 1];
    char name[TILE_PATH];
    size_t count;
    int status = file_take(folder, tile, bytes, sizeof(bytes), &count, err);

    if (status)
        return status;
    if (count == tile->width * sizeof(struct hash) && memcmp(bytes, tile_hashes(tree, tile), count) == 0)
        return 0;
    tile_path(tile, name);
    err_set(err, E_REFUSED, "log/tiles", "%s does not hold the hashes of the entries", name);
    err_zh(err, "%s 与记录的哈希不符", name);
    return E_REFUSED;
}

int folder_tiles(const char *folder, const struct merkle *tree, struct err *err)
{
    size_t count = tile_new(0, merkle_size(tree), NULL, 0);
    struct tile *tiles = calloc(count + 1, sizeof(*tiles));
    int status = 0;

    MUST(tiles);
    tile_new(0, merkle_size(tree), tiles, count);
    for (size_t i = 0; i < count && !status; i++)
        if (tiles[i].level != TILE_ENTRIES)
            status = tile_compare(folder, tree, &tiles[i], err);
    free(tiles);
    return status;
}
