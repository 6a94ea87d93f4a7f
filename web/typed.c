/* Numbers as people type them. */
#include "web/typed.h"

#include <stdbool.h>
#include <string.h>

#include "core/base/text.h"

static const char digits[] = "0123456789";
enum { FEN_PLACES = 2, WAN_PLACES = 4, YI_PLACES = 8, ROOM = 16, GROUP = 3 };

/* What a Chinese keyboard writes for signs of ASCII, "" what only parts digits or names the currency. */
static const char *const signs[][2] = {{"，", ","}, {" ", ""},   {"　", ""},  {"￥", ""},  {"¥", ""},
                                       {"。", "."}, {"．", "."}, {"％", "%"}, {"０", "0"}, {"１", "1"},
                                       {"２", "2"}, {"３", "3"}, {"４", "4"}, {"５", "5"}, {"６", "6"},
                                       {"７", "7"}, {"８", "8"}, {"９", "9"}};

/* Commas between groups of three only: "1,5" is no 15, and nobody knows what it is. */
static void ungroup(char *text)
{
    size_t at = strspn(text, digits);
    char *to = text + at;

    if (text[at] != ',' || at == 0 || at > GROUP)
        return;
    for (size_t i = at; text[i] == ','; i += GROUP + 1)
        if (strspn(text + i + 1, digits) != GROUP)
            return;
    for (; text[at] == ','; at += GROUP + 1, to += GROUP)
        memmove(to, text + at + 1, GROUP);
    memmove(to, text + at, strlen(text + at) + 1);
}

static char *plain_of(const char *text, struct arena *arena)
{
    char *plain = arena_alloc(arena, strlen(text) + ROOM, 1), *to = plain;

    while (*text) {
        size_t i = 0;

        while (i < LENGTH(signs) && strncmp(text, signs[i][0], strlen(signs[i][0])) != 0)
            i++;
        if (i == LENGTH(signs)) {
            *to++ = *text++;
            continue;
        }
        text += strlen(signs[i][0]);
        if (*signs[i][1])
            *to++ = *signs[i][1];
    }
    *to = '\0';
    ungroup(plain);
    return plain;
}

static bool drop_tail(char *text, const char *tail)
{
    const size_t size = strlen(text), less = strlen(tail);

    if (size < less || strcmp(text + size - less, tail) != 0)
        return false;
    text[size - less] = '\0';
    return true;
}

/* Splits "12.5" into its whole part and its places; false: it is none. */
static bool split(char *text, size_t *ret_whole, const char **ret_places)
{
    const size_t whole = strspn(text, digits);

    if (whole == 0 || (text[whole] && text[whole] != '.'))
        return false;
    *ret_whole = whole;
    *ret_places = text[whole] ? text + whole + 1 : text + whole;
    return strspn(*ret_places, digits) == strlen(*ret_places);
}

const char *typed_money(const char *text, struct arena *arena)
{
    char *plain = plain_of(text, arena), *made, *to;
    const char *places;
    size_t whole, shift, count;

    drop_tail(plain, "元");
    shift = drop_tail(plain, "万") ? WAN_PLACES : drop_tail(plain, "亿") ? YI_PLACES : 0;
    if (!split(plain, &whole, &places) || (count = strlen(places)) > shift + FEN_PLACES)
        return text;
    made = to = arena_alloc(arena, whole + shift + ROOM, 1);
    memcpy(to, plain, whole);
    to += whole;
    for (size_t i = 0; i < shift + FEN_PLACES; i++) {
        if (i == shift)
            *to++ = '.';
        *to++ = i < count ? places[i] : '0';
    }
    *to = '\0';
    while (made[0] == '0' && made[1] != '.')
        made++;
    return made;
}

const char *typed_number(const char *text, struct arena *arena)
{
    char *plain = plain_of(text, arena);
    const char *places;
    size_t whole;

    if (!split(plain, &whole, &places))
        return text;
    if (!*places)
        plain[whole] = '\0';
    return plain;
}

const char *typed_rate(const char *text, struct arena *arena)
{
    char *plain = plain_of(text, arena);
    const bool said = drop_tail(plain, "%");
    const char *places, *number = typed_number(plain, arena);
    size_t whole;

    if (!split(plain, &whole, &places) || (!said && strspn(plain, "0") >= whole))
        return text;
    return arena_printf(arena, "%s%%", number);
}
