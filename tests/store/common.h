/* What the tests of the store share; each test runs in a process of its own on one database. */
#ifndef TESTS_STORE_COMMON_H
#define TESTS_STORE_COMMON_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/store.h"

#define OFFICE_DRAFT "00000001-0000-8000-8000-000000000001"
#define PUBLISHED    "00000001-0000-8000-8000-000000000002"
#define BID          "00000001-0000-8000-8000-0000000000b1"
#define PERSON       "00000000-0000-4000-8000-000000000001"

static const char salt[] = "0123456789abcdef0123456789abcdef";

/* Runs psql as the administrator of the cluster. */
static inline void super(const char *arguments)
{
    char command[2048];

    snprintf(command, sizeof(command), "psql -X -q -t -A -v ON_ERROR_STOP=1 \"$LINLI_TEST_SUPER_URL\" %s",
             arguments);
    cr_assert_eq(system(command), 0, "%s", command);
}

/* The rows of small.sql, once a database. */
static inline void small_load(void)
{
    super("-c \"SELECT 1/(count(*) = 0)::integer FROM linli.office\" >/dev/null 2>&1 || exit 0; "
          "psql -X -q -1 -v ON_ERROR_STOP=1 \"$LINLI_TEST_SUPER_URL\" -f " SOURCE_DIR
          "/tests/store/small.sql");
}

static inline const char *database_url(void)
{
    const char *url = getenv("LINLI_DATABASE_URL");

    cr_assert(url, "run by tests/with-pg");
    return url;
}

#endif
