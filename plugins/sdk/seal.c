/* See linli/seal.h. */
#include "linli/seal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/trust/key.h"
#include "core/trust/seal.h"

#define PUBLIC __attribute__((visibility("default")))

static int fault_tell(const struct err *err, linli_seal_fault *ret)
{
    if (ret) {
        *ret = (linli_seal_fault){0};
        memcpy(ret->type, err->type, sizeof(ret->type));
        memcpy(ret->detail, err->detail, sizeof(ret->detail));
        memcpy(ret->zh, err->zh, sizeof(ret->zh));
    }
    return -1;
}

static int wrong_call(struct err *err, const char *what, const char *zh)
{
    return err_both(err, E_INVALID, "seal/usage", what, zh);
}

/* As the first version of the header had it, whose last member is as long as a pointer with its padding; and
 * more than any will. */
enum { SEAL_FIRST = offsetof(linli_seal, p256) + sizeof(void *), SEAL_MOST = 4096 };
_Static_assert(sizeof(linli_seal) >= SEAL_FIRST, "it grows at its end");

/* The struct of another version of the header: what its program did not know of is nothing, and what this
 * library does not know of has to be. */
static int call_take(const linli_seal *from, linli_seal *ret, struct err *err)
{
    static const unsigned char nothing[SEAL_MOST];
    const size_t size = from ? from->size : 0, here = size < sizeof(*ret) ? size : sizeof(*ret);

    if (size < SEAL_FIRST || size > SEAL_MOST ||
        memcmp((const unsigned char *)from + here, nothing, size - here) != 0)
        return wrong_call(err, "the struct asks for more than this version of the library knows",
                          "结构所要求的超出本版本的库");
    *ret = (linli_seal){0};
    memcpy(ret, from, here);
    return 0;
}

/* Without what nothing is sealed without. */
static int call_check(const linli_seal *bid, struct err *err)
{
    if (!bid->openers || !bid->key || !bid->files || bid->file_count == 0)
        return wrong_call(err, "openers, key and files are needed", "须给出开启人名单、密钥和文件");
    if (!bid->price_openers != !bid->priced || !bid->priced != (bid->priced_count == 0))
        return wrong_call(err, "price_openers and priced go together", "price_openers 与 priced 须同时给出");
    if (bid->price_openers && (bid->co_key || bid->price_fen))
        return wrong_call(err, "two envelopes keep no key, and tell no price outside",
                          "双信封不自留密钥，也不在信封外载明报价");
    if (bid->file_count > MANIFEST_FILES_MAX || bid->priced_count > MANIFEST_FILES_MAX)
        return wrong_call(err, "there are too many files", "文件过多");
    return 0;
}

static void files_take(const linli_seal_file *from, size_t count, struct seal_file *ret)
{
    for (size_t i = 0; i < count; i++)
        ret[i] = (struct seal_file){from[i].name, from[i].bytes, from[i].count};
}

/* The text, or a note of it. */
static int openers_take(const char *text, size_t bytes, struct openers *ret, struct err *err)
{
    struct arena *arena = arena_new(0);
    int status = openers_read(arena, text, bytes, ret, err);

    arena_free(arena);
    return status;
}

static int request_make(const linli_seal *bid, const struct key *key, struct seal_request *r, struct buf *out,
                        struct err *err)
{
    struct seal_file priced[MANIFEST_FILES_MAX];
    struct seal_request price = *r;
    struct seal_secrets secrets;
    struct openers openers;
    uint8_t lot[UUID_BYTES];
    int status = 0;

    if (key->kind != KEY_BIDDER)
        return wrong_call(err, "this is no bidder's key", "不是投标人密钥");
    if (bid->lot && !uuid_bytes(bid->lot, lot))
        return wrong_call(err, "this is no id of a lot", "采购包编号不正确");
    r->lot = price.lot = bid->lot ? lot : NULL;
    if (bid->price_openers) {
        files_take(bid->priced, bid->priced_count, priced);
        status = openers_take(bid->price_openers, bid->price_openers_bytes, &openers, err);
        price.openers = &openers;
        price.files = priced;
        price.file_count = bid->priced_count;
        return status ? status : seal_make_two(r, &price, out, err);
    }
    seal_secrets_draw(&secrets);
    status = seal_make(r, &secrets, out, err);
    if (!status && bid->co_key)
        memcpy(bid->co_key, secrets.co, sizeof(secrets.co));
    sodium_memzero(&secrets, sizeof(secrets));
    return status;
}

static int bid_seal(const linli_seal *bid, struct buf *out, struct err *err)
{
    CLEANUP(key_forget) struct key key = {0};
    struct seal_file files[MANIFEST_FILES_MAX];
    struct openers openers;
    int status = call_check(bid, err);

    if (!status)
        status = openers_take(bid->openers, bid->openers_bytes, &openers, err);
    if (!status)
        status = key_parse(bid->key, bid->key_bytes, bid->passphrase, &key, err);
    if (status)
        return status;
    files_take(bid->files, bid->file_count, files);
    struct seal_request r = {.openers = &openers,
                             .bidder_seed = key.secret,
                             .flags = bid->co_key ? SEALED_CO_KEY : 0,
                             .p256 = bid->p256 != 0,
                             .bidder = bid->bidder ? bid->bidder : key.name,
                             .priced = bid->price_fen != NULL,
                             .price_fen = bid->price_fen ? *bid->price_fen : 0,
                             .files = files,
                             .file_count = bid->file_count};
    return request_make(bid, &key, &r, out, err);
}

PUBLIC int linli_seal_make(const linli_seal *bid, linli_sealed *ret, linli_seal_fault *fault)
{
    CLEANUP(buf_free) struct buf out = {0};
    uint8_t digest[SHA256_BYTES];
    struct err err = {0};
    linli_seal asked;

    *ret = (linli_sealed){0};
    MUST(sodium_init() >= 0);
    if (call_take(bid, &asked, &err) || bid_seal(&asked, &out, &err))
        return fault_tell(&err, fault);
    sha256_of(out.data, out.size, digest);
    ret->bytes = (unsigned char *)buf_take(&out, &ret->count);
    hex_print(digest, SHA256_BYTES, ret->sha256);
    return 0;
}

PUBLIC void linli_sealed_free(linli_sealed *sealed)
{
    free(sealed->bytes);
    *sealed = (linli_sealed){0};
}
