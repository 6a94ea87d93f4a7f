/*
 * Configuration: linli.conf, overridden by LINLI_* of the environment, overridden
 * by what the command line sets; else the defaults of core/base/config.def.
 * Values are checked once, here; an unknown key is refused, and so is one that
 * stands in the file twice.  A line may be as long as it has to be; a comment has
 * a line of its own.  A value in which a blank stands before "#" or ";" looks like
 * one with a comment behind it: it is refused, and goes into the environment.
 *
 * A folder that is not absolute is meant from the share folder (config_share).
 */
#ifndef CORE_BASE_CONFIG_H
#define CORE_BASE_CONFIG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/err.h"

struct config {
    const char *file;           /* NULL: none was read */
#define TEXT(section, key, value, zh, en)                  const char *section##_##key;
#define NUMBER(section, key, value, least, most, zh, en)   int64_t section##_##key;
#define SWITCH(section, key, value, zh, en)                bool section##_##key;
#include "core/base/config.def"
#undef TEXT
#undef NUMBER
#undef SWITCH
};

/* Reads `path`; where that is NULL, LINLI_CONFIG, else /etc/linli/linli.conf if
 * it is there: one that may not be read is a fault, and not the defaults.  `sets`
 * are "section.key=value" of the command line.  Texts live in the arena.  E_INVALID config/invalid names file, line and key. */
int config_load(struct arena *arena, const char *path, const char *const *sets, size_t set_count,
                struct config *ret, struct err *err) MUST_USE;

/* As a file that config_load reads again; passwords in URLs are masked. */
void config_print(const struct config *config, FILE *out);

/* The folder with sql/, config/ and the like: LINLI_SHARE, the source tree the
 * program runs in, else where it was installed. */
const char *config_share(struct arena *arena);
/* A configured folder as an absolute path; the list of plug-in folders, each
 * absolute, separated by colons. */
const char *config_folder(struct arena *arena, const char *folder);
const char *config_plugins(const struct config *config, struct arena *arena);
/* The folder of the plug-ins that came with Linli: beside the program, or where they were installed. */
const char *config_plugins_own(struct arena *arena);

#endif
