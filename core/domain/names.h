/*
 * What roles and regimes are called, in the database, in JSON and for people:
 * one table each, from which every list of them is made.
 */
#ifndef CORE_DOMAIN_NAMES_H
#define CORE_DOMAIN_NAMES_H

#include "linli/plugin.h"

enum { ROLE_COUNT = LINLI_CLOCK + 1, REGIME_COUNT = LINLI_CHARITY };

/* By number (LINLI_PUBLIC ..), and NULL at the end. */
extern const char *const role_codes[ROLE_COUNT + 1];
/* Number of a role by its code; -1: none that a person can hold. */
int role_find(const char *code);
/* The code; "public" for what is no role. */
const char *role_name(int role);

/* What it is called in both languages. */
linli_text role_title(int role);

/* Some of the roles as the choices of a form, each table ended by NULL: granted at an office; carried by a post;
 * what a token may be limited to. */
extern const char *const role_member_codes[], *const role_post_codes[], *const role_token_codes[];
extern const linli_text  role_member_labels[], role_post_labels[], role_token_labels[];
#define ROLE_ROW(name, code, zh, en, member, post, token) +member
enum { ROLE_MEMBERS = 0
#include "core/domain/roles.def"
};
#undef ROLE_ROW
#define ROLE_ROW(name, code, zh, en, member, post, token) +post
enum { ROLE_POSTS = 0
#include "core/domain/roles.def"
};
#undef ROLE_ROW
#define ROLE_ROW(name, code, zh, en, member, post, token) +token
enum { ROLE_TOKENS = 0
#include "core/domain/roles.def"
};
#undef ROLE_ROW

/* LINLI_STATUTORY first. */
extern const char *const regime_codes[REGIME_COUNT + 1];
extern const linli_text  regime_labels[REGIME_COUNT + 1];

#endif
