#!/bin/bash
# 参与式预算 through HTTP alone: five proposals and eleven residents, the worked instance of equalshares.net, once by each
# rule; then ballots of points, shared out and for each project, and of places.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
fund_of charity 90000.00
AS=clerk want 201 POST /api/v1/offices/3/rolls '{"name":"甲居委会"}'
roll=$(got .id)
AS=clerk want 200 POST "/api/v1/rolls/$roll/entries" "{\"entries\":[$(for i in $(seq 11); do printf '{"number":"%03d"},' "$i"; done | sed 's/,$//')]}"

to_vote() { # SCHEME OPTIONS: five proposals, checked, on the ballot
    local now checks='' rule bid title cost
    entry_of charity community_fund 1100.00
    tender_of "$1" "{\"voting_window\":\"7d\",\"proposal_window\":\"14d\",\"tranches\":$TWO_PARTS}" "$2" "\"roll\":\"$roll\",\"electorate\":11,\"category\":\"public_good\""
    AS='' req GET /api/v1/clock
    now=$(got .now)
    publish "$(date -u -d "$now + 40 days" +%FT02:00:00Z)"
    while read -r title cost; do
        AS=resident want 201 POST "/api/v1/tenders/$TENDER/proposals" "{\"title\":\"$title\",\"body\":\"$title\",\"place\":\"小区\",\"cost\":\"$cost\"}"
        bid=$(got .id)
        BID[$title]=$bid
        for rule in public_benefit not_property_duty no_clash fits_purpose costed; do checks="$checks,{\"bid\":\"$bid\",\"rule\":\"$rule\",\"passed\":true}"; done
    done <<<$'自行车棚 700.00\n健身角 400.00\n口袋公园 250.00\n游乐场 200.00\n图书角 100.00'
    AS='' req GET "/api/v1/lots/$LOT"
    clock_to "$(got .phase_due)"
    advance 1h
    AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
    AS=clerk lot advance
    is "$(phase)" voting "$1 $2: voting"
}
ballots() { # one word a voter: bike gym:2 as bg2; - is a blank one
    local number=0 word out='' c
    for word in "$@"; do
        number=$((number + 1)) c=''
        while [ -n "${word#-}" ]; do
            local title='' value=''
            case $word in b*) title=自行车棚 ;; g*) title=健身角 ;; p*) title=口袋公园 ;; y*) title=游乐场 ;; l*) title=图书角 ;; esac
            word=${word:1}
            while [[ $word == [0-9]* ]]; do value=$value${word:0:1} word=${word:1}; done
            c="$c,{\"bid\":\"${BID[$title]}\"${value:+,\"value\":$value}}"
        done
        out="$out,$(printf '{"number":"%03d","choices":[%s]}' $number "${c#,}")"
    done
    echo "{\"ballots\":[${out#,}]}"
}
count() { # NAME GRANTS ORDER: what is funded, and the ranks of the five, the dearest first
    AS='' req GET "/api/v1/lots/$LOT"
    clock_to "$(got .phase_due)"
    advance 1h
    AS=clerk lot evaluate
    AS=clerk lot decide
    is "$(got '[.awards[] | select(.standing == "winner") | .amount] | sort | join(" ")')" "$2" "$1: what is funded"
    AS=approver lot confirm
    AS=clerk lot announce
    AS='' req GET "/api/v1/lots/$LOT/evaluation"
    is "$(got '[.evaluation.items | sort_by(-(.compared | tonumber))[] | .rank] | map(tostring) | join(" ")')" "$3" "$1: in this order"
}
of() { got ".evaluation.items[] | select(.compared == \"$1\") | $2"; } # COST PATH
instance=(bg bgp bg bgp bgp bg pyl y yl pyl b)

to_vote participatory_budget '{"rule":"votes_per_cost"}'
AS=clerk WHY='an approval is one' want 422 POST "/api/v1/lots/$LOT/ballots" "$(ballots b2)"
paper_ballots "$(ballots "${instance[@]}")"
count 'votes per cost' '100.00 200.00 250.00 400.00' '5 4 3 2 1'
is "$(of 700.00 '.why[0].zh')" '第 5 名，所需 700.00 元 超过余款 150.00 元，差 550.00 元' 'what the bicycle shed lacked'

to_vote participatory_budget '{"rule":"phragmen"}'
paper_ballots "$(ballots "${instance[@]}")"
count Phragmen '100.00 200.00 250.00 400.00' '0 4 2 3 1'
is "$(of 400.00 '.why[0].args[3].money')" 98.33 "what each supporter of the gym carries"

to_vote participatory_budget '{"rule":"equal_shares"}'
paper_ballots "$(ballots "${instance[@]}")"
count 'equal shares' '100.00 200.00 700.00' '1 0 0 2 3'

# Five points to give away: 011 and 002 give them all, 003 one too many.
to_vote participatory_budget '{"rule":"votes","ballots":"cumulative","points":5}'
AS=clerk WHY='six points of five' want 422 POST "/api/v1/lots/$LOT/ballots" "$(ballots b5 g2p3 g3l3)"
is "$(got '.errors[0].pointer')" /ballots/2/choices/1 "the choice that is too much is named"
is "$(sql "SELECT count(*) FROM linli.ballot WHERE tender_id = '$TENDER'")" 0 "and nothing of the batch is kept"
paper_ballots "$(ballots b5 g2p3 g2l3 p4y1 - l1)"
count 'points shared out' '100.00 250.00 700.00' '2 4 1 5 3'
is "$(got '[.evaluation.items | sort_by(-(.compared | tonumber))[] | .total] | join(" ")')" '5.0 4.0 7.0 1.0 4.0' "the points of each"

# Up to three for each project; equal shares in proportion to the points.
to_vote participatory_budget '{"rule":"equal_shares","ballots":"scoring","points":3,"utility":"cardinality","completion":"none"}'
AS=clerk WHY='four points of three' want 422 POST "/api/v1/lots/$LOT/ballots" "$(ballots b3 g4)"
paper_ballots "$(ballots l3p3 l1p3 p3 p3)"
count 'points for each' '100.00 250.00' '0 0 1 0 2'
is "$(of 100.00 '.why[0].args[3].money')" 25.00 "each point for the books costs 25.00: 75.00 and 25.00"

# Places: two points for the first of three, one for the second.
to_vote participatory_budget '{"rule":"votes","ballots":"ordinal"}'
paper_ballots "$(ballots ylb ylg bly l)"
count places '100.00 200.00 700.00' '3 0 0 1 2'
verified
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
