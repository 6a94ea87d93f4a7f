#!/bin/bash
# The same three bids and marks on the whole road to an award, under each scheme that ranks.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person evaluator4 evaluator 3
person evaluator5 evaluator 3
for login in aa bb cc; do bidder $login "${login}社"; done
fund_of sub_threshold 12000000.00
TECHNICAL='"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"100%"}]'

to_panel() { # SCHEME OPTIONS: to the panel's marks
    local now
    entry_of sub_threshold public_bidding 990000.00
    tender_of "$1" "{\"tranches\":$TWO_PARTS}" "$2"
    AS='' req GET /api/v1/clock
    now=$(got .now)
    publish "$(date -u -d "$now + 40 days" +%FT02:00:00Z)"
    BID=()
    bid_for aa 900000.00
    bid_for bb 800000.00
    bid_for cc 600000.00
    open_bids aa bb cc
    panel_sits evaluator1 evaluator2 evaluator3 evaluator4 evaluator5
}
wins() { # SCHEME WINNER SUM
    report_signed
    AS=clerk lot decide
    is "$(got '[.awards[] | select(.standing == "winner") | .organisation, .amount] | @json')" "[\"${2}社\",\"$3\"]" "$1: $2 wins at what it asked"
}
road() { # SCHEME OPTIONS WINNER SUM: with marks 92, 84 and 78
    to_panel "$1" "$2"
    marks_of aa:92 bb:84 cc:78
    wins "$1" "$3" "$4"
}

# What bidders state is scored under the code of its field; a field that nobody is asked for is none.
entry_of sub_threshold public_bidding 990000.00
stated() { # STATUS SCHEME CRITERION POINTER [MORE]
    AS=clerk want "$1" POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"需求\",\"scheme\":\"$2\",\"appropriation\":\"$APP\",\"options\":{\"tranches\":$TWO_PARTS,
        \"fields\":[{\"code\":\"staff\",\"name\":{\"zh\":\"人员\",\"en\":\"staff\"},\"unit\":\"count\"}]},\"scheme_options\":{\"criteria\":[{\"name\":{\"zh\":\"人员\",\"en\":\"staff\"},$3}]${5:-}}}"
    is "$(got '.errors[0].pointer // "none"')" "$4" "${WHY:-}"
}
price=',"price_weight":"15%","decimals":3' levels='"levels":[{"from":1,"points":"50"},{"from":5,"points":"100"}]'
WHY='a number of a form names no field' stated 422 ahp_topsis '"weight":"100%","code":"criteria_1","source":"offer"' /scheme_options/criteria/0/field
WHY='nor does a code that is mistyped' stated 422 ahp_topsis '"weight":"100%","code":"criteria_1","source":"offer","field":"stuff"' /scheme_options/criteria/0/field
WHY='of marks there is no field' stated 201 ahp_topsis '"weight":"100%","code":"criteria_1"' none
WHY='by its field' stated 201 ahp_topsis '"weight":"100%","code":"criteria_1","source":"offer","field":"staff"' none
WHY='or its code' stated 201 ahp_topsis '"weight":"100%","code":"staff","source":"offer"' none
WHY='the same where intervals score it' stated 422 comprehensive_score "\"weight\":\"85%\",\"code\":\"crew\",\"field\":\"stuff\",$levels" /scheme_options/criteria/0/field "$price"
WHY='by the field' stated 201 comprehensive_score "\"weight\":\"85%\",\"code\":\"crew\",\"field\":\"staff\",$levels" none "$price"

road qcbs "{$TECHNICAL}" aa 900000.00
road rated_criteria "{$TECHNICAL}" cc 600000.00
road fixed_budget "{$TECHNICAL}" aa 900000.00
road least_cost "{$TECHNICAL}" cc 600000.00
road quality_based "{$TECHNICAL}" aa 900000.00
road contest "{$TECHNICAL}" aa 900000.00
road ahp_topsis "{$TECHNICAL}" aa 900000.00
to_panel lowest_price '{}'
wins lowest_price cc 600000.00
to_panel ranking '{"method":"schulze"}'
for i in "${PANEL[@]}"; do
    AS=$i want 200 PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[$(for pair in aa:2 bb:1 cc:3; do
        printf '{"bid":"%s","marks":[{"criterion":"place","value":"%s","reason":"见记录"}]},' "${BID[${pair%%:*}]}" "${pair#*:}"
    done | sed 's/,$//')]}"
    AS=$i want 200 POST "/api/v1/lots/$LOT/marks/lock" '{}'
done
wins ranking bb 800000.00
# 绩效评价 of the bids themselves: the better tree wins, whatever it asks.
to_panel performance '{"indicators":[{"code":"technical","name":{"zh":"方案","en":"plan"},"group":"output","points":"100"}]}'
marks_of aa:92 bb:84 cc:78
wins performance aa 900000.00
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
