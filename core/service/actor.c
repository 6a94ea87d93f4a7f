/* Actors and what they hold. */
#include "core/service/actor.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/time.h"
#include "core/domain/names.h"

static uint32_t limited(const struct actor *actor, uint32_t roles)
{
    return actor->token_roles ? roles & actor->token_roles : roles;
}

uint32_t actor_roles(const struct actor *actor, int32_t office)
{
    uint32_t roles = 0;

    for (size_t i = 0; i < actor->membership_count; i++) {
        const struct membership *m = &actor->memberships[i];

        if (office == 0 || m->office == office || m->organisation)
            roles |= m->roles;
    }
    return limited(actor, roles);
}

size_t actor_offices(const struct actor *actor, uint32_t roles, struct arena *arena, int64_t **ret)
{
    size_t count = 0;

    *ret = ARENA_NEW(arena, int64_t, actor->membership_count + 1);
    for (size_t i = 0; i < actor->membership_count; i++)
        if (actor->memberships[i].office && limited(actor, actor->memberships[i].roles) & roles)
            (*ret)[count++] = actor->memberships[i].office;
    return count;
}

int roles_refuse(uint32_t roles, struct err *err)
{
    CLEANUP(buf_free) struct buf zh = {0}, en = {0};

    buf_text(&zh, "");
    buf_text(&en, "");
    for (int r = 1; r < LINLI_ROLES; r++)
        if (roles & (UINT32_C(1) << r)) {
            buf_printf(&zh, "%s%s", zh.size ? "、" : "", role_title(r).zh);
            buf_printf(&en, "%s%s", en.size ? ", " : "", role_name(r));
        }
    err_set(err, E_FORBIDDEN, "auth/forbidden", "your role there does not let you do this; these may: %s",
            en.data);
    err_zh(err, "您在该单位的角色无权进行此操作；可以进行的角色：%s", zh.data);
    return E_FORBIDDEN;
}

const char *actor_roles_text(const struct actor *actor, int32_t office, struct arena *arena)
{
    const uint32_t held = actor->person ? actor_roles(actor, office) : 0;
    CLEANUP(buf_free) struct buf text = {0};

    buf_text(&text, "{public");
    for (int r = 1; r < LINLI_CLOCK; r++)
        if (held & (UINT32_C(1) << r))
            buf_printf(&text, ",%s", role_name(r));
    buf_char(&text, '}');
    return arena_ndup(arena, text.data, text.size);
}

const char *actor_held_text(const struct actor *actor, struct arena *arena)
{
    CLEANUP(buf_free) struct buf text = {0};

    buf_char(&text, '{');
    for (size_t i = 0; i < actor->membership_count; i++) {
        const struct membership *m = &actor->memberships[i];
        const uint32_t held = m->office ? limited(actor, m->roles) : 0;

        for (int r = 1; r < LINLI_CLOCK; r++)
            if (held & (UINT32_C(1) << r))
                buf_printf(&text, "%s%d:%s", text.size > 1 ? "," : "", (int)m->office, role_name(r));
    }
    buf_char(&text, '}');
    return arena_ndup(arena, text.data, text.size);
}

const char *actor_organisations_text(const struct actor *actor, struct arena *arena)
{
    CLEANUP(buf_free) struct buf text = {0};

    buf_char(&text, '{');
    for (size_t i = 0; i < actor->membership_count; i++)
        if (actor_of_organisation(actor, actor->memberships[i].organisation))
            buf_printf(&text, "%s%s", text.size > 1 ? "," : "", actor->memberships[i].organisation);
    buf_char(&text, '}');
    return arena_ndup(arena, text.data, text.size);
}

const char *actor_organisation(const struct actor *actor)
{
    if (actor->token_roles && !(actor->token_roles & ROLE(ORGANISATION)))
        return NULL;
    for (size_t i = 0; i < actor->membership_count; i++)
        if (actor->memberships[i].organisation)
            return actor->memberships[i].organisation;
    return NULL;
}

bool actor_of_organisation(const struct actor *actor, const char *organisation)
{
    return actor_organisation(actor) && actor_belongs(actor, organisation);
}

bool actor_belongs(const struct actor *actor, const char *organisation)
{
    if (!organisation)
        return false;
    for (size_t i = 0; i < actor->membership_count; i++)
        if (actor->memberships[i].organisation &&
            strcmp(actor->memberships[i].organisation, organisation) == 0)
            return true;
    return false;
}

int no_interest(const struct act *a, const char *organisation, struct err *err)
{
    if (!actor_belongs(a->actor, organisation))
        return 0;
    return err_both(err, E_REFUSED, "conflict/interest",
                    "who belongs to the organisation does not decide for the office on its work and money",
                    "该组织的人员应当回避，不得代表单位办理涉及本组织履约和款项的事项");
}

struct scope actor_scope(const struct actor *actor, int32_t office, struct arena *arena)
{
    int32_t *offices = ARENA_NEW(arena, int32_t, actor->membership_count + 1);
    const char **organisations = ARENA_NEW(arena, const char *, actor->membership_count + 1);
    struct scope scope = {.person = actor->person, .offices = offices, .organisations = organisations};

    if (office)
        offices[scope.office_count++] = office;
    for (size_t i = 0; i < actor->membership_count; i++) {
        if (actor_of_organisation(actor, actor->memberships[i].organisation))
            organisations[scope.organisation_count++] = actor->memberships[i].organisation;
        else if (!office && actor->memberships[i].office)
            offices[scope.office_count++] = actor->memberships[i].office;
    }
    return scope;
}

int own_organisation(const struct act *a, struct err *err)
{
    if (actor_of_organisation(a->actor, a->path[0]))
        return 0;
    return err_both(err, E_FORBIDDEN, "auth/forbidden", "this organisation is not yours",
                    "只有该组织自己的人员可以进行此操作");
}

/* Rows come sorted by office and organisation; one membership each, roles together. */
static void take_memberships(const struct rows *rows, struct arena *arena, struct actor *ret)
{
    const size_t count = rows_count(rows);
    struct membership *list = ARENA_NEW(arena, struct membership, count + 1);
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        const char *role = row_text(rows, i, "role");
        const char *organisation = row_text(rows, i, "organisation_id");
        const int32_t office = (int32_t)row_int(rows, i, "office_id");
        const int bit = role ? role_find(role) : -1;

        if (bit < 0)
            continue;
        if (n == 0 || list[n - 1].office != office ||
            strcmp(list[n - 1].organisation ? list[n - 1].organisation : "",
                   organisation ? organisation : "") != 0)
            list[n++] = (struct membership){office, organisation, 0};
        list[n - 1].roles |= UINT32_C(1) << bit;
    }
    ret->memberships = list;
    ret->membership_count = n;
}

int actor_load(const struct service *service, struct arena *arena, enum proof proof,
               const uint8_t hash[SHA256_BYTES], int64_t legal_us, struct actor *ret, const char **ret_csrf,
               struct err *err)
{
    const struct scope scope = {.all = true};
    struct rows *rows = NULL;
    struct tx *tx = NULL;
    int status = tx_begin(service->store, arena, &scope, true, &tx, err);

    if (status)
        return status;
    status = tx_run(tx, Q_auth_actor, &rows, err, P_BYTES(hash, SHA256_BYTES), P_TIME(time_real()),
                    P_DATE(day_of(legal_us)), P_BOOL(proof == PROOF_TOKEN));
    tx_rollback(tx);
    if (status)
        return status;
    if (rows_count(rows) == 0) {
        err_set(err, E_UNKNOWN, "auth/unknown", "the token or session is unknown, expired or revoked");
        err_zh(err, "登录凭证无效或已过期，请重新登录");
        return E_UNKNOWN;
    }
    *ret = (struct actor){.person = row_text(rows, 0, "person_id"),
                          .name = row_text(rows, 0, "name"),
                          .token = row_text(rows, 0, "token_id"),
                          .token_roles = (uint32_t)row_int(rows, 0, "token_roles"),
                          .strong = row_bool(rows, 0, "strong")};
    if (ret_csrf)
        *ret_csrf = row_text(rows, 0, "csrf");
    take_memberships(rows, arena, ret);
    return 0;
}

int session_only(const struct act *a, struct err *err)
{
    return a->actor->token ? err_both(err, E_FORBIDDEN, "auth/forbidden",
                                      "who logged in does this, and no token", "须登录后办理，令牌不能办理")
                           : 0;
}
