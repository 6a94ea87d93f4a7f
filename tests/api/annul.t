#!/bin/bash
# An award annulled before signing; a contract that ended halfway, its rest tendered anew; a bidder renamed, merged or deregistered meanwhile.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社 cc:丙社; do bidder "${x%%:*}" "${x#*:}"; done
BIDDERS=(aa bb cc)
stands() { AS='' req GET "/api/v1/appropriations/$APP"; is "$(got '[.available, .reserved, .committed, .paid] | join(" ")')" "${*:2}" "$1"; }
annul() { # status ground consequence
    AS=${WHO:-approver} IFM='*' want "$1" POST "/api/v1/awards/$AWARD/annul" "{\"ground\":\"$2\",\"consequence\":\"$3\",\"reason\":\"提供虚假业绩\"}"
}
winner() { AS=clerk req GET "/api/v1/lots/$LOT/awards"; AWARD=$(got '.items[] | select(.standing == "winner" and .state == "announced") | .id'); }

# ---- while the notice runs: decided anew ----
IN_NOTICE=1 winner_of 1000.00 4000.00
WHO=clerk annul 403 disqualified next
annul 422 better_offer next
is "$(got '.errors[0].pointer')" /ground "only on a ground"
annul 200 disqualified next
is "$(got .state)" withdrawn "it has fallen"
is "$(phase)" deciding "the lot is decided anew"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[] | select(.kind == "annulment") | .body.bidder + " " + .body.ground + " " + .body.consequence] | join(";")')" "甲社 disqualified next" "and the public is told"
stands "its money stays reserved" 3000.00 1000.00 0.00 0.00
annul 409 disqualified next
AS=clerk lot decide
is "$(got '[.awards[] | select(.state == "proposed") | [.organisation, .standing]] | @json')" '[["乙社","winner"]]' "the second moves up"
AS=approver lot confirm
AS=clerk lot announce
is "$(phase)" notice "with a notice of its own"
notice_over

# ---- before signing: the draft falls as well ----
winner
draft_of "$AWARD"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
annul 200 unlawful next
AS=clerk req GET "/api/v1/contracts/$CONTRACT"
is "$(got .state)" stopped "its draft has fallen"
AS=clerk lot decide
AS=approver lot confirm
AS=clerk lot announce
winner
annul 200 ordered again
AS='' req GET "/api/v1/lots/$LOT"
is "$(got '.state + " " + (.ways | map(.code) | join(","))')" "void retender" "all over again"
stands "its money is free" 4000.00 0.00 0.00 0.00

# ---- a contract that ended halfway: settled by what was accepted, the rest tendered anew ----
contract_of 1000.00
WHY='a contract is signed' annul 409 disqualified next
is "$(problem)" award/contracted "it is ended first"
AS=clerk IFM='*' WHY='it runs' want 409 POST "/api/v1/tenders/$TENDER/switch" '{"way":"rest","ground":"重新采购剩余部分"}'
delivered "${PARTS[0]}" 300.00
paid "${PARTS[0]}"
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/terminate" '{"settled":"600.00","reason":"承接主体停止服务"}'
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$(got .id)/approve"
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
for tranche in $(got '.items[] | select(.code == "settlement") | .id'); do pay_released "$tranche"; done
stands "settled, the rest is free" 3400.00 0.00 0.00 600.00
old=$TENDER
AS=approver IFM='*' want 403 POST "/api/v1/tenders/$old/switch" '{"way":"rest","ground":"x"}'
AS=clerk IFM='*' want 201 POST "/api/v1/tenders/$old/switch" '{"way":"rest","ground":"重新采购剩余部分"}'
TENDER=$(got .id) TAG=$(etag)
is "$(got '[.follows, .budget, .mechanism, .state] | join(" ")')" "$old 400.00 public_bidding draft" "the rest, by the same method, pointing back"
AS=clerk IFM='*' WHY='once' want 409 POST "/api/v1/tenders/$old/switch" '{"way":"rest","ground":"x"}'
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
stands "reserved anew" 3000.00 400.00 0.00 600.00
AS='' req GET "/api/v1/tenders/$old"
is "$(got '.followed_by | join(",")')" "$TENDER" "the old one points at it"

# ---- renamed, merged, deregistered ----
winner_of 1000.00
AS='' req GET "/api/v1/tenders/$TENDER/notices"
said=$(got '[.items[] | select(.kind == "result")][-1].id')
AS=clerk IFM='*' want 403 POST "/api/v1/organisations/${ORG[bb]}/rename" '{"name":"乙社会服务中心","reason":"变更登记"}'
person streetroot administrator 3
AS=streetroot IFM='*' WHY='not of the whole tree' want 403 POST "/api/v1/organisations/${ORG[aa]}/rename" '{"name":"丙","reason":"x"}'
AS=streetroot IFM='*' WHY='not of the whole tree' want 403 POST "/api/v1/organisations/${ORG[aa]}/end" '{"last_day":"2026-01-01","reason":"x"}'
AS=root IFM='*' want 200 POST "/api/v1/organisations/${ORG[aa]}/rename" '{"name":"甲社会工作服务社","reason":"民政部门核准变更登记"}'
is "$(got '[.name, .changes[0].kind, .changes[0].name] | join(" ")')" "甲社会工作服务社 renamed 甲社" "the old name is kept"
AS='' req GET "/api/v1/notices/$said"
is "$(got '.body.awards[] | select(.standing == "winner") | .name')" 甲社 "what was published stays as it was"
today=$(AS='' req GET /api/v1/clock; got '.local[:10]')
AS=root IFM='*' WHY='still to come' want 422 POST "/api/v1/organisations/${ORG[aa]}/end" '{"last_day":"2099-01-01","reason":"注销"}'
AS=root IFM='*' WHY='itself' want 422 POST "/api/v1/organisations/${ORG[aa]}/end" "{\"last_day\":\"$today\",\"successor\":\"${ORG[aa]}\",\"reason\":\"合并\"}"
AS=root IFM='*' want 200 POST "/api/v1/organisations/${ORG[aa]}/end" "{\"last_day\":\"$today\",\"reason\":\"注销登记\"}"
AS=root IFM='*' want 409 POST "/api/v1/organisations/${ORG[aa]}/end" "{\"last_day\":\"$today\",\"reason\":\"注销登记\"}"
AS=clerk IFM='*' want 409 POST "/api/v1/awards/$AWARD/contract" '{"starts":"2027-03-01","ends":"2028-02-29","terms":"条款"}'
is "$(problem)" organisation/ended "who is no more gets no contract"
AS=approver req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "annul") | .subject] | join(",")')" "$AWARD" "the office has to annul the award"
annul 200 ended next
AS=clerk lot decide
AS=approver lot confirm
AS=clerk lot announce
winner
draft_of "$AWARD"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
AS=bb IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
AS=root IFM='*' want 200 POST "/api/v1/organisations/${ORG[bb]}/end" "{\"last_day\":\"$today\",\"successor\":\"${ORG[cc]}\",\"reason\":\"并入丙社\"}"
is "$(got '[.ended, .successor] | join(" ")')" "$today ${ORG[cc]}" "merged"
advance 1d
AS=bb IFM='*' WHY='nobody acts for it any more' want 403 POST "/api/v1/tranches/$(AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"; got '.items[1].id')/deliveries" '{"paper":"x","body":"完成"}'
AS=clerk req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "succeed") | .subject] | join(",")')" "$CONTRACT" "its contract is to be passed on or ended"
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/succeed" "{\"organisation\":\"${ORG[cc]}\",\"reason\":\"并入丙社\"}"
change=$(got .id)
AS=cc IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$change/agree"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$change/approve"
AS=clerk req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "succeed")] | length')" 0 "and is"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
