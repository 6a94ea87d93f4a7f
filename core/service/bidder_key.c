/* The keys with which an organisation signs its sealed bids.  It registers them itself, each by a text that
 * the key signed, so that nobody registers another's; what was registered stays on record. */
#include <string.h>

#include "acts.h"
#include "core/service/actor.h"
#include "core/service/forms.h"
#include "core/trust/note.h"

struct key_body {
    const char *note, *signer;
};
/* clang-format off */
static const linli_option key_rows[] = {
    ROW_TEXT(key_body, note, true, 2000, "登记文本及该密钥的签名（linli sign）", "the text that registers it, signed with it (linli sign)"),
    ROW_LINE(key_body, signer, true, 400, "投标人公钥（linli keygen bidder 打印）", "the public key, as linli keygen bidder printed it"),
};
/* clang-format on */
const struct form form_organisation_key_add = FORM(key_rows, struct key_body);

int act_organisation_key_add(struct act *a, struct err *err)
{
    const struct key_body *b = a->body;
    const char *text = arena_printf(a->arena, "linli/bidder-key/v1\norganisation %s\n", a->path[0]);
    struct note_key key;
    struct note note;
    char id[UUID_TEXT];
    int status = own_organisation(a, err);

    if (status)
        return status;
    if (note_key_parse(b->signer, &key, NULL) || key.type != NOTE_SIGNATURE)
        return err_member(err, "/signer", "format", "this is no key that signs bids", "不是投标签名公钥");
    if (note_parse(a->arena, b->note, strlen(b->note), &note, NULL) || note.text_bytes != strlen(text) ||
        memcmp(note.text, text, note.text_bytes) != 0)
        return err_member(err, "/note", "format", "not the text that registers a key of this organisation",
                          "不是本组织登记密钥的文本");
    if (note_check(&note, &key, NULL, NULL))
        return err_member(err, "/note", "format", "this key has not signed it", "该密钥没有签名");
    uuid_new(id);
    status = tx_run(a->tx, Q_organisation_key_add, NULL, err, P_TEXT(id), P_TEXT(a->path[0]),
                    P_BYTES(key.public, sizeof(key.public)), P_TEXT(b->signer), P_TEXT(b->note),
                    P_TIME(a->now_us), P_TEXT(a->actor->person));
    if (status == E_CONFLICT)
        err_both(err, E_CONFLICT, "value/taken", "this key is, or was, registered already",
                 "该密钥已经登记过");
    return status;
}

struct revoke_body {
    const char *reason;
};
static const linli_option revoke_rows[] = {ROW_TEXT(revoke_body, reason, true, 2000, "原因", "reason")};
const struct form form_organisation_key_revoke = FORM(revoke_rows, struct revoke_body);

int act_organisation_key_revoke(struct act *a, struct err *err)
{
    const struct revoke_body *b = a->body;
    struct rows *changed = NULL;
    int status = own_organisation(a, err);

    if (!status)
        status = tx_run(a->tx, Q_organisation_key_revoke, &changed, err, P_TEXT(a->path[1]),
                        P_TEXT(a->path[0]), P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(b->reason));
    if (!status) {
        json_key(&a->payload, "key");
        json_string(&a->payload, a->path[1]);
    }
    return status || rows_count(changed) == 1
               ? status
               : err_both(err, E_REFUSED, "state/refused", "there is no such key in force",
                          "没有这把有效的密钥");
}
