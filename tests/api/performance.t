#!/bin/bash
# What is delivered is evaluated by indicators, and the tranche is paid by the factor that follows: the monthly payments of a real
# contract (30% in advance, 70% in ten months, 1% off for every 5 points below 90), whole steps only or a step begun counting;
# and a tree of five indicators with self-assessment, a target and a survey of users.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done

monthly() { # the tranches: an advance of 30%, ten months of 7% each
    local i
    printf '[{"code":"advance","name":{"zh":"预付款","en":"advance"},"share":"30%%","due":"on_signing","advance":true}'
    for i in 1 2 3 4 5 6 7 8 9 10; do printf ',{"code":"month_%d","name":{"zh":"月度款","en":"month"},"share":"7%%","due":"on_milestone"}' $i; done
    printf ']'
}
by_score() { # ROUNDING
    printf '"acceptance":{"scheme":"performance","options":{"factor":"steps","step_rounding":"%s","indicators":[{"code":"month","name":{"zh":"月度考核","en":"month"},"group":"output","points":"100"}]}}' "$1"
}
reported() { # TRANCHE [OWN]: leaves DELIVERY
    local code
    AS='' req GET "/api/v1/tranches/$1"
    code=$(got .code)
    AS='' req GET "/api/v1/tenders/$TENDER/plan"
    code=$(got ".plan.papers | map(select(.tranche == \"$code\")) | .[0].code")
    AS=aa IFM='*' want 200 POST "/api/v1/tranches/$1/deliveries" "{\"paper\":\"$code\",\"body\":\"完成\"${2:-}}"
    AS=clerk req GET "/api/v1/tranches/$1/deliveries"
    DELIVERY=$(got '[.items[] | select(.finding == null)][0].id')
}
accepted() { # STATUS TRANCHE MORE
    AS=clerk IFM='*' want "$1" POST "/api/v1/tranches/$2/accept" "{\"delivery\":\"$DELIVERY\",\"finding\":\"accepted\",\"reason\":\"合格\"$3}"
}
scored() { # TRANCHE SCORE: reported, evaluated, released; prints what is paid
    reported "$1"
    accepted 200 "$1" ",\"marks\":[{\"criterion\":\"month\",\"value\":\"$2\"}]"
    AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$1/release"
}
of_tranche() { AS='' req GET "/api/v1/tranches/$1"; got "$2"; }

# ---- rulebook: 89, 85, 84, 80 ----
TRANCHES=$(monthly) MORE=$(by_score floor)
contract_of 100000.00 300000.00
floor=$TENDER
AS='' req GET "/api/v1/tenders/$TENDER/plan"
is "$(got '[.acceptance.scheme, .acceptance.version, (.acceptance.sha256 | length)] | map(tostring) | join(" ")')" 'performance 1.1.0 64' "the evaluation is frozen and published with the plan"
paid "${PARTS[0]}"
n=0
for pair in 89:7000.00 85:6930.00 84:6930.00 80:6860.00 90:7000.00 0:5740.00; do
    n=$((n + 1))
    scored "${PARTS[$n]}" "${pair%%:*}"
    is "$(of_tranche "${PARTS[$n]}" '.amount + " " + .released')" "7000.00 ${pair#*:}" "whole steps only: ${pair%%:*} points pay ${pair#*:} of 7000.00"
done
AS='' req GET "/api/v1/tranches/${PARTS[4]}/payable"
is "$(got '[.planned, .score, .payable] | join(" ")')" "7000.00 140.00 6860.00" "and what the score costs stands among the terms of the sum"
AS=clerk req GET "/api/v1/tenders/$TENDER/decisions"
like "$(got '[.items[] | select(.question == "release")][4].answer.why[-1].zh')" '绩效评价付款系数 98%*7,000.00*扣减 140.00*支付 6,860.00*' "the decision says what was deducted and why"
accepts=$(got '[.items[] | select(.question == "accept")][3].id')
AS=auditor want 200 GET "/api/v1/decisions/$accepts"
got '.facts + {options}' >"$T/accept.json"
is "$(linli decide performance --facts "$T/accept.json" | jq -r '.items[0].total')" 80.0 "a stranger computes the evaluation again from its facts"
is "$(got '[(.facts.bids | length), (.facts.marks | length)] | join(" ")')" '1 1' "which hold nobody else"
AS=clerk want 200 POST "/api/v1/decisions/$accepts/try" '{"marks":[{"bid":1,"by":1,"criterion":"month","value":"85"}]}'
is "$(got '.evaluation.items[0].parts[] | select(.criterion == "factor") | .raw')" 99.0 "and may try it with another mark"
AS='' req GET "/api/v1/appropriations/$APP"
# 100,000 less 30,000 advanced and six months; what was deducted (0 + 70 + 70 + 140 + 0 + 1260) is free again.
is "$(got '[.available, .committed] | join(" ")')" '201540.00 28000.00' "the money deducted is free, the months to come stay committed"
reported "${PARTS[7]}"
WHY='nobody states points that follow from indicators' accepted 422 "${PARTS[7]}" ',"score":"95"'
is "$(got '.errors[0].pointer')" /score "and it is named"
WHY='no marks' accepted 422 "${PARTS[7]}" ''
is "$(got '.errors[0].pointer')" /marks "no marks, no acceptance"
accepted 422 "${PARTS[7]}" ',"marks":[{"criterion":"month","value":"100.01"}]'
is "$(got '.errors[0].pointer')" /marks/0/value "a mark out of range is named"
accepted 422 "${PARTS[7]}" ',"marks":[{"criterion":"weeks","value":"1"}]'
is "$(got '.errors[0].pointer')" /marks/0/criterion "and one on no indicator"
AS=clerk IFM='*' WHY='refused work is not evaluated' want 200 POST "/api/v1/tranches/${PARTS[7]}/accept" "{\"delivery\":\"$DELIVERY\",\"finding\":\"refused\",\"reason\":\"未完成\"}"

MORE=$(by_score ceiling)
contract_of 100000.00
paid "${PARTS[0]}"
n=0
for pair in 89:6930.00 85:6930.00 84:6860.00 80:6860.00; do
    n=$((n + 1))
    scored "${PARTS[$n]}" "${pair%%:*}"
    is "$(of_tranche "${PARTS[$n]}" .released)" "${pair#*:}" "a step begun counts: ${pair%%:*} points pay ${pair#*:}"
done

# ---- a tree of indicators: mid-term and final ----
TREE='"indicators":[{"code":"execution","name":{"zh":"预算执行率","en":"budget spent"},"group":"execution","points":"10"},
 {"code":"visits","name":{"zh":"服务人次","en":"visits"},"group":"output","method":"target","points":"30","target":500},
 {"code":"in_time","name":{"zh":"按期完成","en":"in time"},"group":"output","method":"met","points":"20"},
 {"code":"benefit","name":{"zh":"社会效益","en":"benefit"},"group":"benefit","points":"30"},
 {"code":"content","name":{"zh":"服务对象满意度","en":"content users"},"group":"satisfaction","method":"survey","points":"10"}]'
TRANCHES=$TWO_PARTS MORE="\"acceptance\":{\"scheme\":\"performance\",\"options\":{\"factor\":\"grades\",\"self_share\":\"20%\",$TREE}}"
contract_of 10000.00 20000.00
paid "${PARTS[0]}"
reported "${PARTS[1]}" ',"own":[{"criterion":"benefit","value":"30"},{"criterion":"execution","value":"10"}]'
WHY='an indicator without marks' accepted 422 "${PARTS[1]}" ',"marks":[{"criterion":"execution","value":"9"}]'
# 0.8 x 9 + 0.2 x 10 = 9.2; 30 x 480 / 500 = 28.8; 20; 0.8 x 21 + 0.2 x 30 = 22.8; (8 x 5 + 2 x 3) of 50 x 10 = 9.2: 90, the lowest of 优.
marks() { printf ',"marks":[{"criterion":"execution","value":"9"},{"criterion":"visits","value":"480"},{"criterion":"in_time","value":"yes"},{"criterion":"benefit","value":"%s"}],"answers":[{"value":5,"people":8},{"value":3,"people":2}]' "$1"; }
SIX=$(marks 21)
WHY='an answer of 6 on a scale of 5 is not taken for 5' accepted 422 "${PARTS[1]}" "${SIX/\"value\":5/\"value\":6}"
is "$(got '.errors[0].pointer')" /answers/0/value "and it is named"
accepted 200 "${PARTS[1]}" "$(marks 21)"
AS=clerk req GET "/api/v1/tranches/${PARTS[1]}/deliveries"
is "$(got '.items[0] | [.score, .grade, .factor] | join(" ")')" '90.0 1 100%' "self-assessment, a target, met and a survey make 90 points: 优"
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[1]}/release"
is "$(of_tranche "${PARTS[1]}" .released)" 3000.00 "paid in full"
pay_released() { :; }
reported "${PARTS[2]}" ',"own":[{"criterion":"benefit","value":"30"},{"criterion":"execution","value":"10"}]'
# Benefit of 8: 0.8 x 8 + 6 = 12.4, 79.6 in all: 中, of which 80% is paid.
accepted 200 "${PARTS[2]}" "$(marks 8)"
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[2]}/release"
is "$(of_tranche "${PARTS[2]}" '.amount + " " + .released')" "2000.00 1600.00" "79.6 points: 中, 80% of the final tranche"
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
is "$(got '[.items[].amount | tonumber] | add')" 10000 "the planned amounts still add up to the contract"

# ---- what a draft may not say ----
entry_of sub_threshold public_bidding 1000.00
draft() { AS=clerk want 422 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"x\",\"scheme\":\"lowest_price\",\"options\":{\"tranches\":$TWO_PARTS},\"scheme_options\":{},\"acceptance\":$1}"; }
draft '{"scheme":"no_such"}'
is "$(got '.errors[0].pointer')" /acceptance/scheme "a scheme that is not there"
draft '{"scheme":"performance","options":{"indicators":[{"code":"a","name":{"zh":"甲","en":"a"},"group":"output","points":"99"}]}}'
is "$(got '.errors[0].pointer')" /acceptance/options/indicators "points that do not make 100 are found with a pointer"
draft '{"scheme":"performance","options":{"indicators":[{"code":"grade","name":{"zh":"甲","en":"a"},"group":"output","points":"100"}]}}'
is "$(got '.errors[0].pointer')" /acceptance/options/indicators/0/code "and a code that has another meaning"
draft '{"scheme":"performance","version":"1.0.0"}'
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
