#!/bin/bash
# 二次方配捐 through HTTP alone: three projects and the gifts of 105 people (rulebook 3.13): 100 who give 1.00, one who gives 100.00,
# four who give 25.00; a pool of 10,000.00 pays 9,705.88, nothing and 294.12.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
fund_of charity 90000.00
AS=clerk want 201 POST /api/v1/offices/3/rolls '{"name":"甲居委会"}'
roll=$(got .id)
AS=clerk want 200 POST "/api/v1/rolls/$roll/entries" "{\"entries\":[$(for i in $(seq 105); do printf '{"number":"%03d"},' "$i"; done | sed 's/,$//')]}"
entry_of charity community_fund 10000.00
tender_of quadratic_match "{\"voting_window\":\"7d\",\"proposal_window\":\"14d\",\"tranches\":$TWO_PARTS}" '{}' "\"roll\":\"$roll\",\"electorate\":105,\"category\":\"public_good\""
publish "$(date -u -d '+40 days' +%FT02:00:00Z)"
checks=
for title in 甲 乙 丙; do
    AS=resident want 201 POST "/api/v1/tenders/$TENDER/proposals" "{\"title\":\"$title\",\"body\":\"$title\",\"place\":\"小区\",\"cost\":\"9900.00\"}"
    BID[$title]=$(got .id)
    for rule in public_benefit not_property_duty no_clash fits_purpose costed; do checks="$checks,{\"bid\":\"${BID[$title]}\",\"rule\":\"$rule\",\"passed\":true}"; done
done
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h
AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
AS=clerk lot advance
is "$(phase)" voting "gifts are collected"
gift() { printf '{"number":"%03d","choices":[{"bid":"%s","value":%d}]},' "$1" "${BID[$2]}" "$3"; }
all=$(for i in $(seq 100); do gift "$i" 甲 100; done; gift 101 乙 10000; for i in 102 103 104 105; do gift "$i" 丙 2500; done)
paper_ballots "{\"ballots\":[${all%,}]}"
again="{\"ballots\":[$(gift 101 乙 10000 | sed 's/,$//')]}"
AS=clerk want 200 POST "/api/v1/lots/$LOT/ballots" "$again"
batch=$(got .batch)
AS=operator WHY='one identity, one gift' want 409 POST "/api/v1/lots/$LOT/ballots/$batch/confirm" "$again"
AS=operator want 200 POST "/api/v1/lots/$LOT/ballots/$batch/drop" '{"reason":"该身份已经捐赠"}'
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h
AS=clerk lot evaluate
AS=clerk lot decide
is "$(got '[.awards[] | select(.standing == "winner") | .amount] | sort_by(tonumber) | join(" ")')" '294.12 9705.88' "the pool is shared as in the rulebook, to the last fen"
AS=approver lot confirm
AS=clerk lot announce
AS='' req GET "/api/v1/lots/$LOT/evaluation"
is "$(got '[.evaluation.items[] | .grant // "0.00"] | map(tonumber) | sort | map(tostring) | join(" ")')" '0 294.12 9705.88' "and who got nothing is told, too"

# ---- what the pool gave is a donor's match beside a contract: nobody types it ----
AS=clerk req GET "/api/v1/lots/$LOT/awards"
most=$(got '[.items[] | select(.amount == "9705.88").id][0]')
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
BID=()
promise() { AS=clerk IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/promises" "{\"kind\":\"match\",\"by\":\"社区基金会配捐池\",$2}"; }
winner_of 20000.00 20000.00
draft_of "$AWARD"
WHY='no ratio beside a sum' promise 422 '"amount":"1.00","gives":1'
WHY='before it is signed' promise 200 '"gives":1,"per":17'
is "$(got '[.rule, .amount] | join(" ")')" "17:1 1176.48" "20,000.00 of 17 to one: 1,176.4706, rounded up"
promise 200 '"gives":1,"per":2'
is "$(got .amount)" 10000.00 "and what is whole is not"
sql "UPDATE linli.contract SET amount_fen = 100000101 WHERE id = '$CONTRACT'"
WHY='1,000,001.01 x 999,999: more than 10^12 yuan' promise 422 '"share":"99.9999%"'
sql "UPDATE linli.contract SET amount_fen = 2000000 WHERE id = '$CONTRACT'"
promise 200 '"share":"50%"'
is "$(got '[.rule, .amount] | join(" ")')" "500000 ppm 20000.00" "half of the whole is as much again"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
parts
WHY='not of a pool' promise 422 "\"award\":\"$AWARD\""
WHY='a result and a sum' promise 422 "\"award\":\"$most\",\"amount\":\"9705.88\""
sql "UPDATE linli.bid SET organisation_id = '${ORG[bb]}' WHERE id = (SELECT bid_id FROM linli.award WHERE id = '$most')"
WHY='what the pool gave another' promise 422 "\"award\":\"$most\""
is "$(got '.errors[0].pointer')" /award "it names the member"
sql "UPDATE linli.bid SET organisation_id = NULL WHERE id = (SELECT bid_id FROM linli.award WHERE id = '$most')"
promise 200 "\"award\":\"$most\""
is "$(got '[.rule, .amount, .confirmed] | join(" ")') $([ "$(got .award)" = "$most" ] && echo named)" "quadratic_match 9705.88 0.00 named" "it is what the scheme computed"
WHY='once' promise 409 "\"award\":\"$most\""
AS=clerk req GET "/api/v1/contracts/$CONTRACT/promises"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/promises/$(got ".items[] | select(.award == \"$most\").id")/withdraw" '{"reason":"登记到了另一份合同"}'
WHY='taken back, it is promised once more' promise 200 "\"award\":\"$most\""
# It falls due with the tranches: half of 20,000.00 waits for half of 9,705.88.
AS=clerk req GET "/api/v1/tranches/${PARTS[0]}/holds"
like "$(got '[.items[] | select(.code == "promise").zh] | join(" ")')" '*应到位 4852.94 元，已确认 0.00 元*' "and holds the tranche until it has come"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
