/* See api/cli/trust.h. */
#include "api/cli/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

bool trust_passphrase(struct arena *arena, const char *path, const char **ret)
{
    char *text;
    size_t bytes;

    *ret = NULL;
    if (!path)
        return true;
    if (!cli_read(arena, path, &text, &bytes))
        return false;
    text[strcspn(text, "\r\n")] = '\0';
    if (!*text) {
        cli_say("%s has no passphrase in its first line / 第一行没有口令", path);
        return false;
    }
    *ret = text;
    return true;
}

void trust_forget(const char *passphrase)
{
    if (passphrase)
        sodium_memzero((void *)(uintptr_t)passphrase, strlen(passphrase));
}

int trust_key(struct arena *arena, const char *path, const char *passphrase, struct key *ret)
{
    struct err err = {0};
    size_t bytes;
    char *text;

    if (!cli_read(arena, path, &text, &bytes))
        return EX_NOINPUT;
    int status = key_parse(text, bytes, passphrase, ret, &err);
    sodium_memzero(text, bytes);
    if (status)
        cli_fault(path, &err);
    return !status ? EX_OK : status == E_UNKNOWN ? EX_NOPERM : EX_DATAERR;
}

int trust_openers(struct arena *arena, const char *path, struct openers *ret)
{
    struct err err = {0};
    size_t bytes;
    char *text;

    if (!cli_read(arena, path, &text, &bytes))
        return EX_NOINPUT;
    if (openers_read(arena, text, bytes, ret, &err)) {
        cli_fault(path, &err);
        return EX_DATAERR;
    }
    return EX_OK;
}

int trust_write_new(const char *path, const void *bytes, size_t count, unsigned mode)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    const char *at = bytes;
    ssize_t put = 0;

    for (size_t left = count; fd >= 0 && left > 0 && put >= 0; left -= (size_t)put, at += put)
        put = write(fd, at, left);
    bool good = fd >= 0 && put >= 0 && fsync(fd) == 0;
    if (!good)
        cli_say("cannot make %s: %s", path, strerror(errno));
    if (fd >= 0)
        good = close(fd) == 0 && good;
    return good ? EX_OK : EX_CANTCREAT;
}

void trust_say_hash(const char *word, const struct hash *hash)
{
    char hex[SHA256_TEXT];

    hex_print(hash->bytes, SHA256_BYTES, hex);
    printf("%s %s\n", word, hex);
}
