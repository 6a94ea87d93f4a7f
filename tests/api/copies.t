#!/bin/bash
# Last year's list, call and contract copied as drafts, all by one member: copy_of.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
contract_of 1000.00 4000.00
old=$TENDER old_contract=$CONTRACT
sql "UPDATE linli.tender SET contact_person = '陈经办', contact_phone = '021-55500111' WHERE id = '$old'"
AS=clerk req GET "/api/v1/tenders/$old/draft"
was=$(got '[.options, .scheme_options, .scheme, .summary] | tostring')
AS=clerk req GET "/api/v1/entries/$ENTRY"
list=$(got .list)

# ---- the list ----
AS=clerk WHY='none such' want 404 POST /api/v1/offices/3/lists "{\"year\":2050,\"title\":\"清单\",\"copy_of\":\"$old\"}"
AS=clerk want 201 POST /api/v1/offices/3/lists "{\"year\":2051,\"title\":\"2051 年清单\",\"copy_of\":\"$list\"}"
next=$(got .id)
AS=clerk req GET "/api/v1/lists/$next/draft/entries"
is "$(got '[.items[] | [.name, .budget, .method, .state]] | @json')" '[["助老服务","1000.00","public_bidding","planned"]]' "its entries, planned anew"
ENTRY=$(got '.items[0].id')
AS=approver IFM='*' want 200 POST "/api/v1/lists/$next/approve"
AS=clerk IFM='*' want 200 POST "/api/v1/lists/$next/publish"

# ---- the call ----
AS=clerk WHY='nothing to take it from' want 422 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\"}"
is "$(got '.errors[0].pointer')" /summary "the first member that is missing"
AS=clerk WHY='none such' want 404 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"copy_of\":\"$list\"}"
AS=clerk want 201 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"copy_of\":\"$old\",\"appropriation\":\"$APP\"}"
TENDER=$(got .id)
AS=clerk req GET "/api/v1/tenders/$TENDER/draft"
is "$(got '[.contact_person, .contact_phone] | join(" ")')" "陈经办 021-55500111" "with who answers about it"
is "$(got '[.options, .scheme_options, .scheme, .summary] | tostring')" "$was" "options and criteria as they were"
is "$(got '[.state, .follows, .published] | @json')" '["draft",null,null]' "a draft of its own"
AS=clerk IFM='*' want 200 PATCH "/api/v1/tenders/$TENDER" '{"summary":"新需求"}'
AS=clerk req GET "/api/v1/tenders/$old/draft"
is "$(got '[.options, .scheme_options, .scheme, .summary] | tostring')" "$was" "and the old one stays as it is"

# ---- the contract ----
winner_of 1000.00
AS=clerk WHY='terms, or whose' want 422 POST "/api/v1/awards/$AWARD/contract" '{"starts":"2027-03-01","ends":"2028-02-29"}'
is "$(got '.errors[0].pointer')" /terms "required"
AS=clerk want 422 POST "/api/v1/awards/$AWARD/contract" "{\"starts\":\"2027-03-01\",\"ends\":\"2028-02-29\",\"copy_of\":\"$AWARD\"}"
is "$(got '.errors[0].pointer')" /copy_of "no such contract"
AS=clerk want 201 POST "/api/v1/awards/$AWARD/contract" "{\"starts\":\"2027-03-01\",\"ends\":\"2028-02-29\",\"copy_of\":\"$old_contract\"}"
is "$(got '[.state, .terms] | join(" ")')" "draft 条款" "with the terms of the old one"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
