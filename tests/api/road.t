#!/bin/bash
# The three-bidder example from the purchase list to the last tranche, through HTTP alone:
# 87.925, 90.500, 83.000; B, a small enterprise, wins and is paid 500,000.00, though compared at 450,000.00.
. "$(dirname "$0")/lib.sh"
start_server
people
person evaluator4 evaluator 3
person evaluator5 evaluator 3
panel='evaluator1 evaluator2 evaluator3 evaluator4 evaluator5' # 500,000.00 and more: five
org=()
for x in a b c; do
    org[${#org[@]}]=$(organisation "组织$x")
    member "org$x" "${org[-1]}"
done
# One request on behalf of LOGIN with If-Match *, which must be answered 200 or 201.
do_as() { AS=$1 IFM='*' req "$2" "$3" ${4+"$4"}; like "$STATUS" '20[01]' "$1: $2 ${3#/api/v1}"; [[ $STATUS = 20? ]] || say "  got: $STATUS $BODY"; }
money='{"available":"%s","reserved":"%s","committed":"%s","payable":"%s","paid":"%s"}'
balance() { # available reserved committed payable paid
    local line
    AS='' req GET "/api/v1/appropriations/$appropriation"
    # shellcheck disable=SC2059
    printf -v line "$money" "${@:1:5}"
    is "$(got '{available,reserved,committed,payable,paid}|tojson')" "$line" "the money: ${6:-}"
}

# The fund and its year.
do_as clerk POST /api/v1/offices/3/funds '{"code":"eldercare","name":{"zh":"养老专项资金","en":"Elder care"},"purpose":"购买养老服务","regimes":["sub_threshold"]}'
fund=$(got .id)
do_as approver POST "/api/v1/funds/$fund/appropriations" '{"year":2026,"budget_item":"2080299","name":"2026 年养老","amount":"800000.00"}'
appropriation=$(got .id)

# The list, approved by another and published; the tender from its entry.
do_as clerk POST /api/v1/offices/3/lists '{"year":2026,"title":"2026 年购买服务项目清单"}'
list=$(got .id)
do_as clerk POST "/api/v1/lists/$list/entries" "{\"name\":\"居家养老服务\",\"department\":\"社区服务办\",\"field\":\"elderly\",\"beneficiaries\":\"60 岁以上居民\",
    \"place\":\"全街道\",\"budget\":\"600000.00\",\"fund\":\"$fund\",\"budget_item\":\"2080299\",\"catalogue_code\":\"C0501\",\"regime\":\"sub_threshold\",
    \"method\":\"public_bidding\",\"planned_month\":11,\"term_months\":12,\"officer\":\"王\"}"
entry=$(got .id)
do_as approver POST "/api/v1/lists/$list/approve"
do_as clerk POST "/api/v1/lists/$list/publish"
do_as clerk POST /api/v1/offices/3/tenders "{\"entry\":\"$entry\",\"summary\":\"为老年人提供居家服务\",\"scheme\":\"comprehensive_score\",\"appropriation\":\"$appropriation\",
    \"options\":{\"tranches\":[
        {\"code\":\"first\",\"name\":{\"zh\":\"首款\",\"en\":\"first\"},\"share\":\"50%\",\"due\":\"on_signing\",\"advance\":true},
        {\"code\":\"mid\",\"name\":{\"zh\":\"中期款\",\"en\":\"mid-term\"},\"share\":\"30%\",\"due\":\"on_milestone\"},
        {\"code\":\"last\",\"name\":{\"zh\":\"尾款\",\"en\":\"final\"},\"share\":\"20%\",\"due\":\"on_acceptance\"}]},
    \"scheme_options\":{\"price_weight\":\"15%\",\"decimals\":3,\"criteria\":[
        {\"code\":\"technical\",\"name\":{\"zh\":\"技术和商务\",\"en\":\"technical and business\"},\"weight\":\"85%\"}],
        \"deductions\":[{\"check\":\"small_enterprise\",\"rate\":\"10%\"}]}}"
tender=$(got .id)
balance 800000.00 0.00 0.00 0.00 0.00 "a draft reserves nothing"
deadline=$(date -u -d '+20 days' +%FT02:00:00Z)
do_as approver POST "/api/v1/tenders/$tender/publish" "{\"deadline\":\"$deadline\",\"confirm_unverified\":true}"
like "$(got .number)" "310105011-20[0-9][0-9]-0001" "a printed number"
lot=$(got '.lots[0].id')
balance 200000.00 600000.00 0.00 0.00 0.00 "reserved at publication"

# Three bids, handed in as files.
bid() { # login organisation price small
    local file hash
    file="{\"linli\":\"bid/1\",\"organisation\":\"$2\",\"lot\":1,\"fields\":{\"price\":\"$3\"},\"declarations\":{\"small_enterprise\":$4}}"
    hash=$(brought "$1" "$file")
    do_as "$1" POST "/api/v1/tenders/$tender/bids" "{\"lot\":1,\"organisation\":\"$2\",\"sha256\":\"$hash\",\"bytes\":$(printf '%s' "$file" | wc -c)}"
}
bid orga "${org[0]}" 480000.00 false
bid orgb "${org[1]}" 500000.00 true
bid orgc "${org[2]}" 420000.00 false
AS=clerk IFM='*' want 409 POST "/api/v1/tenders/$tender/open"
advance 21d
do_as clerk POST "/api/v1/tenders/$tender/open"
is "$(got '.state + " " + .lots[0].phase')" "opened qualification" "opened, and on to the office's checks"
AS=clerk req GET "/api/v1/tenders/$tender/opening"
is "$(got '[.items[]|.price]|sort|join(" ")')" "420000.00 480000.00 500000.00" "the prices are read out"
bid_of() { got ".items[]|select(.organisation==\"$1\").id"; }
a=$(bid_of "${org[0]}") b=$(bid_of "${org[1]}") c=$(bid_of "${org[2]}")

# The office's checks; B's declaration of a small enterprise holds.
checks=''
for x in "$a" "$b" "$c"; do
    for rule in qualified good_credit; do checks+="{\"bid\":\"$x\",\"rule\":\"$rule\",\"passed\":true},"; done
    if [ "$x" = "$b" ]; then checks+="{\"bid\":\"$x\",\"rule\":\"small_enterprise\",\"passed\":true},"; else
        checks+="{\"bid\":\"$x\",\"rule\":\"small_enterprise\",\"passed\":false,\"reason\":\"未声明\"},"; fi
done
do_as clerk POST "/api/v1/lots/$lot/checks" "{\"checks\":[${checks%,}]}"
do_as clerk PUT "/api/v1/lots/$lot/panel" "{\"members\":[{\"person\":\"${PERSON[evaluator1]}\",\"kind\":\"expert\",\"chair\":true},
    {\"person\":\"${PERSON[evaluator2]}\",\"kind\":\"expert\"},{\"person\":\"${PERSON[evaluator3]}\",\"kind\":\"expert\"},
    {\"person\":\"${PERSON[evaluator4]}\",\"kind\":\"expert\"},{\"person\":\"${PERSON[evaluator5]}\",\"kind\":\"representative\"}]}"
do_as clerk POST "/api/v1/lots/$lot/advance"
is "$(got .phase)" conformity "on to the panel's check"
for e in $panel; do
    do_as "$e" POST "/api/v1/lots/$lot/panel/enter"
    do_as "$e" POST "/api/v1/lots/$lot/panel/declare" '{"conflict":false}'
done
do_as evaluator1 POST "/api/v1/lots/$lot/checks" "{\"checks\":[$(for x in "$a" "$b" "$c"; do printf '{"bid":"%s","rule":"responsive","passed":true},' "$x"; done | sed 's/,$//')]}"
do_as evaluator1 POST "/api/v1/lots/$lot/advance"
is "$(got .phase)" scoring "on to the scoring"

# Each member scores alone: 88, 90, 80.
for e in $panel; do
    sheet() { printf '{"bid":"%s","marks":[{"criterion":"technical","value":"%s","reason":"见评审记录"}]}' "$1" "$2"; }
    do_as "$e" PUT "/api/v1/lots/$lot/marks" "{\"sheets\":[$(sheet "$a" 88),$(sheet "$b" 90),$(sheet "$c" 80)]}"
    AS=$e req GET "/api/v1/lots/$lot/marks"
    is "$(got '[.items[]|.bid]|unique|length')" 3 "$e sees its own three"
    do_as "$e" POST "/api/v1/lots/$lot/marks/lock" '{}'
done
do_as evaluator1 PUT "/api/v1/lots/$lot/report" '{"summary":"推荐乙为第一候选人"}'
for e in $panel; do do_as "$e" POST "/api/v1/lots/$lot/report/sign" '{}'; done
AS=clerk req GET "/api/v1/lots/$lot/evaluation"
is "$(got '[.evaluation.items[]|.total]|sort|join(" ")')" "83.0 87.925 90.5" "the totals as worked out by hand"

# Decided, confirmed by another, announced; the notice runs.
AS=clerk req GET "/api/v1/lots/$lot"
is "$(got .phase)" deciding "on to the decision"
do_as clerk POST "/api/v1/lots/$lot/decide"
do_as approver POST "/api/v1/lots/$lot/confirm"
do_as clerk POST "/api/v1/lots/$lot/announce"
AS=clerk req GET "/api/v1/lots/$lot"
is "$(got '.phase + " " + .state')" "notice announced" "the notice of the result runs"
AS=clerk req GET "/api/v1/lots/$lot/awards"
award=$(got '.items[]|select(.standing=="winner").id')
is "$(got '.items[]|select(.standing=="winner")|.amount + " " + .bid')" "500000.00 $b" "B wins, at the price it quoted"
advance 20d
AS=clerk req GET "/api/v1/lots/$lot"
is "$(got .phase)" contracting "the notice has ended"

# Signed by both sides: committed, the rest released.
do_as clerk POST "/api/v1/awards/$award/contract" "{\"starts\":\"$(date -u -d '+50 days' +%F)\",\"ends\":\"$(date -u -d '+410 days' +%F)\",\"terms\":\"按招标文件与投标文件履行\"}"
contract=$(got .id)
AS=orgb req GET /api/v1/me/work
is "$(got '.tasks[0].task')" sign "B is asked to sign"
do_as approver POST "/api/v1/contracts/$contract/sign"
do_as orgb POST "/api/v1/contracts/$contract/sign"
balance 300000.00 0.00 500000.00 0.00 0.00 "committed at signing, the rest is free again"
AS='' req GET "/api/v1/tenders/$tender"
is "$(got .state)" delivering "the tender is being delivered"

# 50/30/20, each when its condition is met, each by two people.
AS='' req GET "/api/v1/contracts/$contract/tranches"
is "$(got '[.items[]|.amount]|join(" ")')" "250000.00 150000.00 100000.00" "50, 30, 20"
tranches=$(got '.items[].id')
read -r -d '' first mid last <<<"$(echo "$tranches" | tr '\n' ' ')" || true
pay() { # tranche reference
    do_as clerk POST "/api/v1/tranches/$1/release"
    do_as clerk POST "/api/v1/tranches/$1/payments" "{\"invoice\":\"263100000000$2\"}"
    local payment
    payment=$(got .id)
    do_as approver POST "/api/v1/payments/$payment/approve"
    do_as clerk POST "/api/v1/payments/$payment/settle" "{\"bank_ref\":\"BR-$2\"}"
}
deliver() { # tranche paper
    do_as orgb POST "/api/v1/tranches/$1/deliveries" "{\"paper\":\"$2\",\"body\":\"已按计划完成\"}"
    AS=clerk req GET "/api/v1/tranches/$1/deliveries"
    do_as clerk POST "/api/v1/tranches/$1/accept" "{\"delivery\":\"$(got '.items[0].id')\",\"finding\":\"accepted\",\"reason\":\"符合合同\"}"
}
AS=orgb req GET /api/v1/me/work
is "$(got '[(.bids|length),(.contracts|length),(.tasks|map(.task)|join(" "))]|tojson')" '[1,1,"report report"]' "B sees its bid, contract and tasks in one request"
AS=orga req GET /api/v1/me/work
is "$(got '[(.bids|length),(.contracts|length),(.tasks|length)]|tojson')" '[1,0,0]' "and A its own"
pay "$first" 00000001
balance 300000.00 0.00 250000.00 0.00 250000.00 "the first tranche is paid"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/$mid/release"
deliver "$mid" progress_report
pay "$mid" 00000002
deliver "$last" acceptance_note
pay "$last" 00000003
balance 300000.00 0.00 0.00 0.00 500000.00 "paid to the last fen"
AS='' req GET "/api/v1/tenders/$tender"
is "$(got .state)" closed "the tender is closed"
AS='' req GET "/api/v1/entries/$entry"
is "$(got .state)" "done" "and its line of the list is done"
ok "linli audit finds nothing" linli audit
stop_server
finish
