/* Uploads. */
#include "api/upload.h"

int uploads_start(struct api *api, struct err *err)
{
    (void)api;
    (void)err;
    return 0;
}

void uploads_stop(struct api *api)
{
    (void)api;
}
