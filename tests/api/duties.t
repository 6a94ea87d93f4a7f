#!/bin/bash
# What the rules ask of the office towards others by a day is a task of somebody, late ones are told to those above, and who leaves
# leaves nothing without an owner. Days: 政府采购法 §47 (filing, 7 working days), 财政部令第94号 §22 (statement, 5).
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
local_day() { AS='' req GET /api/v1/clock; got '.local[:10]'; }
duty() { # login code: day, escalated
    AS=$1 req GET "/api/v1/offices/3/tasks${3:-}"
    got "[.items[] | select(.task == \"duty\" and .about == \"$2\") | .due[:10] + \" \" + (.escalated | tostring)] | join(\",\")"
}
done_() { AS=${WHO:-clerk} want "$1" POST "/api/v1/offices/3/duties/$2/done" "$3"; }

# ---- a contract is filed ----
contract_of 1000.00 2500.00
signed=$(local_day)
filed=$(working_day "$signed" 7)
is "$(duty clerk contract_file)" "$filed false" "the clerk files it within seven working days"
is "$(duty approver contract_file)" "" "which is nobody else's task"
is "$(duty aa contract_file)" "" "nor the contractor's"
AS=clerk want 200 GET '/api/v1/offices/3/duties?open=true'
is "$(got '.items[] | [.code, .subject, .late, .done] | @json')" "[\"contract_file\",\"$CONTRACT\",false,null]" "one duty is open"
id=$(got '.items[0].id')
WHO=aa done_ 403 "$id" '{"note":"x"}'
done_ 422 "$id" '{"reference":"备案〔2027〕1号"}'
done_ 422 "$id" '{"note":"x","on":"2099-01-01"}'
is "$(got '.errors[0].pointer')" /on "not before it happened"
done_ 404 "$id" '{"note":"x","on":"2020-01-01"}'
is "$(duty auditor contract_file '?overdue=true')" "" "it is not late yet"
clock_to "$(date -u -d "$filed + 1 day" +%F)T01:00:00Z"
is "$(duty auditor contract_file '?overdue=true')" "$filed true" "now the auditor sees that it is late"
is "$(duty approver contract_file)" "$filed true" "and so does the approver: it is escalated"
AS=approver req GET /api/v1/me/work
is "$(got '[.tasks[] | select(.about == "contract_file") | [.overdue, .escalated]] | @json')" '[[true,true]]' "on the page of everything as well"
done_ 200 "$id" '{"note":"已报区财政局备案","reference":"备案〔2027〕1号"}'
is "$(got '[.late, .reference, .source] | @json')" '[true,"备案〔2027〕1号","限额以下采购内部控制制度（建议值）"]' "done, late, under its number"
is "$(duty auditor contract_file)" "" "and no task any more"
done_ 404 "$id" '{"note":"x"}'
AS=auditor req GET '/api/v1/offices/3/duties?open=false'
is "$(got '.items | map(.note) | join(",")')" 已报区财政局备案 "it stays on record"
AS=clerk want 409 POST "/api/v1/lots/$LOT/complaints" "{\"received\":\"$signed\",\"reference\":\"x\",\"about\":\"y\"}"
like "$(got .detail)" '*没有向财政部门投诉*' "below the threshold there is no complaint to the authority"

# ---- filed in time ----
contract_of 1000.00
AS=clerk req GET '/api/v1/offices/3/duties?open=true'
id=$(got '.items[0].id')
today=$(local_day)
clock_to "$(date -u -d "$(working_day "$today" 7) + 2 days" +%F)T01:00:00Z"
done_ 200 "$id" "{\"note\":\"当日补登\",\"on\":\"$(working_day "$today" 7)\"}"
is "$(got .late)" false "the last day counts, by the day it was done"

# ---- a complaint to the authority: the office states its case ----
fund_of statutory 5000.00
entry_of statutory public_bidding 5000.00
tender_of lowest_price "{\"tranches\":$TWO_PARTS}" '{}'
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
complaint() { AS=${WHO:-clerk} want "$1" POST "/api/v1/lots/$LOT/complaints" "{\"received\":\"$2\",\"reference\":\"区财采〔2027〕3号\",\"about\":\"资格条件不合理\"}"; }
WHO=aa complaint 403 "$(local_day)"
complaint 422 2020-01-01
is "$(got '.errors[0].pointer')" /received "not before the notice"
complaint 422 2099-01-01
complaint 201 "$(local_day)"
is "$(got '[.code, .source, .about] | join(" ")')" "complaint_statement 财政部令第94号 §22 区财采〔2027〕3号：资格条件不合理" "entered with what it is about"
is "$(duty clerk complaint_statement)" "$(working_day "$(local_day)" 5) false" "a statement within five working days"

# ---- who leaves ----
leave() { AS=security want "$1" POST /api/v1/offices/3/handovers "{\"from\":\"${PERSON[clerk]}\",\"to\":\"${PERSON[${2}]}\",\"last_day\":\"$(local_day)\"}"; }
person clerk2 resident 3
sql "DELETE FROM linli.membership WHERE role IN ('agent', 'operator')" # who could do it as well
leave 409 clerk2
is "$(problem)" user/only "the only clerk has open tasks: somebody is to hold the role first"
like "$(got .detail)" '*office_clerk*' "it says which role"
AS=security want 201 POST /api/v1/offices/3/memberships "{\"person\":\"${PERSON[clerk2]}\",\"role\":\"office_clerk\"}"
leave 200 clerk2
is "$(got '[.tasks[] | select(.about == "complaint_statement")] | length')" 1 "one page says what was open"
advance 1d
is "$(duty clerk complaint_statement)" "" "it is nobody's who left"
is "$(duty clerk2 complaint_statement | cut -d' ' -f2)" false "but the successor's"

# ---- each row of the law's table has its place in the documents ----
while read -r id; do
    [ "$(grep -c "^| $id |" "$here/docs/tasks.md")" = 1 ] || echo "$id"
done < <(grep -v '^#' "$here/tests/data/rules/windows.csv" | cut -d, -f1) >"$T/lost"
is "$(cat "$T/lost")" "" "docs/tasks.md says of each dated rule whose task it is"
# shellcheck disable=SC2016
for word in $(grep -oE '任务 `[a-z_]+`' "$here/docs/tasks.md" | tr -d '`' | cut -d' ' -f2 | sort -u); do
    grep -q "'$word'" "$here/sql/deploy/800_object.sql" "$here/sql/query/my_work.sql" || echo "$word"
done >"$T/lost"
is "$(cat "$T/lost")" "" "and names tasks there are"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
