#!/bin/bash
# How a panel marks: each member committed to its marks before anybody reveals any; part of them given without knowing whose
# bid is whose.  Both are checked by strangers afterwards.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/trust_lib.sh"
start_server
people
for x in aa:甲公益服务中心 bb:乙社区发展中心 cc:丙助老服务社; do bidder "${x%%:*}" "${x#*:}"; done
names='甲公益服务中心|乙社区发展中心|丙助老服务社'
cd "$T" || exit 2
for i in 1 2 3; do linli keygen evaluator "e$i.key" --name "evaluator$i" --plain >/dev/null; done
scheme='{"price_weight":"20%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"60%"},{"code":"record","name":{"zh":"业绩","en":"record"},"weight":"20%"}]}'
drafted() {
    entry_of sub_threshold public_bidding "$1"
    tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" "$scheme" "\"budget\":\"$1\""
}
scoring() { AS=clerk IFM=$TAG want "$1" POST "/api/v1/tenders/$TENDER/scoring" "$2"; }
published() {
    AS=clerk req GET "/api/v1/tenders/$TENDER/draft"
    TAG=$(etag)
    publish "$(date -u -d "@$(($(date -u -d "$(legal)" +%s) + 25 * 86400))" +%FT02:00:00Z)"
}
legal() { AS='' req GET /api/v1/clock; got .now; }
fund_of sub_threshold 3000000.00

# ---- committed, then revealed ----
drafted 100000.00
WHY='no such criterion' scoring 422 '{"blind":["nobody"]}'
WHY='twice' scoring 422 '{"blind":["technical","technical"]}'
scoring 200 '{"committed":true}'
is "$(got '[.marks_committed, .blind_criteria] | @json')" '[true,[]]' "said with the draft"
published
AS=clerk IFM='*' WHY='not once it is published' want 409 POST "/api/v1/tenders/$TENDER/scoring" '{}'
AS='' want 200 GET "/api/v1/tenders/$TENDER/scoring"
for x in aa:98000.00 bb:96000.00 cc:97000.00; do bid_for "${x%%:*}" "${x#*:}"; done
open_bids aa bb cc
panel_sits evaluator1 evaluator2 evaluator3
sheets_of() { # technical record
    local login sheets=
    for login in aa bb cc; do
        sheets="$sheets,{\"bid\":\"${BID[$login]}\",\"marks\":[{\"criterion\":\"technical\",\"value\":\"$1\",\"reason\":\"方案\"},{\"criterion\":\"record\",\"value\":\"$2\",\"reason\":\"业绩\"}]}"
    done
    echo "{\"sheets\":[${sheets#,}]}"
}
AS=clerk req GET "/api/v1/lots/$LOT/panel"
declare -A MEMBER
for i in 1 2 3; do MEMBER[$i]=$(got ".members[] | select(.person == \"${PERSON[evaluator$i]}\") | .id"); done
promise() { # member technical record: files c.N and r.N
    rm -f "c.$1" "r.$1"
    sheets_of "$2" "$3" >"s.$1"
    linli score --key "e$1.key" --member "${MEMBER[$1]}" --commit "c.$1" --reveal "r.$1" "s.$1"
}
commit() { AS=evaluator$1 want "$2" POST "/api/v1/lots/$LOT/marks/commit" "$(cat "c.$1")"; }
reveal() { AS=evaluator$1 want "$2" POST "/api/v1/lots/$LOT/marks/reveal" "$(cat "r.$1")"; }
AS=evaluator1 WHY='marks come no other way' want 409 PUT "/api/v1/lots/$LOT/marks" "$(sheets_of 80 90)"
is "$(problem)" mark/committed "and it says so"
AS=evaluator1 want 409 POST "/api/v1/lots/$LOT/marks/lock" '{}'
promise 1 80.5 90
reveal 1 409
WHY='a signature of somebody else' AS=evaluator1 want 422 POST "/api/v1/lots/$LOT/marks/commit" "$(promise 2 1 1; jq -c --slurpfile o c.2 '.key = $o[0].key' c.1)"
commit 1 200
promise 1 81.25 90
commit 1 200
promise 2 70 60
commit 2 200
is "$(got '[.sheets_committed, .sheets_locked] | @json')" '[6,0]' "two have committed"
WHY='not every member has' reveal 1 409
for who in evaluator1 evaluator2 evaluator3 clerk auditor; do
    AS=$who req GET "/api/v1/lots/$LOT/marks"
    is "$STATUS $(got '.items | length')" "200 0" "$who reads no mark yet"
done
promise 3 75 65
commit 3 200
WHY='all have: nothing is changed any more' commit 3 409
cp r.2 r.true
sed -i 's/\\"technical\\":\\"70\\"/\\"technical\\":\\"99\\"/' r.2
is "$(cmp -s r.2 r.true && echo same)" "" "a member thinks better of it"
reveal 2 409
is "$(problem)" mark/committed "other marks than those committed to are refused"
is "$(sql "SELECT count(*) FROM linli.event_queue WHERE act = 'marks_reveal_refused' AND payload::jsonb ->> 'member' = '${MEMBER[2]}' AND payload::jsonb ->> 'bid' = '${BID[aa]}'")" \
    1 "and the log keeps that it was tried"
is "$(sql "SELECT count(*) FROM linli.mark")" 0 "nothing of it is kept as a mark"
reveal 1 200
WHY='once' reveal 1 409
AS=evaluator2 req GET "/api/v1/lots/$LOT/marks"
is "$(got '.items | length')" 0 "what one revealed the others do not see yet"
cp r.true r.2
reveal 2 200
is "$(got .all_locked)" null "one is left"
reveal 3 200
ok "with the last all is locked" test "$(got .all_locked)" != null
AS=evaluator1 req GET "/api/v1/lots/$LOT/marks"
is "$(got '[.items[] | .marks[] | select(.criterion == "technical") | .value] | unique | @json')" '["70","75","81.25"]' "and the panel sees it"
PANEL=(evaluator1 evaluator2 evaluator3)
report_signed
AS=clerk lot decide
AS=approver lot confirm
AS=clerk lot announce
FIRST=$TENDER

# ---- part of it blindly ----
BID=()
drafted 100000.00
scoring 200 '{"blind":["technical"],"files":["technical_plan"]}'
AS='' WHY='a draft is the office'"'"'s' want 404 GET "/api/v1/tenders/$TENDER/scoring"
published
pdf() { printf '%%PDF-1.4\n%% %s\n%%%%EOF\n' "$1"; }
for x in aa:98000.00 bb:96000.00 cc:97000.00; do
    login=${x%%:*}
    AS=$login want 200 GET /api/v1/me
    bid_for "$login" "${x#*:}"
done
open_bids aa bb cc
for login in aa bb cc; do
    for kind in technical_plan licence; do
        file=$(brought clerk "$(pdf "$login $kind")")
        sql "UPDATE linli.blob SET type = 'application/pdf' WHERE sha256 = decode('$file', 'hex');
             INSERT INTO linli.attachment (office_id, id, object_kind, object_id, name, kind, sha256, public, side, added, added_by)
             SELECT 3, ('00000003-' || substr(u, 10, 5) || '8' || substr(u, 16))::uuid, 'bid', '${BID[$login]}', '${ORG[$login]}-$(AS='' req GET "/api/v1/organisations/${ORG[$login]}"; got .name).pdf', '$kind', decode('$file', 'hex'), false,
                    'organisation:${ORG[$login]}', now(), '${PERSON[$login]}' FROM (SELECT gen_random_uuid()::text AS u) r"
    done
done
panel_sits evaluator1 evaluator2 evaluator3
# Everything that can be asked, as a member: no name, no id of a bidder, in any answer about this tender.
tells() { # login: the paths whose answer tells of a bidder
    AS='' req GET /api/v1/openapi.json
    local path found=
    for path in $(got '.paths | to_entries[] | select(.value.get) | .key' | grep -E '\{(tender|lot|bid|office|object)\}|^/api/v1/me|/tenders$|/lots$' | grep -v '/me/relations'); do
        local asked=$path
        asked=${asked//\{tender\}/$TENDER} asked=${asked//\{lot\}/$LOT} asked=${asked//\{office\}/3}
        asked=${asked//\{object\}/${BID[aa]}} asked=${asked//\{bid\}/${BID[aa]}}
        case $asked in *'{'*) continue ;; esac
        AS=$1 req GET "${asked#"$B"}"
        if grep -qE "$names|${ORG[aa]}|${ORG[bb]}|${ORG[cc]}" <<<"$BODY$HEADERS"; then found="$found $path"; fi
    done
    echo "${found# }"
}
# What was announced of the first tender names its winner, and lists of offices tell of all their tenders.
about_others='/api/v1/offices/{office}/|/api/v1/me'
is "$(tells evaluator1 | tr ' ' '\n' | grep -vE "$about_others")" "" "no answer to a member about the tender carries a name"
AS=evaluator1 req GET "/api/v1/lots/$LOT/panel/bids"
is "$(got '[(.items | length), ([.items[].files[].name] | unique), .items[0].content.fields.price != null] | @json')" \
    '[3,["technical_plan"],true]' "a member reads what is offered, and the files that carry no name, without theirs"
technical=$(got '.items[0].files[0].attachment')
AS=evaluator1 want 200 GET "/api/v1/attachments/$technical/file"
is "$(grep -ciE "$names|%E7" <<<"$HEADERS")" 0 "nor when it is fetched"
licence=$(sql "SELECT id FROM linli.attachment WHERE kind = 'licence' AND object_id = '${BID[aa]}'")
AS=evaluator1 want 404 GET "/api/v1/attachments/$licence/file"
blind_part() { # technical
    local login sheets=
    for login in aa bb cc; do sheets="$sheets,{\"bid\":\"${BID[$login]}\",\"marks\":[{\"criterion\":\"technical\",\"value\":\"$1\",\"reason\":\"方案\"}]}"; done
    echo "{\"sheets\":[${sheets#,}]}"
}
AS=evaluator1 WHY='the rest is not marked yet' want 409 PUT "/api/v1/lots/$LOT/marks" "$(sheets_of 80 90)"
is "$(problem)" mark/blind "and it says so"
names_told() { # login: how many names it is told
    AS=$1 req GET "/api/v1/lots/$LOT/panel/bids"
    got '[.items[].name | select(. != null)] | length'
}
for i in 1 2 3; do
    AS=evaluator$i want 200 PUT "/api/v1/lots/$LOT/marks" "$(blind_part "8$i")"
    [ "$i" != 3 ] || is "$(tells evaluator1 | tr ' ' '\n' | grep -vE "$about_others")" "" "nobody is told before all have locked"
    # Who locked a wrong mark thinks better of it while it may not know whose bid it is: then it is open until it is locked again.
    [ "$i" != 3 ] || AS=evaluator1 WHY='a blind mark is corrected' want 200 PUT "/api/v1/lots/$LOT/marks" "$(blind_part 85)"
    AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/marks/lock" '{}'
    is "$(names_told "evaluator$i")" 0 "no names after the lock of $i"
done
AS=evaluator2 WHY='while another mark is corrected, one is' want 200 PUT "/api/v1/lots/$LOT/marks" "$(blind_part 82)"
AS=evaluator1 want 200 POST "/api/v1/lots/$LOT/marks/lock" '{}'
is "$(got .unblinded) $(names_told evaluator1)" "null 0" "nor as long as one of them is open again"
AS=evaluator2 want 200 POST "/api/v1/lots/$LOT/marks/lock" '{}'
is "$(names_told evaluator1) $(names_told evaluator3)" "3 3" "but after the last lock"
is "$(sql "SELECT DISTINCT k.shown FROM linli.mark k JOIN linli.sheet s ON s.office_id = k.office_id AND s.id = k.sheet_id JOIN linli.panel_member m ON m.office_id = s.office_id AND m.id = s.member_id
    WHERE s.lot_id = '$LOT' AND m.person_id = '${PERSON[evaluator1]}' AND k.criterion = 'technical'")" 85 "with the marks as they were corrected"
AS=evaluator1 req GET "/api/v1/lots/$LOT/panel/bids"
is "$(got '[.items[].files[].name | test("中心|服务社")] | [all, length] | @json')" '[true,6]' "and all files with their names"
AS=evaluator1 want 200 GET "/api/v1/attachments/$licence/file"
AS=evaluator1 WHY='a blind mark stays' want 409 PUT "/api/v1/lots/$LOT/marks" "$(blind_part 60)"
is "$(problem)" mark/locked "locked"
record_part() {
    local part
    part=$(blind_part "$1")
    echo "${part//\"technical\"/\"record\"}"
}
for i in 1 2 3; do
    AS=evaluator$i WHY='the rest is missing' want 409 POST "/api/v1/lots/$LOT/marks/lock" '{}'
    AS=evaluator$i want 200 PUT "/api/v1/lots/$LOT/marks" "$(record_part "7$i")"
    AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/marks/lock" '{}'
done
ok "then all is locked" test "$(got .all_locked)" != null

# One sheet opened again: its member knows whose bid it is, so what it marked blindly stays.
again=$(sql "SELECT s.id FROM linli.sheet s JOIN linli.panel_member m ON m.office_id = s.office_id AND m.id = s.member_id
    WHERE s.lot_id = '$LOT' AND s.bid_id = '${BID[aa]}' AND m.person_id = '${PERSON[evaluator2]}'")
AS=evaluator1 want 200 POST "/api/v1/sheets/$again/request" '{"ground":"abnormal","reason":"畸高"}'
AS=approver want 200 POST "/api/v1/sheets/$again/reopen"
is "$(sql "SELECT payload::jsonb ->> 'lot' FROM linli.event_queue WHERE act = 'sheet_reopen' AND subject = '$again'")" "$LOT" "the log says of which lot it is"
one_mark() { echo "{\"sheets\":[{\"bid\":\"${BID[aa]}\",\"marks\":[{\"criterion\":\"$1\",\"value\":\"$2\",\"reason\":\"复核\"}]}]}"; }
AS=evaluator2 req PUT "/api/v1/lots/$LOT/marks" "$(one_mark technical 60)"
is "$STATUS $(problem)" "409 mark/locked" "a blind mark stays when its sheet is opened again"
AS=evaluator2 WHY='the others do not' want 200 PUT "/api/v1/lots/$LOT/marks" "$(one_mark record 70)"
AS=evaluator2 want 200 POST "/api/v1/lots/$LOT/marks/lock" '{}'
AS=evaluator1 lot evaluate

# Who comes into a place then marks blindly first, and is told no name by any office it holds besides.
person evaluator4 evaluator 3
sql "INSERT INTO linli.membership SELECT (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'person_id', '${PERSON[evaluator4]}'))).*
     FROM linli.membership m WHERE m.person_id = '${PERSON[clerk]}' AND m.role = 'office_clerk'"
paper=$(sql "INSERT INTO linli.paper (office_id, id, lot_id, bid_id, rule, given, body) SELECT 3, ('00000003-' || substr(u, 10, 5) || '8' || substr(u, 16))::uuid, '$LOT', '${BID[aa]}', 'qualified', now(), '甲公益服务中心补正' FROM (SELECT gen_random_uuid()::text AS u) r RETURNING id")
sql "INSERT INTO linli.bond (office_id, id, tender_id, kind, bid_id, organisation_id, form, amount_fen, reference, received, state, entered, entered_by)
     VALUES (3, '$paper', '$TENDER', 'bid', '${BID[aa]}', '${ORG[aa]}', 'transfer', 100, 'x', now(), 'held', now(), '${PERSON[clerk]}');
     INSERT INTO linli.attachment SELECT (jsonb_populate_record(f, jsonb_build_object('id', '$paper', 'object_kind', 'paper', 'object_id', '$paper'))).*
     FROM linli.attachment f WHERE f.id = '$licence'"
AS=clerk req GET "/api/v1/lots/$LOT/panel"
gone=$(got ".members[] | select(.person == \"${PERSON[evaluator3]}\") | .id")
AS=clerk IFM=$(AS='' lot_etag) want 200 POST "/api/v1/lots/$LOT/panel/replace" "{\"member\":\"$gone\",\"person\":\"${PERSON[evaluator4]}\",\"kind\":\"representative\",\"reason\":\"病假\"}"
AS=evaluator4 want 200 POST "/api/v1/lots/$LOT/panel/enter"
AS=evaluator4 want 200 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":false}'
decision=$(sql "INSERT INTO linli.decision (office_id, id, tender_id, lot_id, question, plugin, plugin_version, plugin_sha256, options, facts, answer, at)
     SELECT office_id, '$paper', '$TENDER', '$LOT', 'admit', plugin, plugin_version, plugin_sha256, options, '{\"bidders\":[{\"name\":\"甲公益服务中心\"}]}', answer, now()
     FROM linli.decision ORDER BY at LIMIT 1 RETURNING id")
behalf=$(sql "INSERT INTO linli.behalf (office_id, id, number, act, target, channel, sender, contact, organisation_id, tender_id, lot_id, content_hash, received, entered, entered_by)
     VALUES (3, '$paper', 'x', 'paper_give', '${BID[aa]}', 'paper', '甲公益服务中心', 'x', '${ORG[aa]}', '$TENDER', '$LOT', decode(repeat('00', 32), 'hex'), now(), now(), '${PERSON[clerk]}') RETURNING id")
hidden() { # login: the names told of bonds, papers and the evaluation, and the answer to who asks for the file of a paper
    for path in "tenders/$TENDER/bonds" "bids/${BID[aa]}/papers" "lots/$LOT/evaluation" "decisions/$decision" "on-behalf/$behalf" "offices/3/on-behalf?object=${BID[aa]}"; do
        AS=$1 req GET "/api/v1/$path"
        echo "$STATUS:$(grep -cE "$names" <<<"$BODY")"
    done
    AS=$1 req GET "/api/v1/attachments/$paper/file"
    echo "$STATUS"
    AS=$1 req POST "/api/v1/decisions/$decision/try" '{}'
    [ "$STATUS" = 404 ] && echo 404 || echo tried
}
is "$(hidden clerk | paste -sd' ')" "200:1 200:1 404:0 200:1 200:1 200:1 200 tried" "the office is told of bonds and papers"
is "$(hidden evaluator1 | sed -n 3p)" "200:1" "and who has marked blindly whose evaluation it was"
is "$(hidden evaluator4 | paste -sd' ')" "200:0 200:0 200:0 404:0 404:0 200:0 404 404" "who has still to mark blindly is not, whatever office it holds"
is "$(tells evaluator4 | tr ' ' '\n' | grep -vE "$about_others")" "" "nor by any other answer about the tender"
for part in blind_part record_part; do
    AS=evaluator4 want 200 PUT "/api/v1/lots/$LOT/marks" "$($part 80)"
    AS=evaluator4 want 200 POST "/api/v1/lots/$LOT/marks/lock" '{}'
done
is "$(hidden evaluator4 | paste -sd' ')" "200:1 200:1 200:1 200:1 200:1 200:1 200 tried" "until it has"
sql "DELETE FROM linli.decision WHERE id = '$decision'; DELETE FROM linli.behalf WHERE id = '$behalf'; DELETE FROM linli.attachment WHERE id = '$paper'; DELETE FROM linli.paper WHERE id = '$paper'; DELETE FROM linli.bond WHERE id = '$paper'"
PANEL=(evaluator1 evaluator2 evaluator4)
report_signed
AS=clerk lot decide
AS=approver lot confirm
AS=clerk lot announce

SECOND=$TENDER

# ---- both: the blind part committed and revealed, then the rest ----
BID=()
drafted 100000.00
scoring 200 '{"committed":true,"blind":["technical"],"files":["technical_plan"]}'
published
for x in aa:98000.00 bb:96000.00 cc:97000.00; do bid_for "${x%%:*}" "${x#*:}"; done
open_bids aa bb cc
panel_sits evaluator1 evaluator2 evaluator3
members() {
    local i
    AS=clerk req GET "/api/v1/lots/$LOT/panel"
    for i in 1 2 3 4; do MEMBER[$i]=$(got ".members[] | select(.person == \"${PERSON[evaluator$i]}\") | .id"); done
}
members
part() { # member function value..: promised, not handed in
    rm -f "c.$1" "r.$1"
    "$2" "${@:3}" >"s.$1"
    linli score --key "e$1.key" --member "${MEMBER[$1]}" --commit "c.$1" --reveal "r.$1" "s.$1"
}
part 1 blind_part 81
commit 1 200
part 2 blind_part 92
commit 2 200
reveal 1 409
part 2 blind_part 82
WHY='a promise is corrected' commit 2 200
part 3 blind_part 83
commit 3 200
WHY='all have: nothing is changed any more' commit 3 409
reveal 1 200
reveal 2 200
is "$(names_told evaluator1)" 0 "no names while one has not revealed its blind marks"
reveal 3 200
is "$(names_told evaluator1) $(names_told evaluator3)" "3 3" "all have: the names are told"
AS=evaluator1 want 409 PUT "/api/v1/lots/$LOT/marks" "$(record_part 71)"
is "$(problem)" mark/committed "the rest is committed to as well"
reveal 1 409
part 1 record_part 71
commit 1 200
part 2 record_part 72
commit 2 200
WHY='not all have of the rest' reveal 1 409
part 3 sheets_of 99 73
commit 3 200
reveal 1 200
WHY='whoever puts blind marks on it again' reveal 3 422
AS=clerk IFM=$(AS='' lot_etag) want 200 POST "/api/v1/lots/$LOT/panel/replace" "{\"member\":\"${MEMBER[3]}\",\"person\":\"${PERSON[evaluator4]}\",\"kind\":\"representative\",\"reason\":\"评分表无效\"}"
AS=evaluator4 want 200 POST "/api/v1/lots/$LOT/panel/enter"
AS=evaluator4 want 200 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":false}'
linli keygen evaluator e4.key --name evaluator4 --plain >/dev/null
members
WHY='one is new and has committed to nothing' reveal 2 409
is "$(names_told evaluator4) $(names_told evaluator2)" "0 3" "who comes later is told no name"
part 4 blind_part 84
commit 4 200
WHY='still of the rest' reveal 2 409
reveal 4 200
is "$(names_told evaluator4)" 3 "until it has revealed its blind marks"
part 4 record_part 74
commit 4 200
reveal 4 200
reveal 2 200
ok "then all is locked" test "$(got .all_locked)" != null
PANEL=(evaluator1 evaluator2 evaluator4)
report_signed
AS=clerk lot decide
AS=approver lot confirm
AS=clerk lot announce

# ---- strangers check both; what is forged afterwards is found ----
signs log log
export LINLI_BLOBS_FOLDER=$T/blobs
linli log publish --into tree --log-key "$(cat log.pub)" --signer log.sock >said 2>wrong
is "$?" 0 "published"
checked() { # bundle: exit codes of both, what failed
    local first second
    linli verify --log tree --log-key "$(cat log.pub)" --bundle "$1" >checks 2>&1
    first=$?
    python3 "$here/tests/trust/verify.py" log --log tree --log-key "$(cat log.pub)" --bundle "$1" >second 2>&1
    second=$?
    echo "$first $second $(grep -E '^FAIL' checks | awk '{print $2}' | paste -sd' ')"
}
for t in "$FIRST" "$SECOND" "$TENDER"; do
    linli log bundle --into "b-$t" --tender "$t" --level supervisor >/dev/null
    is "$(checked "b-$t")" "0 0 " "both verifiers find nothing wrong"
done
is "$(grep -c '^PASS V18' checks)" 1 "marks are checked"
forged() { # name what: a decision's marks or an event changed in the copy and logged anew is what insiders do; here the bundle alone
    rm -rf bad
    cp -r "b-${3:-$FIRST}" bad
    sed -i "$2" bad/events
    like "$(checked bad) $(grep '^FAIL V18' second)" "[1-9] [1-9] *V18*FAIL V18*" "$1"
}
forged "another nonce" 's/\("nonce":"\)[0-9a-f]\{8\}/\100000000/'
forged "names told to nobody" 's/"unblinded":true/"unblinded":false/' "$TENDER"
forged "a blind mark that was changed once names were told" '/marks_reveal/s/"criterion":"technical","value":82000000/"criterion":"technical","value":92000000/' "$TENDER"
forged "one that was changed where marks are locked" '/"record"/s/"criterion":"technical","value":85000000/"criterion":"technical","value":95000000/' "$SECOND"
forged "another mark in the sheet" 's/81\.25/91.25/g'
finish
