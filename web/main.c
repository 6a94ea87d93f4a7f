/* linli-portal: the pages, before an API. */
#include <curl/curl.h>
#include <getopt.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/config.h"
#include "core/base/text.h"
#include "web/site.h"

enum { USAGE = 64, UNAVAILABLE = 69, THREADS = 32 };

static const char usage[] =
    "linli-portal: 邻里门户网页 / the portal's pages, made from what the API answers\n"
    "  --api URL          接口地址 / where the API is (http://127.0.0.1:8080)\n"
    "  --uploads URL      上传地址 / where files are uploaded (http://127.0.0.1:8081)\n"
    "  --listen A:PORT    监听 / address and port (127.0.0.1:8082)\n"
    "  --url URL          对外网址，用于订阅和二维码 / the pages as readers see them, for feeds and QR "
    "codes\n"
    "  --contact URI      安全联系方式 / whom to tell of a security problem (mailto:..), for security.txt\n"
    "  --pdf PROGRAM      制作 PDF 的程序 / what makes PDF of HTML (WEB/pdf, by WeasyPrint)\n"
    "  --people FILE      沙盒中可一键登录的人 / whom visitors of a sandbox log in as by one click, with "
    "their "
    "passwords\n"
    "  --docx PROGRAM     制作 Word 文档的程序 / what makes Word documents of HTML (WEB/docx, by pandoc)\n"
    "  --web FOLDER       模板与文件所在 / folder of templates/ and assets/\n"
    "  --threads N        同时制作的页面数 / pages made at a time, 1..256 (32)\n";

struct settings {
    const char *api, *uploads, *listen, *web, *url, *contact, *pdf, *docx, *people;
    int64_t threads;
};

static const char *env(const char *name, const char *otherwise)
{
    const char *value = getenv(name);

    return value && *value ? value : otherwise;
}

static int read_arguments(int argc, char **argv, struct settings *s)
{
    static const struct option options[] = {
        {"api", required_argument, NULL, 'a'},     {"uploads", required_argument, NULL, 'u'},
        {"listen", required_argument, NULL, 'l'},  {"web", required_argument, NULL, 'w'},
        {"threads", required_argument, NULL, 't'}, {"url", required_argument, NULL, 'p'},
        {"contact", required_argument, NULL, 'c'}, {"pdf", required_argument, NULL, 'f'},
        {"people", required_argument, NULL, 'o'},  {"docx", required_argument, NULL, 'd'},
        {"help", no_argument, NULL, 'h'},          {NULL, 0, NULL, 0}};
    int c;

    *s = (struct settings){env("LINLI_PORTAL_API", "http://127.0.0.1:8080"),
                           env("LINLI_PORTAL_UPLOADS", "http://127.0.0.1:8081"),
                           env("LINLI_PORTAL_LISTEN", "127.0.0.1:8082"),
                           env("LINLI_PORTAL_WEB", NULL),
                           env("LINLI_PORTAL_URL", NULL),
                           env("LINLI_PORTAL_CONTACT", NULL),
                           env("LINLI_PORTAL_PDF", NULL),
                           env("LINLI_PORTAL_DOCX", NULL),
                           env("LINLI_PORTAL_PEOPLE", NULL),
                           THREADS};
    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (c == 'a')
            s->api = optarg;
        else if (c == 'u')
            s->uploads = optarg;
        else if (c == 'l')
            s->listen = optarg;
        else if (c == 'w')
            s->web = optarg;
        else if (c == 'p')
            s->url = optarg;
        else if (c == 'c')
            s->contact = optarg;
        else if (c == 'f')
            s->pdf = optarg;
        else if (c == 'o')
            s->people = optarg;
        else if (c == 'd')
            s->docx = optarg;
        else if (c == 'h')
            exit(fputs(usage, stdout) < 0);
        else if (c != 't' || !int_parse(optarg, 1, 256, &s->threads))
            return USAGE;
    }
    return optind == argc ? 0 : USAGE;
}

static int serve(const struct settings *s, const sigset_t *ends, struct err *err)
{
    struct arena *arena = arena_new(0);
    const char *web = s->web ? s->web : config_folder(arena, "web");
    const struct site_config config = {.api = s->api,
                                       .uploads = s->uploads,
                                       .templates = arena_printf(arena, "%s/templates", web),
                                       .assets = arena_printf(arena, "%s/assets", web),
                                       .url = s->url ? s->url : arena_printf(arena, "http://%s", s->listen),
                                       .contact = s->contact,
                                       .pdf = s->pdf ? s->pdf : arena_printf(arena, "%s/pdf", web),
                                       .pdf_styles = arena_printf(arena, "%s/assets/print.css", web),
                                       .people = s->people,
                                       .docx = s->docx ? s->docx : arena_printf(arena, "%s/docx", web),
                                       .docx_reference = arena_printf(arena, "%s/reference.docx", web),
                                       .threads = (int)s->threads};
    struct site *site = NULL;
    struct http *http = NULL;
    /* As long as it waits for the API it may be ended at once; threads are made from here on. */
    int status = site_open(&config, &site, err), got;

    pthread_sigmask(SIG_BLOCK, ends, NULL);
    if (!status)
        status = http_open(s->listen, (int)s->threads, &(struct visit_fns){site_visit, site_brings, site},
                           &http, err);
    if (!status) {
        printf("linli-portal: http://%s/\n", s->listen);
        fflush(stdout);
        sigwait(ends, &got);
    }
    http_close(http);
    site_close(site);
    arena_free(arena);
    return status;
}

int main(int argc, char **argv)
{
    struct settings settings;
    struct err err = {0};
    sigset_t ends;
    int status;

    if (read_arguments(argc, argv, &settings)) {
        fputs(usage, stderr);
        return USAGE;
    }
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    signal(SIGPIPE, SIG_IGN);
    if (sodium_init() < 0 || curl_global_init(CURL_GLOBAL_DEFAULT))
        return UNAVAILABLE;
    status = serve(&settings, &ends, &err);
    curl_global_cleanup();
    if (status)
        fprintf(stderr, "linli-portal: %s\n", err.detail);
    return status ? UNAVAILABLE : 0;
}
