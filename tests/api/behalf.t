#!/bin/bash
# On behalf: what came on paper or by telephone is entered by one and takes effect when another confirms it, as whoever sent it; service of
# documents with proof, from which the time to ask for a review runs (complaint_window: 5 working days).
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person clerk2 office_clerk 3
person resident2 resident 3
office 邻街道 street 2 >/dev/null
person elsewhere office_clerk 4
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
O=/api/v1/offices/3/on-behalf
now_is() { AS='' req GET /api/v1/clock; got .now; }
local_day() { AS='' req GET /api/v1/clock; got '.local[:10]'; }
scan() { # LOGIN TEXT: a file as if uploaded, of a kind that is attached
    local hash
    hash=$(brought "$1" "$2")
    sql "UPDATE linli.blob SET type = 'application/pdf' WHERE sha256 = '\\x$hash'" >/dev/null
    echo "$hash"
}
SCAN=$(scan clerk 扫描件)
entry() { # ACT TARGET CONTENT [MORE]
    echo "{\"act\":\"$1\"${2:+,\"target\":\"$2\"},\"sender\":\"王奶奶\",\"contact\":\"5234 0000\",\"channel\":\"${CHANNEL:-paper}\",\"received\":\"${RECEIVED:-$(now_is)}\",\"content\":$3${4:-,\"sha256\":\"$SCAN\"}}"
}
entered() { AS=${AS:-clerk} want 201 POST "$O" "$(entry "$@")"; ENTRY_ID=$(got .id); }
confirm() { AS=$1 IFM='*' want "$2" POST "/api/v1/on-behalf/$ENTRY_ID/confirm" "${3:-{\}}"; }
NEED='{"kind":"need","source":"resident","title":"楼道扶手","body":"三楼以上没有扶手","field":"为老","beneficiaries":"老人","place":"江苏路1弄"}'

# ---- what may be entered ----
AS=resident WHY='not by others' want 403 POST "$O" "$(entry need_create '' "$NEED")"
AS=elsewhere WHY='nor at another office' want 403 POST "$O" "$(entry need_create '' "$NEED")"
AS=clerk WHY='a scan of what is paper' want 422 POST "$O" "$(entry need_create '' "$NEED" ',"note":1')"
AS=clerk want 422 POST "$O" "$(entry need_create '' "$NEED" '' | sed "s/,\"sha256\":\"$SCAN\"//")"
is "$(got '.errors[0].pointer')" /sha256 "paper has its scan"
AS=clerk want 422 POST "$O" "$(entry need_create '' '{"kind":"need","source":"resident"}')"
is "$(got '[.errors[].pointer] | contains(["/content/title"])')" true "what it says is read as the act reads it"
AS=clerk want 422 POST "$O" "$(entry objection_file '' '{"kind":"result","body":"x"}')"
is "$(got '.errors[0].pointer')" /target "an objection is about something"
AS=clerk want 422 POST "$O" "$(entry objection_file "$(cat /proc/sys/kernel/random/uuid)" '{"kind":"result","body":"x"}')"
AS=clerk want 422 POST "$O" "$(RECEIVED=2020-01-01T00:00:00Z entry need_create '' "$NEED")"
is "$(got '.errors[0].pointer')" /received "not from years ago"
AS=clerk want 422 POST "$O" "$(RECEIVED=2100-01-01T00:00:00Z entry need_create '' "$NEED")"
AS=clerk want 422 POST "$O" "$(entry tranche_accept "$(cat /proc/sys/kernel/random/uuid)" '{"delivery":"'"$(cat /proc/sys/kernel/random/uuid)"'","finding":"accepted"}' ",\"organisation\":\"${ORG[aa]}\",\"sha256\":\"$SCAN\"")"
is "$(got '.errors[0].pointer')" /organisation "an opinion is a resident's"

# ---- a need on paper: nothing before the second person ----
entered need_create '' "$NEED"
like "$(got .number)" '20??-DB-0001' "a receipt with its number"
is "$(got '[.state, .sender, .entered_by, .need] | @json')" '["entered","王奶奶","clerk",null]' "entered, and no need yet"
AS=clerk req GET /api/v1/offices/3/needs
is "$(got '.items | length')" 0 "there is none"
AS=clerk2 req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "behalf_confirm") | .act] | join(",")')" behalf_confirm "it waits for somebody else"
AS=clerk req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "behalf_confirm")] | length')" 0 "not for who entered it"
confirm clerk 409
is "$(problem)" approval/same-person "two people"
AS=clerk2 WHY='If-Match' want 428 POST "/api/v1/on-behalf/$ENTRY_ID/confirm" '{}'
confirm clerk2 422 '{"content":{"kind":"proposal","source":"resident","title":"别的","body":"x","field":"x","beneficiaries":"x","place":"x"}}'
is "$(got '.errors[0].pointer')" /content "typed again, it is the same"
confirm clerk2 200
NEED_ID=$(got .need)
is "$(got '[.state, .decided_by] | @json')" '["confirmed","clerk2"]' "confirmed"
AS=approver req GET "/api/v1/needs/$NEED_ID"
is "$(got '[.state, .title] | @json')" '["submitted","楼道扶手"]' "handed in, not left as a draft"
confirm approver 409
AS=clerk req GET "$O?object=$NEED_ID"
is "$(got '.items | length')" 1 "found by what came of it"
AS=clerk req GET "/api/v1/offices/3/objects/$ENTRY_ID/attachments"
is "$(got '[.items[] | .kind] | join(",")')" scan "its scan beside it"
AS=auditor want 200 GET "/api/v1/on-behalf/$ENTRY_ID"
AS=elsewhere WHY='another office' want 403 GET "/api/v1/on-behalf/$ENTRY_ID"
AS=resident want 403 GET "$O"
is "$(sql "SELECT string_agg(act || ' ' || coalesce(role, ''), ',' ORDER BY at, act) FROM linli.event_queue WHERE act IN ('need_create', 'need_submit', 'behalf_confirm')")" "behalf_confirm office_clerk,need_create resident,need_submit resident" "the log has all of it: who did it, and as whom"
is "$(sql "SELECT string_agg(e.payload::jsonb ->> 'content_sha256', ',') FROM linli.event_queue e WHERE e.act = 'behalf_enter' AND e.subject = '$ENTRY_ID'")" \
    "$(sql "SELECT encode(content_hash, 'hex') FROM linli.behalf WHERE id = '$ENTRY_ID'")" "and the digest of what was entered"

# ---- by telephone, for a person with an account; refused ----
CHANNEL=phone entered need_create '' "$NEED" ",\"person\":\"${PERSON[resident]}\""
confirm clerk2 200
AS=resident req GET /api/v1/offices/3/needs
is "$(got '[.items[].state] | join(",")')" submitted "it is theirs on line, too"
AS=clerk WHY='a person who holds no such role' want 422 POST "$O" "$(CHANNEL=phone entry need_create '' "$NEED" ",\"person\":\"${PERSON[auditor]}\"")"
CHANNEL=phone entered need_create '' "$NEED" ''
AS=clerk2 IFM='*' want 200 POST "/api/v1/on-behalf/$ENTRY_ID/refuse" '{"reason":"听错了"}'
is "$(got '[.state, .reason] | @json')" '["refused","听错了"]' "given back with the reason"
confirm clerk2 409

# ---- marks on paper: typed by two, shown to nobody ----
fund_of sub_threshold 1000.00
entry_of sub_threshold public_bidding 1000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
publish "$(date -u -d "$(now_is) + 40 days" +%FT02:00:00Z)"
for login in aa bb; do bid_for "$login" 1000.00; done
AS=clerk want 422 POST "$O" "$(entry proposal_create "$(cat /proc/sys/kernel/random/uuid)" '{"title":"x","body":"x","place":"x","cost":"1.00"}')"
entered proposal_create "$TENDER" '{"title":"x","body":"x","place":"x","cost":"1.00","organisation":true}' ",\"organisation\":\"${ORG[aa]}\",\"sha256\":\"$SCAN\""
deadline=$(sql "SELECT deadline FROM linli.tender WHERE id = '$TENDER'")
sql "UPDATE linli.tender SET deadline = (SELECT date_trunc('second', entered) + interval '1 s' FROM linli.behalf WHERE id = '$ENTRY_ID') WHERE id = '$TENDER'"
AS=clerk2 req GET /api/v1/offices/3/tasks
is "$(got ".items[] | select(.subject == \"$ENTRY_ID\") | .due")" "$(sql "SELECT to_char(deadline AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM linli.tender WHERE id = '$TENDER'")" \
    "it is to be confirmed before the deadline, where that is sooner"
sql "UPDATE linli.tender SET deadline = '$deadline' WHERE id = '$TENDER'"
confirm clerk2 409
is "$(problem)" state/refused "bids that are sealed do not come over the counter"
open_bids aa bb
panel_sits evaluator1 evaluator2 evaluator3
sheets() { echo "{\"sheets\":[{\"bid\":\"${BID[aa]}\",\"marks\":[{\"criterion\":\"technical\",\"value\":\"$1\",\"reason\":\"见记录\"}]},{\"bid\":\"${BID[bb]}\",\"marks\":[{\"criterion\":\"technical\",\"value\":\"$2\",\"reason\":\"见记录\"}]}]}"; }
AS=clerk want 422 POST "$O" "$(entry marks_put "$LOT" "$(sheets 95 90)")"
is "$(got '.errors[0].pointer')" /person "a sheet is somebody's"
entered marks_put "$LOT" "$(sheets 95 90)" ",\"person\":\"${PERSON[evaluator3]}\",\"sha256\":\"$SCAN\""
is "$(got .content)" null "the answer keeps what it says to itself"
AS=approver req GET "/api/v1/offices/3/objects/$ENTRY_ID/attachments"
is "$(got '.items | length')" 0 "nor is the scan shown before all sheets are locked"
confirm clerk2 422
WHY='typed otherwise' confirm clerk2 422 "{\"content\":$(sheets 95 91)}"
confirm clerk2 200 "{\"content\":$(sheets 95 90)}"
is "$(sql "SELECT count(*) FROM linli.event_queue WHERE payload LIKE '%见记录%'")" 0 "no mark is in the log"
AS=evaluator3 req GET "/api/v1/lots/$LOT/marks"
is "$(got '[.items[].marks[].value] | sort | join(",")')" "90,95" "they are the evaluator's marks"
AS=evaluator3 want 200 POST "/api/v1/lots/$LOT/marks/lock" '{}'
PANEL=(evaluator1 evaluator2)
marks_of aa:95 bb:90
PANEL+=(evaluator3)
report_signed
AS=clerk lot decide
AS=approver lot confirm
AS=clerk lot announce

# ---- an objection by letter: in time when it was received in time ----
LETTER="{\"kind\":\"result\",\"bid\":\"${BID[aa]}\",\"body\":\"甲社业绩不实\"}"
AS=clerk entered objection_file "$LOT" "$LETTER" ",\"organisation\":\"${ORG[bb]}\",\"sha256\":\"$SCAN\""
POSTED=$(now_is)
AS=bb req GET "/api/v1/lots/$LOT/objections"
is "$(got '.items | length')" 0 "before it is confirmed there is none"
advance 1d
confirm clerk2 200
OBJECTION=$(got .objection)
AS=bb req GET "/api/v1/objections/$OBJECTION"
filed=$(sql "SELECT received = (SELECT filed FROM linli.objection WHERE id = '$OBJECTION') FROM linli.behalf WHERE id = '$ENTRY_ID'")
is "$filed" t "it counts from the day it was received"
is "$(got '[.organisation, .state] | @json')" '["乙社","open"]' "and is the organisation's own"
# ---- who typed an objection in does not make it go away alone ----
BB=",\"organisation\":\"${ORG[bb]}\",\"sha256\":\"$SCAN\""
AS=clerk entered objection_file "$LOT" "$LETTER" "$BB"
confirm clerk2 200
OTHER=$(got .objection)
AS=clerk IFM='*' WHY='it is not the clerk'"'"'s' want 403 POST "/api/v1/objections/$OTHER/withdraw"
AS=clerk2 IFM='*' want 403 POST "/api/v1/objections/$OTHER/withdraw"
AS=clerk want 422 POST "$O" "$(entry objection_withdraw "$OTHER" '{"reason":"x"}' "$BB")"
is "$(got '.errors[0].pointer')" /content "a withdrawal says nothing"
AS=clerk entered objection_withdraw "$OTHER" '{}' "$BB"
is "$(sql "SELECT state FROM linli.objection WHERE id = '$OTHER'")" open "it stands until a second person has confirmed"
confirm clerk 409
confirm clerk2 200
is "$(got .objection) $(sql "SELECT state FROM linli.objection WHERE id = '$OTHER'")" "$OTHER withdrawn" "its sender's letter does"

# ---- and the first one is answered ----
AS=approver IFM='*' want 200 POST "/api/v1/objections/$OBJECTION/answer" '{"finding":"unfounded","answer":"经核实不成立"}'
answered=$(local_day)

# ---- service: the time to ask for a review runs from it ----
S=/api/v1/offices/3/services
PROOF=$(scan clerk 邮寄回执)
SENT=$(now_is)
post() { echo "{\"object_kind\":\"objection\",\"object\":\"$OBJECTION\",\"way\":\"post\",\"organisation\":\"${ORG[bb]}\",\"recipient\":\"乙社\",\"place\":\"示例路 2 号\",\"reference\":\"XA123\",\"sent\":\"$SENT\"${1:-}}"; }
AS=clerk want 422 POST "$S" "$(post ",\"served\":\"$(now_is)\"")"
is "$(got '.errors[0].pointer')" /sha256 "what is served by post is proved"
AS=clerk want 422 POST "$S" "{\"object_kind\":\"objection\",\"object\":\"$OBJECTION\",\"way\":\"hand\",\"sent\":\"$(now_is)\"}"
is "$(got '.errors[0].pointer')" /recipient "somebody took it"
AS=clerk want 422 POST "$S" "{\"object_kind\":\"objection\",\"object\":\"$(cat /proc/sys/kernel/random/uuid)\",\"way\":\"hand\",\"recipient\":\"x\",\"sent\":\"$(now_is)\"}"
AS=bb WHY='not by others' want 403 POST "$S" "$(post)"
AS=clerk WHY='a copy for somebody else' want 201 POST "$S" "{\"object_kind\":\"objection\",\"object\":\"$OBJECTION\",\"way\":\"hand\",\"organisation\":\"${ORG[aa]}\",\"recipient\":\"甲社\",\"sent\":\"$(now_is)\",\"served\":\"$(now_is)\",\"sha256\":\"$PROOF\"}"
AS=clerk want 201 POST "$S" "$(post)"
SERVICE=$(got .id)
is "$(got '[.way, .served] | @json')" '["post",null]' "sent, and not served yet"
clock_to "$(working_day "$answered" 4)T02:00:00Z"
served=$(local_day)
AS=clerk IFM='*' want 422 POST "/api/v1/services/$SERVICE/served" "{\"served\":\"$(now_is)\"}"
AS=clerk IFM='*' want 422 POST "/api/v1/services/$SERVICE/served" "{\"served\":\"2020-01-01T00:00:00Z\",\"sha256\":\"$PROOF\"}"
AS=clerk IFM='*' want 200 POST "/api/v1/services/$SERVICE/served" "{\"served\":\"$(now_is)\",\"sha256\":\"$PROOF\"}"
AS=clerk IFM='*' WHY=once want 409 POST "/api/v1/services/$SERVICE/served" "{\"served\":\"$(now_is)\",\"sha256\":\"$PROOF\"}"
AS=clerk req GET "$S?object=$OBJECTION&served=true"
is "$(got '[.items[].reference | values] | join(",")')" XA123 "found by what was served"
AS=clerk req GET "/api/v1/offices/3/objects/$SERVICE/attachments"
is "$(got '[.items[].kind] | join(",")')" proof "with its proof"
clock_to "$(working_day "$served" 5)T15:59:00Z"
AS=bb IFM='*' WHY='the fifth day after service' want 201 POST "/api/v1/objections/$OBJECTION/review" '{"body":"证明材料未核对"}'
REVIEW=$(got .id)
AS=bb IFM='*' want 200 POST "/api/v1/objections/$REVIEW/withdraw"

# ---- by post: in time when it was posted in time ----
clock_to "$(working_day "$served" 8)T02:00:00Z" # the notice of five working days and the five after it are over
AS=clerk entered objection_file "$LOT" "$LETTER" "$BB"
confirm clerk2 409
is "$(problem)" objection/late "brought today it would be late"
AS=clerk want 422 POST "$O" "$(CHANNEL=phone entry objection_file "$LOT" "$LETTER" "$BB,\"posted\":\"$POSTED\"")"
is "$(got '.errors[0].pointer')" /posted "a call is not posted"
AS=clerk want 422 POST "$O" "$(entry objection_file "$LOT" "$LETTER" "$BB,\"posted\":\"2100-01-01T00:00:00Z\"")"
AS=clerk entered objection_file "$LOT" "$LETTER" "$BB,\"posted\":\"$POSTED\""
confirm clerk2 200
POST_OBJECTION=$(got .objection)
is "$(got .posted | cut -c1-19)" "${POSTED:0:19}" "its receipt says when it was posted"
filed=$(sql "SELECT received = (SELECT filed FROM linli.objection WHERE id = '$POST_OBJECTION') FROM linli.behalf WHERE id = '$ENTRY_ID'")
is "$filed" t "the time to answer runs from when it came all the same"

# ---- a board: photo and place ----
AS='' req GET "/api/v1/tenders/$TENDER/notices"
NOTICE=$(got '.items[0].id')
board() { echo "{\"object_kind\":\"notice\",\"object\":\"$NOTICE\",\"way\":\"board\",\"sent\":\"$(now_is)\",\"until\":\"2030-01-31\"${1:-}}"; }
AS=clerk want 422 POST "$S" "$(board)"
is "$(got '.errors[0].pointer')" /place "a board has a place"
AS=clerk want 422 POST "$S" "$(board ',"place":"江苏路居委会公示栏"')"
is "$(got '.errors[0].pointer')" /sha256 "and a photo"
AS=clerk want 201 POST "$S" "$(board ",\"place\":\"江苏路居委会公示栏\",\"sha256\":\"$(scan clerk 照片)\"")"
is "$(got '.served == .sent')" true "it counts from when it hangs there"
AS=supervisor req GET "$S?way=board"
is "$(got '[.items[].place] | join(",")')" 江苏路居委会公示栏 "who watches reads of it"

# ---- the audit finds nothing ----
linli audit >"$T/audit" 2>&1
is $? 0 "the audit is silent"
finish
