/* linli.conf: defaults, weight of the sources, what is refused, and that the shipped file says the defaults.
 */
#include "core/base/config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *file_make(struct arena *arena, const char *text)
{
    char *path = arena_dup(arena, "/tmp/linli-config-XXXXXX");
    int fd = mkstemp(path);

    cr_assert_geq(fd, 0);
    cr_assert_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    return path;
}

static int load(const char *text, const char *set, struct config *ret, struct err *err)
{
    static struct arena *arena; /* the values outlive the call */
    const char *path = file_make(arena ? arena : (arena = arena_new(0)), text);
    int code = config_load(arena, path, &set, set ? 1 : 0, ret, err);

    unlink(path);
    return code;
}

Test(config, weight_of_the_sources)
{
    struct config config;
    struct err err;

    cr_assert_eq(load("[server]\nworkers = 3\n", NULL, &config, &err), 0, "%s", err.detail);
    cr_assert_eq(config.server_workers, 3);
    cr_assert_eq(config.server_loops, 0);
    cr_assert_str_eq(config.server_listen, "127.0.0.1:8080");
    setenv("LINLI_SERVER_WORKERS", "4", 1);
    cr_assert_eq(load("[server]\nworkers = 3\n", NULL, &config, &err), 0);
    cr_assert_eq(config.server_workers, 4);
    cr_assert_eq(load("[server]\nworkers = 3\n", "server.workers=5", &config, &err), 0);
    cr_assert_eq(config.server_workers, 5);
}

Test(config, bounds_are_kept)
{
    struct config config;
    struct err err;

    cr_assert_eq(load("[server]\nworkers = 1\n", NULL, &config, &err), 0);
    cr_assert_eq(load("[server]\nworkers = 256\n", NULL, &config, &err), 0);
    cr_assert_eq(load("[server]\nworkers = 0\n", NULL, &config, &err), E_INVALID);
    cr_assert(strstr(err.detail, "line 2: [server] workers"), "%s", err.detail);
    cr_assert_eq(load("[server]\nworkers = 257\n", NULL, &config, &err), E_INVALID);
    cr_assert_eq(load("[server]\nworkers = 2x\n", NULL, &config, &err), E_INVALID);
    cr_assert_eq(load("[server]\nsandbox = perhaps\n", NULL, &config, &err), E_INVALID);
}

Test(config, unknown_keys_are_refused)
{
    struct config config;
    struct err err;

    cr_assert_eq(load("[server]\nworker = 1\n", NULL, &config, &err), E_INVALID);
    cr_assert(strstr(err.detail, "no key \"worker\""), "%s", err.detail);
    cr_assert_eq(load("", "server.worker=1", &config, &err), E_INVALID);
    cr_assert_eq(load("", "server", &config, &err), E_INVALID);
    cr_assert_eq(load("words\n", NULL, &config, &err), E_INVALID);
}

/* Three witnesses make a line longer than 200 bytes. */
Test(config, a_line_is_as_long_as_it_has_to_be)
{
    char value[1201], text[1400];
    struct config config;
    struct err err;

    memset(value, 'k', sizeof(value) - 1);
    value[sizeof(value) - 1] = '\0';
    value[600] = ' ';
    snprintf(text, sizeof(text), "[trust]\nwitness_keys = %s\nlog_key = x", value);
    cr_assert_eq(load(text, NULL, &config, &err), 0, "%s", err.detail);
    cr_assert_str_eq(config.trust_witness_keys, value);
    cr_assert_str_eq(config.trust_log_key, "x");
}

Test(config, nothing_is_lost_silently)
{
    static const char *const wrong[][2] = {
        {"[trust]\nwitnesses = /a\n  /b\n", "line 3: neither [section]"},
        {"[server]\nworkers = 3\nlisten = x:1\nworkers = 4\n", "line 4: [server] workers stands there twice"},
        {"[trust]\nlog_key = a+b   # what keygen printed\n", "line 2: a comment has a line of its own"},
        {"[trust]\nwitness_keys = a ; b\n", "line 2: a comment has a line of its own"},
        {"[plugins]\nfolders = /srv/a #2\n", "goes into the environment, as LINLI_SECTION_KEY"},
        {"[server\nworkers = 3\n", "line 1: neither [section]"},
        {"[server] workers = 3\n", "line 1: neither [section]"},
    };
    struct config config;
    struct err err;

    for (size_t i = 0; i < LENGTH(wrong); i++) {
        cr_assert_eq(load(wrong[i][0], NULL, &config, &err), E_INVALID, "%s", wrong[i][0]);
        cr_assert(strstr(err.detail, wrong[i][1]), "%s: %s", wrong[i][0], err.detail);
    }
    cr_assert_eq(
        load("\xef\xbb\xbf; so\r\n [server] \r\n  workers:3\r\n# or so\r\npublic_url = https://x#y;z\r\n",
             NULL, &config, &err),
        0, "%s", err.detail);
    cr_assert_eq(config.server_workers, 3);
    cr_assert_str_eq(config.server_public_url, "https://x#y;z");
}

Test(config, what_cannot_be_read_is_no_file_of_defaults)
{
    struct config config;
    struct err err;
    struct arena *arena = arena_new(0);

    cr_assert_eq(config_load(arena, "/tmp", NULL, 0, &config, &err), E_INVALID);
    cr_assert(strstr(err.detail, "cannot be read: Is a directory"), "%s", err.detail);
    cr_assert_eq(config_load(arena, "/nowhere/linli.conf", NULL, 0, &config, &err), E_INVALID);
    cr_assert(strstr(err.detail, "cannot be read: No such file"), "%s", err.detail);
    arena_free(arena);
}

static char *printed(const struct config *config)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    config_print(config, out);
    fclose(out);
    return text;
}

Test(config, the_shipped_file_says_the_defaults)
{
    struct config shipped, defaults;
    struct err err;
    struct arena *arena = arena_new(0);

    cr_assert_eq(config_load(arena, SOURCE_DIR "/config/linli.conf", NULL, 0, &shipped, &err), 0, "%s",
                 err.detail);
    cr_assert_eq(load("", NULL, &defaults, &err), 0);
    char *one = printed(&shipped), *other = printed(&defaults);
    cr_assert_str_eq(one, other);

    FILE *file = fopen(SOURCE_DIR "/config/linli.conf", "r");
    char text[65536];
    size_t size = fread(text, 1, sizeof(text) - 1, file);
    fclose(file);
    text[size] = '\0';
    cr_assert(strstr(text, other),
              "every key with default and comment: linli serve --print-config > config/linli.conf");
    free(one);
    free(other);
    arena_free(arena);
}

Test(config, secrets_are_masked)
{
    struct config config;
    struct err err;

    cr_assert_eq(load("[database]\nurl = postgresql://linli:geheim@db/linli\nadmin_url = host=db "
                      "password=geheim user=x\n",
                      NULL, &config, &err),
                 0);
    char *text = printed(&config);
    cr_assert_not(strstr(text, "geheim"));
    cr_assert(strstr(text, "url = postgresql://linli:***@db/linli\n"));
    cr_assert(strstr(text, "admin_url = host=db password=*** user=x\n"));
    free(text);
}

Test(config, folders)
{
    struct config config;
    struct err err;
    struct arena *arena = arena_new(0);

    setenv("LINLI_SHARE", "/opt/share", 1);
    cr_assert_str_eq(config_folder(arena, "config/rules"), "/opt/share/config/rules");
    cr_assert_str_eq(config_folder(arena, "/srv/blobs"), "/srv/blobs");
    cr_assert_eq(load("[plugins]\nfolders = /a:b::c:\n", NULL, &config, &err), 0);
    cr_assert_str_eq(config_plugins(&config, arena), "/a:/opt/share/b:/opt/share/c");
    arena_free(arena);
}
