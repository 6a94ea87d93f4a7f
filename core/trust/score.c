/* See core/trust/score.h. */
#include "core/trust/score.h"

#include <sodium.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/json/canon.h"

static const char purpose[] = "linli/score/v1"; /* its last byte is the 0x00 */

int score_sheet(struct arena *arena, const char *member, const char *bid, const struct score_mark *marks,
                size_t count, char **ret, struct err *err)
{
    CLEANUP(buf_free) struct buf text = {0};

    json_open(&text, '{');
    json_key(&text, "criteria");
    json_open(&text, '{');
    for (size_t i = 0; i < count; i++) {
        json_key(&text, marks[i].criterion);
        json_string(&text, marks[i].value);
    }
    json_close(&text, '}');
    json_key(&text, "evaluator");
    json_string(&text, member);
    json_key(&text, "proposal");
    json_string(&text, bid);
    json_key(&text, "reasons");
    json_open(&text, '{');
    for (size_t i = 0; i < count; i++) {
        json_key(&text, marks[i].criterion);
        json_string(&text, marks[i].reason);
    }
    json_close(&text, '}');
    json_key(&text, "v");
    json_int(&text, 1);
    json_close(&text, '}');
    return json_canonical(arena, text.data, text.size, ret, err);
}

static void message_of(const struct hash *commit, uint8_t ret[sizeof(purpose) + SHA256_BYTES])
{
    memcpy(ret, purpose, sizeof(purpose));
    memcpy(ret + sizeof(purpose), commit->bytes, SHA256_BYTES);
}

void score_sign(const uint8_t seed[SCORE_SEED], const struct hash *commit, uint8_t ret[SCORE_SIGNATURE])
{
    uint8_t public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    uint8_t message[sizeof(purpose) + SHA256_BYTES];

    message_of(commit, message);
    MUST(crypto_sign_seed_keypair(public, secret, seed) == 0);
    MUST(crypto_sign_detached(ret, NULL, message, sizeof(message), secret) == 0);
    sodium_memzero(secret, sizeof(secret));
}

bool score_signed(const uint8_t key[SCORE_KEY], const struct hash *commit,
                  const uint8_t signature[SCORE_SIGNATURE])
{
    uint8_t message[sizeof(purpose) + SHA256_BYTES];

    message_of(commit, message);
    return crypto_sign_verify_detached(signature, message, sizeof(message), key) == 0;
}
