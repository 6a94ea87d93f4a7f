/* The API's description. */
#include "api/openapi.h"

#include <stdlib.h>

#include "api/handlers.h"

int openapi_make(struct api *api, struct err *err)
{
    struct buf out = {0};

    (void)err;
    buf_text(&out, "{}");
    api->openapi = buf_take(&out, &api->openapi_bytes);
    return 0;
}

int api_openapi(struct request *rq, struct err *err)
{
    (void)err;
    buf_add(&rq->out, rq->api->openapi, rq->api->openapi_bytes);
    request_answer(rq, 200);
    return 0;
}
