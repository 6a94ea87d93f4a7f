/* One JSON object a line on stderr.  Never a secret, never a bid. */
#ifndef CORE_BASE_LOG_H
#define CORE_BASE_LOG_H

#include "core/base/attr.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

void log_set_level(enum log_level least);
/* log_event(LOG_INFO, "server.ready", "port %d", port) */
void log_event(enum log_level level, const char *what, const char *format, ...) PRINTF(3, 4);

#endif
