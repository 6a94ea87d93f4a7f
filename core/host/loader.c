/* Opens once, keeps a copy by SHA-256, and dlopens that copy: see core/host/loader.h. */
#include "core/host/loader.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PLUGIN_BYTES_MAX = 16 << 20 };

static bool read_all(int file, uint8_t *bytes, size_t size)
{
    for (size_t at = 0; at < size;) {
        ssize_t got = read(file, bytes + at, size - at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += (size_t)got;
    }
    return true;
}

bool candidate_read(const char *path, struct candidate *ret, struct buf *why)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe is waited for by nobody */
    struct stat about;
    uint8_t digest[SHA256_BYTES];

    *ret = (struct candidate){.path = path};
    if (file < 0 || fstat(file, &about) != 0) {
        buf_printf(why, "cannot be opened: %s", strerror(errno));
        if (file >= 0)
            close(file);
        return false;
    }
    if (!S_ISREG(about.st_mode) || about.st_size < 64 || about.st_size > PLUGIN_BYTES_MAX) {
        buf_text(why, "is no file of 64 bytes to 16 MiB");
        close(file);
        return false;
    }
    ret->size = (size_t)about.st_size;
    ret->bytes = malloc(ret->size);
    MUST(ret->bytes);
    bool good = read_all(file, ret->bytes, ret->size);
    close(file);
    if (!good) {
        buf_text(why, "could not be read to its end");
        candidate_free(ret);
        return false;
    }
    sha256_of(ret->bytes, ret->size, digest);
    hex_print(digest, sizeof digest, ret->sha256);
    return true;
}

void candidate_free(struct candidate *candidate)
{
    free(candidate->bytes);
    candidate->bytes = NULL;
}

static bool write_all(int file, const uint8_t *bytes, size_t size)
{
    for (size_t at = 0; at < size;) {
        ssize_t put = write(file, bytes + at, size - at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        at += (size_t)put;
    }
    return fsync(file) == 0;
}

static const char draft_mark[] = ".draft";

bool candidate_keep(struct candidate *c, const char *state, struct buf *why)
{
    if ((size_t)snprintf(c->copy, sizeof c->copy, "%s/%s-XXXXXX%s", state, c->sha256, draft_mark) >=
        sizeof c->copy) {
        buf_text(why, "has a copy whose path is too long");
        return false;
    }
    int file = mkostemps(c->copy, sizeof draft_mark - 1, O_CLOEXEC);
    if (file < 0) {
        buf_printf(why, "could not be copied to %s: %s", state, strerror(errno));
        return false;
    }
    bool good = write_all(file, c->bytes, c->size) && fchmod(file, 0444) == 0;
    good = close(file) == 0 && good;
    if (!good) {
        buf_printf(why, "could not be copied to %s: %s", state, strerror(errno));
        unlink(c->copy);
    }
    return good;
}

bool candidate_settle(struct candidate *c, struct buf *why)
{
    char place[sizeof c->copy];
    size_t folder = (size_t)(strrchr(c->copy, '/') - c->copy);

    snprintf(place, sizeof place, "%.*s/%s.so", (int)folder, c->copy, c->sha256);
    if (rename(c->copy, place) != 0) {
        buf_printf(why, "could not be kept as %s: %s", place, strerror(errno));
        unlink(c->copy);
        return false;
    }
    memcpy(c->copy, place, sizeof place);
    return true;
}

void candidate_drop(struct candidate *c)
{
    unlink(c->copy);
}

bool candidate_settled(struct candidate *c, const char *state)
{
    CLEANUP(buf_free) struct buf why = {0};
    struct candidate kept;

    if ((size_t)snprintf(c->copy, sizeof c->copy, "%s/%s.so", state, c->sha256) >= sizeof c->copy ||
        access(c->copy, R_OK) != 0 || !candidate_read(c->copy, &kept, &why))
        return false;
    candidate_free(&kept);
    return strcmp(kept.sha256, c->sha256) == 0;
}

bool guard_ok(const uint32_t guard[4], struct buf *why)
{
    if (guard[0] != LINLI_MAGIC) {
        buf_printf(why, "does not begin with the magic of a plug-in (it has %08x, a plug-in %08x)", guard[0],
                   LINLI_MAGIC);
        return false;
    }
    if (guard[2] != LINLI_ABI_MAJOR || guard[3] > LINLI_ABI_MINOR || guard[3] < LINLI_ABI_SINCE) {
        buf_printf(why, "was built for plug-in contract %u.%u and this is %u.%u, good since %u.%u", guard[2],
                   guard[3], LINLI_ABI_MAJOR, LINLI_ABI_MINOR, LINLI_ABI_MAJOR, LINLI_ABI_SINCE);
        return false;
    }
    if (guard[1] < sizeof(linli_module)) {
        buf_printf(why, "has a module of %u bytes where contract %u.%u has %zu", guard[1], LINLI_ABI_MAJOR,
                   LINLI_ABI_MINOR, sizeof(linli_module));
        return false;
    }
    return true;
}

static bool all_exact(const linli_module *m)
{
    for (const linli_mechanism *const *p = m->mechanisms; p && *p; p++)
        if (!((*p)->flags & LINLI_EXACT))
            return false;
    for (const linli_scheme *const *p = m->schemes; p && *p; p++)
        if (!((*p)->flags & LINLI_EXACT))
            return false;
    return true;
}

const linli_module *module_open(const char *path, bool exact, struct buf *why)
{
    void *object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const linli_module *module = object ? dlsym(object, "linli_exports") : NULL;

    if (!module) {
        const char *reason = dlerror();
        buf_printf(why, "cannot be loaded: %s", reason ? reason : "no linli_exports");
        return NULL;
    }
    if (!guard_ok((const uint32_t[4]){module->magic, module->size, module->abi_major, module->abi_minor},
                  why))
        return NULL;
    if (exact && !all_exact(module)) {
        buf_text(why, "imports libgmp but not all in it is declared LINLI_EXACT");
        return NULL;
    }
    return module;
}
