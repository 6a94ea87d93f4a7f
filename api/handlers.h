/* Declares api_<op> of every SPECIAL and DIRECT row of api/routes.def. */
#ifndef API_HANDLERS_H
#define API_HANDLERS_H

#include "api/request.h"

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

#endif
