/* Hashes, random bytes and ids. */
#include "core/base/digest.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/err.h"

struct sha256 {
    EVP_MD_CTX *context;
};

/* Fetched once: looking an algorithm up costs OpenSSL 3 more than hashing a small message. */
static EVP_MD *algorithm;

static void algorithm_fetch(void)
{
    algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
    MUST(algorithm);
}

static const EVP_MD *algorithm_get(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    MUST(pthread_once(&once, algorithm_fetch) == 0);
    return algorithm;
}

struct sha256 *sha256_new(void)
{
    struct sha256 *s = malloc(sizeof(*s));

    MUST(s);
    s->context = EVP_MD_CTX_new();
    MUST(s->context && EVP_DigestInit_ex(s->context, algorithm_get(), NULL) == 1);
    return s;
}

void sha256_add(struct sha256 *s, const void *bytes, size_t count)
{
    MUST(EVP_DigestUpdate(s->context, bytes, count) == 1);
}

void sha256_end(struct sha256 *s, uint8_t out[SHA256_BYTES])
{
    MUST(EVP_DigestFinal_ex(s->context, out, NULL) == 1);
    EVP_MD_CTX_free(s->context);
    free(s);
}

void sha256_of(const void *bytes, size_t count, uint8_t out[SHA256_BYTES])
{
    MUST(EVP_Digest(bytes, count, out, NULL, algorithm_get(), NULL) == 1);
}

bool sha256_file(const char *path, uint8_t out[SHA256_BYTES])
{
    char part[65536];
    ssize_t got;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return false;
    struct sha256 *s = sha256_new();
    while ((got = read(fd, part, sizeof(part))) > 0)
        sha256_add(s, part, (size_t)got);
    sha256_end(s, out);
    close(fd);
    return got == 0;
}

void hex_print(const uint8_t *bytes, size_t count, char *out)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < count; i++) {
        *out++ = digits[bytes[i] >> 4];
        *out++ = digits[bytes[i] & 15];
    }
    *out = '\0';
}

static int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool hex_parse(const char *text, uint8_t *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int high = nibble(text[2 * i]), low = high < 0 ? -1 : nibble(text[2 * i + 1]);
        if (low < 0)
            return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return text[2 * count] == '\0';
}

void random_bytes(void *out, size_t count)
{
    MUST(sodium_init() >= 0);
    randombytes_buf(out, count);
}

void uuid_new(char out[UUID_TEXT])
{
    uint8_t bytes[16];
    char hex[33];

    random_bytes(bytes, sizeof(bytes));
    bytes[6] = (uint8_t)((bytes[6] & 0x0F) | 0x40); /* RFC 9562: version 4, variant 10 */
    bytes[8] = (uint8_t)((bytes[8] & 0x3F) | 0x80);
    hex_print(bytes, sizeof(bytes), hex);
    snprintf(out, UUID_TEXT, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

void hash_short(const void *bytes, size_t count, char out[HASH_SHORT_TEXT])
{
    static const unsigned char key[crypto_shorthash_KEYBYTES] = {0};
    unsigned char hash[crypto_shorthash_BYTES];

    crypto_shorthash(hash, bytes, count, key);
    hex_print(hash, sizeof hash, out);
}
