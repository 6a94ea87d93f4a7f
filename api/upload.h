/*
 * Uploads: an HTTP daemon of its own, so that large bodies never meet the event
 * loops.  It listens on [server] uploads, by default 127.0.0.1:8081; a reverse
 * proxy sends PUT, PATCH and HEAD of /api/v1/blobs/ there.
 */
#ifndef API_UPLOAD_H
#define API_UPLOAD_H

#include "api/server.h"

int  uploads_start(struct api *api, struct err *err) MUST_USE;
void uploads_stop(struct api *api);

#endif
