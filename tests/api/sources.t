#!/bin/bash
# 一个项目由区级、街道、彩票公益金共同出资: one award of three sources, each its share to the fen, from the notice to what comes back.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person approver2 office_approver 3
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
declare -A FROM
AS=approver want 201 POST /api/v1/offices/3/funds '{"code":"all","name":{"zh":"社区治理专项","en":"Community"},"purpose":"服务","regimes":["sub_threshold"]}'
fund=$(got .id)
from() { # ORIGIN ITEM SUM
    AS=approver want 201 POST "/api/v1/funds/$fund/appropriations" "{\"year\":$(year),\"budget_item\":\"$2\",\"name\":\"$1\",\"origin\":\"$1\",\"amount\":\"$3\"}"
    FROM[$1]=$(got .id)
    is "$(got .origin)" "$1" "whose money it is: $1"
}
from district 2080299 400.00
from street 2080208 400.00
from lottery 2296002 400.00
each() { # MEMBER WANTED TEXT
    local o all=
    for o in district street lottery; do AS='' req GET "/api/v1/appropriations/${FROM[$o]}"; all="$all $(got ".$1")"; done
    is "${all# }" "$2" "$3"
}
three() { printf '"sources":[{"appropriation":"%s","amount":"%s"},{"appropriation":"%s","amount":"%s"},{"appropriation":"%s","amount":"%s"}]' \
    "${FROM[district]}" "$1" "${FROM[street]}" "$2" "${FROM[lottery]}" "$3"; }

# ---- what is refused of a draft ----
entry_of sub_threshold public_bidding 1000.00
scheme='{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
draft() { AS=clerk want "$1" POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"需求\",\"scheme\":\"comprehensive_score\",\"options\":{\"tranches\":$TWO_PARTS},\"scheme_options\":$scheme,$2}"; }
WHY='a fen short of the budget' draft 422 "$(three 333.33 333.33 333.33)"
is "$(got '.errors[0].pointer')" /sources "and it is said where"
WHY='one twice' draft 422 "\"sources\":[{\"appropriation\":\"${FROM[street]}\",\"amount\":\"500.00\"},{\"appropriation\":\"${FROM[street]}\",\"amount\":\"500.00\"}]"
WHY='one and several' draft 422 "\"appropriation\":\"${FROM[street]}\",$(three 333.33 333.33 333.34)"
WHY='a list of one' draft 422 "\"sources\":[{\"appropriation\":\"${FROM[street]}\",\"amount\":\"1000.00\"}]"
WHY='one that is not there' draft 422 "\"sources\":[{\"appropriation\":\"${FROM[street]}\",\"amount\":\"500.00\"},{\"appropriation\":\"00000003-0000-8000-8000-00000000000f\",\"amount\":\"500.00\"}]"
draft 201 "$(three 333.33 333.33 333.34)"
TENDER=$(got .id) TAG=$(etag)
is "$(got '[.sources[] | .origin + " " + .amount] | join(", ")')" "district 333.33, street 333.33, lottery 333.34" "a draft of three"
AS=clerk IFM=$TAG want 200 PATCH "/api/v1/tenders/$TENDER" '{"budget":"900.00"}'
TAG=$(etag)
AS=approver IFM=$TAG WHY='what they give is no longer the budget' want 409 POST "/api/v1/tenders/$TENDER/publish" \
    "{\"deadline\":\"$(date -u -d '+40 days' +%FT02:00:00Z)\",\"confirm_unverified\":true}"
is "$(problem)" fund/sources "and that is the reason"
AS=clerk IFM='*' want 200 POST "/api/v1/tenders/$TENDER/cancel" '{"reason":"重拟"}'

# ---- the road ----
SOURCES=$(three 333.33 333.33 333.34)
contract_of 1000.00
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[] | select(.kind == "tender").body.sources[] | [.origin, .amount, .mark // "-"] | join(" ")] | join(", ")')" \
    "district 333.33 -, street 333.33 -, lottery 333.34 彩票公益金资助" "the notice says who pays, and that it is lottery money"
AS='' req GET "/api/v1/tenders/$TENDER/sources"
is "$(got '[.items[] | [.mark // "-", .committed] | join(" ")] | join(", ")')" "- 333.33, - 333.33, 彩票公益金资助 333.34" "so does the tender, to everybody"
each committed "333.33 333.33 333.34" "signed: each its part"
each available "66.67 66.67 66.66" "the rest is free"
paid "${PARTS[0]}"
each paid "166.67 166.66 166.67" "500.00 paid: the fen that is left over to the first of equal remainders"
delivered "${PARTS[1]}" 800.00
paid "${PARTS[1]}"
each paid "266.67 266.66 266.67" "300.00 of what each still holds"
delivered "${PARTS[2]}" 200.00
paid "${PARTS[2]}"
each paid "333.33 333.33 333.34" "the last tranche takes the rest of each"
each committed "0.00 0.00 0.00" "and leaves nothing"

# ---- a settled payment comes back and goes again, the same way ----
sent_back "$PAYMENT" 账号有误
each payable "66.66 66.67 66.67" "what came back is each one's again"
pay_released "${PARTS[2]}"
each paid "333.33 333.33 333.34" "and goes out as before"

# ---- 50.00 are asked back and come back to whom they belong ----
AS=clerk IFM='*' want 201 POST "/api/v1/contracts/$CONTRACT/recoveries" "{\"amount\":\"50.00\",\"due\":\"$(AS='' req GET /api/v1/clock; date -u -d "$(got .now) + 30 days" +%FT00:00:00Z)\",\"reason\":\"多付\"}"
r=$(got .id)
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$r/approve" '{}'
AS=clerk IFM='*' want 200 POST "/api/v1/recoveries/$r/receipts" '{"amount":"50.00","bank_ref":"BACK-1"}'
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$r/receipts/$(got .id)/confirm"
each available "83.34 83.33 83.33" "16.67, 16.66 and 16.67 come back"
AS='' req GET "/api/v1/funds/$fund/expenses?limit=100"
is "$(got '[.items[] | [.kind, .amount, .balance] | join(" ")] | join(", ")')" \
    "expense 500.00 700.00, expense 300.00 400.00, expense 200.00 200.00, returned -200.00 400.00, expense 200.00 200.00, recovered -50.00 250.00" \
    "every expense of the fund and every correction, with the balance after it"

# ---- a supplement is drawn by what each bears; what fails is tendered anew by the same ----
SOURCES=$(three 30.01 30.00 30.00)
contract_of 90.01
each available "53.33 53.33 53.33" "another contract of the same three"
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/supplements" '{"amount":"9.00","name":{"zh":"增加场次","en":"more sessions"},"reason":"居民报名超出预期"}'
change=$(got .id)
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$change/agree"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$change/approve"
each committed "33.01 33.00 33.00" "9.00 more, 3.00 of each"
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/terminate" '{"settled":"50.00","reason":"服务对象减少"}'
change=$(got .id)
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$change/approve"
each payable "16.67 16.67 16.66" "terminated at 50.00: of 33.01, 33.00 and 33.00 16.67, 16.67 and 16.66"
each committed "0.00 0.00 0.00" "and the rest is free"

# ---- by hand: who pays how much of each tranche ----
# 100.00 in thirds is 33.33, 33.33 and 33.34 (the last takes the rest); the district pays first, the lottery last.
TRANCHES='[{"code":"one","name":{"zh":"一","en":"one"},"share":"33.3333%","due":"on_milestone"},
 {"code":"two","name":{"zh":"二","en":"two"},"share":"33.3333%","due":"on_milestone"},
 {"code":"three","name":{"zh":"三","en":"three"},"share":"33.3334%","due":"on_acceptance"}]'
for o in district street lottery; do AS=approver IFM='*' want 200 POST "/api/v1/appropriations/${FROM[$o]}/supplement" '{"amount":"100.00","reason":"追加"}'; done
SOURCES=$(three 50.00 30.00 20.00)
contract_of 100.00
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
is "$(got '[.items[].amount] | join(" ")')" "33.33 33.33 33.34" "thirds of 100.00"
before() { local o; for o in district street lottery; do AS='' req GET "/api/v1/appropriations/${FROM[$o]}"; BEFORE[$o]=$(got .payable | tr -d .); done; }
declare -A BEFORE
took() { # WANTED TEXT: fen of district, street, lottery since before
    local o all=
    for o in district street lottery; do AS='' req GET "/api/v1/appropriations/${FROM[$o]}"; all="$all $((10#$(got .payable | tr -d .) - 10#${BEFORE[$o]}))"; done
    is "${all# }" "$1" "$2"
}
part() { printf '{"tranche":"%s","appropriation":"%s","amount":"%s"}' "${PARTS[$1]}" "${FROM[$2]}" "$3"; }
fix() { AS=${BY:-approver} IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/shares" "{\"shares\":[$(IFS=,; echo "${*:2}")]}"; }
fund_of sub_threshold 1.00
by_hand=("$(part 0 district 33.33)" "$(part 1 district 16.67)" "$(part 1 street 16.66)" "$(part 2 street 13.34)" "$(part 2 lottery 20.00)")
WHY='a fen too few of the second tranche' fix 409 "${by_hand[@]:0:2}" "$(part 1 street 16.65)" "${by_hand[@]:3}"
is "$(problem)" fund/shares "and that is the reason"
WHY='tranches fit, the district bears a fen more than it gave' fix 409 "${by_hand[0]}" "$(part 1 district 16.68)" "$(part 1 street 16.65)" "${by_hand[@]:3}"
WHY='a tranche is left out' fix 409 "${by_hand[@]:0:3}"
WHY='one twice' fix 422 "${by_hand[@]}" "${by_hand[0]}"
WHY='one that does not pay for it' fix 409 "${by_hand[@]:0:4}" "$(part 2 lottery 19.99)" "{\"tranche\":\"${PARTS[2]}\",\"appropriation\":\"$APP\",\"amount\":\"0.01\"}"
BY=clerk fix 403 "${by_hand[@]}"
fix 200 "${by_hand[@]}"
AS='' req GET "/api/v1/contracts/$CONTRACT/shares"
is "$(got '[.items[] | [.code, .origin, .amount] | join(" ")] | sort | join(", ")')" \
    "one district 33.33, three lottery 20.00, three street 13.34, two district 16.67, two street 16.66" "everybody reads who pays for what"
before
delivered "${PARTS[0]}" 33.33
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[0]}/release"
took "3333 0 0" "the first third is the district's alone"
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/deductions" "{\"ground\":\"other\",\"amount\":\"3.33\",\"reason\":\"缺勤\",\"tranche\":\"${PARTS[1]}\"}"
deduction=$(got .id)
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/deductions/$deduction/approve"
delivered "${PARTS[1]}" 33.33
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[1]}/release"
took "4833 1500 0" "30.00 of the second by its shares: 15.0045 and 14.9955, the fen that is left over to the larger remainder"
delivered "${PARTS[2]}" 33.34
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[2]}/release"
took "4833 2834 2000" "the last: 13.34 of the street and all the lottery gave"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
