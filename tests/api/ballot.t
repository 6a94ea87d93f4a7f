#!/bin/bash
# Residents' votes: a roll, one ballot a number whoever enters it, paper in batches all or nothing, no count before
# the end, a tie drawn in public, ballots published without names.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person voter2 resident 3
fund_of charity 1000.00
entry_of charity community_fund 1000.00

# Rolls.
AS=resident want 403 POST /api/v1/offices/3/rolls '{"name":"甲居委会"}'
AS=clerk want 201 POST /api/v1/offices/3/rolls '{"name":"甲居委会"}'
roll=$(got .id)
AS=clerk want 200 POST "/api/v1/rolls/$roll/entries" "{\"entries\":[{\"number\":\"001\",\"person\":\"${PERSON[resident]}\"},{\"number\":\"002\",\"person\":\"${PERSON[voter2]}\",\"area\":\"东区\"},{\"number\":\"003\"},{\"number\":\"004\"}]}"
is "$(got .size)" 4 "four on the roll"
AS=clerk want 409 POST "/api/v1/rolls/$roll/entries" '{"entries":[{"number":"005"},{"number":"003"}]}'
is "$(got '[.errors[].pointer] | @json')" '["/entries/1"]' "the number that is there is named"
AS=clerk want 409 POST "/api/v1/rolls/$roll/entries" '{"entries":[{"number":"006"},{"number":"006"}]}'
AS=clerk want 409 POST "/api/v1/rolls/$roll/entries" "{\"entries\":[{\"number\":\"007\",\"person\":\"${PERSON[resident]}\"}]}"
AS=clerk req GET "/api/v1/rolls/$roll"
is "$(got .size)" 4 "nothing of a refused batch was kept"
many=$(for i in $(seq 501); do printf ',{"number":"x%d"}' "$i"; done)
AS=clerk want 422 POST "/api/v1/rolls/$roll/entries" "{\"entries\":[${many#,}]}"
printf 'number,area\n101,西区\n102,西区\n' >"$T/roll.csv"
is "$(LINLI_TOKEN=${TOKEN[clerk]} linli import roll "$T/roll.csv" --office 3 --url "$B" --name 乙居委会 | cut -f2)" 2 "a roll from CSV"
printf '\xEF\xBB\xBF301,西区\n302,西区\n' >"$T/marked.csv"
is "$(LINLI_TOKEN=${TOKEN[clerk]} linli import roll "$T/marked.csv" --office 3 --url "$B" --name 丙居委会 | cut -f2) $(sql "SELECT string_agg(number, ' ' ORDER BY number) FROM linli.roll_entry WHERE number LIKE '%30_'")" \
    '2 301 302' "with the mark a spreadsheet puts before it"
link=$(linli user add yi --name 伊 --role office_clerk --office 3 | jq -r .link)
AS='' req POST /api/v1/passwords "{\"link\":\"$link\",\"password\":\"correct horse battery\"}"
is "$(LINLI_PASSWORD='correct horse battery' linli import roll "$T/roll.csv" --office 3 --url "$B" --login yi | cut -f2)" 2 "and with a password"
LINLI_PASSWORD='wrong horse battery' linli import roll "$T/roll.csv" --office 3 --url "$B" --login yi >"$T/said" 2>&1
is $? 77 "a wrong one is said"
printf '1,2,3\n' | LINLI_TOKEN=${TOKEN[clerk]} linli import roll - --office 3 --url "$B" >"$T/said" 2>&1
is $? 65 "a line that is no entry is said"
linli import roll "$T/nothing" --office 3 >"$T/said" 2>&1
is $? 66 "so is a file that is not there"

AS=clerk want 201 POST /api/v1/offices/3/rolls '{"name":"空名册"}'
nobody=$(got .id)
for none in '"category":"public_good"' "\"roll\":\"$nobody\",\"category\":\"public_good\""; do
    tender_of equal_shares "{\"voting_window\":\"7d\",\"tranches\":$TWO_PARTS}" '{"completion":"none","ties":["draw"]}' "$none"
    AS=approver IFM=$TAG WHY='nobody could vote' want 409 POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$(date -u -d '+40 days' +%FT02:00:00Z)\",\"confirm_unverified\":true}"
    is "$(got '.errors[0].pointer')" /roll "and the roll is named"
done
AS=clerk want 200 POST "/api/v1/rolls/$nobody/entries" '{"entries":[{"number":"1"}]}'
tender_of equal_shares "{\"voting_window\":\"7d\",\"proposal_window\":\"14d\",\"tranches\":$TWO_PARTS}" '{"completion":"none","ties":["draw"]}' \
    "\"roll\":\"$roll\",\"electorate\":4,\"category\":\"public_good\""
publish "$(date -u -d '+40 days' +%FT02:00:00Z)"
AS=clerk want 409 POST "/api/v1/rolls/$roll/entries" '{"entries":[{"number":"009"}]}'
propose() { AS=$1 want 201 POST "/api/v1/tenders/$TENDER/proposals" "{\"title\":\"$2\",\"body\":\"$2\",\"place\":\"小区\",\"cost\":\"$3\"}"; }
propose resident 长椅 500.00
bench=$(got .id)
propose voter2 路灯 500.00
lamp=$(got .id)
propose voter2 花坛 300.00
bed=$(got .id)
cast() { echo "{\"choices\":[$(printf '{"bid":"%s"},' "$@" | sed 's/,$//')]}"; }
AS=resident WHY='not voting yet' want 409 POST "/api/v1/lots/$LOT/ballot" "$(cast "$bench")"
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h
checks=
for bid in $bench $lamp $bed; do
    for rule in public_benefit not_property_duty no_clash fits_purpose costed; do
        passed=true
        [ "$bid$rule" = "${bed}no_clash" ] && passed='false,"reason":"已有政府项目"'
        checks="$checks,{\"bid\":\"$bid\",\"rule\":\"$rule\",\"passed\":$passed}"
    done
done
AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
AS=clerk lot advance
is "$(phase)" voting "voting"

# Online: who is on the roll, once.
AS=clerk want 403 POST "/api/v1/lots/$LOT/ballot" "$(cast "$bench")"
AS=resident want 422 POST "/api/v1/lots/$LOT/ballot" "$(cast "$bench" "$bench")"
AS=resident want 422 POST "/api/v1/lots/$LOT/ballot" "$(cast 00000003-0000-8000-8000-000000000001)"
is "$(got '.errors[0].pointer')" /choices/0 "the choice at fault is named"
AS=resident want 422 POST "/api/v1/lots/$LOT/ballot" "{\"choices\":[{\"bid\":\"$bench\",\"value\":2}]}"
AS='' req GET "/api/v1/tenders/$TENDER/proposals"
is "$(got '[.items[] | select(.not_admitted) | .content.title + " " + .not_admitted[0].code] | join(",")')" "花坛 failed" "who fell is not on the ballot, and everybody reads why"
AS=resident WHY='a vote for it would be lost' want 422 POST "/api/v1/lots/$LOT/ballot" "$(cast "$lamp" "$bed")"
is "$(got '.errors[0].pointer')" /choices/1 "and it is named"
before=$(AS='' lot_etag)
AS=resident want 200 POST "/api/v1/lots/$LOT/ballot" "$(cast "$bench" "$lamp")"
is "$(got 'keys | @json')" '["lot","phase","taken"]' "the answer counts nothing"
AS=resident want 409 POST "/api/v1/lots/$LOT/ballot" "$(cast "$lamp")"
is "$(problem)" ballot/taken "one ballot a number"
person stranger resident 3
AS=stranger want 409 POST "/api/v1/lots/$LOT/ballot" "$(cast "$bench")"
is "$(problem)" ballot/not-entitled "nobody who is not on the roll"

# On paper: all or nothing.
paper() { echo "{\"number\":\"$1\",\"choices\":[{\"number\":$2}]}"; }
AS=resident want 403 POST "/api/v1/lots/$LOT/ballots" "{\"ballots\":[$(paper 003 1)]}"
typed() { AS=$1 want "$2" POST "/api/v1/lots/$LOT/ballots" "{\"ballots\":[$3]}"; }
again() { AS=$1 want "$2" POST "/api/v1/lots/$LOT/ballots/$batch/confirm" "{\"ballots\":[$3]}"; } # BATCH: the one that waits
dropped() { AS=$1 want 200 POST "/api/v1/lots/$LOT/ballots/$batch/drop" '{"reason":"录入有误"}'; }
typed clerk 200 "$(paper 003 1),$(paper 001 1)"
batch=$(got .batch)
is "$(got '[.entered, .waiting] | @json')" "[0,2]" "what one person typed in counts nothing"
again operator 409 "$(paper 003 1),$(paper 001 1)"
is "$(problem) $(got '.errors | length')" 'ballot/taken 0' "a number that voted online is not named: nobody asks who has voted"
is "$(sql "SELECT string_agg(payload::jsonb ->> 'ballots', ',') FROM linli.event_queue WHERE act = 'ballots_refused'")" 2 "and the log keeps that it was tried"
dropped operator
typed clerk 409 "$(paper 003 1),$(paper 003 2)"
is "$(problem) $(got '[.errors[].pointer] | @json')" 'ballot/taken ["/ballots/1/number"]' "one that is there twice is"
typed clerk 409 "$(paper 001 1),$(paper 003 1),$(paper 003 1)"
is "$(got '[.errors[].pointer] | @json')" '["/ballots/2/number"]' "and of the one that has voted it tells nothing"
typed clerk 409 "$(paper 003 1),$(paper 999 1)"
is "$(problem) $(got '[.errors[].pointer] | @json')" 'ballot/not-entitled ["/ballots/1/number"]' "a number that is not on the roll is named"
typed clerk 422 "$(paper 003 9)"
is "$(sql 'SELECT count(*) FROM linli.ballot')" 1 "no refused batch left anything"
blank() { echo "{\"number\":\"$1\",\"choices\":[]}"; }
typed clerk 200 "$(blank 003),$(blank 004)"
batch=$(got .batch)
again clerk 409 "$(blank 003),$(blank 004)"
is "$(problem)" approval/same-person "who typed it in does not stand for the second"
again operator 422 "$(blank 003),$(paper 004 1)"
is "$(got '[.errors[].pointer] | @json')" '["/ballots/1/number"]' "what differs is named"
again operator 422 "$(blank 003)"
is "$(got '.errors[0].pointer')" /ballots "and so is one too few"
AS=operator req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "ballots_confirm") | .act] | join(" ")')" ballots_confirm "it is a task of somebody else"
AS=clerk req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "ballots_confirm")] | length')" 0 "not of who typed it in"
again operator 200 "$(blank 004),$(blank 003)"
is "$(got '[.entered, .waiting] | @json') $(sql 'SELECT count(*) FROM linli.ballot')" "[2,0] 3" "typed in twice, in whatever order, it counts"
again operator 404 "$(blank 004),$(blank 003)"
AS=supervisor want 200 GET "/api/v1/lots/$LOT/ballot-batches"
is "$(got '[.items[] | [.ballots, .state]] | @json')" '[[2,"dropped"],[2,"counted"]]' "and who did is on record"
AS=resident want 403 GET "/api/v1/lots/$LOT/ballot-batches"
AS=voter2 want 200 POST "/api/v1/lots/$LOT/ballot" "$(cast "$lamp" "$bench")"
typed clerk 200 "$(paper 002 1)"
batch=$(got .batch)
again operator 409 "$(paper 002 1)"
for who in clerk approver resident auditor supervisor; do
    AS=$who req GET "/api/v1/lots/$LOT/ballots"
    is "$(got '.items | length')" 0 "$who sees no ballot while the vote runs"
    AS=$who req GET "/api/v1/offices/3/events?tender=$TENDER"
    is "$(got '[.items[] | select(.act | test("^ballots?_(cast|enter|confirm|drop)"))] | length')" 0 "nor that one came"
done
is "$(AS='' lot_etag)" "$before" "and the tag of the lot counts none"
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h
AS='' req GET "/api/v1/lots/$LOT"
is "$(got '[.phase, .waiting] | join(" ")')" 'voting ballots' "a batch still waits for its second person: the vote is not over"
AS=clerk IFM=$(AS='' lot_etag) want 409 POST "/api/v1/lots/$LOT/evaluate"
AS=resident WHY='nobody votes meanwhile' want 409 POST "/api/v1/lots/$LOT/ballot" "$(cast "$bench")"
typed clerk 409 "$(paper 002 1)"
AS=clerk WHY='nor does one person alone say now that it does not count' want 409 POST "/api/v1/lots/$LOT/ballots/$batch/drop" '{"reason":"录入有误"}'
is "$(problem)" approval/same-person "and is told so"
dropped operator
is "$(phase)" counting "the vote has ended"
AS=auditor req GET "/api/v1/offices/3/events?tender=$TENDER"
is "$(got '[.items[] | select(.act == "ballot_cast")] | length > 0')" true "then the auditor finds them in the trail"
AS=resident want 409 POST "/api/v1/lots/$LOT/ballot" "$(cast "$bench")"

# 1000.00 for 4 voters: 250.00 each.  Two want bench and lamp at 500.00 each and can pay for one: a tie, drawn in public.
AS=clerk lot evaluate
is "$(got .waiting)" draw "a draw is asked for"
purpose=$(got '.evaluation.draws[0].purpose')
keys=$(got '.evaluation.draws[0].keys[]')
drawn() { echo "{\"purpose\":\"$1\",\"witnesses\":[\"甲\",\"乙\"]}"; }
tag=$(AS='' lot_etag)
AS=clerk IFM=$tag want 409 POST "/api/v1/lots/$LOT/draw" "$(drawn another)"
AS=clerk IFM=$tag WHY='one witness' want 422 POST "/api/v1/lots/$LOT/draw" "{\"purpose\":\"$purpose\",\"witnesses\":[\"甲\"]}"
AS=resident IFM=$tag want 403 POST "/api/v1/lots/$LOT/draw" "$(drawn "$purpose")"
AS=clerk lot draw "$(drawn "$purpose")"
is "$(phase)" deciding "counted"
AS='' req GET "/api/v1/lots/$LOT/draws"
again=$(drawn_again | tr ' ' ,)
is "$(got '.items[0].keys | map(tostring) | join(",")')" "$again" "anybody can draw again"
tag=$(AS='' lot_etag)
AS=clerk IFM=$tag WHY='no second draw' want 409 POST "/api/v1/lots/$LOT/draw" "$(drawn "$purpose")"
AS='' want 404 GET "/api/v1/lots/$LOT/evaluation"
evaluated=$(sql "SELECT id FROM linli.decision WHERE question = 'evaluate' ORDER BY at DESC LIMIT 1")
AS=clerk WHY='ballots are not published yet' want 404 GET "/api/v1/decisions/$evaluated"
AS=auditor want 200 GET "/api/v1/decisions/$evaluated"
AS=clerk lot decide
is "$(got '[.awards[].amount] | @json')" '["500.00"]' "one of the two is funded"
first=$(got '.awards[0].id')
AS=approver lot confirm
AS=clerk lot announce
is "$(phase)" publicity "announced"
AS='' want 200 GET "/api/v1/lots/$LOT/evaluation"
AS='' want 200 GET "/api/v1/lots/$LOT/ballots"
is "$(got '.items | length')" 4 "then everybody may count again"
is "$(got '[.items[] | has("number") or has("entered_by")] | any')" false "without names or numbers"
is "$(got '[.items[].area] | unique | join(",")')" "" "nor areas: one of two online ballots would be known by its own"
published=$(got '.items[].ballot')
known=$(sql "SELECT encode(sha256(convert_to(tender_id::text || '/' || number || '/' || at::text, 'UTF8')), 'hex') FROM linli.ballot")
is "$(comm -12 <(sort <<<"$published") <(sort <<<"$known") | wc -l)" 0 "nor anything that numbers and times could be tried on"
AS=auditor req GET "/api/v1/decisions/$evaluated"
order=$(sql "SELECT string_agg(jsonb_array_length(choices)::text, '' ORDER BY id) FROM linli.ballot")
is "$(got '[.facts.ballots[].choices | length] | map(tostring) | join("")')" "$order" "the facts have them in that order too, not in that of the roll"

# A resident's proposal is carried out by a body that can sign.
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h
bidder host 社区社会组织联合会
AS=clerk want 422 POST "/api/v1/awards/$first/contract" '{"starts":"2027-03-01","ends":"2027-12-31","terms":"t"}'
is "$(got '.errors[0].pointer')" /organisation "somebody has to sign"
AS=clerk want 201 POST "/api/v1/awards/$first/contract" "{\"starts\":\"2027-03-01\",\"ends\":\"2027-12-31\",\"terms\":\"t\",\"organisation\":\"${ORG[host]}\"}"
contract=$(got .id)
AS=host req GET "/api/v1/contracts/$contract"
AS=host IFM=$(etag) want 200 POST "/api/v1/contracts/$contract/sign"
AS=approver IFM=$(etag) want 200 POST "/api/v1/contracts/$contract/sign"
is "$(got '[.state, (.tranches | length)] | @json')" '["signed",3]' "agreed"
is "$(phase)" delivering "and on its way"

# A voter's data is erased once the vote is over for good: that it voted, and which number of the roll it is.  The log and what the
# result rests on stay, and a stranger sees that it was erased, and by which act.
verified
sql "UPDATE linli.membership SET valid_until = '2026-01-01' WHERE person_id = '${PERSON[voter2]}'"
erase() { AS=root want 201 POST "/api/v1/people/${PERSON[voter2]}/erasures" '{"ground":"request","reason":"本人要求"}'; AS=security want 200 POST "/api/v1/erasures/$(got .id)/approve"; }
cast_by="act = 'ballot_cast' AND actor = '${PERSON[voter2]}'"
voted=$(sql "SELECT count(*) FROM linli.event_queue WHERE $cast_by")
# Of its two proposals one was funded, or neither; a file of its own lies beside the other one.
funded=$(sql "SELECT count(*) FROM linli.award WHERE bid_id = '$lamp'")
photo=$(brought voter2 照片)
sql "UPDATE linli.blob SET used = true WHERE sha256 = '\\x$photo'"
sql "INSERT INTO linli.attachment (office_id, id, object_kind, object_id, name, kind, sha256, public, side, added, added_by)
    VALUES (3, gen_random_uuid(), 'bid', '$bed', '照片', 'photo', '\\x$photo', false, 'person:${PERSON[voter2]}', now(), '${PERSON[voter2]}')"
sql "UPDATE linli.tender SET state = 'closed' WHERE id = '$TENDER'"
erase
is "$(got '[.state, .kept] | @json')" "[\"done\",$funded]" "erased; what was funded of what it proposed is kept"
is "$(sql "SELECT content ->> 'title' || ' ' || (content ? 'body') || ' ' || (content #>> '{fields,cost}') FROM linli.bid WHERE id = '$bed'")" "（已删除） false 300.00" \
    "of the other proposal there is left what the vote was about"
is "$(sql "SELECT count(*) FROM linli.attachment WHERE object_id = '$bed'") $(sql "SELECT used FROM linli.blob WHERE sha256 = '\\x$photo'")" "0 f" "and its file is gone"
is "$voted $(sql "SELECT count(*) FILTER (WHERE salt IS NULL AND payload IS NULL) FROM linli.event_queue WHERE $cast_by") $(sql "SELECT count(*) FROM linli.roll_entry WHERE person_id = '${PERSON[voter2]}'")" \
    '1 1 0' "that it voted is gone, and whose number it was"
is "$(sql "SELECT count(*) FROM linli.ballot WHERE entered_by = '${PERSON[voter2]}'") $(sql "SELECT count(*) FROM linli.ballot WHERE entered_by IS NULL")" '0 1' "on its ballot, too"
verified
is "$(grep -c ' erased$' "$T/verified/$TENDER/events") $(wc -l <"$T/verified/$TENDER/erasures")" "$((3 - funded)) 1" "the bundle says so, and by which act"
mv "$T/verified/$TENDER/erasures" "$T/erasures"
is "$(checks_said "$T/verified/log" "$T/verified/$TENDER" --no-ask)" 'V7 1, V7 1' "without that act the entry is missing"
sed 's/"entries":\[[0-9,]*\]/"entries":[0]/' "$T/erasures" >"$T/verified/$TENDER/erasures"
is "$(checks_said "$T/verified/log" "$T/verified/$TENDER" --no-ask)" 'V7 1, V7 1' "nor does an act do that the log does not know"
sql "SET session_replication_role = replica; UPDATE linli.event_queue q SET salt = NULL, payload = NULL, erasure = (SELECT id FROM linli.erasure LIMIT 1) WHERE q.tender_id = '$TENDER' AND q.act = 'proposal_create'"
is "$(judged "$TENDER")" 'V7 1, V7 1' "what somebody wiped out without such an act is missed"
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
