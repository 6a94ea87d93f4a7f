/* The administrator's side of a database. */
#include "core/store/admin.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/store/pg.h"

static int url_parse(const char *url, PQconninfoOption **ret, struct err *err)
{
    char *wrong = NULL;

    *ret = PQconninfoParse(url, &wrong);
    if (*ret)
        return 0;
    PQfreemem(wrong); /* may quote a password */
    return err_set(err, E_INVALID, "config/invalid", "the database URL cannot be read");
}

int admin_environment(struct arena *arena, const char *url, const char *database, const char *role,
                      char ***ret, struct err *err)
{
    enum { OURS = 64 };
    size_t count = 0, at = 0;
    PQconninfoOption *options;
    int code = url_parse(url, &options, err);

    if (code)
        return code;
    while (environ[count])
        count++;
    char **list = ARENA_NEW(arena, char *, count + OURS);
    for (char **variable = environ; *variable; variable++)
        if (strncmp(*variable, "PG", 2) != 0)
            list[at++] = *variable;
    for (const PQconninfoOption *option = options; option->keyword; option++) {
        bool is_database = strcmp(option->keyword, "dbname") == 0;
        const char *value = is_database && database ? database : option->val;
        if (option->envvar && value && strcmp(option->keyword, "options") != 0)
            list[at++] = arena_printf(arena, "%s=%s", option->envvar, value);
    }
    PQconninfoFree(options);
    MUST(!role || code_ok(role));
    if (role)
        list[at++] = arena_printf(arena, "PGOPTIONS=-c role=%s -c TimeZone=UTC", role);
    list[at++] = arena_dup(arena, "PGCLIENTENCODING=UTF8");
    *ret = list;
    return 0;
}

int admin_database(struct arena *arena, const char *url, const char **ret, struct err *err)
{
    PQconninfoOption *options;
    int code = url_parse(url, &options, err);

    if (code)
        return code;
    *ret = NULL;
    for (const PQconninfoOption *option = options; option->keyword; option++)
        if (strcmp(option->keyword, "dbname") == 0 && option->val)
            *ret = arena_dup(arena, option->val);
    PQconninfoFree(options);
    return *ret ? 0 : err_set(err, E_INVALID, "config/invalid", "the database URL names no database");
}

static int away(PGconn *conn, struct err *err)
{
    char text[300];

    snprintf(text, sizeof(text), "%s", PQerrorMessage(conn));
    text[strcspn(text, "\n")] = '\0';
    PQfinish(conn);
    return err_set(err, E_BUSY, "server/busy", "%s", text);
}

int admin_look(const char *url, const char *role, struct admin_facts *ret, struct err *err)
{
    static const char sql[] =
        "SELECT current_setting('server_version_num'), current_setting('data_checksums') = 'on',"
        " current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'"
        "   AND current_setting('synchronous_commit') NOT IN ('off', 'local'),"
        " current_setting('max_connections'),"
        " (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,"
        " (SELECT datctype NOT IN ('C', 'POSIX') FROM pg_database WHERE datname = current_database()),"
        " to_regnamespace('linli') IS NULL";
    struct pg_settings settings;

    pg_environment_clear();
    pg_settings_make(&settings, url, role, &(struct pg_limits){5000, 2000, PG_IDLE_MS});
    PGconn *conn = PQconnectdbParams(settings.keywords, settings.values, 1);
    if (PQstatus(conn) != CONNECTION_OK)
        return away(conn, err);
    int64_t before_us = time_real();
    PGresult *result = PQexec(conn, sql);
    int64_t after_us = time_real();
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        PQclear(result);
        return away(conn, err);
    }
    ret->version = (int)strtol(PQgetvalue(result, 0, 0), NULL, 10);
    ret->checksums = PQgetvalue(result, 0, 1)[0] == 't';
    ret->durable = PQgetvalue(result, 0, 2)[0] == 't';
    ret->connections = (int)strtol(PQgetvalue(result, 0, 3), NULL, 10);
    ret->ahead_us = strtoll(PQgetvalue(result, 0, 4), NULL, 10) - (before_us + (after_us - before_us) / 2);
    ret->collates = PQgetvalue(result, 0, 5)[0] == 't';
    ret->empty = PQgetvalue(result, 0, 6)[0] == 't';
    PQclear(result);
    PQfinish(conn);
    return 0;
}
