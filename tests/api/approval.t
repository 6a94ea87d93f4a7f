#!/bin/bash
# Approval chains: posts and bodies in order, by act and sum; quorum, vote, recusal, minutes; versions; late steps.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for n in 1 2 3 4 5; do person "board$n" resident 3; done
person chief office_approver 3
person deputy office_approver 3
IFM='*'
post() { # NAME LOGIN: a post of the street, held by a person
    AS=security req POST /api/v1/offices/3/posts "{\"name\":{\"zh\":\"$1\",\"en\":\"$1\"},\"role\":\"office_approver\"}"
    POST_ID=$(got .id)
    AS=security req POST "/api/v1/offices/3/posts/$POST_ID/holders" "{\"person\":\"${PERSON[$2]}\",\"place\":\"A\"}"
}
post 分管领导 deputy
vice=$POST_ID
post 主要领导 chief
top=$POST_ID

# ---- a body ----
AS=clerk want 403 POST /api/v1/offices/3/bodies '{"name":{"zh":"领导小组","en":"leading group"}}'
AS=security want 422 POST /api/v1/offices/3/bodies '{"name":{"zh":"领导小组","en":"leading group"},"quorum":[{"a":3,"b":2}]}'
is "$(got '.errors[0].pointer')" /quorum "a share nobody can reach"
AS=security want 201 POST /api/v1/offices/3/bodies '{"name":{"zh":"领导小组","en":"leading group"},"quorum":[{"a":2,"b":3}]}'
body=$(got .id)
is "$(got '.quorum|tostring') $(got '.consent|tostring')" '{"a":2,"b":3,"over":false} {"a":1,"b":2,"of":"present","over":true}' "two thirds present, more than half of them in favour"
for n in 1 2 3 4 5; do
    AS=security req POST "/api/v1/offices/3/bodies/$body/members" "{\"person\":\"${PERSON[board$n]}\",\"head\":$([ $n = 1 ] && echo true || echo false),\"from\":\"2020-01-01\"}"
done
is "$STATUS $(got '.members|length') $(got '.members[0].head')" '200 5 true' "five members, one presides"
AS=security want 404 POST "/api/v1/offices/3/bodies/$body/members" '{"person":"00000000-0000-4000-8000-000000000000"}'

# ---- chains ----
chain() { AS=security want "${2:-201}" POST /api/v1/offices/3/chains "$1"; }
chain '{"act":"bid_withdraw","steps":[{"post":"'"$vice"'"}]}' 422
is "$(got '.errors[0].pointer')" /act "not every act has a chain"
chain '{"act":"tender_publish","steps":[{}]}' 422
chain '{"act":"tender_publish","steps":[]}' 422
chain '{"act":"tender_publish","regime":"feudal","steps":[{"post":"'"$vice"'"}]}' 422
chain '{"act":"tender_publish","steps":[{"post":"'"$body"'"}]}' 422
AS=approver want 403 POST /api/v1/offices/3/chains '{"act":"tender_publish","steps":[{"post":"'"$vice"'"}]}'
chain '{"act":"tender_publish","least":"0.01","steps":[{"post":"'"$vice"'","days":3}]}'
chain '{"act":"tender_publish","least":"500000.00","steps":[{"post":"'"$vice"'","days":3},{"post":"'"$top"'"},{"body":"'"$body"'"}]}'
chain '{"act":"tender_publish","least":"500000.00","steps":[{"post":"'"$vice"'","days":3},{"body":"'"$body"'","days":5}]}'
AS=auditor want 200 GET /api/v1/offices/3/chains
is "$(got '.items|map(.least+" "+(.steps|length|tostring))|join("; ")')" '0.01 1; 500000.00 2' "a new chain takes the place of the old"
AS=auditor want 200 GET '/api/v1/offices/3/chains?ended=true'
is "$(got '.items|length')" 3 "which stays readable"

# ---- a tender below and at the sum ----
fund_of sub_threshold 2000000.00
SCHEME='{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
OPTIONS='{"tranches":[{"code":"all","name":{"zh":"全款","en":"all"},"share":"100%","due":"on_acceptance"}]}'
entry_of sub_threshold public_bidding 499999.99
tender_of comprehensive_score "$OPTIONS" "$SCHEME"
small=$TENDER
entry_of sub_threshold public_bidding 500000.00
tender_of comprehensive_score "$OPTIONS" "$SCHEME"
large=$TENDER
far=$(date -u -d '+40 days' +%FT02:00:00Z)
try() { AS=approver IFM='*' want "$1" POST "/api/v1/tenders/$2/publish" "{\"deadline\":\"$far\",\"confirm_unverified\":true}"; }
ask() { AS=clerk want "${2:-201}" POST /api/v1/offices/3/approvals "{\"act\":\"tender_publish\",\"subject\":\"$1\"}"; [ "$STATUS" != 201 ] || APPROVAL=$(got .id); }
say_so() { # STATUS LOGIN JSON
    AS=$2 IFM='*' want "$1" POST "/api/v1/approvals/$APPROVAL/say" "$3"
}
try 409 "$small"
is "$(problem)" approval/missing "without its chain nothing is published"
ask "$vice" 422
ask "$small"
is "$(got '.steps|map(.state)|join(" ")') $(got .amount)" 'waiting 499999.99' "below the sum one step"
first=$APPROVAL
ask "$small" 409
say_so 403 chief '{"outcome":"approved"}'
say_so 422 deputy '{"outcome":"refused"}'
is "$(got '.errors[0].pointer')" /reason "a refusal says why"
say_so 200 deputy '{"outcome":"approved"}'
is "$(got .state)" approved "one step is enough here"
say_so 409 deputy '{"outcome":"approved"}'
AS=clerk IFM='*' want 200 PATCH "/api/v1/tenders/$small" '{"summary":"改过"}'
try 409 "$small"
is "$(problem)" approval/missing "an approval is of what was read, not of what it became"
ask "$small"
say_so 200 deputy '{"outcome":"approved"}'
try 200 "$small"

# ---- the body ----
met=$(date -u -d '-1 hour' +%FT%TZ)
people_json() { local x out=; for x in "$@"; do out="$out,\"${PERSON[$x]}\""; done; echo "[${out#,}]"; }
meeting() { # OUTCOME PRESENT AGAINST ABSTAINED RECUSED
    local aside='' x
    for x in $5; do aside="$aside,{\"person\":\"${PERSON[$x]}\",\"reason\":\"与申报单位有关联\"}"; done
    # shellcheck disable=SC2086
    echo "{\"outcome\":\"$1\",\"reason\":\"会议决定\",\"meeting\":[{\"at\":\"$met\",\"present\":$(people_json $2),\"against\":$(people_json $3),\"abstained\":$(people_json $4),\"recused\":[${aside#,}],\"minutes\":\"讨论采购方式\"}]}"
}
ask "$large"
is "$(got '.steps|map(.name+" "+.state)|join("; ")')" '分管领导 waiting; 领导小组 to_come' "at the sum two steps"
say_so 403 board1 "$(meeting approved 'board1 board2 board3 board4' '' '' '')"
say_so 200 deputy '{"outcome":"approved"}'
try 409 "$large"
say_so 422 board1 '{"outcome":"approved"}'
say_so 409 board1 "$(meeting approved 'board1 board2 board3' '' '' '')"
is "$(problem)" approval/quorum "three of five are not two thirds"
say_so 422 board1 "$(meeting approved 'board1 board2 board3' 'board2 board3' '' 'board5')"
is "$(got '.errors[0].pointer')" /outcome "one of three in favour is no majority"
say_so 422 board1 "$(meeting approved 'board1 board2 board3 board4' 'board3' 'board4' '')"
is "$(got '.errors[0].pointer')" /outcome "two of four are not more than half"
say_so 422 board1 "$(meeting approved 'board1 board2 board3 chief' '' '' '')"
is "$(got '.errors[0].pointer')" /meeting/0/present "only members are present"
say_so 422 board1 "$(meeting approved 'board1 board2 board3 board3' '' '' '')"
say_so 422 board1 "$(meeting approved 'board1 board2 board3 board4' 'board5' '' '')"
is "$(got '.errors[0].pointer')" /meeting/0/against "who is not there does not vote"
say_so 422 board1 "$(meeting approved 'board1 board2 board3 board4' '' '' 'board4')"
is "$(got '.errors[0].pointer')" /meeting/0/recused "who stands aside is not counted present"
say_so 403 board2 "$(meeting approved 'board1 board2 board3 board4' '' '' '')"
say_so 200 board1 "$(meeting approved 'board1 board2 board3' 'board3' '' 'board5')"
is "$(got .state) $(got '.steps[1].meeting.minutes')" 'approved 讨论采购方式' "three of four entitled, two of three in favour"
try 200 "$large"

# ---- refused, and late ----
entry_of sub_threshold public_bidding 10000.00
tender_of comprehensive_score "$OPTIONS" "$SCHEME"
third=$TENDER
ask "$third"
due=$(got .due)
is "$(date -u -d "$due" +%T)" 16:00:00 "three working days end at midnight in Shanghai"
clock_to "$(date -u -d "$due + 1 minute" +%FT%TZ)"
for _ in $(seq 100); do
    AS=auditor req GET '/api/v1/offices/3/approvals?escalated=true'
    [ "$(got '.items|length')" = 0 ] || break
    sleep 0.1
done
is "$(got '.items|map(.id)|join(" ")')" "$APPROVAL" "what took too long is shown to those who watch"
say_so 200 deputy '{"outcome":"refused","reason":"需求不清"}'
try 409 "$third"
like "$(got .detail)" '*分管领导*' "who refused is named"
ask "$third" 409
AS=clerk IFM='*' want 200 PATCH "/api/v1/tenders/$third" '{"summary":"需求已补充"}'
ask "$third"
AS=approver IFM='*' want 403 POST "/api/v1/approvals/$APPROVAL/withdraw"
AS=clerk IFM='*' want 200 POST "/api/v1/approvals/$APPROVAL/withdraw"
is "$(got .state)" withdrawn "who asked takes it back"
ask "$third"
AS=clerk IFM='*' req PATCH "/api/v1/tenders/$third" '{"summary":"又改"}'
say_so 412 deputy '{"outcome":"approved"}'
is "$(problem)" approval/overtaken "nobody approves what is no longer so"

# ---- tasks, and who leaves ----
clock_to "$(date -u -d "$due + 12 days" +%FT%TZ)"
AS=deputy want 200 GET /api/v1/offices/3/tasks
is "$(got '[.items[]|select(.task=="approval")|.about + " " + (.overdue|tostring)]|join("; ")')" 'tender_publish true' "what waits for one's post, overdue"
AS=chief req GET /api/v1/offices/3/tasks
is "$(got '[.items[]|select(.task=="approval")]|length')" 0 "and not for another's"
AS=clerk req GET '/api/v1/offices/3/tasks?overdue=true'
is "$(got '[.items[]|select(.task=="approval_late")|.about]|join(" ")')" tender_publish "who asked is told that it is late"
AS=auditor want 200 GET '/api/v1/offices/3/tasks?overdue=true'
is "$(got '[.items[].task]|sort|join(" ")')" "approval approval_late" "the auditor sees what is overdue"
AS=board3 want 200 GET /api/v1/offices/3/tasks
is "$(got '.items|length')" 0 "a resident has nothing to do"
today=$(AS='' req GET /api/v1/clock; got .local | cut -c1-10)
AS=root want 403 POST /api/v1/offices/3/handovers "{\"from\":\"${PERSON[deputy]}\",\"to\":\"${PERSON[approver]}\",\"last_day\":\"$today\"}"
AS=security want 422 POST /api/v1/offices/3/handovers "{\"from\":\"${PERSON[deputy]}\",\"to\":\"${PERSON[deputy]}\",\"last_day\":\"$today\"}"
AS=security WHY='nobody takes posts over oneself' want 403 POST /api/v1/offices/3/handovers "{\"from\":\"${PERSON[deputy]}\",\"to\":\"${PERSON[security]}\",\"last_day\":\"$today\"}"
is "$(problem)" duty/self "and it is told"
AS=security WHY='nor as of a day long past' want 422 POST /api/v1/offices/3/handovers "{\"from\":\"${PERSON[deputy]}\",\"to\":\"${PERSON[approver]}\",\"last_day\":\"2026-01-01\"}"
is "$(got '.errors[0].pointer')" /last_day "yesterday is the earliest"
AS=security WHY='nor seats oneself in a body' want 403 POST "/api/v1/offices/3/bodies/$body/members" "{\"person\":\"${PERSON[security]}\"}"
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[deputy]}', 3, 'assessor', '$today'::date + 10)"
AS=security want 200 POST /api/v1/offices/3/handovers "{\"from\":\"${PERSON[deputy]}\",\"to\":\"${PERSON[approver]}\",\"last_day\":\"$today\"}"
is "$(got '.duties|map(.kind)|join(" ")') $(got '[.tasks[]|select(.task=="approval")]|length')" 'post role role 1' "one page: what passes on, what was open"
is "$(sql "SELECT count(*) FROM linli.held('${PERSON[deputy]}', '$today'::date + 11, true)")" 0 "what would begin later ends as well"
say_so 412 deputy '{"outcome":"approved"}'
advance 24h
say_so 403 deputy '{"outcome":"approved"}'
say_so 412 approver '{"outcome":"approved"}'
AS=security want 409 POST /api/v1/offices/3/handovers "{\"from\":\"${PERSON[deputy]}\",\"to\":\"${PERSON[approver]}\",\"last_day\":\"$today\"}"
is "$(problem)" user/idle "there is nothing left to hand over"
AS=resident want 403 GET /api/v1/offices/3/approvals
AS=auditor want 200 GET "/api/v1/approvals/$first"
is "$(got '.steps[0].person')" "${PERSON[deputy]}" "who said so stays readable"
finish
