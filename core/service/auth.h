/*
 * How people and programs prove who they are: passwords (Argon2id), sessions,
 * one-time links, bearer tokens.  Only hashes are stored; real time decides what
 * has expired.  Blocking, slow on purpose: for worker threads.
 */
#ifndef CORE_SERVICE_AUTH_H
#define CORE_SERVICE_AUTH_H

#include "core/base/digest.h"
#include "core/service/act.h"

enum { SECRET_TEXT = 64, PASSWORD_TEXT = 128, LINK_HOURS = 72 };

/* A secret for a client: a prefix and 32 random bytes as base64url; its SHA-256 is stored. */
void secret_new(const char *prefix, char out[SECRET_TEXT], uint8_t hash[SHA256_BYTES]);
/* The SHA-256 of a secret as sent. */
void secret_hash(const char *secret, uint8_t out[SHA256_BYTES]);

/* At most four at a time, since each takes 64 MiB. */
int  password_hash(const char *password, char out[PASSWORD_TEXT], struct err *err) MUST_USE;
/* `stored` NULL (nobody, or no password yet) takes as long and answers false. */
bool password_check(const char *stored, const char *password) MUST_USE;

/* A log-in as it came: code NULL where none was sent, address of the client as text. */
struct login { const char *login, *password, *code, *address; };

struct session {
    char        secret[SECRET_TEXT];    /* for the cookie */
    char        csrf[SECRET_TEXT];
    const char *person, *name;          /* in the arena */
    int64_t     expires_us;
};

/* Checks login, password and, where the person has a second factor, its code, and opens a session.
 * E_UNKNOWN   auth/wrong, the same for an unknown, blocked or wrong one; auth/code: all is right but the code, which
 *             is missing
 * E_TOO_MANY  rate/exceeded: too many tries in a minute for that login from that address, from that address, or for
 *             that login from addresses it never came from; nobody else's tries lock a person out where it has
 *             logged in before */
int session_open(const struct service *service, struct arena *arena, const struct login *login, struct session *ret,
                 struct err *err) MUST_USE;
int session_end(const struct service *service, struct arena *arena, const char *secret, struct err *err) MUST_USE;
/* A code of the person's authenticator, or one of its recovery codes: each serves once.  E_UNKNOWN auth/wrong;
 * E_TOO_MANY rate/exceeded: too many wrong codes since a right one, and only a recovery code serves.  Whoever asks counts
 * the try first (Q_second_factor_failed), in a transaction that stays, where the code is one that counts: six digits. */
bool second_factor_counts(const char *code);
int second_factor_check(struct tx *tx, const char *person, const char *code, struct err *err) MUST_USE;
/* E_FORBIDDEN auth/forbidden: the actor came with a token, which neither makes tokens nor changes how one logs in. */
int session_only(const struct act *a, struct err *err) MUST_USE;
/* Does the actor hold the role (administrator, security) over all this account reaches?  E_FORBIDDEN */
int person_reached(struct act *a, uint32_t role, const char *person, struct err *err) MUST_USE;

/* That another than the actor agreed to open this account, where it is in use; what it agreed to serves once.  E_REFUSED
 * approval/missing */
int account_agreed(struct act *a, const char *person, struct err *err) MUST_USE;

/* A stranger at this address asks for an account: 0, or after how many seconds it may.  As many a minute as it may try to log in,
 * and so many on a day (limits.accounts_per_day). */
int auth_ask_wait_s(const char *address);

/* Most tries a minute for one login from one address, and how long a session lasts; once, at start. */
void auth_configure(int tries_per_minute, int accounts_per_day, int session_minutes);
/* Deletes what ran out. */
int auth_expire(const struct service *service, struct err *err) MUST_USE;

#endif
