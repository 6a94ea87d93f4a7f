/*
 * Keys, points, signatures and wrapped shares from anywhere.  What opens was sealed with the key and info it
 * opens with; what is signed was signed by that key.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/err.h"
#include "core/trust/hpke.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PLAIN = 32 };
static const uint8_t own[KEY_BYTES] = {7};

/* Nobody but who knew the shared secret makes what opens. */
static void open_any(const uint8_t *data, size_t size)
{
    uint8_t scalar[P256_SCALAR], out[4096];
    const size_t enc = P256_POINT + TAG_BYTES;

    if (size < enc || size - enc > sizeof out)
        return;
    const struct span info = {data, 8}, cipher = {data + P256_POINT, size - P256_POINT};
    MUST(!hpke_open(own, data, &info, &cipher, out));
    p256_scalar(own, scalar);
    MUST(!hpke_p256_open(scalar, data, &info, &cipher, out));
}

/* A point is on the curve or nothing is shared with it. */
static void points(const uint8_t *data, size_t size)
{
    uint8_t scalar[P256_SCALAR], x[P256_X], point[P256_POINT];

    if (size < P256_POINT)
        return;
    p256_scalar(own, scalar);
    if (p256_shared(scalar, data, x))
        MUST(data[0] == 4);
    p256_scalar(data, scalar);
    p256_point(scalar, point);
    p256_scalar(own, scalar);
    MUST(p256_shared(scalar, point, x));
}

static void signatures(const uint8_t *data, size_t size)
{
    uint8_t x[P256_X], signature[P256_SIGNATURE];

    if (size < P256_X + P256_SIGNATURE)
        return;
    const uint8_t *message = data + P256_X + P256_SIGNATURE;
    const size_t bytes = size - P256_X - P256_SIGNATURE;
    bool unused = p256_signed(data, message, bytes, data + P256_X);
    (void)unused;
    p256_signer(own, x);
    p256_sign(own, message, bytes, signature);
    MUST(p256_signed(x, message, bytes, signature));
    signature[data[0] % P256_SIGNATURE] ^= (uint8_t)(1u << data[1] % 8);
    MUST(!p256_signed(x, message, bytes, signature));
}

/* Sealed to a key of theirs: opens with it, and not once a bit of it changed. */
static void round_trip(const uint8_t *data, size_t size)
{
    uint8_t public[KEY_BYTES], enc[KEY_BYTES], cipher[PLAIN + TAG_BYTES], out[PLAIN];

    if (size < 2 * KEY_BYTES + PLAIN + 2)
        return;
    const struct span plain = {data + 2 * KEY_BYTES, PLAIN}, info = {data, size};
    hpke_public(data, public);
    if (!hpke_seal(public, data + KEY_BYTES, &info, &plain, enc, cipher))
        return;
    const struct span sealed = {cipher, sizeof cipher};
    MUST(hpke_open(data, enc, &info, &sealed, out) && memcmp(out, plain.bytes, PLAIN) == 0);
    cipher[data[size - 1] % sizeof cipher] ^= (uint8_t)(1u << data[size - 2] % 8);
    MUST(!hpke_open(data, enc, &info, &sealed, out));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    void (*const ways[])(const uint8_t *, size_t) = {open_any, points, signatures, round_trip};

    if (size > 0)
        ways[*data % LENGTH(ways)](data + 1, size - 1);
    return 0;
}
