/* web/words.def as three tables. */
#include "web/words.h"

#include <string.h>

#include "core/base/text.h"

struct word {
    const char *member, *key, *zh, *en;
};

#define TEXT(key, zh, en) {NULL, key, zh, en},
#define MEMBER(key, zh, en)
#define CODE(member, key, zh, en)
static const struct word texts[] = {
#include "web/words.def"
};
#undef TEXT
#undef MEMBER
#undef CODE
#define TEXT(key, zh, en)
#define MEMBER(key, zh, en) {NULL, key, zh, en},
#define CODE(member, key, zh, en)
static const struct word members[] = {
#include "web/words.def"
};
#undef MEMBER
#undef CODE
#define MEMBER(key, zh, en)
#define CODE(member, key, zh, en) {member, key, zh, en},
static const struct word codes[] = {
#include "web/words.def"
};

static const char *find(const struct word *words, size_t count, const char *member, const char *key,
                        bool chinese)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i].key, key) == 0 && (!member || strcmp(words[i].member, member) == 0))
            return chinese ? words[i].zh : words[i].en;
    return NULL;
}

const char *words_text(const char *key, bool chinese)
{
    return find(texts, LENGTH(texts), NULL, key, chinese);
}

const char *words_member(const char *name, bool chinese)
{
    return find(members, LENGTH(members), NULL, name, chinese);
}

const char *words_code(const char *member, const char *code, bool chinese)
{
    const char *word = find(codes, LENGTH(codes), member, code, chinese);

    return word ? word : find(codes, LENGTH(codes), "", code, chinese);
}
