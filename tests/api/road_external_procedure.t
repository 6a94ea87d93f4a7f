#!/bin/bash
# A procedure run on the province's platform: rank and price typed in by one, confirmed by another, shown as
# decided elsewhere; contract, delivery and payment here. The first refuses to sign and the second has the contract.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/road_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
fund_of statutory 500000.00
later() { AS='' req GET /api/v1/clock; date -u -d "$(got .now) +$1 days" +%FT02:00:00Z; }
entry_of statutory external_procedure 500000.00
OPTIONS="{\"method\":\"public_bidding\",\"platform\":\"省政府采购云平台\",\"agency\":\"示例招标代理有限公司\",\"project\":\"ZFCG-2026-0107\",
 \"decided\":\"2026-03-02\",\"links\":[\"https://cg.example/notice/107\"],\"documents\":[{\"name\":\"中标通知书\",\"sha256\":\"$(printf x | sha256sum | cut -d' ' -f1)\"}],
 \"tranches\":[{\"code\":\"first\",\"name\":{\"zh\":\"首款\",\"en\":\"first\"},\"share\":\"30%\",\"due\":\"on_signing\",\"advance\":true},
 {\"code\":\"final\",\"name\":{\"zh\":\"尾款\",\"en\":\"final\"},\"share\":\"70%\",\"due\":\"on_acceptance\"}]}"
tender_of lowest_price "$OPTIONS" '{}'
publish "$(later 5)"
is "$(got '.lots[0].phase')" recording "the result is to be recorded"
quote() { # login price rank
    as clerk POST "/api/v1/tenders/$TENDER/quotes" "{\"organisation\":\"${ORG[$1]}\",\"fields\":{\"price\":\"$2\",\"rank\":$3},\"source\":\"中标结果公告\"}"
    BID[$1]=$(got .id)
}
AS=clerk want 422 POST "/api/v1/tenders/$TENDER/quotes" "{\"organisation\":\"${ORG[aa]}\",\"fields\":{\"price\":\"480000.00\"},\"source\":\"x\"}"
quote aa 480000.00 1
quote bb 450000.00 2
as clerk POST "/api/v1/lots/$LOT/advance"
is "$(got .phase)" deciding "typed in"
as clerk POST "/api/v1/lots/$LOT/decide"
AS=clerk IFM='*' want 403 POST "/api/v1/lots/$LOT/confirm"
as approver POST "/api/v1/lots/$LOT/confirm"
as clerk POST "/api/v1/lots/$LOT/announce"
AS=clerk req GET "/api/v1/lots/$LOT/awards"
is "$(got '.items[]|select(.standing=="winner")|.amount + " " + .bid')" "480000.00 ${BID[aa]}" "the first elsewhere, though not the cheapest"
AWARD=$(got '.items[]|select(.standing=="winner").id')
AS=aa IFM='*' want 200 POST "/api/v1/awards/$AWARD/refuse" '{"reason":"放弃"}'
decided bb 450000.00
fulfilled bb
balance "paid" 50000.00 0.00 0.00 450000.00
verified
stop_server
finish
