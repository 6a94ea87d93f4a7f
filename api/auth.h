/* Cookies and who is asking. */
#ifndef API_AUTH_H
#define API_AUTH_H

#include "api/request.h"
#include "core/base/digest.h"
#include "core/service/actor.h"

/* What the client sent: false where it sent nothing.  E_UNKNOWN where it is not
 * readable, E_FORBIDDEN auth/origin where a cookie comes with a change and without
 * the session's X-CSRF-Token (whose value the database compares). */
struct proof_sent { enum proof kind; uint8_t hash[SHA256_BYTES]; const char *secret; };
int auth_sent(struct request *rq, struct proof_sent *ret, bool *ret_any, struct err *err) MUST_USE;

/* Reads what the client sent to prove who it is; on workers only. */
int  auth_load(struct request *rq, struct err *err) MUST_USE;

#endif
