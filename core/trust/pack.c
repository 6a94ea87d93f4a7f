/* See core/trust/pack.h. */
#include "core/trust/pack.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 65536, DEPTH_MAX = 8 };

struct item {
    const char *name;
    char *bytes; /* NULL: of a folder, not read yet */
    size_t count;
};
struct pack {
    struct arena *arena;
    const char *folder; /* NULL: an archive, which is here as a whole */
    struct item *items;
    size_t count, room;
};

static int malformed(struct err *err, const char *path)
{
    err_set(err, E_MALFORMED, "bundle/malformed", "%s is no folder or archive that can be read", path);
    err_zh(err, "%s 不是可以读取的目录或压缩包", path);
    return E_MALFORMED;
}

static int absent(struct err *err, const char *name)
{
    err_set(err, E_ABSENT, "folder/absent", "%s is missing", name);
    err_zh(err, "缺少 %s", name);
    return E_ABSENT;
}

static bool name_good(const char *name)
{
    return name[0] && name[0] != '/' && !strstr(name, "..") && !strchr(name, '\n') && strlen(name) < 500;
}

static bool item_add(struct pack *pack, const char *name, char *bytes, size_t count)
{
    if (pack->count == PACK_FILES_MAX)
        return false;
    if (pack->count == pack->room) {
        struct item *more = ARENA_NEW(pack->arena, struct item, 2 * pack->room + 64);
        if (pack->count)
            memcpy(more, pack->items, pack->count * sizeof(*more));
        pack->items = more;
        pack->room = 2 * pack->room + 64;
    }
    pack->items[pack->count++] = (struct item){arena_dup(pack->arena, name), bytes, count};
    return true;
}

static int by_name(const void *a, const void *b)
{
    const struct item *x = a, *y = b;

    return strcmp(x->name, y->name);
}

/* ---- a folder ---------------------------------------------------------------------------- */

static bool folder_list(struct pack *pack, const char *below, int depth)
{
    const char *path = arena_printf(pack->arena, "%s/%s", pack->folder, below);
    DIR *folder = opendir(path);
    const struct dirent *file;
    bool good = folder && depth < DEPTH_MAX;

    while (good && (file = readdir(folder))) {
        struct stat about;
        const char *name = arena_printf(pack->arena, "%s%s", below, file->d_name);
        if (strcmp(file->d_name, ".") == 0 || strcmp(file->d_name, "..") == 0 ||
            lstat(arena_printf(pack->arena, "%s/%s", pack->folder, name), &about) != 0)
            continue;
        if (!name_good(name))
            good = false;
        else if (S_ISDIR(about.st_mode))
            good = folder_list(pack, arena_printf(pack->arena, "%s/", name), depth + 1);
        else if (S_ISREG(about.st_mode))
            good = item_add(pack, name, NULL, 0);
    }
    if (folder)
        closedir(folder);
    return good;
}

static bool file_take(struct pack *pack, struct item *item)
{
    struct stat about;
    int fd =
        open(arena_printf(pack->arena, "%s/%s", pack->folder, item->name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool good = fd >= 0 && fstat(fd, &about) == 0 && about.st_size <= PACK_BYTES_MAX;

    if (good) {
        item->bytes = arena_alloc(pack->arena, (size_t)about.st_size + 1, 1);
        for (item->count = 0; item->count < (size_t)about.st_size;) {
            ssize_t n = read(fd, item->bytes + item->count, (size_t)about.st_size - item->count);
            if (n <= 0)
                break;
            item->count += (size_t)n;
        }
        good = item->count == (size_t)about.st_size;
    }
    if (fd >= 0)
        close(fd);
    return good;
}

/* ---- an archive -------------------------------------------------------------------------- */

static bool entry_take(struct pack *pack, struct archive *archive, const char *name, int64_t *left)
{
    char block[BLOCK], *bytes = NULL;
    size_t count = 0, room = 0;
    ssize_t n;

    while ((n = archive_read_data(archive, block, sizeof(block))) > 0) {
        if ((*left -= n) < 0)
            return false;
        if (count + (size_t)n + 1 > room) {
            char *more = arena_alloc(pack->arena, room = 2 * room + BLOCK + 1, 1);
            if (count)
                memcpy(more, bytes, count);
            bytes = more;
        }
        memcpy(bytes + count, block, (size_t)n);
        count += (size_t)n;
    }
    return n == 0 && item_add(pack, name, bytes ? bytes : arena_dup(pack->arena, ""), count);
}

static bool archive_take(struct pack *pack, const char *path)
{
    struct archive *archive = archive_read_new();
    struct archive_entry *entry;
    int64_t left = PACK_BYTES_MAX;
    int status = ARCHIVE_OK;
    bool good = archive != NULL;

    if (good) {
        archive_read_support_format_tar(archive);
        archive_read_support_format_zip(archive);
        archive_read_support_filter_gzip(archive);
        good = archive_read_open_filename(archive, path, BLOCK) == ARCHIVE_OK;
    }
    while (good && (status = archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
        const char *name = archive_entry_pathname(entry);
        if (name && strncmp(name, "./", 2) == 0)
            name += 2;
        if (archive_entry_filetype(entry) == AE_IFREG)
            good = name && name_good(name) && entry_take(pack, archive, name, &left);
    }
    archive_read_free(archive);
    return good && status == ARCHIVE_EOF;
}

/* ---- both -------------------------------------------------------------------------------- */

int pack_read(struct arena *arena, const char *path, struct pack **ret, struct err *err)
{
    struct pack *pack = ARENA_NEW(arena, struct pack, 1);
    struct stat about;

    pack->arena = arena;
    if (stat(path, &about) != 0)
        return absent(err, path);
    if (S_ISDIR(about.st_mode))
        pack->folder = arena_dup(arena, path);
    if (pack->folder ? !folder_list(pack, "", 0) : !S_ISREG(about.st_mode) || !archive_take(pack, path))
        return malformed(err, path);
    if (pack->count)
        qsort(pack->items, pack->count, sizeof(*pack->items), by_name);
    for (size_t i = 1; i < pack->count; i++) /* of two files of one name nobody knows which one counts */
        if (strcmp(pack->items[i - 1].name, pack->items[i].name) == 0)
            return malformed(err, path);
    *ret = pack;
    return 0;
}

static struct item *find(const struct pack *pack, const char *name)
{
    const struct item key = {.name = name};

    return pack->count ? bsearch(&key, pack->items, pack->count, sizeof(key), by_name) : NULL;
}

bool pack_has(const struct pack *pack, const char *name)
{
    return find(pack, name) != NULL;
}

int pack_file(struct pack *pack, const char *name, char **ret, size_t *ret_bytes, struct err *err)
{
    struct item *item = find(pack, name);

    if (!item || (!item->bytes && !file_take(pack, item)))
        return absent(err, name);
    *ret = item->bytes;
    *ret_bytes = item->count;
    return 0;
}

size_t pack_count(const struct pack *pack)
{
    return pack->count;
}

const char *pack_name(const struct pack *pack, size_t i)
{
    return pack->items[i].name;
}

/* ---- writing ----------------------------------------------------------------------------- */

struct packing {
    struct archive *archive;
};

static int broken(struct packing *packing, struct err *err)
{
    return err_set(err, E_BROKEN, "folder/broken", "the archive cannot be written: %s",
                   archive_error_string(packing->archive) ? archive_error_string(packing->archive) : "?");
}

int packing_open(int fd, const char *like, struct packing **ret, struct err *err)
{
    struct packing *packing = calloc(1, sizeof(*packing));
    size_t size = strlen(like);

    MUST(packing);
    packing->archive = archive_write_new();
    MUST(packing->archive);
    if (size > 4 && strcmp(like + size - 4, ".zip") == 0)
        archive_write_set_format_zip(packing->archive);
    else
        archive_write_set_format_ustar(packing->archive);
    *ret = packing;
    if (archive_write_open_fd(packing->archive, fd) == ARCHIVE_OK)
        return 0;
    return broken(packing, err);
}

int packing_add(struct packing *packing, const char *name, const void *bytes, size_t count, struct err *err)
{
    struct archive_entry *entry = archive_entry_new();

    MUST(entry);
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (int64_t)count);
    archive_entry_set_mtime(entry, 0, 0);
    bool good = archive_write_header(packing->archive, entry) == ARCHIVE_OK &&
                (count == 0 || archive_write_data(packing->archive, bytes, count) == (ssize_t)count);
    archive_entry_free(entry);
    return good ? 0 : broken(packing, err);
}

int packing_close(struct packing *packing, struct err *err)
{
    int status = archive_write_close(packing->archive) == ARCHIVE_OK ? 0 : broken(packing, err);

    archive_write_free(packing->archive);
    free(packing);
    return status;
}
