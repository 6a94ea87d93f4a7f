/*
 * Who acts: loaded from what a client proved, with every role it holds today,
 * by membership or by post, at every office of a subtree.
 */
#ifndef CORE_SERVICE_ACTOR_H
#define CORE_SERVICE_ACTOR_H

#include "core/base/digest.h"
#include "core/domain/names.h"
#include "core/service/act.h"

enum proof { PROOF_TOKEN, PROOF_SESSION };

/* Loads the holder of a token or session by the SHA-256 of its secret.
 * real_us decides whether the proof has expired, legal_us which memberships and
 * delegations are in force.  ret_csrf: the session's, NULL for a token.
 * E_UNKNOWN  auth/unknown: no such proof, expired, revoked, or the person is blocked */
int actor_load(const struct service *service, struct arena *arena, enum proof proof,
               const uint8_t hash[SHA256_BYTES], int64_t legal_us, struct actor *ret, const char **ret_csrf,
               struct err *err) MUST_USE;

/* The offices where the actor holds one of the roles, within its token: *ret in the arena, how many is returned. */
size_t actor_offices(const struct actor *actor, uint32_t roles, struct arena *arena, int64_t **ret);

/* E_FORBIDDEN auth/forbidden: names the roles that may. */
int roles_refuse(uint32_t roles, struct err *err);

/* For statements, as text[] and uuid[]: the codes of its roles at an office, "public" among them, also of nobody;
 * "office:role" for each role at each office; and the organisations it acts for, within its token. */
const char *actor_roles_text(const struct actor *actor, int32_t office, struct arena *arena);
const char *actor_held_text(const struct actor *actor, struct arena *arena);
const char *actor_organisations_text(const struct actor *actor, struct arena *arena);

/* What statements may reach for an actor: the organisations it acts for, and this office; with 0 every one where it holds a
 * role.  Lives in the arena. */
struct scope actor_scope(const struct actor *actor, int32_t office, struct arena *arena);

/* E_FORBIDDEN auth/forbidden: the actor came with a token, which neither makes tokens nor changes how one logs in. */
int session_only(const struct act *a, struct err *err) MUST_USE;

/* E_FORBIDDEN auth/forbidden, unless the actor is of the organisation the path of the act begins with. */
int own_organisation(const struct act *a, struct err *err) MUST_USE;

#endif
