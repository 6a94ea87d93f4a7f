/* linli.conf, the environment and the command line, in that order of weight. */
#include "core/base/config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/text.h"

enum kind { KIND_TEXT, KIND_NUMBER, KIND_SWITCH };

static const struct key {
    const char *section, *name;
    enum kind kind;
    size_t offset;
    const char *text; /* the defaults */
    int64_t number, least, most;
    const char *zh, *en;
} keys[] = {
/* clang-format off */
#define TEXT(section, key, value, zh, en) \
    { #section, #key, KIND_TEXT, offsetof(struct config, section##_##key), value, 0, 0, 0, zh, en },
#define NUMBER(section, key, value, least, most, zh, en) \
    { #section, #key, KIND_NUMBER, offsetof(struct config, section##_##key), NULL, value, least, most, zh, en },
#define SWITCH(section, key, value, zh, en) \
    { #section, #key, KIND_SWITCH, offsetof(struct config, section##_##key), NULL, value, 0, 1, zh, en },
#include "core/base/config.def"
#undef TEXT
#undef NUMBER
#undef SWITCH
    /* clang-format on */
};

static const char blanks[] = " \t\r\n";

struct reading {
    struct config *config;
    struct arena *arena;
    char section[64]; /* of the file, where it is read */
    bool seen[LENGTH(keys)];
    char wrong[256]; /* the first thing that is wrong */
};

static void *member(struct config *config, const struct key *key)
{
    return (char *)config + key->offset;
}

static const void *member_read(const struct config *config, const struct key *key)
{
    return (const char *)config + key->offset;
}

static const struct key *key_find(const char *section, const char *name)
{
    for (size_t i = 0; i < LENGTH(keys); i++)
        if (strcmp(keys[i].section, section) == 0 && strcmp(keys[i].name, name) == 0)
            return &keys[i];
    return NULL;
}

static bool switch_parse(const char *text, bool *ret)
{
    static const char *const words[] = {"no", "yes", "false", "true", "off", "on", "0", "1"};

    for (size_t i = 0; i < LENGTH(words); i++)
        if (strcmp(text, words[i]) == 0) {
            *ret = i % 2 == 1;
            return true;
        }
    return false;
}

static bool value_set(struct reading *r, const struct key *key, const char *text)
{
    void *at = member(r->config, key);

    switch (key->kind) {
    case KIND_TEXT:
        if (utf8_ok(text, strlen(text), false)) {
            *(const char **)at = arena_dup(r->arena, text);
            return true;
        }
        snprintf(r->wrong, sizeof(r->wrong), "[%s] %s: control characters, or not UTF-8", key->section,
                 key->name);
        return false;
    case KIND_NUMBER:
        if (int_parse(text, key->least, key->most, at))
            return true;
        snprintf(r->wrong, sizeof(r->wrong), "[%s] %s: \"%.40s\" is not a whole number from %lld to %lld",
                 key->section, key->name, text, (long long)key->least, (long long)key->most);
        return false;
    case KIND_SWITCH:
        if (switch_parse(text, at))
            return true;
        snprintf(r->wrong, sizeof(r->wrong), "[%s] %s: \"%.40s\" is not yes or no", key->section, key->name,
                 text);
        return false;
    }
    NEVER("kind of key");
}

static bool wrong(struct reading *r, const char *what)
{
    snprintf(r->wrong, sizeof(r->wrong), "%s", what);
    return false;
}

static bool key_taken(struct reading *r, const char *name, const char *value)
{
    const struct key *key = key_find(r->section, name);

    if (!key) {
        snprintf(r->wrong, sizeof(r->wrong), "[%.40s] has no key \"%.40s\"", r->section, name);
        return false;
    }
    if (r->seen[key - keys]) {
        snprintf(r->wrong, sizeof(r->wrong), "[%s] %s stands there twice", key->section, key->name);
        return false;
    }
    r->seen[key - keys] = true;
    return value_set(r, key, value);
}

static char *trimmed(char *text)
{
    text += strspn(text, blanks);
    for (size_t size = strlen(text); size > 0 && strchr(blanks, text[size - 1]); size--)
        text[size - 1] = '\0';
    return text;
}

/* What is meant as a remark is no part of a key or an address, and nobody can tell which it is. */
static bool has_remark(const char *text)
{
    for (const char *at = strpbrk(text, ";#"); at; at = strpbrk(at + 1, ";#"))
        if (at > text && strchr(blanks, at[-1]))
            return true;
    return false;
}

static bool line_taken(struct reading *r, char *text)
{
    char *line = trimmed(text);
    char *equals = strpbrk(line, "=:"), *end = strchr(line, ']');

    if (!*line || *line == '#' || *line == ';')
        return true;
    if (has_remark(line))
        return wrong(r, "a comment has a line of its own; a value with \" #\" or \" ;\" in it goes into the "
                        "environment, as LINLI_SECTION_KEY");
    if (*line == '[' && end && !end[1] && (size_t)(end - line) < sizeof(r->section)) {
        *end = '\0';
        snprintf(r->section, sizeof(r->section), "%s", trimmed(line + 1));
        return true;
    }
    if (*line == '[' || !equals)
        return wrong(r, "neither [section], key = value nor a comment");
    *equals = '\0';
    return key_taken(r, trimmed(line), trimmed(equals + 1));
}

static void defaults_set(struct config *config)
{
    *config = (struct config){0};
    for (size_t i = 0; i < LENGTH(keys); i++) {
        void *at = member(config, &keys[i]);
        if (keys[i].kind == KIND_TEXT)
            *(const char **)at = keys[i].text;
        else if (keys[i].kind == KIND_NUMBER)
            *(int64_t *)at = keys[i].number;
        else
            *(bool *)at = keys[i].number != 0;
    }
}

/* One that is there and may not be read is no reason to go on without it. */
static const char *default_file(void)
{
    static const char installed[] = "/etc/linli/linli.conf";
    const char *named = getenv("LINLI_CONFIG");

    if (named && *named)
        return named;
    return access(installed, F_OK) == 0 || errno != ENOENT ? installed : NULL;
}

/* The number of the line that was not taken; 0: all were. */
static int lines_read(struct reading *r, FILE *file)
{
    char *text = NULL;
    size_t room = 0;
    int line = 0;
    bool good = true;

    for (ssize_t got; good && (got = getline(&text, &room, file)) >= 0;) {
        const bool marked = line++ == 0 && strncmp(text, "\xef\xbb\xbf", 3) == 0;

        good =
            strlen(text) == (size_t)got ? line_taken(r, marked ? text + 3 : text) : wrong(r, "a NUL in it");
    }
    free(text);
    return good ? 0 : line;
}

static int file_read(struct reading *r, const char *path, struct err *err)
{
    FILE *file = fopen(path, "re");
    int line = 0, code = 0;

    if (file)
        line = lines_read(r, file);
    if (!file || ferror(file))
        code = err_set(err, E_INVALID, "config/invalid", "%s cannot be read: %s", path, strerror(errno));
    else if (line)
        code = err_set(err, E_INVALID, "config/invalid", "%s line %d: %s", path, line, r->wrong);
    if (file)
        fclose(file);
    return code;
}

static int environment_read(struct reading *r, struct err *err)
{
    for (size_t i = 0; i < LENGTH(keys); i++) {
        char name[80];
        snprintf(name, sizeof(name), "LINLI_%s_%s", keys[i].section, keys[i].name);
        for (char *p = name; *p; p++)
            if (*p >= 'a' && *p <= 'z')
                *p = (char)(*p - 'a' + 'A');
        const char *value = getenv(name);
        if (value && !value_set(r, &keys[i], value))
            return err_set(err, E_INVALID, "config/invalid", "%s: %s", name, r->wrong);
    }
    return 0;
}

static int set_read(struct reading *r, const char *set, struct err *err)
{
    char name[80];
    const char *value = strchr(set, '=');
    const struct key *key = NULL;

    if (value && (size_t)(value - set) < sizeof(name)) {
        memcpy(name, set, (size_t)(value - set));
        name[value - set] = '\0';
        char *dot = strchr(name, '.');
        if (dot) {
            *dot = '\0';
            key = key_find(name, dot + 1);
        }
    }
    if (!key)
        return err_set(err, E_INVALID, "config/invalid", "\"%.80s\" is not section.key=value of a known key",
                       set);
    if (!value_set(r, key, value + 1))
        return err_set(err, E_INVALID, "config/invalid", "%s", r->wrong);
    return 0;
}

int config_load(struct arena *arena, const char *path, const char *const *sets, size_t set_count,
                struct config *ret, struct err *err)
{
    struct config config;
    struct reading reading = {.config = &config, .arena = arena};
    int code;

    defaults_set(&config);
    if (!path)
        path = default_file();
    if (path) {
        code = file_read(&reading, path, err);
        if (code)
            return code;
        config.file = arena_dup(arena, path);
    }
    code = environment_read(&reading, err);
    for (size_t i = 0; i < set_count && !code; i++)
        code = set_read(&reading, sets[i], err);
    if (!code)
        *ret = config;
    return code;
}

/* scheme://user:secret@host and password=secret, without the secret. */
static void text_masked(const char *text, FILE *out)
{
    const char *scheme = strstr(text, "://");
    const char *at = scheme ? strchr(scheme + 3, '@') : NULL;
    const char *colon = at ? memchr(scheme + 3, ':', (size_t)(at - scheme - 3)) : NULL;

    if (colon) {
        fprintf(out, "%.*s:***", (int)(colon - text), text);
        text = at;
    }
    const char *password = strstr(text, "password=");
    if (!password) {
        fputs(text, out);
        return;
    }
    password += strlen("password=");
    fprintf(out, "%.*s***%s", (int)(password - text), text, password + strcspn(password, "& "));
}

void config_print(const struct config *config, FILE *out)
{
    const char *section = "";

    for (size_t i = 0; i < LENGTH(keys); i++) {
        const struct key *key = &keys[i];
        const void *at = member_read(config, key);
        if (strcmp(section, key->section) != 0)
            fprintf(out, "%s[%s]\n", *section ? "\n" : "", key->section);
        section = key->section;
        fprintf(out, "# %s\n# %s\n%s = ", key->zh, key->en, key->name);
        if (key->kind == KIND_TEXT)
            text_masked(*(const char *const *)at, out);
        else if (key->kind == KIND_NUMBER)
            fprintf(out, "%lld", (long long)*(const int64_t *)at);
        else
            fputs(*(const bool *)at ? "yes" : "no", out);
        fputc('\n', out);
    }
}

/* The tree when run from it (bin/linli, build/x/bin/linli, build/x/tests/unit_y), else where CMake installs.
 */
const char *config_share(struct arena *arena)
{
    const char *named = getenv("LINLI_SHARE");
    char self[4096];
    ssize_t size = readlink("/proc/self/exe", self, sizeof(self) - 1);

    if (named && *named)
        return arena_dup(arena, named);
    if (size < 0)
        return "/usr/share/linli";
    self[size] = '\0';
    for (char *slash = strrchr(self, '/'); slash && slash != self; slash = strrchr(self, '/')) {
        *slash = '\0';
        const char *installed = arena_printf(arena, "%s/share/linli/sql/sqitch.plan", self);
        if (access(installed, R_OK) == 0)
            return arena_printf(arena, "%s/share/linli", self);
        if (access(arena_printf(arena, "%s/sql/sqitch.plan", self), R_OK) == 0)
            return arena_dup(arena, self);
    }
    return "/usr/share/linli";
}

const char *config_folder(struct arena *arena, const char *folder)
{
    return *folder == '/' ? folder : arena_printf(arena, "%s/%s", config_share(arena), folder);
}

/* Beside the program in a build; else the library folder beside the share folder. */
const char *config_plugins_own(struct arena *arena)
{
    char self[4096];
    ssize_t size = readlink("/proc/self/exe", self, sizeof(self) - 1);

    if (size > 0) {
        self[size] = '\0';
        *strrchr(self, '/') = '\0';
        const char *beside = arena_printf(arena, "%s/plugins", self);
        if (access(beside, R_OK) == 0)
            return beside;
    }
    return LINLI_PLUGINS;
}

const char *config_plugins(const struct config *config, struct arena *arena)
{
    CLEANUP(buf_free) struct buf list = {0};

    if (!*config->plugins_folders)
        return config_plugins_own(arena);
    for (const char *at = config->plugins_folders; *at;) {
        size_t size = strcspn(at, ":");
        if (size > 0) {
            if (list.size > 0)
                buf_char(&list, ':');
            buf_text(&list, config_folder(arena, arena_ndup(arena, at, size)));
        }
        at += size + (at[size] == ':');
    }
    buf_reserve(&list, 0);
    return arena_ndup(arena, list.data, list.size);
}
