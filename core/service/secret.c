/* Secrets of clients and passwords of people. */
#include "core/service/secret.h"

#include <pthread.h>
#include <semaphore.h>
#include <sodium.h>
#include <string.h>

enum { GATE = 4, OPERATIONS = 3, MEMORY_BYTES = 64 << 20 };

/* A password nobody has, so that an unknown login takes as long as a wrong password. */
static char nobody[PASSWORD_TEXT];
static sem_t gate;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void open_gate(void)
{
    MUST(sodium_init() >= 0);
    MUST(sem_init(&gate, 0, GATE) == 0);
    MUST(crypto_pwhash_str(nobody, "", 0, OPERATIONS, MEMORY_BYTES) == 0);
}

void secret_hash(const char *secret, uint8_t out[SHA256_BYTES])
{
    sha256_of(secret, strlen(secret), out);
}

void secret_new(const char *prefix, char out[SECRET_TEXT], uint8_t hash[SHA256_BYTES])
{
    uint8_t bytes[32];
    const size_t at = strlen(prefix);

    MUST(at < 16);
    memcpy(out, prefix, at);
    random_bytes(bytes, sizeof bytes);
    sodium_bin2base64(out + at, SECRET_TEXT - at, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
    secret_hash(out, hash);
}

int password_hash(const char *password, char out[PASSWORD_TEXT], struct err *err)
{
    int failed;

    pthread_once(&once, open_gate);
    while (sem_wait(&gate) != 0)
        ;
    failed = crypto_pwhash_str(out, password, strlen(password), OPERATIONS, MEMORY_BYTES);
    sem_post(&gate);
    return failed ? err_set(err, E_BUSY, "server/busy", "no memory to hash a password") : 0;
}

bool password_check(const char *stored, const char *password)
{
    bool right;

    pthread_once(&once, open_gate);
    while (sem_wait(&gate) != 0)
        ;
    right = crypto_pwhash_str_verify(stored ? stored : nobody, password, strlen(password)) == 0;
    sem_post(&gate);
    return right && stored;
}
