/* Declares api_<op> of every SPECIAL and DIRECT row of api/routes.def. */
#ifndef API_HANDLERS_H
#define API_HANDLERS_H

#include "api/request.h"
#include "core/domain/rules.h"

struct rows;

#define LOOP(op, path, shape, bind, zh, en)
#define READ(op, path, roles, shape, bind, zh, en)
#define ACT(op, method, path, roles, subject, flags, reply, zh, en)
#define SPECIAL(op, method, path, roles, zh, en) int api_##op(struct request *rq, struct err *err);
#define DIRECT(op, method, path, roles, zh, en)  int api_##op(struct request *rq, struct err *err);
#include "api/routes.def"
#undef LOOP
#undef READ
#undef ACT
#undef SPECIAL
#undef DIRECT

/* What holds at an office today; NULL where no rules of that regime do.  E_ABSENT: no such office. */
int request_rules(struct request *rq, int32_t office, int regime, const struct rule_set **ret, struct err *err) MUST_USE;

/* Answers with one file as it lies in the store: name, digest, bytes, type of the row. */
int request_file(struct request *rq, const struct rows *file, struct err *err) MUST_USE;

#endif
