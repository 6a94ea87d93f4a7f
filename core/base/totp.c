/* Time-based one-time codes. */
#include "core/base/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "core/base/err.h"

enum { SHA1_BYTES = 20 };

uint32_t totp_code(const uint8_t *secret, size_t count, uint64_t step, int digits)
{
    uint8_t counter[8], mac[SHA1_BYTES];
    uint32_t code, modulus = 1;
    unsigned size = sizeof mac;

    for (int i = 0; i < 8; i++)
        counter[i] = (uint8_t)(step >> (56 - 8 * i));
    MUST(HMAC(EVP_sha1(), secret, (int)count, counter, sizeof counter, mac, &size) && size == SHA1_BYTES);
    const uint8_t *at = mac + (mac[SHA1_BYTES - 1] & 0x0f); /* RFC 4226 section 5.3 */
    code = (uint32_t)(at[0] & 0x7f) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    for (int i = 0; i < digits; i++)
        modulus *= 10;
    return code % modulus;
}

void base32_print(const uint8_t *bytes, size_t count, char *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    MUST(count % 5 == 0);
    for (size_t i = 0; i < count; i += 5) {
        uint64_t five = 0;

        for (size_t j = 0; j < 5; j++)
            five = five << 8 | bytes[i + j];
        for (int shift = 35; shift >= 0; shift -= 5)
            *out++ = digits[five >> shift & 31];
    }
    *out = '\0';
}
