/* Hashes against FIPS 180-4's examples, hex, ids. */
#include "core/base/digest.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void expect_sha256(const char *text, const char *hex)
{
    uint8_t hash[SHA256_BYTES];
    char out[SHA256_TEXT];

    sha256_of(text, strlen(text), hash);
    hex_print(hash, sizeof(hash), out);
    cr_assert_str_eq(out, hex);
}

Test(sha256, published_examples)
{
    expect_sha256("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect_sha256("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect_sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

Test(sha256, streamed_and_from_a_file)
{
    uint8_t hash[SHA256_BYTES], of_file[SHA256_BYTES];
    char path[] = "/tmp/linli-digest-XXXXXX", part[1000], out[SHA256_TEXT];
    int fd = mkstemp(path);
    struct sha256 *s = sha256_new();

    cr_assert_geq(fd, 0);
    memset(part, 'a', sizeof(part));
    for (int i = 0; i < 1000; i++) {
        sha256_add(s, part, sizeof(part));
        cr_assert_eq(write(fd, part, sizeof(part)), (ssize_t)sizeof(part));
    }
    close(fd);
    sha256_end(s, hash);
    cr_assert(sha256_file(path, of_file));
    unlink(path);
    cr_assert_arr_eq(hash, of_file, sizeof(hash));
    hex_print(hash, sizeof(hash), out);
    cr_assert_str_eq(out, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    cr_assert_not(sha256_file(path, of_file));
}

Test(hex, lower_case_and_exact)
{
    uint8_t bytes[2];

    cr_assert(hex_parse("0fa9", bytes, 2));
    cr_assert(bytes[0] == 0x0f && bytes[1] == 0xa9);
    cr_assert_not(hex_parse("0FA9", bytes, 2));
    cr_assert_not(hex_parse("0fa", bytes, 2));
    cr_assert_not(hex_parse("0fa90", bytes, 2));
    cr_assert_not(hex_parse("", bytes, 2));
    cr_assert(hex_parse("", bytes, 0));
}

Test(uuid, version_and_variant)
{
    char one[UUID_TEXT], two[UUID_TEXT];

    for (int i = 0; i < 100; i++) {
        uuid_new(one);
        uuid_new(two);
        cr_assert(uuid_ok(one), "%s", one);
        cr_assert_eq(one[14], '4');
        cr_assert(strchr("89ab", one[19]));
        cr_assert_str_neq(one, two);
    }
}
