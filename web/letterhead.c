/* The document in whose looks an office wants its Word documents: a public file of the office, of kind
 * "template". */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "web/paper.h"

enum { BYTES_MAX = 2 << 20, CHUNK = 65536 };

static bool is_template(const json_t *file)
{
    return strcmp(page_text(file, "object_kind"), "office") == 0 &&
           strstr(page_text(file, "type"), "wordprocessingml");
}

/* The one that was added last; NULL: there is none. */
static const json_t *newest(const json_t *items)
{
    const json_t *file, *found = NULL;
    size_t i;

    json_array_foreach(items, i,
                       file) if (is_template(file) &&
                                 (!found || strcmp(page_text(file, "added"), page_text(found, "added")) > 0))
        found = file;
    return found;
}

/* A file with a name, for the program that makes the document. */
static bool copy(FILE *from, char *path)
{
    const int fd = mkstemps(path, 5);
    FILE *to = fd < 0 ? NULL : fdopen(fd, "wb");
    char chunk[CHUNK];
    size_t size;
    bool well = to != NULL;

    rewind(from);
    while (well && (size = fread(chunk, 1, sizeof chunk, from)) > 0)
        well = fwrite(chunk, 1, size, to) == size;
    if (to)
        well = fclose(to) == 0 && well;
    else if (fd >= 0)
        close(fd);
    if (!well && fd >= 0)
        unlink(path);
    return well;
}

void letterhead_get(struct page *p, const char *office, struct letterhead *ret)
{
    json_t *files =
        page_read(p, arena_printf(p->view.arena, "/offices/%s/attachments?kind=template&limit=100", office));
    const json_t *file = newest(json_object_get(files, "items"));
    struct question q = {.method = "GET", .file = true};
    const char *folder = getenv("TMPDIR");
    struct answer answer = {0};
    struct err err;

    *ret = (struct letterhead){0};
    q.path = file ? arena_printf(p->view.arena, "/attachments/%s/file", page_text(file, "id")) : NULL;
    if (q.path && !page_tell(p, &q, &answer, &err) && answer.status == 200 && answer.file &&
        answer.file_size <= BYTES_MAX) {
        ret->sha256 = arena_dup(p->view.arena, page_text(file, "sha256"));
        ret->path =
            arena_printf(p->view.arena, "%s/linli-template-XXXXXX.docx", folder && *folder ? folder : "/tmp");
        if (!copy(answer.file, ret->path))
            *ret = (struct letterhead){0};
    }
    answer_free(&answer);
    json_decref(files);
}

void letterhead_end(struct letterhead *own)
{
    if (own->path)
        unlink(own->path);
    *own = (struct letterhead){0};
}
