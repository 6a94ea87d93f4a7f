#!/bin/bash
# From bids to contract in statutory procurement: the three-bidder example, B being a small
# enterprise; objections in time; a winner that will not sign.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person evaluator4 evaluator 3
person evaluator5 evaluator 3
bidder aa 甲社
bidder bb 乙社
bidder cc 丙社
bidder dd 丁社
fund_of statutory 600000.00
entry_of statutory public_bidding 600000.00
SCHEME='{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术和商务","en":"technical and business"},"weight":"85%"}],"deductions":[{"check":"small_enterprise","rate":"10%"}]}'
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" "$SCHEME"
deadline=$(date -u -d '+40 days' +%FT02:00:00Z)
publish "$deadline"
bid_for aa 480000.00
bid_for bb 500000.00 small
bid_for cc 420000.00
AS=evaluator1 want 200 GET "/api/v1/me"

# The documents: seven working days from the end of the five of their notice, and from what amends them; nothing else is there yet.
object() { AS='dd' want "$1" POST "/api/v1/lots/$LOT/objections" "{\"kind\":\"$2\",\"body\":\"资格条件不合理\"}"; }
AS='' req GET "/api/v1/tenders/$TENDER"
last=$(working_day "$(working_day "$(TZ=Asia/Shanghai date -d "$(got .published)" +%F)" 5)" 7)
clock_to "${last}T15:59:58Z"
AS='dd' want 200 POST "/api/v1/lots/$LOT/objections/preview" '{"kind":"documents","body":"资格条件不合理"}'
is "$(got '.until')" "${last}T16:00:00Z" "until when is told before one objects"
is "$(sql "SELECT count(*) FROM linli.objection")" 0 "and nothing is stored"
WHY='the last day' object 201 documents
AS='dd' IFM='*' want 200 POST "/api/v1/objections/$(got .id)/withdraw"
for kind in process result; do
    WHY='that has not come' object 409 $kind
    is "$(got '.errors[0].pointer')" /kind "only what is there is objected to"
done
clock_to "${last}T16:00:00Z"
object 409 documents
is "$(problem)" objection/late "the day after"
AS=clerk IFM='*' want 200 POST "/api/v1/tenders/$TENDER/amend" '{"body":"资格条件修改","affects_bids":true}'
WHY='what was amended is new' object 201 documents
AS='dd' IFM='*' want 200 POST "/api/v1/objections/$(got .id)/withdraw"

# Before the opening a panel may be named, and no refusal tells who bids.
person tied evaluator 3
sql "INSERT INTO linli.membership (id, person_id, organisation_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[tied]}', '${ORG[bb]}', 'organisation', '2020-01-01')"
members="$(seat evaluator1 expert true),$(seat evaluator2 expert false),$(seat evaluator3 expert false)"
tag=$(AS='' lot_etag)
AS=clerk IFM=$tag WHY='3 of 5 experts' want 409 PUT "/api/v1/lots/$LOT/panel" "{\"members\":[$members,$(seat evaluator4 representative false),$(seat evaluator5 representative false)]}"
is "$(problem)" panel/unfit "two thirds are experts, exactly"
AS=clerk IFM=$tag WHY='an even number' want 409 PUT "/api/v1/lots/$LOT/panel" "{\"members\":[$members,$(seat evaluator4 expert false)]}"
AS=clerk IFM=$tag WHY='not an evaluator' want 409 PUT "/api/v1/lots/$LOT/panel" "{\"members\":[$members,$(seat evaluator4 expert false),$(seat clerk representative false)]}"
AS=clerk IFM=$tag WHY='an interest is not looked at before the opening' want 200 PUT "/api/v1/lots/$LOT/panel" "{\"members\":[$members,$(seat evaluator4 expert false),$(seat tied representative false)]}"
AS=aa want 403 GET "/api/v1/lots/$LOT/panel"
AS=resident want 403 GET "/api/v1/lots/$LOT/panel"

clock_to "$deadline"
advance 1h
AS=clerk req GET "/api/v1/tenders/$TENDER/draft"
AS=clerk IFM=$(etag) want 200 POST "/api/v1/tenders/$TENDER/open"
is "$(phase)" qualification "opened"
checks=
for login in aa bb cc; do
    for rule in qualified good_credit; do checks="$checks,{\"bid\":\"${BID[$login]}\",\"rule\":\"$rule\",\"passed\":true}"; done
done
checks="$checks,{\"bid\":\"${BID[bb]}\",\"rule\":\"small_enterprise\",\"passed\":true}"
# Whoever belongs to a bidder withdraws, whatever it does for the office.
of_cc() { sql "INSERT INTO linli.membership (id, person_id, organisation_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[$1]}', '${ORG[cc]}', 'organisation', '2026-01-01')"; }
not_of_cc() { sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[$1]}' AND organisation_id = '${ORG[cc]}'"; }
withdraws() { is "$(problem)" conflict/interest "$1 withdraws from it"; }
of_cc clerk
AS=clerk want 409 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
withdraws 'who finds about the bids'
not_of_cc clerk
AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
AS=clerk lot advance
is "$(phase)" conformity "three are qualified"
person outsider evaluator 3
AS=outsider WHY='another panel sits' want 404 GET "/api/v1/lots/$LOT/panel"
AS=outsider IFM='*' want 403 POST "/api/v1/lots/$LOT/advance"

# The panel comes.
AS=evaluator1 want 200 POST "/api/v1/lots/$LOT/panel/enter"
AS=evaluator1 WHY='twice' want 409 POST "/api/v1/lots/$LOT/panel/enter"
AS=evaluator5 want 403 POST "/api/v1/lots/$LOT/panel/enter"
AS=tied want 409 POST "/api/v1/lots/$LOT/panel/enter"
is "$(problem)" conflict/interest "who belongs to a bidder is sent away"
AS=clerk req GET "/api/v1/lots/$LOT/panel"
gone=$(got ".members[] | select(.name == \"tied\") | .id")
AS=clerk IFM=$(etag) WHY='no interest either' want 200 POST "/api/v1/lots/$LOT/panel/replace" "{\"member\":\"$gone\",\"person\":\"${PERSON[evaluator5]}\",\"kind\":\"representative\",\"reason\":\"回避\"}"
for i in 2 3 4 5; do AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/panel/enter"; done
AS=evaluator2 WHY='declare first' want 403 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[{\"bid\":\"${BID[aa]}\",\"rule\":\"responsive\",\"passed\":true}]}"
for i in 1 2 3 4 5; do AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":false}'; done
checks=
for login in aa bb cc; do checks="$checks,{\"bid\":\"${BID[$login]}\",\"rule\":\"responsive\",\"passed\":true}"; done
AS=outsider want 403 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[outsider]}', 3, 'office_clerk', '2020-01-01')"
AS=outsider WHY='nor for working there as well' want 403 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[outsider]}' AND role = 'office_clerk'"
AS=outsider req GET "/api/v1/lots/$LOT/checks"
is "$(got '.items | length')" 0 "nor does an evaluator read what another panel found"
AS=evaluator1 req GET "/api/v1/lots/$LOT/checks"
ok "its members do" [ "$(got '.items | length')" -gt 0 ]
for i in 1 2 3; do AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"; done
AS=evaluator1 lot advance
is "$(phase)" scoring "all respond"

# Marks: alone, in range, locked when complete.
sheet() { echo "{\"bid\":\"${BID[$1]}\",\"marks\":[{\"criterion\":\"technical\",\"value\":\"$2\",\"reason\":\"见评审记录\"}]}"; }
AS=evaluator1 want 422 PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[$(sheet aa 100.5)]}"
is "$(problem)" mark/range "100.5 of 100"
is "$(got '.errors[0].pointer')" /sheets/0/marks/0/value "the mark at fault is named"
AS=evaluator1 want 422 PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[$(sheet aa 88),$(sheet aa 88)]}"
AS=clerk want 403 PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[$(sheet aa 88)]}"
AS=tied want 403 PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[$(sheet aa 88)]}"
for i in 1 2 3 4 5; do
    AS=evaluator$i want 200 PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[$(sheet aa 88),$(sheet bb 90),$(sheet cc 80)]}"
    AS=evaluator$i req GET "/api/v1/lots/$LOT/marks"
    is "$(got '[.items[].own] | unique | @json')" '[true]' "member $i sees its own marks only (boundary 27)"
done
for who in clerk approver supervisor auditor; do
    AS=$who req GET "/api/v1/lots/$LOT/marks"
    is "$(got '.items | length')" 0 "$who sees no mark before all are locked"
done
for i in 1 2 3 4; do AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/marks/lock" '{}'; done
is "$(got .all_locked)" null "four of five have locked"
AS=evaluator1 want 409 PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[$(sheet aa 89)]}"
is "$(problem)" mark/locked "a locked sheet stays as it is"
AS=evaluator1 req GET "/api/v1/lots/$LOT/marks"
is "$(got '.items | length')" 3 "who has locked still sees its own only"
tag=$(AS='' lot_etag)
AS=evaluator1 IFM=$tag want 409 POST "/api/v1/lots/$LOT/evaluate"
AS=evaluator5 want 200 POST "/api/v1/lots/$LOT/marks/lock" '{}'
AS=evaluator1 req GET "/api/v1/lots/$LOT/marks"
is "$(got '.items | length')" 15 "then the panel sees all"
AS=clerk req GET "/api/v1/lots/$LOT/marks"
is "$(got '.items | length')" 0 "the office when the plan says: from the decision on"
AS=outsider IFM='*' want 403 POST "/api/v1/lots/$LOT/evaluate"
AS=outsider IFM='*' want 403 POST "/api/v1/lots/$LOT/draw" '{"purpose":"tie","witnesses":["甲","乙"]}'
AS=evaluator1 lot evaluate
is "$(got '[.question, .phase] | @json')" '["preview","scoring"]' "summed up for the panel before its report"
preview=$(sql "SELECT id FROM linli.decision WHERE question = 'preview'")
admitted=$(sql "SELECT id FROM linli.decision WHERE question = 'admit' ORDER BY at DESC LIMIT 1")
for who in clerk supervisor; do
    AS=$who req GET "/api/v1/tenders/$TENDER/decisions"
    is "$(got '[.items[] | select(.question == "preview")] | length')" 0 "the decisions do not tell $who either"
    AS=$who want 404 GET "/api/v1/decisions/$preview"
    AS=$who WHY='its facts hold the marks' want 404 GET "/api/v1/decisions/$admitted"
done

# One sheet again, on a lawful ground, asked by the chair, approved by another.
AS=evaluator1 req GET "/api/v1/lots/$LOT/marks"
again=$(got ".items[] | select(.member == 2 and .bid == \"${BID[aa]}\") | .id")
AS=evaluator2 want 403 POST "/api/v1/sheets/$again/request" '{"ground":"abnormal","reason":"畸高"}'
AS=approver want 409 POST "/api/v1/sheets/$again/reopen"
AS=evaluator1 want 422 POST "/api/v1/sheets/$again/request" '{"ground":"second_thoughts","reason":"x"}'
AS=evaluator1 want 200 POST "/api/v1/sheets/$again/request" '{"ground":"abnormal","reason":"畸高"}'
AS=evaluator1 want 409 POST "/api/v1/sheets/$again/request" '{"ground":"abnormal","reason":"畸高"}'
AS=clerk want 403 POST "/api/v1/sheets/$again/reopen"
AS=approver want 200 POST "/api/v1/sheets/$again/reopen"
is "$(got '[.state, .reopened[0].ground] | @json')" '["open","abnormal"]' "one sheet is open again"
AS=evaluator2 want 409 PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[$(sheet bb 1)]}"
AS=evaluator2 want 200 PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[$(sheet aa 88)]}"
AS=evaluator1 want 409 PUT "/api/v1/lots/$LOT/report" '{"summary":"x"}'
AS=evaluator2 want 200 POST "/api/v1/lots/$LOT/marks/lock" "{\"bids\":[\"${BID[aa]}\"]}"

# The report: the chair writes, everybody signs or dissents.
AS=evaluator2 want 403 PUT "/api/v1/lots/$LOT/report" '{"summary":"x"}'
AS=evaluator2 want 409 POST "/api/v1/lots/$LOT/report/sign" '{}'
AS=evaluator1 want 200 PUT "/api/v1/lots/$LOT/report" '{"summary":"推荐乙社为第一中标候选人"}'
for i in 1 2 3 4; do AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/report/sign" '{}'; done
is "$(phase)" scoring "one signature is missing"
AS=evaluator1 want 409 POST "/api/v1/lots/$LOT/report/sign" '{}'
AS=evaluator5 want 200 POST "/api/v1/lots/$LOT/report/sign" '{"dissent":"对丙社技术分有保留意见"}'
is "$(got '[.members[].dissent | select(. != null)] | length')" 1 "dissent is kept in writing"
is "$(phase)" deciding "evaluated when the last has signed"
AS=clerk want 200 GET "/api/v1/decisions/$preview"
AS=clerk want 200 GET "/api/v1/lots/$LOT/evaluation"
key_of() { got ".bids | to_entries[] | select(.value.bid == \"${BID[$1]}\") | .key"; }
for pair in aa:87.925 bb:90.5 cc:83.0; do
    n=$(key_of "${pair%%:*}")
    is "$(got ".evaluation.items[] | select(.bid == $n) | .total")" "${pair#*:}" "${pair%%:*} has ${pair#*:}"
done
n=$(key_of bb)
is "$(got ".evaluation.items[] | select(.bid == $n) | .compared")" 450000.00 "B is compared at 450,000.00"
AS=aa want 404 GET "/api/v1/lots/$LOT/evaluation"
AS='' want 404 GET "/api/v1/lots/$LOT/evaluation"
AS=clerk req GET "/api/v1/lots/$LOT/marks"
is "$(got '.items | length')" 15 "now the office reads the marks"

# Decided by one, confirmed by another, announced.
tag=$(AS='' lot_etag)
AS=evaluator1 IFM=$tag want 403 POST "/api/v1/lots/$LOT/decide"
AS=clerk IFM=$tag want 409 POST "/api/v1/lots/$LOT/announce"
of_cc clerk
AS=clerk IFM=$tag want 409 POST "/api/v1/lots/$LOT/decide"
withdraws 'who decides'
not_of_cc clerk
AS=clerk lot decide
is "$(got '[.awards[] | [.organisation, .standing, .amount]] | @json')" '[["乙社","winner","500000.00"],["甲社","reserve","480000.00"],["丙社","reserve","420000.00"]]' "B at the price it quoted, then A, then C"
tag=$(AS='' lot_etag)
AS=clerk IFM=$tag want 409 POST "/api/v1/lots/$LOT/announce"
is "$(problem)" approval/missing "not before it is confirmed"
AS=clerk IFM=$tag want 403 POST "/api/v1/lots/$LOT/confirm"
sql "UPDATE linli.bid SET key = key + 10 WHERE id = '${BID[cc]}'"
AS=approver IFM=$tag WHY='its bids were changed by hand' want 500 POST "/api/v1/lots/$LOT/confirm"
sql "UPDATE linli.bid SET key = key - 10 WHERE id = '${BID[cc]}'"
of_cc approver
AS=approver IFM=$tag WHY='a member of one of the bidders' want 409 POST "/api/v1/lots/$LOT/confirm"
withdraws 'who confirms'
not_of_cc approver
AS=approver lot confirm
AS=aa req GET "/api/v1/lots/$LOT/evaluation/own"
is "$(got '.items | length')" 0 "nobody is told before the announcement"
of_cc clerk
AS=clerk IFM='*' want 409 POST "/api/v1/lots/$LOT/announce"
withdraws 'who announces'
not_of_cc clerk
AS=clerk lot announce
is "$(phase)" notice "the result is on notice"
AS=evaluator2 WHY='what the panel found stands' want 409 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":true,"reason":"想起来了"}'
is "$(problem) $(sql "SELECT count(*) FROM linli.panel_report WHERE lot_id = '$LOT' AND void IS NULL")" "state/refused 1" "a member does not take it back after the award"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '.items[] | select(.kind == "result") | .body | [.buyer.name, .number != null, (.panel | length), .awards[0].name, .awards[0].amount, .ranking] | @json')" \
    '["示例街道",true,5,"乙社","500000.00",null]' "the notice says who, what, how much and who judged, and nobody else's score"
for login in aa cc; do
    AS=$login req GET "/api/v1/lots/$LOT/evaluation/own"
    is "$(got '.items | length')" 1 "$login is told its own score"
done
is "$(got '.items[0].result.rank')" 3 "C its rank"
AS='dd' req GET "/api/v1/lots/$LOT/evaluation/own"
is "$(got '.items | length')" 0 "who did not bid is told nothing"

# Objections: by who took part, until the seventh working day after the notice; they hold the signing.
AS='dd' want 409 POST "/api/v1/lots/$LOT/objections" '{"kind":"result","body":"不服"}'
AS='' req GET "/api/v1/lots/$LOT"
notice_end=$(got .phase_due)
clock_to "$notice_end"
advance 1h
is "$(phase)" contracting "the notice has ended"
AS=clerk req GET "/api/v1/lots/$LOT/awards"
award=$(got '.items[0].id')
reserve=$(got '.items[1].id')
AS=clerk want 422 POST "/api/v1/awards/$award/contract" '{"starts":"2027-03-01","ends":"2027-02-28","terms":"t"}'
AS=clerk WHY='a slip of the pen' want 422 POST "/api/v1/awards/$award/contract" '{"starts":"9999-01-01","ends":"9999-12-31","terms":"t"}'
is "$(problem) $(got '.errors[0].pointer')" "body/invalid /starts" "the first day is at fault"
AS=clerk WHY='three years and a day' want 409 POST "/api/v1/awards/$award/contract" '{"starts":"2027-03-01","ends":"2030-03-01","terms":"t"}'
AS=clerk want 409 POST "/api/v1/awards/$reserve/contract" '{"starts":"2027-03-01","ends":"2028-02-29","terms":"t"}'
AS=clerk WHY='three years' want 201 POST "/api/v1/awards/$award/contract" '{"starts":"2027-03-01","ends":"2030-02-28","terms":"服务内容见附件"}'
contract=$(got .id)
is "$(got .amount)" 500000.00 "the contract is at the price quoted, not at the one compared"
AS=clerk want 409 POST "/api/v1/awards/$award/contract" '{"starts":"2027-03-01","ends":"2028-02-29","terms":"t"}'
AS=aa want 201 POST "/api/v1/lots/$LOT/objections" "{\"kind\":\"result\",\"bid\":\"${BID[bb]}\",\"body\":\"乙社业绩不实\"}"
objection=$(got .id)
AS=bb want 404 GET "/api/v1/objections/$objection"
AS=aa want 200 GET "/api/v1/objections/$objection"
AS=resident want 404 GET "/api/v1/objections/$objection"
AS=evaluator1 want 404 GET "/api/v1/objections/$objection"
AS=supervisor want 200 GET "/api/v1/objections/$objection"
AS=cc req GET "/api/v1/lots/$LOT/objections"
is "$(got '.items | length')" 0 "others read no objection that is not theirs"
AS=cc want 404 GET "/api/v1/contracts/$contract"
AS=bb req GET "/api/v1/contracts/$contract"
AS=bb IFM=$(etag) want 409 POST "/api/v1/contracts/$contract/sign"
is "$(problem)" objection/pending "no signing while it is open"
AS=clerk req GET "/api/v1/objections/$objection"
AS=clerk IFM=$(etag) want 422 POST "/api/v1/objections/$objection/answer" '{"finding":"founded","answer":"成立"}'
AS=clerk IFM=$(etag) want 422 POST "/api/v1/objections/$objection/answer" '{"finding":"perhaps","answer":"x"}'
AS=clerk req GET "/api/v1/objections/$objection"
AS=clerk IFM=$(etag) want 200 POST "/api/v1/objections/$objection/answer" '{"finding":"unfounded","answer":"不成立，可向财政部门投诉"}'
AS=clerk IFM=$(etag) want 409 POST "/api/v1/objections/$objection/answer" '{"finding":"unfounded","answer":"x"}'
last=$(working_day "$(TZ=Asia/Shanghai date -d "$notice_end - 1 second" +%F)" 7)
clock_to "${last}T15:59:58Z"
AS=cc req POST "/api/v1/lots/$LOT/objections/preview" '{"kind":"result","body":"质疑"}'
is "$(got .until)" "${last}T16:00:00Z" "which is told beforehand"
AS=cc WHY='the seventh working day' want 201 POST "/api/v1/lots/$LOT/objections" '{"kind":"result","body":"质疑"}'
objection=$(got .id)
AS=aa IFM='*' want 403 POST "/api/v1/objections/$objection/withdraw"
AS=cc IFM='*' want 200 POST "/api/v1/objections/$objection/withdraw"
clock_to "${last}T16:00:00Z"
AS=aa WHY='too late' want 409 POST "/api/v1/lots/$LOT/objections/preview" '{"kind":"result","body":"再次质疑"}'
AS=aa WHY='the eighth' want 409 POST "/api/v1/lots/$LOT/objections" '{"kind":"result","body":"再次质疑"}'
is "$(problem)" objection/late "not after the seventh working day"

# The winner refuses: the next one moves up, after the same two people.
AS=cc req GET "/api/v1/awards"
AS=bb req GET "/api/v1/awards"
is "$(got '.items[0].contract_state')" draft "B sees what it won, in all offices"
AS=clerk req GET "/api/v1/lots/$LOT/awards"
AS=cc IFM='*' want 403 POST "/api/v1/awards/$award/refuse" '{"reason":"x"}'
AS=bb IFM='*' want 200 POST "/api/v1/awards/$award/refuse" '{"reason":"人员不足"}'
AS=bb req GET "/api/v1/contracts/$contract"
AS=bb IFM=$(etag) want 409 POST "/api/v1/contracts/$contract/sign"
AS=clerk lot decide
is "$(got '[.awards[] | [.organisation, .standing, .state]] | @json')" '[["甲社","winner","proposed"],["丙社","reserve","announced"]]' "A moves up"
AS=approver lot confirm
AS=clerk lot announce
is "$(phase)" contracting "announced again"
AS=cc WHY='the time runs anew from the notice of the next winner' want 201 POST "/api/v1/lots/$LOT/objections" "{\"kind\":\"result\",\"bid\":\"${BID[aa]}\",\"body\":\"甲社业绩不实\"}"
AS=cc IFM='*' want 200 POST "/api/v1/objections/$(got .id)/withdraw"
AS=clerk req GET "/api/v1/lots/$LOT/awards"
award=$(got '.items[] | select(.organisation == "甲社") | .id')
AS=clerk want 201 POST "/api/v1/awards/$award/contract" '{"starts":"2027-03-01","ends":"2028-02-29","terms":"t"}'
contract=$(got .id)
AS=clerk req GET "/api/v1/contracts/$contract"
tag=$(etag)
AS=clerk IFM=$tag want 403 POST "/api/v1/contracts/$contract/sign"
AS=approver IFM=$tag want 200 POST "/api/v1/contracts/$contract/sign"
AS=approver IFM=$(etag) want 409 POST "/api/v1/contracts/$contract/sign"
AS=aa req GET "/api/v1/contracts/$contract"
AS=aa IFM=$(etag) want 200 POST "/api/v1/contracts/$contract/sign"
is "$(got '[.state, ([.tranches[].amount] | @json)] | @json')" '["signed","[\"240000.00\",\"144000.00\",\"96000.00\"]"]' "both have signed; 50/30/20 to the fen"
is "$(phase)" delivering "delivery begins"
AS='' req GET "/api/v1/appropriations/$APP"
is "$(got '[.available, .reserved, .committed] | @json')" '["120000.00","0.00","480000.00"]' "the money is committed, the rest released"
AS='' req GET "/api/v1/offices/3/contracts"
is "$(got '[.items[].contractor] | @json')" '["甲社"]' "the contract is published"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
