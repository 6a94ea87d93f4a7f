#!/bin/bash
# A community fund's call: open proposals by residents, an organisation and a clerk, read as they come; costs are
# settled and locked, checks made, votes counted, a set chosen.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server --set limits.proposals_per_tender=2
people
person resident2 resident 3
person resident3 resident 3
bidder aa 睦邻社
fund_of charity 10000.00
entry_of charity community_fund 10000.00
AS=clerk IFM='*' want 201 POST /api/v1/offices/3/rolls '{"name":"全体居民"}'
roll=$(got .id)
AS=clerk IFM='*' want 200 POST "/api/v1/rolls/$roll/entries" "{\"entries\":[$(for i in $(seq 9); do printf '{"number":"R%d"},' "$i"; done)
    {\"number\":\"R10\",\"person\":\"${PERSON[resident]}\"}]}"
tender_of most_votes "{\"voting_window\":\"7d\",\"proposals_min\":3,\"checked_by\":\"operator\",\"tranches\":$TWO_PARTS}" '{"ties":["number"]}' "\"roll\":\"$roll\",\"category\":\"public_good\""
P="/api/v1/tenders/$TENDER/proposals"
proposal() { echo "{\"title\":\"$1\",\"body\":\"$1，惠及邻里\",\"place\":\"示例路\",\"cost\":\"$2\"${3:-}}"; }
AS=resident IFM='*' want 409 POST "$P" "$(proposal 早到 1.00)"
deadline=$(date -u -d '+40 days' +%FT02:00:00Z)
publish "$deadline"
is "$(got .sealing)" open_bids "proposals are open"

# Proposals come in and are read at once, by everybody.
AS='' want 401 POST "$P" "$(proposal 匿名 1.00)"
AS=auditor IFM='*' want 403 POST "$P" "$(proposal 审计 1.00)"
AS=resident IFM='*' want 422 POST "$P" "$(proposal 白送 0.00)"
AS=resident IFM='*' want 422 POST "$P" "$(proposal 多填 1.00 ',"fields":{"prize":1}')"
is "$(got '.errors[0]|.pointer + " " + .code')" "/fields/prize unknown" "fields are those of the plan"
AS=resident IFM='*' want 201 POST "$P" "$(proposal 口袋花园 6000.00 ',"fields":{"cosigners":12}')"
garden=$(got .id)
is "$(got '.content.fields|tojson')" '{"cost":"6000.00","cosigners":12}' "the cost is one of the fields"
AS=resident IFM='*' want 201 POST "$P" "$(proposal 长椅 5000.00)"
bench=$(got .id)
AS=resident IFM='*' WHY='one more than a resident may hand in' want 409 POST "$P" "$(proposal 秋千 10.00)"
is "$(problem) $(got .detail)" "bid/limit 每位居民在本项目中最多可提交 2 份提案" "which says how many"
AS=aa IFM='*' want 201 POST "$P" "$(proposal 书屋 4000.00 ',"organisation":true')"
books=$(got .id)
AS=aa IFM='*' want 409 POST "$P" "$(proposal 书屋二 4000.00 ',"organisation":true')"
is "$(problem)" bid/duplicate "an organisation proposes once"
AS=clerk IFM='*' want 201 POST "$P" "$(proposal 夜灯 3000.00 ',"proposer":"李阿姨（代录）"')"
lamp=$(got .id)
AS='' want 200 GET "$P?limit=3"
is "$(got '.items|length')" 3 "the public reads them as they come"
is "$(got '[.items[].content | has("proposer")] | any')" false "but for the name of somebody who came to the counter"
AS='' want 200 GET "/api/v1/bids/$lamp"
is "$(got '.content.title + " " + (.content | has("proposer") | tostring)')" "夜灯 false" "one by one, too"
AS=clerk want 200 GET "/api/v1/bids/$lamp"
is "$(got .content.proposer)" "李阿姨（代录）" "which the office knows"
AS=clerk want 200 GET "$P"
is "$(got '[.items[].content.proposer // empty] | join(" ")')" "李阿姨（代录）" "in the list as well"
AS=resident2 want 404 POST "/api/v1/bids/$bench/withdraw"

# Residents support them, each once, and may think again.
supports() { AS=${1:-} req GET "$P?limit=100"; got "[.items[]|select(.id == \"$garden\")|\"\\(.supports) \\(.supported)\"]|join(\" \")"; }
AS='' want 401 POST "/api/v1/bids/$garden/support"
AS=clerk IFM='' want 403 POST "/api/v1/bids/$garden/support"
AS=resident IFM='' want 409 POST "/api/v1/bids/$garden/support"
is "$(problem)" state/refused "not one's own"
AS=resident2 IFM='' want 200 POST "/api/v1/bids/$garden/support"
is "$(got .supports)" 1 "a resident supports a proposal"
AS=resident2 IFM='' want 409 POST "/api/v1/bids/$garden/support"
is "$(supports) $(supports resident2) $(supports resident)" '1 false 1 true 1 false' "once; everybody reads how many, and oneself whether one does"
AS=resident2 IFM='' want 200 POST "/api/v1/bids/$garden/support/withdraw"
is "$(got .supports)" 0 "and may take it back"
AS=resident2 IFM='' want 409 POST "/api/v1/bids/$garden/support/withdraw"
AS=resident2 IFM='' want 200 POST "/api/v1/bids/$garden/support"
is "$(supports)" '1 false' "and come back to it"
for who in clerk operator; do AS=$who WHY='nor the office: it is a resident'"'"'s own' want 404 POST "/api/v1/bids/$bench/withdraw"; done
AS=resident want 200 POST "/api/v1/bids/$bench/withdraw"
# In the order of their support a page at a time, and of one place.
AS=resident2 IFM='' want 200 POST "/api/v1/bids/$lamp/support"
AS=resident3 IFM='' want 200 POST "/api/v1/bids/$lamp/support"
in_order() { # QUERY: names of all, two a page
    local cursor='' names=''
    while AS='' req GET "$P?limit=2${1:+&$1}$cursor"; do
        names="$names $(got '[.items[].content.title]|join(" ")')"
        [ "$(got .next)" != null ] || break
        cursor="&cursor=$(got .next)"
    done
    echo "${names# }"
}
is "$(in_order sort=support | cut -d' ' -f1-2)" "夜灯 口袋花园" "two supporters go before one, one before none"
is "$(in_order sort=support | tr ' ' '\n' | sort | paste -sd' ')" "$(in_order '' | tr ' ' '\n' | sort | paste -sd' ')" "page by page it is the same proposals, each once"
AS='' want 422 GET "$P?sort=name"
AS='' want 200 GET "$P?place=%E7%A4%BA%E4%BE%8B%E8%B7%AF"
is "$(got '.items|length')" "$(AS='' req GET "$P"; got '.items|length')" "those of a place"
AS='' want 200 GET "$P?place=%E5%8C%97"
is "$(got '.items|length')" 0 "and of another"
AS='' want 200 GET "$P/places"
is "$(got '[.items[]|"\(.place) \(.proposals)"]|join(",")')" "示例路 4" "places with how many there are for each"
AS='' req GET "$P"
is "$(got '[.items[]|.supports_needed, .supports_missing]|unique|tojson')" '[null]' "where no number is needed none is missing"
person clerk2 office_clerk 3
SCAN=$(brought clerk 提案表)
sql "UPDATE linli.blob SET type = 'application/pdf' WHERE sha256 = '\\x$SCAN'" >/dev/null
AS=clerk want 201 POST /api/v1/offices/3/on-behalf "{\"act\":\"proposal_create\",\"target\":\"$TENDER\",\"sender\":\"王奶奶\",\"channel\":\"paper\",\"sha256\":\"$SCAN\",
    \"received\":\"$(AS='' req GET /api/v1/clock; got .now)\",\"content\":$(proposal 扶手 900.00)}"
AS=clerk2 IFM='*' want 200 POST "/api/v1/on-behalf/$(got .id)/confirm" '{}'
rail=$(got .bid)
AS=clerk WHY='who typed it in does not take it out alone' want 409 POST "/api/v1/bids/$rail/withdraw"
is "$(problem)" approval/same-person "and is told"
AS=clerk2 WHY='for its sender another does' want 200 POST "/api/v1/bids/$rail/withdraw"

# After the deadline: no more; keys and serials stand.
clock_to "$deadline"
advance 1h
is "$(phase)" checking "the deadline has passed"
AS=resident IFM='*' want 409 POST "$P" "$(proposal 迟到 1.00)"
AS='' req GET "$P"
is "$(got '[.items[]|select(.number)]|sort_by(.number)|map(.content.title)|join(" ")')" "口袋花园 书屋 夜灯" "serials in the order they came"
is "$(got '[.items[]|select(.key)]|sort_by(.id)|map(.key|tostring)|join(" ")')" "1 2 3" "keys in the order of ids"

# Costs are settled, then checked by the operator alone.
AS=resident2 want 404 POST "/api/v1/bids/$garden/requote" '{"fields":{"cost":"5500.00"}}'
AS=resident want 422 POST "/api/v1/bids/$garden/requote" '{"fields":{"cost":"free"}}'
AS=resident want 200 POST "/api/v1/bids/$garden/requote" '{"fields":{"cost":"5500.00"}}'
is "$(got .price)" 5500.00 "a cost is settled"
AS=operator want 200 POST "/api/v1/bids/$garden/requote" '{"fields":{"cost":"5000.00"},"reason":"询价核定"}'
is "$(sql "SELECT string_agg(round || ':' || value, ' ' ORDER BY round) FROM linli.offer WHERE bid_id = '$garden' AND field = 'cost'")" \
    "1:600000 2:550000 3:500000" "earlier quotes stay"
checks=
for bid in "$garden" "$books" "$lamp"; do
    for rule in public_benefit not_property_duty no_clash fits_purpose costed; do checks="$checks,{\"bid\":\"$bid\",\"rule\":\"$rule\",\"passed\":true}"; done
done
AS=clerk want 403 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
AS=operator want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
for who in resident operator; do AS=$who WHY='its cost is locked' want 409 POST "/api/v1/bids/$garden/requote" '{"fields":{"cost":"9999.00"}}'; done
like "$BODY" '*cost_locked*' "and says so"
AS=clerk lot advance
is "$(phase)" voting "on to the vote"
AS=resident2 IFM='' want 409 POST "/api/v1/bids/$garden/support/withdraw"
is "$(supports)" '1 false' "what was supported stands"
AS=resident want 409 POST "/api/v1/bids/$garden/requote" '{"fields":{"cost":"1.00"}}'

# Nine on paper, one online; 5,000 and 4,000 fit into 10,000, the third does not.
vote() { for i in $2; do printf '{"number":"R%d","area":"东区","choices":[{"bid":"%s"}]},' "$i" "$1"; done; }
votes="$(vote "$garden" '1 2 3 4')$(vote "$books" '5 6 7')$(vote "$lamp" '8 9')"
paper_ballots "{\"ballots\":[${votes%,}]}"
AS=resident want 200 POST "/api/v1/lots/$LOT/ballot" "{\"choices\":[{\"bid\":\"$garden\"}]}"
AS=resident want 409 POST "/api/v1/lots/$LOT/ballot" "{\"choices\":[{\"bid\":\"$lamp\"}]}"
is "$(problem)" ballot/taken "one ballot a resident"
sql "UPDATE linli.ballot SET area = '西区' WHERE tender_id = '$TENDER' AND source = 'online'"
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h
is "$(phase)" counting "the vote is over"
is "$(sql "SELECT count(*) FILTER (WHERE facts LIKE '%东区%') > 0, count(*) FILTER (WHERE facts LIKE '%西区%') FROM linli.decision WHERE tender_id = '$TENDER'")" 't|0' "what the step was asked with tells no place of one voter"
AS=clerk lot evaluate
is "$(phase)" deciding "counted"
AS=clerk lot decide
AS=approver lot confirm
AS=clerk lot announce
is "$(phase)" publicity "announced"
AS='' req GET "/api/v1/lots/$LOT"
due=$(got .phase_due)
AS=resident want 200 POST "/api/v1/lots/$LOT/objections/preview" '{"kind":"result","body":"未公示预算"}'
is "$(got .until)" "$due" "the plan sets no time of its own: one may object as long as the publicity lasts"
AS='' req GET "/api/v1/lots/$LOT/ballots?limit=100"
AS='' want 200 GET "/api/v1/tenders/$TENDER/opening"
is "$(got '[.items | length > 2, ([.[].content | has("proposer")] | any)] | @csv')" true,false "the opening record does not name who came to the counter either"
AS=clerk want 200 GET "/api/v1/tenders/$TENDER/opening"
is "$(got '[.items[].content.proposer // empty] | first')" "李阿姨（代录）" "but to the office"
AS='' req GET "/api/v1/lots/$LOT/ballots?limit=100"
is "$(got '[.items[] | .source + .area] | sort | group_by(.) | map(.[0] + " " + (length | tostring)) | join(",")')" "online 1,paper东区 9" "areas are told where five or more are of each"
# What somebody without an account objected to by letter is nobody's to withdraw but by another letter, which two people take in.
letter() { echo "{\"act\":\"$1\",\"target\":\"$2\",\"sender\":\"王奶奶\",\"channel\":\"paper\",\"sha256\":\"$SCAN\",\"received\":\"$(AS='' req GET /api/v1/clock; got .now)\",\"content\":$3}"; }
taken_in() { AS=$1 want 201 POST /api/v1/offices/3/on-behalf "$(letter "${@:3}")" && AS=$2 IFM='*' want 200 POST "/api/v1/on-behalf/$(got .id)/confirm" '{}'; }
taken_in clerk clerk2 objection_file "$LOT" '{"kind":"result","body":"未公示预算"}'
letter=$(got .objection)
for who in clerk clerk2; do AS=$who IFM='*' want 403 POST "/api/v1/objections/$letter/withdraw"; done
taken_in clerk clerk2 objection_withdraw "$letter" '{}'
is "$(sql "SELECT state FROM linli.objection WHERE id = '$letter'")" withdrawn "two people take in that it is withdrawn"
AS=clerk req GET "/api/v1/lots/$LOT/awards"
is "$(got '[.items[]|.amount]|sort|join(" ")')" "4000.00 5000.00" "most votes that fit"

# Where three must back a proposal, support online counts, and so do signatures on paper: the more of the two.
fund_of charity 10000.00
entry_of charity community_fund 10000.00
tender_of most_votes "{\"voting_window\":\"7d\",\"cosigners\":3,\"checked_by\":\"operator\",\"tranches\":$TWO_PARTS}" '{"ties":["number"]}' "\"roll\":\"$roll\",\"category\":\"public_good\""
deadline=$(AS='' req GET /api/v1/clock; date -u -d "$(got .now) +40 days" +%FT02:00:00Z)
publish "$deadline"
P="/api/v1/tenders/$TENDER/proposals"
AS=resident IFM='*' want 201 POST "$P" "$(proposal 雨棚 500.00)"
roof=$(got .id)
AS=resident IFM='*' want 201 POST "$P" "$(proposal 花箱 500.00 ',"fields":{"cosigners":2}')"
box=$(got .id)
AS=aa IFM='*' want 422 POST "$P" "$(proposal 自荐 500.00 ',"organisation":true,"fields":{"supports":99}')"
is "$(got '.errors[0]|.pointer + " " + .code')" "/fields/supports unknown" "how many support it nobody states of its own"
missing() { AS='' req GET "$P?sort=support"; got "[.items[]|\"\(.content.title) \(.supports)/\(.supports_needed) \(.supports_missing)\"]|sort|join(\",\")"; }
is "$(missing)" "花箱 0/3 1,雨棚 0/3 3" "each is told how many are missing"
AS=resident2 IFM='' want 200 POST "/api/v1/bids/$roof/support"
is "$(got '[.supports, .supports_needed, .supports_missing]|tojson')" '[1,3,2]' "one less with each supporter"
AS=resident2 IFM='' want 200 POST "/api/v1/bids/$box/support"
is "$(missing)" "花箱 1/3 1,雨棚 1/3 2" "who signed on paper may have supported it as well, and is counted once"
person resident4 resident 3
for who in resident3 resident4; do AS=$who IFM='' want 200 POST "/api/v1/bids/$roof/support"; done
is "$(missing)" "花箱 1/3 1,雨棚 3/3 0" "three are enough"
clock_to "$deadline"
advance 1h
checks=
for bid in "$roof" "$box"; do
    for rule in public_benefit not_property_duty no_clash fits_purpose costed; do checks="$checks,{\"bid\":\"$bid\",\"rule\":\"$rule\",\"passed\":true}"; done
done
AS=operator want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
AS=clerk lot advance
is "$(phase)" voting "on to the vote"
AS=resident want 200 POST "/api/v1/lots/$LOT/ballot" "{\"choices\":[{\"bid\":\"$roof\"}]}"
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h
AS=clerk lot evaluate
like "$(sql "SELECT answer FROM linli.decision WHERE tender_id = '$TENDER' AND question = 'admit' ORDER BY at DESC LIMIT 1")" '*联署或者附议 2 人，不足 3 人*' "who has too few is told how many it has"

# Too few voters: once more time, then the end, and the money is free.
fund_of charity 10000.00
entry_of charity community_fund 10000.00
tender_of most_votes "{\"voting_window\":\"7d\",\"turnout\":5,\"extend\":\"3d\",\"checked_by\":\"operator\",\"tranches\":$TWO_PARTS}" '{"ties":["number"]}' "\"roll\":\"$roll\",\"category\":\"public_good\""
deadline=$(AS='' req GET /api/v1/clock; date -u -d "$(got .now) +40 days" +%FT02:00:00Z)
publish "$deadline"
AS=resident IFM='*' want 201 POST "/api/v1/tenders/$TENDER/proposals" "$(proposal 喂鸟台 300.00)"
bird=$(got .id)
# As many as an office takes of one resident in a day; the next day it takes more.
stop_server
start_server --set limits.proposals_per_day=2
more() { AS=resident IFM='*' WHY=${2:-} want "$1" POST "/api/v1/tenders/$TENDER/proposals" "$(proposal 猫屋 300.00)"; }
more 201
AS=resident want 200 POST "/api/v1/bids/$(got .id)/withdraw"
more 409 'two a day, also where one was taken back'
is "$(problem) $(got .detail)" "bid/limit 每位居民每天在本单位最多可提交 2 份提案" "which says how many"
advance 1d
more 201 'the next day begins anew'
AS=resident want 200 POST "/api/v1/bids/$(got .id)/withdraw"
clock_to "$deadline"
advance 1h
checks=
for rule in public_benefit not_property_duty no_clash fits_purpose costed; do checks="$checks,{\"bid\":\"$bird\",\"rule\":\"$rule\",\"passed\":true}"; done
AS=operator want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
AS=clerk lot advance
AS=resident want 200 POST "/api/v1/lots/$LOT/ballot" "{\"choices\":[{\"bid\":\"$bird\"}]}"
AS='' req GET "/api/v1/lots/$LOT"
due=$(got .phase_due)
clock_to "$due"
advance 1h
is "$(phase)" voting "one voter of five: more time"
AS='' req GET "/api/v1/lots/$LOT"
for who in clerk auditor; do
    AS=$who req GET "/api/v1/tenders/$TENDER/decisions"
    is "$(got '[.items[] | select(.answer.kind == "extend")] | length')" 0 "how many have voted $who is not told while others vote"
done
AS='' req GET "/api/v1/lots/$LOT"
last=${due%T*} # it is due at 00:00 in Shanghai, 16:00 of the last day by this clock
is "$(got .phase_due)" "$(working_day "$(date -d "$last + 2 days" +%F)" 1)T16:00:00Z" "three days after the last one, $last, or the first working day then"
advance 10d
is "$(phase)" void "then it ends"
AS='' req GET "/api/v1/tenders/$TENDER/milestones"
is "$(got '[.items[] | select(.kind == "failed") | .phase] | join(",")')" voting "in the vote, which the history of the tender tells"
AS=clerk req GET "/api/v1/tenders/$TENDER/decisions"
is "$(got '[.items[] | select(.answer.kind == "extend")] | length')" 1 "and it is told what was decided"
AS='' req GET "/api/v1/appropriations/$APP"
is "$(got .available)" 10000.00 "and the money is free"

# Four of five voted on paper, in time; the second person types it in after the end: they count for the turnout.
entry_of charity community_fund 10000.00
tender_of most_votes "{\"voting_window\":\"7d\",\"turnout\":5,\"extend\":\"0d\",\"checked_by\":\"operator\",\"tranches\":$TWO_PARTS}" '{"ties":["number"]}' "\"roll\":\"$roll\",\"category\":\"public_good\""
deadline=$(AS='' req GET /api/v1/clock; date -u -d "$(got .now) +40 days" +%FT02:00:00Z)
publish "$deadline"
AS=resident IFM='*' want 201 POST "/api/v1/tenders/$TENDER/proposals" "$(proposal 晾衣架 300.00)"
rack=$(got .id)
clock_to "$deadline"
advance 1h
AS=operator want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[$(cut -c2- <<<"${checks//$bird/$rack}")]}"
AS=clerk lot advance
AS=resident want 200 POST "/api/v1/lots/$LOT/ballot" "{\"choices\":[{\"bid\":\"$rack\"}]}"
votes=$(vote "$rack" '1 2 3 4')
AS=clerk want 200 POST "/api/v1/lots/$LOT/ballots" "{\"ballots\":[${votes%,}]}"
batch=$(got .batch)
AS='' req GET "/api/v1/lots/$LOT"
due=$(got .phase_due)
clock_to "$due"
advance 1h
AS='' req GET "/api/v1/lots/$LOT"
is "$(got '[.phase, .waiting, .phase_due] | join(" ")')" "voting ballots $due" "the vote waits for the second person, and is not over"
AS=operator want 200 POST "/api/v1/lots/$LOT/ballots/$batch/confirm" "{\"ballots\":[${votes%,}]}"
AS='' req GET "/api/v1/lots/$LOT"
is "$(got '[.phase, .waiting] | @json')" '["counting",null]' "then it ends, with five voters"
AS=clerk lot evaluate
is "$(phase)" deciding "and is counted"
stop_server
finish
