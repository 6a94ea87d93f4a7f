#!/bin/bash
# shellcheck disable=SC2016
# linli log, signer and verify: the events of a real tender as a log that two witnesses watch; checked by a stranger; and what
# whoever administers the database may try.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/trust_lib.sh"
start_server
people
person approver2 office_approver 3
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
mkdir "$T/l"
cd "$T/l" || exit 2
signs log log
signs w1 witness --log "$(cat log.pub)" --allow "$(id -un)"
signs w2 witness --log "$(cat log.pub)"
url=$LINLI_DATABASE_URL
export LINLI_BLOBS_FOLDER=$T/blobs # where the server keeps what was handed in
publish_log() { LINLI_DATABASE_URL=$url linli log publish --into out --log-key "$(cat log.pub)" --signer log.sock --witness w1.sock --witness w2.sock >said 2>wrong; }
# The second verifier is asked as well: SECOND is its exit code.
verify() {
    set -- --log "${LOG:-out}" --log-key "$(cat log.pub)" --witness "$(cat w1.pub)" --witness "$(cat w2.pub)" --quorum 2 "$@"
    python3 "$here/tests/trust/verify.py" log "$@" >second 2>&1
    SECOND=$?
    linli verify "$@" >checks 2>&1
}
size() { sed -n 2p out/checkpoint; }
checks_of() { # words of the checks that did not pass
    grep ^FAIL checks | awk '{print $1 $2}' | paste -sd' '
}

(umask 077; publish_log)
is "$? $(sed -n 's/^entries //p' said)" "0 $(size)" "what happened so far is published"
is "$(find out -type f ! -name .lock ! -perm 644; find out -type d ! -perm 755)" "" "as files that a web server of another user reads, whatever the umask"
is "$(grep -c '^— ' out/checkpoint)" 3 "signed by the log and two witnesses"
verify
is "$? $(checks_of)" "0 " "and a stranger finds nothing wrong"
is "$SECOND" 0 "nor does a second verifier"
# More than one batch waits: listed once, numbered in the order in which it happened.
was=$(size)
sql "INSERT INTO linli.event_queue (office_id, id, at, role, act, subject_kind, sealed, salt, payload)
     SELECT 0, gen_random_uuid(), '2020-01-01'::timestamptz + (n * 7919 % 4999) * interval '1 second', 'system', 'x', 'x', false, sha256(n::text::bytea), '{}' FROM generate_series(1, 4999) n"
publish_log
is "$? $(sed -n 's/^new //p' said) $(size)" "0 4999 $((was + 4999))" "a backlog of several batches is published"
is "$(sql "SELECT bool_and(ordered) FROM (SELECT e.at >= lag(e.at) OVER (ORDER BY l.idx) AS ordered FROM linli.log_entry l JOIN linli.event_queue e ON e.office_id = l.office_id AND e.id = l.event_id WHERE e.act = 'x') o")" t "in its order"
verify
is "$? $SECOND" "0 0" "and both verifiers are content"
# One event from the future does not date all that follow.
sql "INSERT INTO linli.event_queue (office_id, id, at, role, act, subject_kind, sealed, salt, payload)
     VALUES (0, gen_random_uuid(), now() + interval '10 years', 'system', 'x', 'x', false, sha256('later'), '{}')"
was=$(size)
publish_log
is "$? $(size)" "0 $was" "what is dated ahead of legal time is not logged before"
sql "SET session_replication_role = replica; DELETE FROM linli.event_queue WHERE at > now() + interval '9 years'"

# ---- personal data is erased: by two people, and not while it is needed; the log stays what it was ----
person leaver evaluator 3
AS=leaver want 201 POST /api/v1/me/relations '{"kind":"phone","value":"13800001111"}'
AS=approver want 201 POST /api/v1/offices/3/experts "{\"person\":\"${PERSON[leaver]}\",\"fields\":[\"养老\"],\"basis\":\"13800001111\"}"
expert=$(got .id)
publish_log
cp out/checkpoint kept2
ask() { AS=$1 want "$2" POST "/api/v1/people/${PERSON[leaver]}/erasures" '{"ground":"request","reason":"本人撤回同意"}'; }
ask security 403
WHY='it holds a role' ask root 409
is "$(problem)" erasure/retained "what is needed stays"
sql "UPDATE linli.membership SET valid_until = '2026-01-01' WHERE person_id = '${PERSON[leaver]}'"
WHY='it may be drawn' ask root 409
AS=approver want 200 POST "/api/v1/offices/3/experts/$expert/end" '{"reason":"本人申请"}'
WHY='not all of it is in the log yet' ask root 409
publish_log
ask root 201
erasure=$(got .id)
WHY=twice ask root 409
AS=root want 403 POST "/api/v1/erasures/$erasure/approve"
sql "UPDATE linli.erasure SET asked_by = '${PERSON[security]}' WHERE id = '$erasure'"
AS=security WHY='who asks does not agree' want 409 POST "/api/v1/erasures/$erasure/approve"
sql "UPDATE linli.erasure SET asked_by = '${PERSON[root]}' WHERE id = '$erasure'"
office 邻街道 street 2 >/dev/null
person security2 security 4
person root2 administrator 4
AS=security2 WHY='a person of another office' want 403 POST "/api/v1/erasures/$erasure/approve"
AS=security2 WHY='nor is it refused from there' want 403 POST "/api/v1/erasures/$erasure/refuse" '{"note":"x"}'
for who in security2 root2 security auditor; do
    AS=$who want 200 GET /api/v1/erasures
    is "$(got '.items | length')" "$(case $who in *2) echo 0 ;; *) echo 1 ;; esac)" "$who reads what is of its offices"
done
publish_log
PAPER=$(brought root 身份证复印件) TWICE=$(brought root 回单)
sql "INSERT INTO linli.attachment (office_id, id, object_kind, object_id, name, kind, sha256, public, side, added, added_by)
     VALUES (3, gen_random_uuid(), 'person', '${PERSON[leaver]}', '身份证.pdf', 'identity', '\\x$PAPER', false, 'office', now(), '${PERSON[root]}');
     INSERT INTO linli.attachment (office_id, id, object_kind, object_id, name, kind, sha256, public, side, added, added_by)
     VALUES (3, gen_random_uuid(), 'person', '${PERSON[leaver]}', '回单.pdf', 'identity', '\\x$TWICE', false, 'office', now(), '${PERSON[root]}');
     INSERT INTO linli.bank_file (office_id, id, sha256, format, taken, taken_by) VALUES (3, gen_random_uuid(), '\\x$TWICE', 'csv', now(), '${PERSON[root]}');
     UPDATE linli.blob SET used = true WHERE sha256 IN ('\\x$PAPER', '\\x$TWICE');
     INSERT INTO linli.second_factor (person_id, secret, enrolled) VALUES ('${PERSON[leaver]}', decode(repeat('07', 20), 'hex'), now());
     INSERT INTO linli.recovery_code (hash, person_id) VALUES (sha256('leaver'), '${PERSON[leaver]}')"
AS=security want 200 POST "/api/v1/erasures/$erasure/approve"
is "$(sql "SELECT (SELECT count(*) FROM linli.attachment WHERE object_id = '${PERSON[leaver]}') + (SELECT count(*) FROM linli.second_factor WHERE person_id = '${PERSON[leaver]}')
    + (SELECT count(*) FROM linli.recovery_code WHERE person_id = '${PERSON[leaver]}') + (SELECT count(*) FROM linli.blob WHERE sha256 = '\\x$PAPER' AND used)")" 0 "its papers and its second factor are gone, and the file goes with the next sweep"
is "$(sql "SELECT used FROM linli.blob WHERE sha256 = '\\x$TWICE'")" t "but not what a statement of the bank is of the same bytes"
is "$(got '[.state, .events > 2, .kept, .named] | @json')" '["done",true,0,false]' "erased, and how much"
AS=security want 409 POST "/api/v1/erasures/$erasure/approve"
is "$(sql "SELECT (SELECT count(*) FROM linli.event_queue WHERE payload LIKE '%13800001111%' OR payload LIKE '%leaver%')
    + (SELECT count(*) FROM linli.relation WHERE person_id = '${PERSON[leaver]}') + (SELECT count(*) FROM linli.person WHERE name = 'leaver' OR login = 'leaver')
    + (SELECT count(*) FROM linli.idempotency WHERE actor = '${PERSON[leaver]}' AND NOT keep)")" 0 "nothing of it is left"
AS=leaver want 401 GET /api/v1/me
publish_log
is "$? $(wc -l <kept2)" "0 $(wc -l <kept2)" "the log goes on"
verify --since kept2
is "$? $(checks_of) $SECOND" "0  0" "it is consistent with before, by both verifiers"
linli audit >audit.out 2>&1
is "$?" 0 "the audit has nothing to say"
AS=auditor req GET "/api/v1/offices/3/events?object=$expert"
is "$(got '[.items[] | [.erased, .payload]] | unique | @json')" '[[true,null]]' "the trail says that it was erased"

# ---- before the opening the log tells nothing of bids ----
fund_of sub_threshold 2000.00
entry_of sub_threshold public_bidding 1000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
publish_log
before=$(size)
bid_for aa 900.00
bid_for bb 950.00
publish_log
is "$? $(size)" "0 $before" "two bids came in, and the log is as long as before"
linli log bundle --into sealed --tender "$TENDER" 2>wrong
is "$? $(ls sealed 2>/dev/null)" "65 " "the tender's salt is told to nobody while they are sealed"
cp out/checkpoint kept

# ---- the whole road, checked afterwards ----
open_bids aa bb
panel_sits evaluator1 evaluator2 evaluator3
marks_of aa:95 bb:80
report_signed
AS=clerk lot decide
publish_log
linli log bundle --into early --tender "$TENDER" 2>wrong
is "$? $(ls early 2>/dev/null)" "65 " "marks are given away to nobody before the result is told"
AS=approver lot confirm
AS=clerk lot announce
publish_log
linli log bundle --into bundle --tender "$TENDER"
verify --since kept --bundle bundle
is "$? $(checks_of)" "0 " "opened, judged and decided: every check passes"
is "$SECOND $(grep -vc ^PASS second)" "0 0" "those of the second verifier as well"
is "$(grep -oE 'asked again: [0-9]+ of [0-9]+' checks | awk '{print ($3 == $5 && $3 > 8)}')" 1 "every decision comes out the same, the award among them"
is "$(grep -c '"act":"bid_submit"' bundle/events)" 2 "both bids are in the log now"
linli verify --log out --log-key "$(cat log.pub)" --bundle bundle --plugins "$T/state/none" >checks 2>&1
is "$?" 2 "without the plug-ins it says that it could not ask"
cp -r "$(dirname "$LINLI")/plugins" other && printf 'x' >>other/comprehensive_score.so
linli verify --log out --log-key "$(cat log.pub)" --bundle bundle --plugins "$PWD/other" >checks 2>&1
is "$?" 2 "nor does another file of the same version answer for the one that decided"
linli verify --log out --log-key "$(cat w1.pub)" >checks 2>&1
is "$?" 4 "another key is not the log's"
linli verify --log out >checks 2>&1
is "$?" 3 "usage has its own code"

# ---- whoever had a role in a tender is kept, by name, for fifteen years ----
sql "UPDATE linli.membership SET valid_until = '2026-01-01' WHERE person_id = '${PERSON[evaluator3]}'"
AS=root want 409 POST "/api/v1/people/${PERSON[evaluator3]}/erasures" '{"ground":"purpose_ended","reason":"x"}'
last_of() { echo "(SELECT max(at) FROM linli.event_queue WHERE $1)"; }
own="actor = '${PERSON[evaluator3]}' AND tender_id IS NOT NULL" whole="tender_id = '$TENDER'"
kept_for() { # from-when years since: is the name kept?
    sql "BEGIN; UPDATE linli.lot SET state = 'closed'; INSERT INTO linli.erasure VALUES ('00000000-0000-4000-8000-0000000000e1', '${PERSON[evaluator3]}', 'period_over', 'x', now(), '${PERSON[root]}', 'asked');
         SELECT linli.erase('00000000-0000-4000-8000-0000000000e1', '${PERSON[security]}', $(last_of "$1") + interval '$2');
         SELECT named, kept > 3 FROM linli.erasure WHERE id = '00000000-0000-4000-8000-0000000000e1'; ROLLBACK" | grep '|'
}
is "$(kept_for "$own" '15 years')" 't|t' "not from what it did last"
is "$(kept_for "$whole" '15 years -1 second')" 't|t' "but from the end of the procurement: a second before"
is "$(kept_for "$whole" '15 years')" 'f|t' "and then not: what was done in the tender is"
# ---- what anybody may know ----
shown() { # level asker: what is in the bundle given out over HTTP, as one text
    rm -rf given given.zip
    AS=$2 req GET "/api/v1/tenders/$TENDER/bundles/$1"
    [ "$STATUS" != 200 ] || { cp "$T/body" given.zip && python3 -m zipfile -e given.zip given; }
}
outsiders=$(psql -X -q -t -A "$LINLI_TEST_SUPER_URL" -c "SELECT string_agg(person_id::text, '|') FROM linli.membership
    WHERE role IN ('evaluator', 'organisation', 'resident')")
leaks() { grep -rlE "甲社|乙社|950\\.00|bid_submit|marks_|\"marks\":|\"offers\":|panel_enter|$outsiders" given | wc -l; }
shown public ''
is "$STATUS $(leaks) $(find given/bids given/shares -type f 2>/dev/null | wc -l)" "200 0 0" "the public's bundle holds no name, no bid, no losing price, no mark"
verify --bundle given.zip
is "$? $(checks_of)" "0 " "and holds, as far as it goes"
like "$(cat checks)" '*not shown at this level*' "saying what could not be checked"
is "$SECOND" 0 "by both verifiers"
shown supervisor ''
is "$STATUS" 403 "the supervisor's is not the public's"
shown party aa
is "$STATUS $(grep -c '"act":"bid_submit"' given/events) $(find given/bids -type f | wc -l)" "200 1 1" "a party's holds its own bid and no other"
verify --bundle given.zip
is "$? $(checks_of) $SECOND" "0  0" "and holds"
shown supervisor supervisor
verify --bundle given.zip
is "$STATUS $? $SECOND $(grep -c withheld given/events)" "200 0 0 0" "the supervisor's holds everything"
python3 "$here/tests/trust/insider.py" --log out --log-key "$(cat log.pub)" --witness "$(cat w1.pub)" --witness "$(cat w2.pub)" --quorum 2 \
    --bundle bundle --single 250 --stories 36 --linli "$LINLI" --every 20 >forgeries 2>&1
is "$?" 0 "of some hundred forgeries none is missed, and both verifiers say so: $(tail -n 1 forgeries)"

# ---- a copy that was tampered with on the way ----
forged() { # exit checks name command...
    rm -rf f fb
    cp -r out f
    cp -r bundle fb
    (eval "$4")
    LOG=f verify --bundle fb --since kept
    is "$? $(checks_of | cut -d' ' -f1)" "$1 $2" "$3"
    is "$SECOND" "$1" "$3, by both verifiers"
}
tile=tile/0/000 entries=tile/entries/000 # full: a backlog was published
flip() { perl -pi -0777 -e "substr(\$_, $2, 1) ^= \"\\1\"" "$1"; }
forged 1 FAILV3t "a flipped bit in a tile is found" 'flip "f/$tile" 40'
forged 1 FAILV3 "and in an entry" 'flip "f/$entries" 100'
forged 2 FAILV3 "a missing bundle of entries is named" 'rm "f/$entries"'
forged 4 FAILV1 "a checkpoint with another size is not signed" 'sed -i "2s/.*/3/" f/checkpoint'
forged 4 FAILV2 "a checkpoint with one cosignature is not enough" 'sed -i "/w2.example/d" f/checkpoint'
forged 1 FAILV7 "an event that reads otherwise" 'sed -i "s/\"act\":\"bid_submit\"/\"act\":\"tender_publish\"/" fb/events'
forged 1 FAILV8 "an event left out" 'sed -i "/bid_submit/{x;s/^/x/;/^x\$/{x;d};x}" fb/events'
forged 1 FAILV8 "another salt" 'sed -i "s/^salt ....../salt 000000/" fb/tender'
forged 1 FAILV19 "an answer that reads otherwise" 'sed -i "s/^answer {/answer { /" fb/decisions/*'
forged 2 FAILV19 "a decision left out" 'rm "$(grep -l "^question award" fb/decisions/* | head -n 1)"'

# A whole history made anew and signed by who has the log's key: the checkpoint that somebody kept names whose key it is.
python3 "$here/tests/trust/relog.py" out log.key bundle anew 'e = next(e for e in events if e["act"] == "bid_submit"); e["payload"]["bytes"] += 1'
linli verify --log anew/log --log-key "$(cat log.pub)" --since kept2 --bundle anew/bundle --no-ask >checks 2>&1
is "$? $(grep -c '^FAIL VC' checks)" "1 0" "what was signed before the forged entry is still there"
tail -n +1 out/checkpoint >kept3
linli verify --log anew/log --log-key "$(cat log.pub)" --since kept3 --bundle anew/bundle --no-ask >checks 2>&1
is "$? $(sed -n 's/^WHO *VC *//p' checks)" "1 log log.example/linli" "a history signed anew is laid at the door of who has the log's key"
python3 "$here/tests/trust/verify.py" log --log anew/log --log-key "$(cat log.pub)" --since kept3 --bundle anew/bundle >second 2>&1
is "$? $(sed -n 's/^WHO *VC *//p' second)" "1 log log.example/linli" "by the second verifier as well"

# ---- whoever administers the database ----
copy() { # a database of its own, changed past every right
    local name=tried$((${copies:=0} + 1))
    copies=$((copies + 1))
    psql -X -q "$LINLI_TEST_SUPER_URL" -c "CREATE DATABASE $name TEMPLATE linli" || return 1
    url=${LINLI_DATABASE_URL/dbname=linli/dbname=$name}
    [ "$url" != "$LINLI_DATABASE_URL" ] || url=${LINLI_DATABASE_URL/\/linli/\/$name}
    local super=${LINLI_TEST_SUPER_URL/dbname=linli/dbname=$name}
    [ "$super" != "$LINLI_TEST_SUPER_URL" ] || super=${LINLI_TEST_SUPER_URL/\/linli/\/$name}
    psql -X -q -v ON_ERROR_STOP=1 "$super" -c "SET session_replication_role = replica; SET search_path = linli; $1"
}
stop_server
rolled() { sed -n 's/.*linli log: //p' wrong; }
copy "DELETE FROM log_entry WHERE idx = 5"
publish_log
is "$? $(grep -c 'entry 5 of the log' wrong)" "65 1" "an entry taken out is noticed before anything is signed"
copy "UPDATE log_entry SET entry = overlay(entry placing '\\x00' from 60) WHERE idx = 5"
publish_log
is "$?" 65 "an entry changed is noticed"
copy "DELETE FROM log_entry WHERE idx >= $before; DELETE FROM log_checkpoint WHERE size > $before"
publish_log
is "$?" 0 "an old backup whose events are all there grows to the same log again"
copy "DELETE FROM log_entry WHERE idx >= $before; DELETE FROM log_checkpoint WHERE size > $before;
      UPDATE event_queue SET role = 'auditor' WHERE act = 'marks_put'"
publish_log
is "$? $(rolled | grep -c 'signed')" "65 1" "a history rewritten from an old backup on is signed by nobody"
copy "DELETE FROM log_entry; DELETE FROM log_checkpoint; DELETE FROM event_queue WHERE act = 'bid_submit'"
publish_log
is "$?" 65 "nor one without the bids"
copy "UPDATE event_queue SET payload = replace(payload, '\"bytes\":', '\"bytes\":1') WHERE act = 'bid_submit'"
publish_log
is "$?" 0 "an event that was logged already can be changed in the database"
rm -rf forged && LINLI_DATABASE_URL=$url linli log bundle --into forged --tender "$TENDER"
verify --bundle forged
is "$? $(checks_of | cut -d' ' -f1)" "1 FAILV7" "but not shown to anybody who checks"
is "$SECOND" 1 "with either verifier"
url=$LINLI_DATABASE_URL
export LINLI_BLOBS_FOLDER=$T/blobs # where the server keeps what was handed in
publish_log
is "$?" 0 "the honest log goes on"

# ---- the signer ----
if [ "$(id -u)" = 0 ]; then
    chmod 755 "$T" "$T/l"
    setpriv --reuid=nobody --regid=nogroup --clear-groups perl -MSocket -e '
        socket(S, PF_UNIX, SOCK_STREAM, 0); connect(S, sockaddr_un($ARGV[0])) or die; shutdown(S, 1); print <S>' "$PWD/log.sock" >said
    is "$(cat said)" "refused this user may not ask" "another user may not ask for signatures"
else
    skip "another user may not ask for signatures" "needs root"
fi
kill "${SIGNER[log]}"
wait "${SIGNER[log]}"
is "$?" 0 "the signer stops when told to"
publish_log
is "$?" 69 "and nothing is published without it"
cp log.state whole
linli signer --key log.key --state log.state --new --socket log.sock 2>wrong
is "$? $(cmp -s whole log.state && echo same)" "65 same" "what was signed is not forgotten because somebody says that it is new"
rm log.state
linli signer --key log.key --state log.state --socket log.sock 2>wrong
is "$? $(ls log.state 2>/dev/null)" "66 " "a signer that lost its state signs nothing, and begins no other"
cp whole log.state
sed -i 's/^size .*/size x/' log.state
linli signer --key log.key --state log.state --socket log.sock 2>wrong
is "$?" 65 "a damaged state is not repaired"
cp whole log.state
signs_again log
publish_log
verify --since kept
is "$? $(checks_of)" "0 " "with its state as it was it goes on where it stopped"
exec 8>>out/.lock && flock -n 8
publish_log
is "$? $(rolled | grep -c 'another process writes')" "69 1" "two do not write the folder at a time"
exec 8>&-
kill -STOP "${SIGNER[log]}" && kill -TERM "${SIGNER[log]}" && kill -CONT "${SIGNER[log]}"
wait "${SIGNER[log]}"
is "$?" 0 "a signer told to stop while it was busy stops"
signs_again log
kill -9 "${SIGNER[w1]}"
publish_log
is "$?" 69 "a witness that was killed is missed"
linli signer --key log.key --state new.state --socket log.sock --allow nobody-of-this-name 2>wrong
is "$?" 64 "nor is somebody let in who is not there"
linli signer --key w1.key --state w.state --socket x.sock 2>wrong
is "$?" 65 "a witness's key signs no log"
finish
