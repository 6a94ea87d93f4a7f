#!/bin/bash
# Who signs a contract and who carries it out: three parties, each by another person; names of their day; part of the work done by
# another body, never all of it; the end of a body.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社 cc:晨光社区居委会 de:丁社 ee:戊基金会; do bidder "${x%%:*}" "${x#*:}"; done
member aa2 "${ORG[aa]}"

# ---- three parties ----
winner_of 1000.00 5000.00
drawn() { AS=clerk want "$1" POST "/api/v1/awards/$AWARD/contract" "{\"starts\":\"2027-03-01\",\"ends\":\"${ENDS:-2028-02-29}\",\"terms\":\"条款\",\"parties\":[$2]}"; CONTRACT=$(got .id); }
side() { echo "{\"organisation\":\"${ORG[$1]}\",\"part\":\"$2\"}"; }
person districtapprover office_approver 2
ban() { AS=$1 want "$2" POST "/api/v1/offices/${3:-3}/exclusions" "{\"organisation\":\"${ORG[aa]}\",\"ground\":\"${4:-banned}\",\"reason\":\"提供虚假材料谋取中标\",\"period\":\"12m\"${5-,\"authority\":\"区财政局\",\"document\":\"财采罚〔2026〕3号\"}}"; }
WHY='without its paper' ban approver 422 3 banned ''
WHY='only a ban has one' ban approver 422 3 breach
ban districtapprover 201 2
is "$(got '.authority + " " + .document')" "区财政局 财采罚〔2026〕3号" "a ban of the finance authority is recorded, at the district"
exclusion=$(got .id)
drawn 409 "$(side cc community)"
is "$(problem)" organisation/excluded "it holds for the street below, which signs nothing with it"
person districtapprover2 office_approver 2
AS=districtapprover2 want 200 POST "/api/v1/exclusions/$exclusion/lift" '{"reason":"复议撤销"}'
drawn 422 "$(side cc community),$(side cc other)"
is "$(got '.errors[0].pointer')" /parties/1/organisation "nobody signs twice"
drawn 422 "$(side aa other)"
drawn 422 '{"organisation":"00000000-0000-8000-8000-000000000001","part":"other"}'
ENDS=2030-03-01 WHY='three years and a day' drawn 409 "$(side cc community)"
like "$(got .article)" '*102号 §24*' "three years at the most, by its article"
drawn 201 "$(side cc community),$(side ee donor)"
is "$(got '[.parties[] | .part] | sort | join(" ")')" "community donor" "the community and the donor sign as well"
AS=clerk req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "window" and .about == "sign_window") | .due] | length')" 1 "until the day the rules name"
AS=cc req GET /api/v1/me/work
is "$(got "[.tasks[] | select(.task == \"sign\" and .contract == \"$CONTRACT\")] | length")" 1 "it finds that among its work"
AS=de want 404 GET "/api/v1/contracts/$CONTRACT"
AS=cc want 200 GET "/api/v1/contracts/$CONTRACT"
sign() { AS=$1 IFM='*' want "$2" POST "/api/v1/contracts/$CONTRACT/sign"; }
sign de 403
sign approver 200
sign aa 200
is "$(got .state)" draft "two of four"
sign aa2 409
sql "INSERT INTO linli.membership (id, person_id, organisation_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[approver]}', '${ORG[cc]}', 'organisation', '2026-01-01')"
sign approver 409
is "$(problem)" approval/same-person "one person does not sign for two sides"
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[approver]}' AND role = 'organisation'"
sign cc 200
sign cc 409
AS='' req GET "/api/v1/appropriations/$APP"
is "$(got '.committed')" 0.00 "nothing is committed yet"
sign ee 200
is "$(got '.state + " " + (.tranches | length | tostring)')" "signed 3" "with the last one it is concluded"
AS='' req GET "/api/v1/appropriations/$APP"
is "$(got '.committed')" 1000.00 "and its money committed"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[] | select(.kind == "contract") | .body.parties[] | .name + " " + .part] | sort | join(",")')" "戊基金会 donor,晨光社区居委会 community" "published with every party, in the act that concludes it"

# ---- names of their day ----
advance 10d
AS=root IFM='*' want 200 POST "/api/v1/organisations/${ORG[aa]}/rename" '{"name":"甲社会工作服务中心","reason":"核准更名"}'
AS=clerk req GET "/api/v1/contracts/$CONTRACT"
is "$(got '.contractor + " " + .contractor_now')" "甲社 甲社会工作服务中心" "the contract names it as it was called when it signed, and as it is called now"
AS='' req GET "/api/v1/offices/3/contracts"
is "$(got '.items[0].contractor')" 甲社 "so does the public list"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[] | select(.kind == "contract") | .body.contractor] | join(",")')" 甲社 "and the notice of that day"

# ---- part of the work by another, never all of it ----
sub() { AS=${WHO:-aa} IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/subcontracts" "$2"; SUB=$(got .id); }
agreed() { AS=${2:-approver} IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/subcontracts/$SUB/approve"; }
part() { echo "{\"organisation\":\"${ORG[$1]}\",\"work\":\"送餐车辆\",\"amount\":\"$2\"}"; }
WHO=clerk sub 403 "$(part de 100.00)"
WHO=bb sub 403 "$(part de 100.00)"
sub 422 "$(part aa 100.00)"
sub 422 '{"work":"送餐","amount":"1.00"}'
WHY='all of it' sub 409 "$(part de 1000.00)"
# Boundary 36.
is "$(problem) $(got .article)" "contract/transfer 政府采购法实施条例 §72" "转包 is refused"
sub 200 "$(part de 300.00)"
is "$(got '[.name, .amount, .state] | join(" ")')" "丁社 300.00 proposed" "part of it is asked for"
agreed 403 clerk
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[aa]}', 3, 'office_approver', '2026-01-01')"
sql "UPDATE linli.subcontract SET proposed_by = '${PERSON[clerk]}' WHERE id = '$SUB'"
agreed 409 aa
is "$(problem)" conflict/interest "not by one of the contractor's"
sql "UPDATE linli.subcontract SET proposed_by = '${PERSON[aa]}' WHERE id = '$SUB'"
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[aa]}' AND office_id = 3"
agreed 200
agreed 409
WHY='all of it in pieces' sub 409 '{"name":"己车队","work":"其余全部","amount":"700.00"}'
sub 200 '{"name":"己车队","work":"洗涤","amount":"699.99"}'
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/subcontracts/$SUB/refuse" '{"reason":"主要工作应自行完成"}'
is "$(got .state)" refused "the office need not agree"
sub 200 '{"name":"己车队","work":"洗涤","amount":"100.00"}'
# A share the bid named is not exceeded.
sql "INSERT INTO linli.bid_party (office_id, bid_id, no, organisation_id, name, part, share_ppm) VALUES (3, '${BID[aa]}', 9, '${ORG[ee]}', '戊基金会', 'subcontractor', 200000)"
WHY='the bid named it for a fifth' sub 409 "$(part ee 200.01)"
sub 200 "$(part ee 200.00)"
sub 409 "$(part ee 0.01)"
AS=de want 200 GET "/api/v1/contracts/$CONTRACT/subcontracts"
is "$(got '.items | length')" 0 "another organisation sees none"
AS=aa req GET "/api/v1/contracts/$CONTRACT/subcontracts"
is "$(got '[.items[] | .state] | join(" ")')" "approved refused proposed proposed" "the contractor sees its own"
sql "UPDATE linli.tender SET regime = 'statutory' WHERE id = '$TENDER'"
WHY='in statutory procurement the bid must have named it' sub 409 '{"name":"庚车队","work":"运输","amount":"1.00"}'
is "$(got .article)" "财政部令第87号 §35" "by its article"
sql "UPDATE linli.tender SET regime = 'sub_threshold' WHERE id = '$TENDER'"

# ---- its body is deregistered: settlement ----
paid "$(AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"; got '.items[0].id')"
today=$(AS='' req GET /api/v1/clock; got .local | cut -c1-10)
AS=root IFM='*' want 200 POST "/api/v1/organisations/${ORG[aa]}/end" "{\"last_day\":\"$today\",\"reason\":\"注销登记\"}"
AS=clerk req GET /api/v1/offices/3/tasks
is "$(got "[.items[] | select(.task == \"settle\" and .subject == \"$CONTRACT\")] | length")" 1 "its contract is to be settled"
AS=clerk IFM='*' WHY='nobody carries it on' want 409 POST "/api/v1/contracts/$CONTRACT/succeed" "{\"organisation\":\"${ORG[de]}\",\"reason\":\"x\"}"
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/terminate" '{"settled":"320.00","reason":"注销清算"}'
sql "UPDATE linli.tender SET regime = 'grants' WHERE id = '$TENDER'" # what was given has its end told
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$(got .id)/approve"
sql "UPDATE linli.tender SET regime = 'sub_threshold' WHERE id = '$TENDER'"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[] | select(.kind == "project_end" or .kind == "closing") | .kind + " " + .body.amount + " " + .body.paid] | join(",")')" "project_end 1000.00 500.00" \
    "terminated, it has not been done but ended before"
AS=clerk req GET "/api/v1/contracts/$CONTRACT/recoveries"
is "$(got '[.items[] | .amount] | join(" ")')" 180.00 "what it was advanced and did not earn is claimed in its liquidation"
AS=clerk req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "settle")] | length')" 0 "settled"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
