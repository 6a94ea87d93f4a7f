#!/bin/bash
# The gates of a tender: quorums at the deadline, after the opening and by approval, several lots, related bidders,
# filed bodies, deadlines past the official calendar.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
pids=()
start_server
people
for x in aa bb cc; do bidder $x "组织$x"; done
fund_of statutory 9000000.00
SCHEME='{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
now() { AS='' req GET /api/v1/clock; got .now; }
in_days() { date -u -d "$(now) +$1 days" +%FT02:00:00Z; }
call() { # regime days [options] [more]: a published tender
    entry_of "$1" public_bidding 600000.00
    tender_of comprehensive_score "{\"tranches\":$TWO_PARTS${3:-}}" "$SCHEME" "${4:-}"
    publish "$(in_days "$2")"
}
state() { AS='' req GET "/api/v1/tenders/$TENDER"; got .state; }

# Exactly three bids, one withdrawn before the deadline: not opened (order 87 article 39).
call statutory 30
bid_for aa 400000.00
bid_for bb 410000.00
bid_for cc 420000.00
AS=cc want 200 POST "/api/v1/bids/${BID[cc]}/withdraw"
AS='' req GET "/api/v1/tenders/$TENDER"
clock_to "$(got .deadline)"
AS=bb WHY='the deadline has come, whether it was acted on or not' want 409 POST "/api/v1/bids/${BID[bb]}/withdraw"
AS=clerk IFM='*' WHY='nor is it moved any more' want 409 POST "/api/v1/tenders/$TENDER/extend" "{\"body\":\"再等一周\",\"deadline\":\"$(in_days 60)\"}"
advance 31d
is "$(state)" void "two of three are left: not opened"
AS='' req GET "/api/v1/lots/$LOT"
is "$(got '.ways|map(.code)|join(" ")')" "retender other_method negotiation" "with exactly two, these two may be negotiated with"
is "$(sql "SELECT count(*) FROM linli.bid WHERE tender_id = '$TENDER' AND state IN ('open', 'void')")" 0 "nothing was read"
AS='' req GET "/api/v1/appropriations/$APP"
is "$(got .reserved)" 0.00 "the money is free again"

# Three bids, one of them void after the opening: a gate later.
call statutory 30
bid_for aa 400000.00
bid_for bb 410000.00
bid_for cc 600000.01
advance 31d
AS=clerk IFM='*' want 200 POST "/api/v1/tenders/$TENDER/open"
checks=
for x in aa bb cc; do
    for rule in qualified good_credit small_enterprise; do checks="$checks,{\"bid\":\"${BID[$x]}\",\"rule\":\"$rule\",\"passed\":true}"; done
done
AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
AS=clerk lot advance
is "$(state)" void "a price over the budget leaves two"

# Below the threshold the office may have provided for going on with approval.
fund_of sub_threshold 9000000.00
call sub_threshold 30 ',"below":"ask"'
bid_for aa 400000.00
advance 31d
AS='' req GET "/api/v1/lots/$LOT"
is "$(got '.waiting + " " + (.ways|map(.code)|join(" "))')" "approval go_on retender other_method" "one bid: somebody must decide"
AS=clerk IFM='*' want 403 POST "/api/v1/lots/$LOT/approve" '{"way":"go_on","reason":"必要"}'
AS=approver IFM='*' want 200 POST "/api/v1/lots/$LOT/approve" '{"way":"go_on","reason":"项目必要且可行"}'
is "$(got '.phase + " " + .way')" "opening go_on" "it goes on with the one there is"
AS=clerk IFM='*' want 200 POST "/api/v1/tenders/$TENDER/open"
AS=approver IFM='*' WHY='chosen already' want 409 POST "/api/v1/lots/$LOT/approve" '{"way":"retender","reason":"反悔"}'
is "$(state)" opened "a way is chosen once, while the lot waits for it"
call sub_threshold 30 ',"below":"ask"'
bid_for aa 400000.00
advance 31d
AS=approver IFM='*' want 200 POST "/api/v1/lots/$LOT/approve" '{"way":"retender","reason":"重新征集"}'
is "$(state)" void "or ends it"

# Two lots: each is decided by itself, the tender stands where the slower one stands.
LOTS='"lots":[{"title":"东片","budget":"350000.00"},{"title":"西片","budget":"250000.00","ceiling":"240000.00"}]'
call sub_threshold 30 '' "$LOTS"
AS='' req GET "/api/v1/tenders/$TENDER/lots"
west=$(got '.items[1].id')
bid_for aa 300000.00
bid_for bb 310000.00
advance 31d
AS='' req GET "/api/v1/lots/$west"
is "$(got .state)" void "nobody bid for the second lot"
is "$(state)" bidding "the first goes on"
AS='' req GET "/api/v1/appropriations/$APP"
is "$(got .reserved)" 950000.00 "and its money stays reserved, with that of the tender before; that of the failed lot is free"
AS=clerk IFM='*' want 200 POST "/api/v1/tenders/$TENDER/open"
is "$(got '.lots|map(.state)|join(" ")')" "opened void" "only what can be opened is"

# A lot that a founded objection ended while bids are taken takes none any more, and holds up nothing of the others.
call sub_threshold 30 '' "$LOTS"
AS='' req GET "/api/v1/tenders/$TENDER/lots"
LOT=$(got '.items[0].id')
AS=bb want 201 POST "/api/v1/lots/$LOT/objections" '{"kind":"documents","body":"东片资格条件歧视"}'
AS=clerk IFM='*' want 200 POST "/api/v1/objections/$(got .id)/answer" '{"finding":"founded","answer":"成立","effect":"东片重新开展","consequence":"again"}'
is "$(AS='' req GET "/api/v1/lots/$LOT"; got .state)" void "the first lot has ended"
text="{\"linli\":\"bid/1\",\"organisation\":\"${ORG[aa]}\",\"lot\":1,\"fields\":{\"price\":\"300000.00\"}}"
hash=$(brought aa "$text")
AS=aa want 409 POST "/api/v1/tenders/$TENDER/bids" "{\"lot\":1,\"organisation\":\"${ORG[aa]}\",\"sha256\":\"$hash\",\"bytes\":$(printf '%s' "$text" | wc -c)}"
is "$(problem)" bid/lot-ended "no bid for it is taken"
LOT_NO=2 bid_for aa 200000.00
AS=aa want 200 POST "/api/v1/tenders/$TENDER/questions" '{"body":"西片服务点有几处？"}'
AS=clerk IFM='*' want 200 POST "/api/v1/tenders/$TENDER/amend" '{"body":"西片服务点地址更正"}'
AS=clerk req GET "/api/v1/tenders/$TENDER/questions/open"
question=$(got '.items[0].id')
advance 31d
is "$(state)" void "one bid is too few for the second"
AS=approver WHY='others answer' want 403 POST "/api/v1/tenders/$TENDER/questions/$question/answer" '{"body":"三处"}'
AS=clerk WHY='what was asked in time is answered whatever became of it' want 200 POST "/api/v1/tenders/$TENDER/questions/$question/answer" '{"body":"三处"}'

# Boundary 14: one head of two bidders, both are out.  A body that is only filed cannot bid in statutory procurement.
fund_of statutory 9000000.00
sql "UPDATE linli.organisation SET representative = '赵' WHERE id IN ('${ORG[aa]}', '${ORG[bb]}')"
AS=root IFM='' want 201 POST /api/v1/organisations "{\"name\":\"楼组\",\"kind\":\"filed\",\"host\":\"${ORG[cc]}\"}"
ORG[ff]=$(got .id)
member ff "${ORG[ff]}"
call statutory 30
for x in aa bb cc ff; do bid_for $x 400000.00; done
advance 31d
AS=clerk IFM='*' want 200 POST "/api/v1/tenders/$TENDER/open"
AS=clerk req GET "/api/v1/tenders/$TENDER/opening"
is "$(got '[.items[]|select(.state=="void")|.organisation]|sort|join(" ")')" "$(printf '%s\n' "${ORG[aa]}" "${ORG[bb]}" "${ORG[ff]}" | sort | tr '\n' ' ' | sed 's/ $//')" "three are void"
like "$(got ".items[]|select(.organisation==\"${ORG[aa]}\").void_reason")" '*§18*' "with the article"

# A deadline no official calendar covers is provisional.
call statutory 400
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .deadline_provisional)" true "past the calendar"

# Two tenders from one entry, published at once: one of them, and the money once.
fund_of sub_threshold 5000000.00
entry_of sub_threshold public_bidding 600000.00
twins=()
for i in 1 2 3 4; do
    tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" "$SCHEME"
    twins+=("$TENDER")
done
at=$(in_days 30)
for t in "${twins[@]}"; do
    curl -s -o /dev/null -w '%{http_code}\n' -X POST -H "Authorization: Bearer ${TOKEN[approver]}" -H "Idempotency-Key: $(key)" -H 'If-Match: *' \
        -H 'Content-Type: application/json' -d "{\"deadline\":\"$at\",\"confirm_unverified\":true}" "$B/api/v1/tenders/$t/publish" >"$T/twin-$t" &
    pids+=($!)
done
wait "${pids[@]}"
is "$(cat "$T"/twin-* | sort | tr '\n' ' ')" "200 409 409 409 " "one of four is published"
AS='' req GET "/api/v1/appropriations/$APP"
is "$(got .reserved)" 600000.00 "the money is reserved once"
TENDER=${twins[0]}
for t in "${twins[@]}"; do [ "$(cat "$T/twin-$t")" = 200 ] && TENDER=$t; done

# An unknown member, a duplicate, a stale version: each its own problem, nothing changed.
AS=approver IFM='"1"' want 412 POST "/api/v1/tenders/$TENDER/cancel" '{"reason":"x"}'
AS=approver IFM='' want 428 POST "/api/v1/tenders/$TENDER/cancel" '{"reason":"x"}'
AS=approver IFM='*' want 422 POST "/api/v1/tenders/$TENDER/cancel" '{"reason":"x","why":"y"}'
AS=approver IFM='*' want 400 POST "/api/v1/tenders/$TENDER/cancel" '{"reason":"x","reason":"y"}'
k=$(key)
AS=approver IFM='*' KEY=$k want 200 POST "/api/v1/tenders/$TENDER/cancel" '{"reason":"任务取消"}'
first=$BODY
AS=approver IFM='*' KEY=$k want 200 POST "/api/v1/tenders/$TENDER/cancel" '{"reason":"任务取消"}'
is "$BODY" "$first" "the same request again is answered the same"
is "$(sql "SELECT count(*) FROM linli.notice WHERE tender_id = '$TENDER' AND kind = 'termination'")" 1 "and done once"
stop_server
finish
