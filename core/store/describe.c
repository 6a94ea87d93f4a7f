/* What rows look like, for the API's description: every statement is prepared once and described. */
#include <libpq-fe.h>

#include "core/base/log.h"
#include "core/store/pg.h"
#include "core/store/shape.h"
#include "core/store/store.h"

int store_schemas(const struct store_config *config, const enum statement_id *statement_ids, size_t count,
                  struct buf *ret, struct err *err)
{
    struct pg_settings settings;
    int code = 0;

    pg_environment_clear();
    pg_settings_make(&settings, config->url, config->role,
                     &(struct pg_limits){config->statement_ms, config->lock_ms, PG_IDLE_MS});
    PGconn *conn = PQconnectdbParams(settings.keywords, settings.values, 1);

    if (PQstatus(conn) != CONNECTION_OK)
        code = pg_away(conn, err);
    for (size_t i = 0; !code && i < count; i++) {
        PGresult *prepared = PQprepare(conn, "", statements[statement_ids[i]].text, 0, NULL);

        if (PQresultStatus(prepared) == PGRES_COMMAND_OK) {
            PGresult *described = PQdescribePrepared(conn, "");

            shape_schema(described, &ret[i]);
            PQclear(described);
        } else {
            log_event(LOG_ERROR, "store.statement", "%s: %s", statements[statement_ids[i]].name,
                      PQresultErrorField(prepared, PG_DIAG_MESSAGE_PRIMARY));
        }
        PQclear(prepared);
    }
    PQfinish(conn);
    return code;
}
