/* The tables of names.h, made from roles.def. */
#include "core/domain/names.h"

#include <stddef.h>
#include <string.h>

/* clang-format off */
#define PICK_0(...)
#define PICK_1(...) __VA_ARGS__,

#define ROLE_ROW(name, code, zh, en, member, post, token) [LINLI_##name] = #code,
const char *const role_codes[ROLE_COUNT + 1] = {
#include "core/domain/roles.def"
};
#undef ROLE_ROW

#define ROLE_ROW(name, code, zh, en, member, post, token) PICK_##member(#code)
const char *const role_member_codes[] = {
#include "core/domain/roles.def"
    NULL};
#undef ROLE_ROW
#define ROLE_ROW(name, code, zh, en, member, post, token) PICK_##member({zh, en})
const linli_text role_member_labels[] = {
#include "core/domain/roles.def"
    {NULL, NULL}};
#undef ROLE_ROW

#define ROLE_ROW(name, code, zh, en, member, post, token) PICK_##post(#code)
const char *const role_post_codes[] = {
#include "core/domain/roles.def"
    NULL};
#undef ROLE_ROW
#define ROLE_ROW(name, code, zh, en, member, post, token) PICK_##post({zh, en})
const linli_text role_post_labels[] = {
#include "core/domain/roles.def"
    {NULL, NULL}};
#undef ROLE_ROW

#define ROLE_ROW(name, code, zh, en, member, post, token) PICK_##token(#code)
const char *const role_token_codes[] = {
#include "core/domain/roles.def"
    NULL};
#undef ROLE_ROW
#define ROLE_ROW(name, code, zh, en, member, post, token) PICK_##token({zh, en})
const linli_text role_token_labels[] = {
#include "core/domain/roles.def"
    {NULL, NULL}};
#undef ROLE_ROW

const char *const regime_codes[REGIME_COUNT + 1] = {"statutory", "sub_threshold", "grants", "charity", NULL};
const linli_text regime_labels[REGIME_COUNT + 1] = {{"政府采购", "statutory procurement"},
                                                    {"限额以下采购", "purchase below the threshold"},
                                                    {"项目资助", "grants"},
                                                    {"慈善资金", "charity money"},
                                                    {NULL, NULL}};
/* A role of plugin.h needs its row. */
#define ROLE_ROW(name, code, zh, en, member, post, token) +1
_Static_assert(0
#include "core/domain/roles.def"
               == ROLE_COUNT, "a row for each role");
#undef ROLE_ROW
/* clang-format on */

int role_find(const char *code)
{
    for (int r = 1; r < LINLI_CLOCK; r++)
        if (strcmp(role_codes[r], code) == 0)
            return r;
    return -1;
}

const char *role_name(int role)
{
    return role >= 0 && role < ROLE_COUNT ? role_codes[role] : role_codes[LINLI_PUBLIC];
}

linli_text role_title(int role)
{
#define ROLE_ROW(name, code, zh, en, member, post, token) {zh, en},
    static const linli_text all[] = {
#include "core/domain/roles.def"
    };
#undef ROLE_ROW

    return role >= 0 && role < ROLE_COUNT ? all[role] : all[0];
}
