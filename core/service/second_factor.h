/*
 * The second factor of a log-in: codes of an authenticator (RFC 6238) and recovery codes.
 */
#ifndef CORE_SERVICE_SECOND_FACTOR_H
#define CORE_SERVICE_SECOND_FACTOR_H

#include "core/service/act.h"

/* A code of the person's authenticator, or one of its recovery codes: each serves once.  E_UNKNOWN auth/wrong;
 * E_TOO_MANY rate/exceeded: too many wrong codes since a right one, and only a recovery code serves.  Whoever asks counts
 * the try first (Q_second_factor_failed), in a transaction that stays, where the code is one that counts: six digits. */
bool second_factor_counts(const char *code);
int second_factor_check(struct tx *tx, const char *person, const char *code, struct err *err) MUST_USE;

#endif
