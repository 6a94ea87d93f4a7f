/* Ids that carry their office. */
#include "core/store/ids.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/digest.h"

void id_new(int32_t office, char out[UUID_TEXT])
{
    uint8_t r[12];

    random_bytes(r, sizeof r);
    snprintf(out, UUID_TEXT, "%08x-%02x%02x-8%01x%02x-%01x%01x%02x-%02x%02x%02x%02x%02x%02x",
             (unsigned)office, r[0], r[1], r[2] & 15, r[3], 8 | (r[4] & 3), r[4] >> 4, r[5], r[6], r[7], r[8],
             r[9], r[10], r[11]);
}

bool id_office(const char *id, int32_t *ret_office)
{
    char first[9];
    unsigned long office;

    if (!uuid_ok(id) || id[14] != '8')
        return false;
    for (int i = 0; i < 8; i++)
        first[i] = id[i];
    first[8] = '\0';
    office = strtoul(first, NULL, 16);
    if (office == 0 || office > INT32_MAX)
        return false;
    *ret_office = (int32_t)office;
    return true;
}
