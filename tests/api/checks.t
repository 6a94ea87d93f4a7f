#!/bin/bash
# While a contract is carried out: reports with figures and files by a day, site checks, spot checks drawn from a promised secret,
# residents' opinions, an acceptance that is published.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
today=$(date -u +%F)
after() { date -u -d "$today + $1 days" +%F; }
TRANCHES='[{"code":"first","name":{"zh":"首款","en":"first"},"share":"50%","due":"on_signing","advance":true},
 {"code":"mid","name":{"zh":"中期款","en":"mid-term"},"share":"30%","due":"on_milestone","on":"'$(after 200)'"},
 {"code":"final","name":{"zh":"尾款","en":"final"},"share":"20%","due":"on_acceptance"}]'
task() { AS=${1} req GET "/api/v1/offices/3/tasks${3:-}"; got "[.items[] | select(.task == \"$2\")] | length"; }
file() { echo "{\"object_kind\":\"$1\",\"object\":\"$2\",\"name\":\"附件.json\",\"kind\":\"report\",\"sha256\":\"$3\"}"; }
to_day() { clock_to "$(TZ=Asia/Shanghai date -d "$1 12:00" +%FT%TZ -u)"; }

contract_of 1000.00 9000.00
mid=${PARTS[1]}

# ---- reports: a last day, figures, files ----
is "$(task clerk report)" 0 "the day is far"
to_day "$(after 171)"
is "$(task clerk report) $(task clerk report '?overdue=true')" "1 0" "a month before it the office reminds of it"
AS=aa req GET /api/v1/me/work
is "$(got ".tasks[] | select(.tranche == \"$mid\") | [.due, .overdue] | @json")" "[\"$(after 200)\",false]" "and the organisation finds it with its day"
to_day "$(after 200)"
is "$(task clerk report '?overdue=true')" 0 "the last day is in time"
to_day "$(after 201)"
is "$(task clerk report '?overdue=true')" 1 "the day after is late"
AS=aa req GET /api/v1/me/work
is "$(got ".tasks[] | select(.tranche == \"$mid\") | .overdue")" true "and says so"
report() { AS=aa IFM='*' want "$1" POST "/api/v1/tranches/$2/deliveries" "{\"paper\":\"$PAPER\",\"body\":\"开展服务\"$3}"; }
AS='' req GET "/api/v1/tenders/$TENDER/plan"
PAPER=$(got '.plan.papers | map(select(.tranche == "mid")) | .[0].code')
report 422 "$mid" ',"figures":[{"name":"服务人次","value":"48o"}]'
is "$(got '.errors[0].pointer')" /figures/0/value "a figure is a number"
for bad in 1e5 -1 1. .5 1,000 0x10 1.2345678; do report 422 "$mid" ",\"figures\":[{\"name\":\"服务人次\",\"value\":\"$bad\"}]"; done
report 200 "$mid" ',"figures":[{"name":"服务人次","value":"480","unit":"人次"},{"name":"平均时长","value":"36.5","unit":"分钟"}]'
AS=clerk req GET "/api/v1/tranches/$mid/deliveries"
delivery=$(got '.items[0].id')
is "$(got '.items[0] | [.late, (.figures | map(.value + .unit) | join(","))] | @json')" '[true,"480人次,36.5分钟"]' "what was reported, with its figures, late"
is "$(task clerk report)" 0 "nothing to remind of any more"
pdf() { sql "UPDATE linli.blob SET type = 'application/pdf' WHERE sha256 = '\\x$1'" >/dev/null; echo "$1"; } # as its content would say
hash=$(pdf "$(brought aa '{"sheet":1}')")
AS=aa want 201 POST /api/v1/offices/3/attachments "$(file delivery "$delivery" "$hash")"

# ---- residents say what they think; the acceptance is told to everybody, and nobody's name ----
report 200 "$mid" ''
AS=clerk req GET "/api/v1/tranches/$mid/deliveries"
second=$(got ".items[] | select(.id != \"$delivery\") | .id")
AS=resident IFM='*' want 200 POST "/api/v1/tranches/$mid/accept" "{\"delivery\":\"$second\",\"finding\":\"accepted\",\"reason\":\"饭菜热\"}"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[] | select(.kind == "acceptance")] | length')" 0 "an opinion is no acceptance"
AS=resident IFM='*' want 409 POST "/api/v1/tranches/$mid/accept" "{\"delivery\":\"$second\",\"finding\":\"refused\",\"reason\":\"再想想\"}"
person neighbour resident 3
AS=neighbour IFM='*' want 200 POST "/api/v1/tranches/$mid/accept" "{\"delivery\":\"$delivery\",\"finding\":\"refused\",\"reason\":\"饭菜冷\"}"
AS=neighbour IFM='*' want 403 POST "/api/v1/tranches/$mid/accept" "{\"delivery\":\"$second\",\"finding\":\"accepted\",\"reason\":\"好\",\"value\":\"1.00\"}"
AS=neighbour IFM='*' want 404 POST "/api/v1/tranches/$mid/accept" "{\"delivery\":\"$mid\",\"finding\":\"accepted\",\"reason\":\"好\"}"
AS=neighbour IFM='*' want 200 POST "/api/v1/tranches/$mid/accept" "{\"delivery\":\"$second\",\"finding\":\"refused\",\"reason\":\"来晚了\"}"
AS=clerk req GET "/api/v1/tranches/$mid/deliveries"
is "$(got "[.items[] | [(.id == \"$second\"), .finding, (.opinions | map(.finding + .reason) | join(\",\"))]] | @json")" \
    '[[false,null,"refused饭菜冷"],[true,null,"accepted饭菜热,refused来晚了"]]' "each who is served says once what they think, and the reports still wait to be accepted"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/$mid/release"
AS=assessor IFM='*' want 200 POST "/api/v1/tranches/$mid/accept" "{\"delivery\":\"$delivery\",\"finding\":\"accepted\",\"reason\":\"第三方评估\",\"score\":\"88\",\"value\":\"300.00\"}"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '.items[] | select(.kind == "acceptance") | .body | [.contractor, .tranche.no, .finding, .by, .score, .value, .late, .opinions] | @json')" \
    '["甲社",2,"accepted","assessor","88","300.00",true,3]' "the acceptance is published: by whom, with points, value and opinions"
is "$(got '.items[] | select(.kind == "acceptance") | .body | keys | join(" ")')" "by contractor finding found grade late number opinions project score tender tranche users value" "and nothing else"

# ---- site checks ----
plan() { AS=${WHO:-clerk} IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/checks" "$2"; CHECK=$(got .id); }
made() { AS=${WHO:-clerk} IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/checks/$CHECK/done" "$2"; }
WHO=aa plan 403 "{\"kind\":\"mid\",\"on\":\"$(after 230)\"}"
plan 422 "{\"kind\":\"mid\",\"on\":\"$(after 200)\"}"
plan 422 "{\"kind\":\"spot\",\"on\":\"$(after 230)\"}"
WHO=assessor plan 200 "{\"kind\":\"mid\",\"on\":\"$(after 230)\"}"
is "$(task assessor site_check) $(task clerk site_check '?overdue=true')" "1 0" "a task until its day"
AS=aa req GET "/api/v1/contracts/$CONTRACT/checks"
is "$(got '.items | length')" 0 "its contractor is told afterwards"
to_day "$(after 231)"
is "$(task clerk site_check '?overdue=true')" 1 "late"
made 422 '{"passed":true,"present":"伊、二"}'
WHO=assessor made 200 '{"passed":false,"findings":"服务点关闭","present":"评估员两名"}'
is "$(got '[.kind, .passed, .findings] | @json')" '["mid",false,"服务点关闭"]' "what was found"
made 409 '{"passed":true,"findings":"再","present":"x"}'
AS=aa req GET "/api/v1/contracts/$CONTRACT/checks"
is "$(got '.items | length')" 1 "and the contractor reads it"
AS=assessor want 201 POST /api/v1/offices/3/attachments "$(file site_check "$CHECK" "$(pdf "$(brought assessor '{"photo":1}')")")"

# ---- spot checks: drawn of all that is under way, from a promised secret ----
first=$CONTRACT
TRANCHES=$TWO_PARTS contract_of 500.00
second=$CONTRACT
TRANCHES=$TWO_PARTS contract_of 600.00
third=$CONTRACT
AS=aa want 403 POST /api/v1/offices/3/spot-draws '{"most":2,"reason":"年度抽查"}'
AS=approver want 201 POST /api/v1/offices/3/spot-draws '{"most":2,"reason":"年度抽查"}'
draw=$(got .id) commitment=$(got .commitment)
is "$(got '[.drawn, .secret, .pool] | @json')" '[null,null,null]' "a promise, and nothing else"
now=$(AS='' req GET /api/v1/clock; got .local | cut -c1-10)
by=$(date -d "$now + 10 days" +%F)
AS=clerk want 422 POST "/api/v1/offices/3/spot-draws/$draw/draw" "{\"witnesses\":[\"监督员\"],\"by\":\"$by\"}"
AS=clerk want 404 POST "/api/v1/offices/3/spot-draws/$second/draw" "{\"witnesses\":[\"监督员\",\"居民代表\"],\"by\":\"$by\"}"
AS=clerk want 200 POST "/api/v1/offices/3/spot-draws/$draw/draw" "{\"witnesses\":[\"监督员\",\"居民代表\"],\"by\":\"$by\"}"
is "$(got '[.witnesses, .secret, .chosen] | @json')" '["监督员、居民代表",null,null]' "drawn; nobody is warned"
AS=clerk want 409 POST "/api/v1/offices/3/spot-draws/$draw/draw" "{\"witnesses\":[\"监督员\",\"居民代表\"],\"by\":\"$by\"}"
is "$(task clerk site_check)" 2 "two checks are to be made"
AS=aa req GET "/api/v1/contracts/$second/checks"
is "$(got '[.items[] | select(.kind == "spot")] | length')" 0 "of which no contractor reads"
checked=
for CONTRACT in "$first" "$second" "$third"; do
    AS=clerk req GET "/api/v1/contracts/$CONTRACT/checks"
    CHECK=$(got '.items[] | select(.kind == "spot") | .id')
    [ -z "$CHECK" ] || { made 200 '{"passed":true,"findings":"正常","present":"监督员"}'; checked="$checked $CONTRACT"; }
done
AS='' want 200 GET "/api/v1/spot-draws/$draw"
is "$(got '.chosen | sort | join(" ")')" "$(tr ' ' '\n' <<<"${checked# }" | sort | paste -sd' ')" "afterwards everybody reads what was drawn"
is "$(got '.pool | join(" ")')" "$(printf '%s\n' "$first" "$second" "$third" | LC_ALL=C sort | paste -sd' ')" "of all that were under way"
{ printf 'linli/pool/v1\ndraw %s\n' "$draw"; got '.pool[]'; } >"$T/pool"
chosen=$(got '.chosen | join(" ")') secret=$(got .secret)
is "$(linli draw "$T/pool" --secret "$secret" -n 2 | grep -oE '[0-9a-f]{8}-[0-9a-f-]{27}' | grep -v "$draw" | paste -sd' ')" "$chosen" "linli draw draws the same again"
is "$(linli draw "$T/pool" --secret "$secret" | grep -o "$commitment")" "$commitment" "from the secret that was promised"
AS='' req GET /api/v1/offices/3/spot-draws
is "$(got '.items | length')" 1 "listed"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
