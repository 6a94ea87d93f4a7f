/* See core/trust/shamir.h. */
#include "core/trust/shamir.h"

#include <string.h>

static uint8_t multiply(uint8_t a, uint8_t b)
{
    unsigned product = 0, x = a;

    for (int bit = 0; bit < 8; bit++) {
        product ^= x & (0U - ((unsigned)b >> bit & 1U));
        x = x << 1 ^ (0x11bU & (0U - (x >> 7 & 1U)));
    }
    return (uint8_t)product;
}

/* a to the power of 254, which is 1 / a. */
static uint8_t inverse(uint8_t a)
{
    uint8_t power = a, result = 1;

    for (int bit = 1; bit < 8; bit++) {
        power = multiply(power, power);
        result = multiply(result, power);
    }
    return result;
}

void shamir_share(const uint8_t secret[SHARE_BYTES], const uint8_t coefficients[][SHARE_BYTES], unsigned k,
                  uint8_t i, struct share *out)
{
    out->i = i;
    for (size_t at = 0; at < SHARE_BYTES; at++) {
        uint8_t value = 0;
        for (unsigned power = k - 1; power > 0; power--)
            value = multiply((uint8_t)(value ^ coefficients[power - 1][at]), i);
        out->bytes[at] = value ^ secret[at];
    }
}

/* Lagrange's polynomial of one share, at x: the product of (x_j - x) / (x_j - x_i). */
static bool weight_of(const struct share *shares, size_t k, size_t which, uint8_t x, uint8_t *ret)
{
    uint8_t above = 1, below = 1;

    for (size_t j = 0; j < k; j++) {
        if (j == which)
            continue;
        if (shares[j].i == shares[which].i)
            return false;
        above = multiply(above, shares[j].i ^ x);
        below = multiply(below, shares[j].i ^ shares[which].i);
    }
    *ret = multiply(above, inverse(below));
    return shares[which].i != 0;
}

bool shamir_at(const struct share *shares, size_t k, uint8_t x, uint8_t out[SHARE_BYTES])
{
    uint8_t weight;

    memset(out, 0, SHARE_BYTES);
    for (size_t i = 0; i < k; i++) {
        if (!weight_of(shares, k, i, x, &weight))
            return false;
        for (size_t at = 0; at < SHARE_BYTES; at++)
            out[at] ^= multiply(weight, shares[i].bytes[at]);
    }
    return k > 0;
}

bool shamir_combine(const struct share *shares, size_t k, uint8_t out[SHARE_BYTES])
{
    return shamir_at(shares, k, 0, out);
}
