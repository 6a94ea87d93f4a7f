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

/* Manners, each with the one it belongs to, which stands before it. */
static const struct {
    const char *name, *of;
} manners[WORDS_MANNERS] = {{"calling", NULL},        {"bidding", "calling"},    {"talks", NULL},
                            {"negotiation", "talks"}, {"consultation", "talks"}, {"framework", NULL},
                            {"quotes", NULL},         {"grant", NULL},           {"fund", "grant"},
                            {"invited", "bidding"}};

const char *words_manner_at(size_t i)
{
    return manners[i].name;
}

const char *words_manner(const char *regime, const char *mechanism)
{
    static const struct {
        const char *mechanism, *manner;
    } own[] = {{"public_bidding", "calling"},  {"invited_bidding", "invited"},
               {"negotiation", "negotiation"}, {"consultation", "consultation"},
               {"single_source", "talks"},     {"framework", "framework"},
               {"open_comparison", "quotes"}};
    const char *manner = NULL;

    if (strcmp(regime, "grants") == 0 || strcmp(regime, "charity") == 0)
        return strcmp(mechanism, "community_fund") == 0 ? "fund" : "grant";
    for (size_t i = 0; i < LENGTH(own); i++)
        if (strcmp(own[i].mechanism, mechanism) == 0)
            manner = own[i].manner;
    if (manner && strcmp(manner, "calling") == 0 && strcmp(regime, "statutory") == 0)
        manner = "bidding"; /* whose calls alone can end by 废标 */
    return manner;
}

static const char *parent(const char *manner)
{
    for (size_t i = 0; i < WORDS_MANNERS; i++)
        if (strcmp(manners[i].name, manner) == 0)
            return manners[i].of;
    return NULL;
}

/* "grant.notice" is "notice" in the manner "grant". */
static bool is(const char *text, const char *manner, const char *key)
{
    const size_t size = manner ? strlen(manner) : 0;

    if (!manner)
        return strcmp(text, key) == 0;
    return strncmp(text, manner, size) == 0 && text[size] == '.' && strcmp(text + size + 1, key) == 0;
}

static const char *find(const struct word *words, size_t count, const char *manner, const char *member,
                        const char *key, bool chinese)
{
    for (size_t i = 0; i < count; i++)
        if (member ? strcmp(words[i].key, key) == 0 && is(words[i].member, manner, member)
                   : is(words[i].key, manner, key))
            return chinese ? words[i].zh : words[i].en;
    return manner ? find(words, count, parent(manner), member, key, chinese) : NULL;
}

const char *words_text(const char *manner, const char *key, bool chinese)
{
    return find(texts, LENGTH(texts), manner, NULL, key, chinese);
}

const char *words_member(const char *manner, const char *name, bool chinese)
{
    return find(members, LENGTH(members), manner, NULL, name, chinese);
}

const char *words_code(const char *manner, const char *member, const char *code, bool chinese)
{
    const char *word = find(codes, LENGTH(codes), manner, member, code, chinese);

    return word ? word : find(codes, LENGTH(codes), NULL, "", code, chinese);
}
