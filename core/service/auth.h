/*
 * How people and programs prove who they are: sessions, one-time links, bearer tokens.
 * Only hashes are stored (core/service/secret.h); real time decides what has expired.
 * Blocking, slow on purpose: for worker threads.
 */
#ifndef CORE_SERVICE_AUTH_H
#define CORE_SERVICE_AUTH_H

#include "core/service/act.h"
#include "core/service/secret.h"

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
/* A stranger at this address asks for an account: 0, or after how many seconds it may.  As many a minute as it may try to log in,
 * and so many on a day (limits.accounts_per_day). */
int auth_ask_wait_s(const char *address);

/* Most tries a minute for one login from one address, and how long a session lasts; once, at start. */
void auth_configure(int tries_per_minute, int accounts_per_day, int session_minutes);
/* Deletes what ran out. */
int auth_expire(const struct service *service, struct err *err) MUST_USE;

#endif
