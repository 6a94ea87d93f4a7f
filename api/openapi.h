/* The API's description, made once at start from routes, forms and statements. */
#ifndef API_OPENAPI_H
#define API_OPENAPI_H

#include "api/server.h"

int openapi_make(struct api *api, struct err *err) MUST_USE;

#endif
