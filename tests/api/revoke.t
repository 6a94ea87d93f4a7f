#!/bin/bash
# A contract that is signed and not begun is revoked on a lawful ground (实施条例 §71): the next candidate signs, or the purchase begins
# again; what was begun is ended instead, settled at what was done.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
stands() { AS='' req GET "/api/v1/appropriations/$APP"; is "$(got '[.available, .reserved, .committed, .paid] | join(" ")')" "${*:2}" "$1"; }
revoke() { # status consequence [ground]
    AS=${WHO:-clerk} IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/revoke" "{\"ground\":\"${3:-disqualified}\",\"consequence\":\"$2\",\"reason\":\"中标人业绩材料虚假\"}"
    CHANGE=$(got .id)
}
approved() { AS=${2:-approver} IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/changes/$CHANGE/approve"; }

# ---- the next candidate ----
contract_of 1000.00 1500.00
first=$CONTRACT
stands "signed" 500.00 0.00 1000.00 0.00
WHO=aa revoke 403 next
revoke 422 next lower_price
is "$(got '.errors[0].pointer')" /ground "only on a ground of the law"
revoke 200 next
is "$(got '[.kind, .ground, .consequence, .state] | join(" ")')" "revoke disqualified next proposed" "asked for"
AS=clerk IFM='*' WHY='a change waits already' want 409 POST "/api/v1/contracts/$CONTRACT/suspend" '{"reason":"x"}'
approved 403 clerk
approved 200
stands "the next candidate's price is reserved instead" 500.00 1000.00 0.00 0.00
AS=clerk req GET "/api/v1/contracts/$first"
is "$(got .state)" stopped "the contract is no more, and can still be read"
AS='' req GET "/api/v1/lots/$LOT"
is "$(got '.phase + " " + .state')" "contracting announced" "contracts are to be made again"
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .state)" announced "the tender stands there as well"
AS='' req GET "/api/v1/entries/$ENTRY"
is "$(got .state)" in_tender "and so does the line of the list"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[] | select(.kind == "contract_change") | .body | .kind + " " + .ground + " " + .consequence + " " + .contractor] | join(";")')" "revoke disqualified next 甲社" "the public is told"
AS=clerk req GET "/api/v1/lots/$LOT/awards"
is "$(got '[.items[] | .state] | sort | join(" ")')" "announced withdrawn" "its award has fallen"
AS=aa IFM='*' WHY='nothing of it is left' want 409 POST "/api/v1/tranches/${PARTS[1]}/deliveries" '{"paper":"x","body":"完成"}'
AS=clerk lot decide
is "$(got '[.awards[] | select(.state == "proposed") | [.organisation, .standing]] | @json')" '[["乙社","winner"]]' "the second moves up"
AS=approver lot confirm
AS=clerk lot announce
AS=clerk req GET "/api/v1/lots/$LOT/awards"
draft_of "$(got '.items[] | select(.standing == "winner" and .state == "announced") | .id')"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
AS=bb IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
is "$(phase)" delivering "signed with the second"
stands "whose sum is bound" 500.00 0.00 1000.00 0.00
AS='' req GET "/api/v1/entries/$ENTRY"
is "$(got .state)" contracted "the line has its contract again"

# ---- nobody is left: all over again ----
WHY='there is no third' revoke 409 next
like "$(got .detail)" '*重新开展*' "it begins again then"
revoke 200 again unlawful
approved 200
AS='' req GET "/api/v1/lots/$LOT"
is "$(got '.state + " " + (.ways | map(.code) | join(","))')" "void retender" "the lot has ended, and may be tendered again"
stands "its money is free" 1500.00 0.00 0.00 0.00
AS='' req GET "/api/v1/entries/$ENTRY"
is "$(got .state)" planned "and so is the line of the list"
AS=approver IFM='*' want 200 POST "/api/v1/lots/$LOT/approve" '{"way":"retender","reason":"同意重新开展"}'
AS=clerk IFM='*' want 201 POST "/api/v1/tenders/$TENDER/switch" '{"way":"retender","ground":"合同撤销后没有合格候选人"}'

# ---- begun: it is not revoked any more ----
contract_of 1000.00
revoke 200 next
AS=aa IFM='*' want 200 POST "/api/v1/tranches/${PARTS[1]}/deliveries" "{\"paper\":\"$(AS='' req GET "/api/v1/tenders/$TENDER/plan"; got '.plan.papers | map(select(.tranche))[0].code')\",\"body\":\"完成\"}"
WHY='begun meanwhile' approved 409
is "$(problem)" contract/performed "what was done is settled instead"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$CHANGE/refuse" '{"reason":"已开始履行"}'
revoke 409 again
stands "nothing moved" 500.00 0.00 1000.00 0.00

# ---- an advance is out: it comes back first ----
fund_of sub_threshold 1500.00
contract_of 1000.00
paid "${PARTS[0]}"
stands "paid in advance" 500.00 0.00 500.00 500.00
revoke 409 next
is "$(problem)" contract/performed "money is out"
like "$(got .detail)" '*追回*' "and is asked back first"
AS='' req GET /api/v1/clock
AS=clerk IFM='*' want 201 POST "/api/v1/contracts/$CONTRACT/recoveries" "{\"amount\":\"500.00\",\"due\":\"$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)\",\"reason\":\"撤销合同前追回预付款\"}"
recovery=$(got .id)
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$recovery/approve" '{}'
AS=clerk IFM='*' want 200 POST "/api/v1/recoveries/$recovery/receipts" '{"amount":"500.00","bank_ref":"BACK-1"}'
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$recovery/receipts/$(got .id)/confirm"
revoke 200 next ordered
approved 200
AS='' req GET "/api/v1/appropriations/$APP"
is "$(got '[.available, .reserved, .committed] | join(" ")')" "500.00 1000.00 0.00" "back and reserved for the next"
is "$(phase)" contracting "who is to sign"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
verified # a winner that left after the opening did not take its bid back before it
finish
