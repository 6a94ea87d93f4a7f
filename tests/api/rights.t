#!/bin/bash
# How far a right reaches: an administrator ends at its own offices, a limited token at its roles, an evaluator at its
# own panels (award.t), whoever works for an office at what the plan lets it read.
. "$(dirname "$0")/lib.sh"
start_server
people
office 另一街道 street 2 >/dev/null
person admin3 administrator 3
person clerk4 office_clerk 4
person admin4 administrator 4

# Accounts: a one-time link is the account.
AS=admin3 want 403 POST "/api/v1/people/${PERSON[clerk4]}/link"
AS=admin3 want 201 POST "/api/v1/people/${PERSON[clerk]}/link"
AS=root req POST /api/v1/offices/4/posts '{"name":{"zh":"科长","en":"section chief"},"role":"office_approver"}'
post=$(got .id)
AS=root want 201 POST /api/v1/people '{"login":"chief4","name":"科长四","family":["亲属"]}'
chief=$(got .id)
AS=admin3 WHY='who holds nothing yet' want 201 POST "/api/v1/people/$chief/link"
AS=root req POST "/api/v1/offices/4/posts/$post/holders" "{\"person\":\"$chief\",\"place\":\"A\"}"
AS=admin3 WHY='a post elsewhere' want 403 POST "/api/v1/people/$chief/link"
AS=admin3 WHY='a post elsewhere' want 403 POST "/api/v1/people/$chief/block"
AS=admin4 WHY='a post here' want 201 POST "/api/v1/people/$chief/link"
AS=admin3 WHY='relatives are for those who check them' want 404 GET "/api/v1/people/${PERSON[clerk4]}"
AS=admin3 want 200 GET "/api/v1/people/${PERSON[clerk]}"
AS=root want 200 GET "/api/v1/people/${PERSON[clerk4]}"

# An administrator of one office makes nobody administrator of those below.
office 社区 community 3 >/dev/null
AS=admin3 WHY='below it are offices it does not administer' want 403 POST /api/v1/offices/3/memberships "{\"person\":\"${PERSON[clerk]}\",\"role\":\"administrator\",\"subtree\":true}"
AS=admin3 want 201 POST /api/v1/offices/3/memberships "{\"person\":\"${PERSON[clerk]}\",\"role\":\"auditor\"}"
AS=root want 201 POST /api/v1/offices/3/memberships "{\"person\":\"${PERSON[clerk]}\",\"role\":\"auditor\",\"subtree\":true}"

# An organisation is its own people's as soon as there are any; before, whoever helps it in.
jia=$(organisation 甲社)
AS=admin3 req GET "/api/v1/organisations/$jia"
AS=admin3 want 200 POST "/api/v1/organisations/$jia/members" "{\"person\":\"${PERSON[resident]}\"}"
AS=admin4 want 403 POST "/api/v1/organisations/$jia/members" "{\"person\":\"${PERSON[admin4]}\"}"
AS=admin4 req GET "/api/v1/organisations/$jia/profile"
AS=admin4 IFM=$(etag) WHY='its bank account' want 403 PATCH "/api/v1/organisations/$jia" '{"bank_account":"1"}'
AS=root req GET "/api/v1/organisations/$jia/profile"
AS=root IFM=$(etag) WHY='the platform itself' want 200 PATCH "/api/v1/organisations/$jia" '{"phone":"1"}'
member wang "$jia"
sql "UPDATE linli.person SET password = 'x' WHERE id = '${PERSON[wang]}'"
AS=admin4 WHY='the account of an organisation' want 403 POST "/api/v1/people/${PERSON[wang]}/link"
AS=root want 201 POST "/api/v1/people/${PERSON[wang]}/link"

# A token does no more than it says, also where a route asks for no role.
AS=wang req POST /api/v1/tokens '{"name":"x","roles":["resident"]}'
TOKEN[limited]=$(got .token)
AS=wang want 200 GET "/api/v1/organisations/$jia/profile"
AS=limited want 403 GET "/api/v1/organisations/$jia/profile"
AS=limited want 403 POST /api/v1/offices/3/needs '{"kind":"need","source":"organisation","title":"x","body":"x","field":"x","beneficiaries":"x","place":"x"}'
finish
