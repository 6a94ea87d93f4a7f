#!/bin/bash
# How far a right reaches: an administrator ends at its own offices, a limited token at its roles, an evaluator at its
# own panels (award.t), whoever works for an office at what the plan lets it read.
. "$(dirname "$0")/lib.sh"
start_server
people
office 另一街道 street 2 >/dev/null
person admin3 administrator 3
person security3 security 3
person clerk4 office_clerk 4
person admin4 administrator 4

# Accounts: a one-time link is the account.
AS=admin3 want 403 POST "/api/v1/people/${PERSON[clerk4]}/link"
AS=admin3 want 201 POST "/api/v1/people/${PERSON[clerk]}/link"
AS=security req POST /api/v1/offices/4/posts '{"name":{"zh":"科长","en":"section chief"},"role":"office_approver"}'
post=$(got .id)
AS=root want 201 POST /api/v1/people '{"login":"chief4","name":"科长四","family":["亲属"]}'
chief=$(got .id)
AS=admin3 WHY='who holds nothing yet' want 201 POST "/api/v1/people/$chief/link"
AS=security req POST "/api/v1/offices/4/posts/$post/holders" "{\"person\":\"$chief\",\"place\":\"A\"}"
AS=admin3 WHY='a post elsewhere' want 403 POST "/api/v1/people/$chief/link"
AS=admin3 WHY='a post elsewhere' want 403 POST "/api/v1/people/$chief/block"
AS=admin4 WHY='a post here' want 201 POST "/api/v1/people/$chief/link"
AS=admin3 WHY='relatives are for those who check them' want 404 GET "/api/v1/people/${PERSON[clerk4]}"
AS=admin3 want 200 GET "/api/v1/people/${PERSON[clerk]}"
AS=root want 200 GET "/api/v1/people/${PERSON[clerk4]}"

# An administrator of one office makes nobody administrator of those below.
office 社区 community 3 >/dev/null
AS=security3 WHY='below it are offices it does not administer' want 403 POST /api/v1/offices/3/memberships "{\"person\":\"${PERSON[clerk]}\",\"role\":\"administrator\",\"subtree\":true}"
AS=security3 want 201 POST /api/v1/offices/3/memberships "{\"person\":\"${PERSON[clerk]}\",\"role\":\"auditor\"}"
AS=security want 201 POST /api/v1/offices/3/memberships "{\"person\":\"${PERSON[clerk]}\",\"role\":\"auditor\",\"subtree\":true}"

# 三员分立: system, security and audit administrator are three people, unless the office says otherwise.
grant() { echo "{\"person\":\"${PERSON[$1]}\",\"role\":\"$2\"${3:-}}"; }
AS=admin3 WHY='an administrator grants nothing' want 403 POST /api/v1/offices/3/memberships "$(grant clerk operator)"
AS=security3 WHY='security makes no accounts' want 403 POST /api/v1/people '{"login":"x1","name":"x"}'
AS=security3 WHY='nobody helps oneself' want 403 POST /api/v1/offices/3/memberships "$(grant security3 office_clerk)"
is "$(problem)" duty/self "is a problem of its own"
for pair in 'admin3 security' 'admin3 auditor' 'auditor administrator' 'auditor security'; do
    read -r who role <<<"$pair"
    AS=security WHY="$pair" want 409 POST /api/v1/offices/3/memberships "$(grant "$who" "$role")"
    is "$(problem)" duty/combined "$pair: two duties of three"
done
AS=security WHY='below one of them' want 409 POST /api/v1/offices/2/memberships "$(grant admin3 auditor ',"subtree":true')"
AS=security WHY='elsewhere' want 201 POST /api/v1/offices/4/memberships "$(grant admin3 auditor)"
AS=security WHY='by post' req POST /api/v1/offices/3/posts '{"name":{"zh":"审计岗","en":"audit"},"role":"auditor"}'
audit=$(got .id)
AS=security want 409 POST "/api/v1/offices/3/posts/$audit/holders" "{\"person\":\"${PERSON[admin3]}\",\"place\":\"B\"}"
AS=security want 201 POST /api/v1/offices/3/memberships "$(grant agent administrator ',"from":"2090-01-01","until":"2090-01-31"')"
AS=security WHY='on other days' want 201 POST /api/v1/offices/3/memberships "$(grant agent auditor ',"from":"2090-02-01"')"
AS=security WHY='on one of them' want 409 POST /api/v1/offices/3/memberships "$(grant agent security ',"from":"2090-01-31"')"
AS=admin3 IFM='*' want 403 PATCH /api/v1/offices/3 '{"combined_duties":true}'
AS=security3 want 428 PATCH /api/v1/offices/3 '{"combined_duties":true}'
AS='' req GET /api/v1/offices/3
AS=security3 IFM=$(etag) want 200 PATCH /api/v1/offices/3 '{"combined_duties":true}'
is "$(got .combined_duties)" true "the office says so, and everybody can see it"
AS=security want 201 POST /api/v1/offices/3/memberships "$(grant admin3 auditor)"
AS=root WHY='an administrator reads no business' want 403 GET "/api/v1/offices/4/drafts"

# What an approver names: who works for it, and a delegate for its own post; nobody in another office.
post_of() { AS=security req POST /api/v1/offices/3/posts "{\"name\":{\"zh\":\"$1\",\"en\":\"$1\"},\"role\":\"$1\"}"; got .id; }
clerks=$(post_of office_clerk) chiefs=$(post_of office_approver) watch=$(post_of supervisor)
hold() { echo "{\"person\":\"${PERSON[$1]}\",\"place\":\"$2\"${3:-}}"; }
until=',"until":"2090-01-01"'
AS=approver want 200 POST "/api/v1/offices/3/posts/$clerks/holders" "$(hold resident A)"
holder=$(got '.holders[0].id')
AS=resident want 200 GET /api/v1/offices/3/posts
AS=approver want 403 POST "/api/v1/offices/3/posts/$watch/holders" "$(hold resident A)"
AS=approver want 403 POST "/api/v1/offices/3/posts/$chiefs/holders" "$(hold resident A)"
AS=approver WHY='not its own post' want 403 POST "/api/v1/offices/3/posts/$chiefs/holders" "$(hold resident delegate "$until")"
AS=security want 200 POST "/api/v1/offices/3/posts/$chiefs/holders" "$(hold approver A)"
AS=approver WHY='its own post' want 200 POST "/api/v1/offices/3/posts/$chiefs/holders" "$(hold clerk delegate "$until")"
delegation=$(got '.holders[]|select(.place=="delegate").id')
AS=approver want 403 POST "/api/v1/offices/4/posts/$post/holders" "$(hold resident A)"
day=$(AS='' req GET /api/v1/clock; got .local | cut -c1-10)
last="{\"last_day\":\"$(date -u -d "$day - 1 day" +%F)\"}"
AS=approver want 422 POST "/api/v1/offices/3/posts/$clerks/holders/$holder/end" '{"last_day":"2020-01-01"}'
AS=agent want 403 POST "/api/v1/offices/3/posts/$clerks/holders/$delegation/end" "$last"
AS=approver want 404 POST "/api/v1/offices/3/posts/$clerks/holders/$delegation/end" "$last"
AS=approver WHY='early' want 200 POST "/api/v1/offices/3/posts/$clerks/holders/$holder/end" "$last"
AS=approver WHY='once' want 404 POST "/api/v1/offices/3/posts/$clerks/holders/$holder/end" "$last"
AS=resident want 403 GET /api/v1/offices/3/posts
AS=approver want 200 POST "/api/v1/offices/3/posts/$chiefs/holders/$delegation/end" "$last"
is "$(sql "SELECT count(*) FROM linli.event_queue WHERE act = 'post_release' AND payload LIKE '%$delegation%'")" 1 "and it left its event"
AS=security want 200 POST "/api/v1/offices/3/posts/$watch/end" "$last"
AS=security WHY='a post that ended' want 404 POST "/api/v1/offices/3/posts/$watch/holders" "$(hold resident A)"

# An organisation is its own people's as soon as there are any; before, whoever helps it in.
jia=$(organisation 甲社)
AS=admin3 req GET "/api/v1/organisations/$jia"
AS=security3 want 200 POST "/api/v1/organisations/$jia/members" "{\"person\":\"${PERSON[resident]}\"}"
AS=admin4 want 403 POST "/api/v1/organisations/$jia/members" "{\"person\":\"${PERSON[admin4]}\"}"
AS=admin4 WHY='its bank account' want 404 GET "/api/v1/organisations/$jia/profile"
AS=admin4 IFM='*' WHY='its bank account' want 403 PATCH "/api/v1/organisations/$jia" '{"bank_account":"1"}'
AS=root req GET "/api/v1/organisations/$jia/profile"
AS=root IFM=$(etag) WHY='the platform itself' want 200 PATCH "/api/v1/organisations/$jia" '{"phone":"1"}'
member wang "$jia"
sql "UPDATE linli.person SET password = 'x' WHERE id = '${PERSON[wang]}'"
AS=admin4 WHY='whom an organisation sends is not its business' want 404 GET "/api/v1/people/${PERSON[wang]}"
AS=root want 200 GET "/api/v1/people/${PERSON[wang]}"
AS=root want 200 GET "/api/v1/people/$chief"
is "$(got .family)" null "nor are relatives, which are for the checks of interest"
AS=admin4 WHY='the account of an organisation' want 403 POST "/api/v1/people/${PERSON[wang]}/link"
AS=root WHY='an account in use takes two' want 409 POST "/api/v1/people/${PERSON[wang]}/link"
AS=security WHY='nobody agrees for oneself' want 409 POST "/api/v1/people/${PERSON[security]}/consents"
AS=security want 200 POST "/api/v1/people/${PERSON[wang]}/consents"
AS=root want 201 POST "/api/v1/people/${PERSON[wang]}/link"

# A token does no more than it says, also where a route asks for no role.
token_of limited "${PERSON[wang]}"
sql "UPDATE linli.token SET roles = (SELECT 1 << bit FROM linli.role WHERE code = 'resident') WHERE hash = sha256('${TOKEN[limited]}'::bytea)"
AS=wang want 200 GET "/api/v1/organisations/$jia/profile"
AS=limited want 403 GET "/api/v1/organisations/$jia/profile"
AS=limited want 403 POST /api/v1/offices/3/needs '{"kind":"need","source":"organisation","title":"x","body":"x","field":"x","beneficiaries":"x","place":"x"}'
finish
