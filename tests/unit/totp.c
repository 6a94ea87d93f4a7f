/* One-time codes against RFC 6238 appendix B, base32 against RFC 4648 section 10. */
#include "core/base/totp.h"

#include <criterion/criterion.h>
#include <string.h>

static const uint8_t secret[] = "12345678901234567890";

Test(totp, published_codes)
{
    static const struct {
        uint64_t at_s;
        uint32_t code;
    } known[] = {{59, 94287082},         {1111111109, 7081804},  {1111111111, 14050471},
                 {1234567890, 89005924}, {2000000000, 69279037}, {UINT64_C(20000000000), 65353130}};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        cr_expect_eq(totp_code(secret, 20, known[i].at_s / TOTP_STEP_S, 8), known[i].code, "%zu", i);
        cr_expect_eq(totp_code(secret, 20, known[i].at_s / TOTP_STEP_S, TOTP_DIGITS),
                     known[i].code % 1000000);
    }
}

/* RFC 4226 appendix D: counters 0 to 9. */
Test(totp, published_counters)
{
    static const uint32_t known[] = {755224, 287082, 359152, 969429, 338314,
                                     254676, 287922, 162583, 399871, 520489};

    for (uint64_t i = 0; i < 10; i++)
        cr_expect_eq(totp_code(secret, 20, i, 6), known[i]);
}

Test(totp, base32)
{
    char out[TOTP_SECRET_TEXT];

    base32_print((const uint8_t *)"fooba", 5, out);
    cr_assert_str_eq(out, "MZXW6YTB");
    base32_print(secret, 20, out);
    cr_assert_str_eq(out, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}
