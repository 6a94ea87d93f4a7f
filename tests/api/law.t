#!/bin/bash
# The law as data: rule sets and the calendar exchanged while the server runs, the set of the day, provisional deadlines.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
mkdir "$T/rules" "$T/calendar"
cp "$here"/config/rules/*.json "$T/rules"
cp "$here/config/calendar/cn_working_days.csv" "$T/calendar"
echo '2034-10-01,0,国庆节' >>"$T/calendar/cn_working_days.csv" # an official notice for 2034, none for 2035
start_server --set "data.rules=$T/rules" --set "data.calendar=$T/calendar"
people
fund_of sub_threshold 9000000.00

reread() { # WHAT: SIGHUP, then the log says so
    local before i
    before=$(grep -c "$1" "$T/log")
    kill -HUP "$SERVER_PID"
    for ((i = 0; i < 100; i++)); do
        [ "$(grep -c "$1" "$T/log")" -gt "$before" ] && return 0
        sleep 0.1
    done
    return 1
}
draft() { entry_of sub_threshold public_bidding 400000.00; tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" "$SCHEME"; }
set_of() { AS='' req GET "/api/v1/tenders/$TENDER/plan"; got '.rule_set + " " + (.rules.rules[]|select(.code=="notice_period")|.period+" "+.from)'; }
SCHEME='{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术和商务","en":"technical and business"},"weight":"85%"}],"deductions":[{"check":"small_enterprise","rate":"10%"}]}'
TWO_PARTS='[{"code":"first","name":{"zh":"首款","en":"first"},"share":"50%","due":"on_signing","advance":true},
 {"code":"final","name":{"zh":"尾款","en":"final"},"share":"50%","due":"on_acceptance"}]'

# ---- a number that changes ----
jq '.rules |= map(if .code == "notice_period" then (., . + {from: "2034-11-02", period: "6wd"}) else . end)' \
    "$here/config/rules/p2.json" >"$T/rules/p2.json"
ok "sets are read anew" reread 'law.reload'
clock_to 2034-11-01T02:00:00Z
draft
publish 2034-12-01T02:00:00Z
is "$(set_of)" 'p2@2022-07-01 5wd 2022-07-01' "the day before the change"
clock_to 2034-11-01T16:00:00Z
draft
publish 2034-12-01T02:00:00Z
is "$(set_of)" 'p2@2034-11-02 6wd 2034-11-02' "its first day, from midnight in Shanghai"

# ---- a change that is not verified waits for an approver's word ----
fund_of statutory 9000000.00
held() { AS='' req GET "/api/v1/tenders/$TENDER/plan"; got '[.rules.rules[]|select(.code|startswith("emergency_"))|.code]|length'; }
entry_of statutory public_bidding 1200000.00
tender_of lowest_price "{\"tranches\":$TWO_PARTS}" '{}'
AS=approver IFM=$TAG want 200 POST "/api/v1/tenders/$TENDER/publish" '{"deadline":"2034-12-01T02:00:00Z"}'
is "$(held)" 0 "nobody confirmed the rules for emergencies of 1 October 2026: they do not hold"
entry_of statutory public_bidding 1200000.00
tender_of lowest_price "{\"tranches\":$TWO_PARTS}" '{}'
publish 2034-12-01T02:00:00Z
is "$(held)" 2 "an approver did: they hold"
fund_of sub_threshold 9000000.00

# ---- a set that is not sound ----
sed -i 's/"6wd"/"six"/' "$T/rules/p2.json"
ok "an unsound set is refused" reread 'the law in force stays.*p2.json:[0-9]*: /rules/[0-9]*/period'
draft
publish 2034-12-05T02:00:00Z
is "$(set_of)" 'p2@2034-11-02 6wd 2034-11-02' "and what was in force stays"
sed -i 's/"six"/"6wd"/' "$T/rules/p2.json"

# ---- a local set ----
jq '. + {code: "changning", area: "310105", effective: "2034-11-01", rules: [.rules[]|select(.code == "notice_period") | .period = "7wd" | del(.from)][0:1]}' \
    "$here/config/rules/p2.json" >"$T/rules/changning.json"
ok "a local set comes in" reread 'law.reload'
draft
publish 2034-12-05T02:00:00Z
is "$(set_of)" 'p2@2034-11-02+changning@2034-11-01 7wd 2034-11-01' "and binds the streets of its area"
AS='' req GET "/api/v1/tenders/$TENDER/plan"
echo "$BODY" >"$T/plan.json"
linli rules explain "$T/plan.json" >"$T/explained"
is "$(awk '$1 == "notice_period" && $3 == "changning" { print $2, $4 }' "$T/explained")" '7wd 2034-11-01..' "a stranger is told whence each number came"
is "$(linli rules explain "$TENDER" --server "$B" | sha256sum)" "$(sha256sum <"$T/explained")" "of a server, too"
rm "$T/rules/changning.json"
cp "$here/config/rules/p2.json" "$T/rules"
ok "the national numbers again" reread 'law.reload'

# ---- a year without a calendar: boundary 21 ----
clock_to 2034-12-27T02:00:00Z
draft
AS=approver IFM=$TAG want 409 POST "/api/v1/tenders/$TENDER/publish" '{"deadline":"2035-01-03T15:59:59Z","confirm_unverified":true}'
publish 2035-01-03T16:00:00Z
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got '.deadline_provisional|tostring')" true "five working days, the new year unknown: provisional"
bidder asks 问社
AS=asks want 200 POST "/api/v1/tenders/$TENDER/questions" '{"body":"服务点有几处？"}'
AS=asks want 201 POST "/api/v1/lots/$LOT/objections" '{"kind":"documents","body":"资格条件不合理"}'
OBJECTION=$(got .id)
answers_by() { AS=clerk req GET "/api/v1/tenders/$TENDER/questions/open"; got '.items[0].due'; AS=asks req GET "/api/v1/objections/$OBJECTION"; got .due; }
is "$(answers_by | tr '\n' ' ')" "2035-01-01T16:00:00Z 2035-01-01T16:00:00Z " "by New Year's Day, as if it were a working day"
echo '2035-01-01,0,元旦' >>"$T/calendar/cn_working_days.csv"
ok "the calendar comes" reread 'law.reload'
for _ in $(seq 100); do
    AS='' req GET "/api/v1/tenders/$TENDER"
    [ "$(got '.deadline_provisional|tostring')" = true ] || break
    sleep 0.1
done
is "$(got '.deadline + " " + (.deadline_provisional|tostring)')" '2035-01-04T16:00:00Z false' "counted again: one day later, and certain"
is "$(answers_by | tr '\n' ' ')" "2035-01-02T16:00:00Z 2035-01-02T16:00:00Z " "what waits for an answer has the day more as well"
AS='' req GET "/api/v1/lots/$LOT"
is "$(got '.phase_due + " " + (.provisional|tostring)')" '2035-01-04T16:00:00Z false' "the lot with it"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '.items|map(.kind)|join(" ")')" 'tender correction' "which was announced"
is "$(sql "SELECT count(*) FROM linli.event_queue WHERE act = 'tender_recount' AND tender_id = '$TENDER'" 2>/dev/null)" 1 "and is one event"
finish
