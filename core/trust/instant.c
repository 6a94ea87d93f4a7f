/* See core/trust/instant.h. */
#include "core/trust/instant.h"

#include <stdio.h>
#include <string.h>

void instant_print(int64_t us, char out[TIME_TEXT])
{
    char whole[TIME_TEXT];

    time_print(us - us % TIME_SECOND, whole);
    whole[strlen(whole) - 1] = '\0'; /* the Z */
    snprintf(out, TIME_TEXT, "%.19s.%06dZ", whole, (int)(us % TIME_SECOND));
}

bool instant_parse(const char *text, int64_t *ret_us)
{
    char again[TIME_TEXT];
    int64_t us;

    if (strlen(text) != 27 || !time_parse(text, &us))
        return false;
    instant_print(us, again);
    if (strcmp(text, again) != 0)
        return false;
    *ret_us = us;
    return true;
}
