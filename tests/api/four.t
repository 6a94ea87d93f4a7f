#!/bin/bash
# The smallest staff that can run the whole road: four people.  A clerk, who also sits on the panel for the office; an
# approver; two outside experts.  No rule about two people is bent on the way.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
AS=security want 201 POST /api/v1/offices/3/memberships "{\"person\":\"${PERSON[clerk]}\",\"role\":\"evaluator\"}"
for login in aa bb; do bidder $login "${login}社"; done
fund_of sub_threshold 100000.00
entry_of sub_threshold public_bidding 100000.00
tender_of comprehensive_score '{"tranches":[{"code":"all","name":{"zh":"全款","en":"in full"},"share":"100%","due":"on_acceptance"}]}' \
    '{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
AS=clerk IFM=$TAG want 403 POST "/api/v1/tenders/$TENDER/publish" '{"deadline":"2099-01-01T02:00:00Z"}'
publish "$(date -u -d '+40 days' +%FT02:00:00Z)"
bid_for aa 90000.00
bid_for bb 95000.00
open_bids aa bb

# A panel of three: two experts, and the clerk for the office.
AS=clerk IFM=$(AS='' lot_etag) want 200 PUT "/api/v1/lots/$LOT/panel" \
    "{\"members\":[$(seat evaluator1 expert true),$(seat evaluator2 expert false),$(seat clerk representative false)]}"
AS=clerk lot advance
PANEL=(evaluator1 evaluator2 clerk)
for login in "${PANEL[@]}"; do
    AS=$login want 200 POST "/api/v1/lots/$LOT/panel/enter"
    AS=$login want 200 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":false}'
    AS=$login want 200 POST "/api/v1/lots/$LOT/checks" \
        "{\"checks\":[{\"bid\":\"${BID[aa]}\",\"rule\":\"responsive\",\"passed\":true},{\"bid\":\"${BID[bb]}\",\"rule\":\"responsive\",\"passed\":true}]}"
done
AS=evaluator1 lot advance
marks_of aa:80 bb:90
report_signed
is "$(phase)" deciding "scored and reported by three"

# Decided and paid: what one proposes, the other confirms.
AS=clerk lot decide
AS=clerk IFM=$(AS='' lot_etag) want 403 POST "/api/v1/lots/$LOT/confirm"
AS=approver lot confirm
AS=clerk lot announce
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h
AS=clerk req GET "/api/v1/lots/$LOT/awards"
award=$(got '.items[]|select(.standing=="winner").id')
day() { date -u -d "$1" +%F; }
AS=clerk want 201 POST "/api/v1/awards/$award/contract" "{\"starts\":\"$(day '+80 days')\",\"ends\":\"$(day '+200 days')\",\"terms\":\"按采购文件\"}"
contract=$(got .id)
for login in approver bb; do AS=$login IFM='*' want 200 POST "/api/v1/contracts/$contract/sign"; done
AS='' req GET "/api/v1/contracts/$contract/tranches"
tranche=$(got '.items[0].id')
AS='' req GET "/api/v1/tenders/$TENDER/plan"
paper=$(got '[(.plan // .).papers[]|select(.tranche=="all")][0].code')
AS=bb IFM='*' want 200 POST "/api/v1/tranches/$tranche/deliveries" "{\"paper\":\"$paper\",\"body\":\"全部完成\"}"
AS=clerk req GET "/api/v1/tranches/$tranche/deliveries"
AS=approver IFM='*' want 200 POST "/api/v1/tranches/$tranche/accept" \
    "{\"delivery\":\"$(got '.items[0].id')\",\"finding\":\"accepted\",\"reason\":\"查验合格\",\"score\":\"95\"}"
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$tranche/release"
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/$tranche/payments" '{}'
payment=$(got .id)
AS=clerk IFM='*' want 403 POST "/api/v1/payments/$payment/approve"
AS=approver IFM='*' want 200 POST "/api/v1/payments/$payment/approve"
AS=clerk IFM='*' want 200 POST "/api/v1/payments/$payment/settle" '{"bank_ref":"LS-0004"}'
AS='' req GET "/api/v1/appropriations/$APP"
is "$(got '.paid + " " + .available')" "95000.00 5000.00" "paid to the fen, the rest is free again"
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .state)" closed "the road is at its end"

# An office of four that administers itself: 三员 are three people unless the office says that duties may be combined.
office 小街道 street 2 >/dev/null
person keeper security 4
person guide administrator 4
AS=keeper
role() { want "$1" POST /api/v1/offices/4/memberships "{\"person\":\"${PERSON[$2]}\",\"role\":\"$3\"}"; }
role 409 guide auditor
AS='' req GET /api/v1/offices/4
AS=keeper IFM=$(etag) want 200 PATCH /api/v1/offices/4 '{"combined_duties":true}'
for r in auditor security office_approver; do role 201 guide $r; done
AS=guide
for r in office_clerk evaluator; do role 201 keeper $r; done
for e in evaluator1 evaluator2; do role 201 $e evaluator; done
AS=guide req GET /api/v1/offices/4/memberships
is "$(got '[.items[].role]|sort|unique|join(" ")')" "administrator auditor evaluator office_approver office_clerk security" "every duty has its holder"
is "$(got '[.items[].person_id]|unique|length')" 4 "among four people"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
