/* What acts are called in both languages: the titles of api/routes.def, the one place that has them. */
#ifndef CORE_SERVICE_TITLES_H
#define CORE_SERVICE_TITLES_H

#include "core/base/buf.h"
#include "core/host/host.h"
#include "core/service/tender.h"

/* Of an act by its op ("lot_draw"); of an act of the plug-in contract (LINLI_DRAW), where the op has none. */
linli_text act_title(const char *op, int act);
/* What these roles may do in a phase, by title, in either language. */
void acts_allowed(const linli_phase *phase, uint32_t roles, bool zh, struct buf *out);

/* The ids of the plug-ins of a kind that are here, in their order. */
const char *plugin_choices(const struct act *a, enum plugin_kind kind);

#endif
