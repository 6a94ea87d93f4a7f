#!/bin/bash
# A single source: publicity of five working days, an objection that is answered before it goes on, a price
# agreed and recorded; then one whose objection is founded, which ends it and leaves the competitive methods.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/road_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
fund_of statutory 1000000.00
later() { AS='' req GET /api/v1/clock; date -u -d "$(got .now) +$1 days" +%FT02:00:00Z; }
OPTIONS='{"ground":"unique","reason":"专利技术不可替代","professionals":[{"name":"李工","unit":"某研究院","title":"高级工程师"}],
 "tranches":[{"code":"whole","name":{"zh":"全款","en":"whole"},"share":"100%","due":"on_acceptance"}]}'
only() { as clerk POST "/api/v1/tenders/$TENDER/invitations" "{\"candidates\":[\"${ORG[$1]}\"],\"invited\":1,\"source\":\"recommended\"}"; TAG='*'; }
object() { # login: an objection to the publicity, relevant; leaves OBJECTION
    AS=$1 want 201 POST "/api/v1/lots/$LOT/objections" '{"kind":"documents","body":"还有其他供应商能够提供，请求公开招标"}'
    OBJECTION=$(got .id)
}

entry_of statutory single_source 500000.00
AS=clerk want 422 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"x\",\"scheme\":\"lowest_price\",\"options\":{\"ground\":\"addon\",\"reason\":\"配套\",\"original\":\"4999999.90\",\"tranches\":[{\"code\":\"w\",\"name\":{\"zh\":\"全\",\"en\":\"w\"},\"share\":\"100%\",\"due\":\"on_acceptance\"}]},\"appropriation\":\"$APP\"}"
is "$(got '.errors[0].pointer')" /options/original "an addition of more than a tenth of the original"
tender_of lowest_price "$OPTIONS" '{}'
AS=approver IFM='*' want 409 POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$(later 20)\",\"confirm_unverified\":true}"
like "$(got .detail)" '*受邀*' "nobody is invited yet"
only aa
AS=approver IFM='*' want 409 POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$(later 3)\",\"confirm_unverified\":true}"
is "$(problem)" rule/refused "five working days of publicity"
sql "UPDATE linli.organisation SET address = '示例路1号' WHERE id = '${ORG[aa]}'" >/dev/null
deadline=$(later 20)
publish "$deadline"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '.items[0] | .kind + " " + (.title | split(" ") | last) + " " + .period_ends[:10]')" "single_source 单一来源公示 ${deadline:0:10}" "its call is publicity, until the deadline"
# 财政部令第74号 §38: buyer, project, subject; reason; supplier with address; what the professionals found; period; contacts (by notice_contacts).
is "$(got '.items[0].body | [.suppliers, .options.reason, (.options.professionals[0] | .name + .unit + .title)] | @json')" \
    '[[{"name":"甲社","address":"示例路1号"}],"专利技术不可替代","李工某研究院高级工程师"]' "which names the supplier, why, and who reasoned"
AS=approver want 409 POST "/api/v1/notices/$(got '.items[0].id')/correct" '{"text":"x","reason":"y"}'
is "$(problem)" notice/own-act "and is corrected by the act that moves its dates"
AS=bb want 409 POST "/api/v1/tenders/$TENDER/bids" "{\"lot\":1,\"organisation\":\"${ORG[bb]}\",\"sha256\":\"$(printf x | sha256sum | cut -d' ' -f1)\",\"bytes\":10}"
is "$(problem)" bid/uninvited "only the one source bids"
bid_for aa 490000.00
past 21d
is "$(lot_now)" "reasoning opened" "the publicity is over"
all_pass clerk qualified ground_holds
as clerk POST "/api/v1/lots/$LOT/advance"
is "$(got .phase)" agreeing "on to the price"
AS=clerk IFM='*' want 409 POST "/api/v1/lots/$LOT/advance"
AS=aa want 200 POST "/api/v1/bids/${BID[aa]}/requote" '{"fields":{"price":"480000.00"},"reason":"协商后下调"}'
is "$(got .price)" 480000.00 "the price is agreed"
all_pass clerk price_reasonable quality_assured
as clerk POST "/api/v1/lots/$LOT/advance"
is "$(got .phase)" deciding "the talks are recorded"
decided aa 480000.00
past 5d
fulfilled aa
balance "paid" 520000.00 0.00 0.00 480000.00

# A founded objection: another method.
BID=()
entry_of statutory single_source 500000.00
tender_of lowest_price "$OPTIONS" '{}'
only aa
publish "$(later 20)"
bid_for aa 490000.00
object bb
past 21d
is "$(lot_now)" "reasoning opened" "the publicity is over"
all_pass clerk qualified ground_holds
AS=clerk IFM='*' want 409 POST "/api/v1/lots/$LOT/advance"
is "$(got '.why.why[0].code')" open_objection "reason again first"
as approver POST "/api/v1/objections/$OBJECTION/answer" '{"finding":"founded","consequence":"again","answer":"补充论证：另有两家供应商能够提供","effect":"改用竞争性采购方式"}'
is "$(lot_now | cut -d' ' -f2)" void "the objection is founded: it ends"
balance "free again" 520000.00 0.00 0.00 480000.00
verified
stop_server
finish
