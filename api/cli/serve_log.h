/* The thread of linli serve that gives the log out (core/service/logbook.h). */
#ifndef API_CLI_SERVE_LOG_H
#define API_CLI_SERVE_LOG_H

#include "core/base/config.h"
#include "core/service/act.h"

/*
 * Compares the database with what was signed, and begins; nothing where no log is configured.  E_REFUSED log/rollback, E_BROKEN
 * log/broken: then nothing may be served.  A signer that is away holds nothing up: it is asked again, and until it
 * answers nobody knows; where it then says so, service->frozen is set.
 */
struct serve_log;
/* What [trust] says by itself: keys that are none, a quorum where no log is.  E_INVALID config/invalid names the setting. */
int  serve_log_settings(const struct config *config, struct arena *arena, struct err *err) MUST_USE;
int  serve_log_start(struct service *service, const struct config *config, struct arena *arena, struct serve_log **ret,
                     struct err *err) MUST_USE;
void serve_log_stop(struct serve_log *log);     /* NULL is fine; what still waits is given out first */

#endif
