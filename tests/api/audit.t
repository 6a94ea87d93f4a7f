#!/bin/bash
# shellcheck disable=SC2013
# linli audit: silent where all is well, and names each fault that is planted past the database's own rules.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person approver2 office_approver 3
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
contract_of 1000.00 2000.00
paid "${PARTS[0]}"
delivered "${PARTS[1]}" 800.00
paid "${PARTS[1]}"
due=$(AS='' req GET /api/v1/clock; date -u -d "$(got .now) + 30 days" +%FT00:00:00Z)
AS=clerk IFM='*' want 201 POST "/api/v1/contracts/$CONTRACT/recoveries" "{\"amount\":\"50.00\",\"due\":\"$due\",\"reason\":\"多付\"}"
r=$(got .id)
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$r/approve" '{}'
AS=clerk IFM='*' want 200 POST "/api/v1/recoveries/$r/receipts" '{"amount":"20.00","bank_ref":"AUDIT-R1"}'
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$r/receipts/$(got .id)/confirm"
AS='' req GET "/api/v1/appropriations/$APP/postings?limit=100"
AS=clerk want 200 POST "/api/v1/appropriations/$APP/reversals" "{\"journal\":\"$(got '[.items[] | select(.kind == "recover").journal][0]')\",\"reason\":\"误登\"}"
AS=approver want 200 POST "/api/v1/appropriations/$APP/reversals/$(got .id)/approve"
AS=approver want 201 POST "/api/v1/funds/$(AS='' req GET "/api/v1/appropriations/$APP"; got .fund)/appropriations" "{\"year\":$(year),\"budget_item\":\"other\",\"name\":\"另一项\",\"amount\":\"10.00\"}"
AS=clerk want 200 POST "/api/v1/appropriations/$(got .id)/transfers" "{\"to\":\"$APP\",\"amount\":\"3.00\",\"reason\":\"调剂\",\"decision\":\"会纪〔2026〕1号\"}"
AS=approver want 200 POST "/api/v1/appropriations/$(got .appropriation)/transfers/$(got .id)/approve"
stop_server
audit() { LINLI_DATABASE_URL=${1:-$LINLI_DATABASE_URL} "$LINLI" audit >"$T/audit" 2>&1; }
audit
is "$?" 0 "a sound database"
is "$(grep -c '^ok' "$T/audit") $(tail -n 1 "$T/audit")" "18 18 promises, 0 violations" "every promise holds"

# ---- cut off: somebody ends the statement of one promise, or its connection, while it waits for a table ----
cut_by() { # pg_cancel_backend or pg_terminate_backend
    psql -X -q -v ON_ERROR_STOP=1 "$LINLI_TEST_SUPER_URL" >"$T/cut" 2>&1 <<SQL &
DO \$\$ BEGIN
    LOCK TABLE linli.batch;
    FOR i IN 1 .. 5000 LOOP
        EXIT WHEN (SELECT count($1(pid)) FROM pg_locks WHERE relation = 'linli.batch'::regclass AND NOT granted) > 0;
        PERFORM pg_sleep(0.01);
    END LOOP;
END \$\$
SQL
    local cutter=$!
    until psql -X -q -A -t "$LINLI_TEST_SUPER_URL" -c "SELECT 1 FROM pg_locks WHERE relation = 'linli.batch'::regclass AND mode = 'AccessExclusiveLock' AND granted" | grep -q 1; do
        kill -0 "$cutter" 2>/dev/null || break
        sleep 0.1
    done
    audit
    is "$?" 75 "$1: an audit that is cut off exits with a code of its own"
    wait "$cutter"
    like "$(grep '^CUT' "$T/audit")" 'CUT   batches    未能检查：*could not be checked: *' "it says which promise it could not check, and why"
    is "$(grep -c '^ok' "$T/audit") $(grep -c '^CUT' "$T/audit") $(tail -n 1 "$T/audit")" "17 1 17 of 18 promises checked, 0 violations: cut off" "and checks the others"
}
cut_by pg_cancel_backend
like "$(grep '^CUT' "$T/audit")" '*: it took too long, or was cancelled' "cancelled"
cut_by pg_terminate_backend

# ---- one fault each, in a copy, as whoever administers the database could make it ----
named=" "
plant() { # the promise that is broken, the SQL that breaks it
    local copy=planted$((${plants:=0} + 1)) url
    plants=$((plants + 1))
    psql -X -q "$LINLI_TEST_SUPER_URL" -c "CREATE DATABASE $copy TEMPLATE linli" || { fail "a copy for $1"; return; }
    url=${LINLI_TEST_SUPER_URL/dbname=linli/dbname=$copy}
    [ "$url" != "$LINLI_TEST_SUPER_URL" ] || url=${LINLI_TEST_SUPER_URL/\/linli/\/$copy}
    psql -X -q -v ON_ERROR_STOP=1 "$url" -c "SET session_replication_role = replica; SET search_path = linli; $2" >"$T/planted" 2>&1 ||
        { fail "planted: $1"; sed 's/^/# /' "$T/planted"; }
    url=${LINLI_DATABASE_URL/dbname=linli/dbname=$copy}
    [ "$url" != "$LINLI_DATABASE_URL" ] || url=${LINLI_DATABASE_URL/\/linli/\/$copy}
    audit "$url"
    [ $? = 65 ] && grep -q "^FAIL  $1 " "$T/audit"
    ok "$1 is named${3:+: $3}" test $? = 0
    grep -q "^FAIL  $1 " "$T/audit" || sed 's/^/# /' "$T/audit"
    named="$named$1 "
    psql -X -q "$LINLI_TEST_SUPER_URL" -c "DROP DATABASE $copy"
}
free() { echo "ALTER TABLE $1 DROP CONSTRAINT $2;"; }
one="(SELECT id FROM journal WHERE kind = 'reserve')"
plant balanced "UPDATE posting SET amount_fen = amount_fen + 1 WHERE side = 'D' AND journal_id = $one" "a fen more on one side"
plant balanced "DELETE FROM posting WHERE side = 'D' AND journal_id = $one" "a line is gone"
plant overdraft "UPDATE posting SET after_fen = -1 WHERE bucket = 'payable' AND nth = 1" "below zero in between"
plant overdraft "UPDATE posting SET nth = nth + 1 WHERE bucket = 'paid' AND nth = (SELECT max(nth) FROM posting WHERE bucket = 'paid')" "a gap"
plant conserved "UPDATE account SET credits = credits + 1 WHERE bucket = 'available'"
plant totals "UPDATE account SET credits = credits + 1, debits = debits + 1 WHERE bucket = 'available'" "both sides of an account"
plant totals "$(free account no_overdraft) UPDATE account SET debits = credits + 1 WHERE bucket = 'reserved'" "overdrawn now"
plant reversed "DROP INDEX journal_reversed_once; INSERT INTO journal SELECT (jsonb_populate_record(j, jsonb_build_object('id', gen_random_uuid()))).* FROM journal j WHERE kind = 'reverse' LIMIT 1" "twice"
plant reversed "UPDATE reversal SET state = 'refused'" "nobody agreed"
plant reversed "UPDATE posting SET amount_fen = amount_fen + 1 WHERE journal_id IN (SELECT id FROM journal WHERE kind = 'reverse')" "another sum"
plant sealed "INSERT INTO posting SELECT office_id, journal_id, line + 10, appropriation_id, bucket, subject, side, amount_fen, nth, after_fen FROM posting WHERE journal_id = $one" "two lines more"
plant sealed "UPDATE posting SET amount_fen = amount_fen + 100 WHERE journal_id = $one" "another sum on both sides"
plant sealed "UPDATE journal SET source = gen_random_uuid() WHERE id = $one" "another source"
plant tranches "UPDATE tranche SET amount_fen = amount_fen + 1 WHERE state = 'planned'"
plant payments "DROP INDEX one_live_payment; INSERT INTO payment SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'bank_ref', 'X'))).* FROM payment p LIMIT 1" "two of one tranche"
plant payments "UPDATE payment SET bank_ref = 'SAME'" "one reference twice"
plant persons "$(free payment payment_check1) UPDATE payment SET checker = maker"
plant persons "$(free award award_check) UPDATE award SET confirmed_by = decided_by" "an award"
plant contracts "UPDATE tranche SET released_fen = released_fen - 1, paid_fen = paid_fen - 1 WHERE state = 'paid'"
plant contracts "UPDATE contract SET amount_fen = amount_fen + 1; UPDATE tranche SET amount_fen = amount_fen + 1 WHERE state = 'planned'" "more than was bound"
plant contracts "UPDATE contract SET state = 'closed' WHERE id IN (SELECT subject FROM account WHERE bucket = 'committed' AND credits > debits)" "closed, with money left bound"
plant crossing "$(free posting posting_office_id_appropriation_id_bucket_subject_fkey) UPDATE posting SET appropriation_id = gen_random_uuid() WHERE side = 'C' AND journal_id = $one"
plant renewed "INSERT INTO contract SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'number', 'X', 'year_no', 2, 'renews', c.id))).* FROM contract c" "nobody renewed it"
plant transfers "UPDATE transfer SET state = 'refused'" "nobody agreed"
plant transfers "UPDATE transfer SET amount_fen = amount_fen + 1" "another sum"
plant transfers "UPDATE appropriation SET restriction = '养老' WHERE budget_item = 'other'" "the donor did not consent"
plant persons "$(free transfer transfer_check4) UPDATE transfer SET decided_by = proposed_by" "a transfer"
plant persons "$(free withdrawal withdrawal_two) INSERT INTO withdrawal SELECT office_id, id, id, 1, 'x', 'approved', now(), '${PERSON[clerk]}', now(), '${PERSON[clerk]}' FROM tranche LIMIT 1" "what was taken back"
plant transfers "UPDATE journal SET kind = 'withdraw' WHERE kind = 'send'" "nobody agreed to take it back"
plant contracts "UPDATE journal SET kind = 'withdraw' WHERE kind = 'send'" "less was let out than its tranches say"
batch="INSERT INTO batch (office_id, id, year, number, fund_id, channel, state, payments, total_fen, payer_id, execute, purpose, made, maker, checker, exported)
    SELECT 3, '00000003-0000-8000-8000-0000000000ba', 2026, 1, a.fund_id, 'bank', 'settled', 2, 80000, gen_random_uuid(), '2026-12-01', 'x', now(),
           '${PERSON[clerk]}', '${PERSON[approver]}', now() FROM appropriation a WHERE budget_item = 'other';
    UPDATE payment SET batch_id = '00000003-0000-8000-8000-0000000000ba';"
plant batches "$batch UPDATE batch SET total_fen = total_fen + 1" "a fen more"
plant batches "$batch UPDATE batch SET payments = 3" "a line less"
plant batches "$batch UPDATE batch SET state = 'approved'" "its lines went on without it"
plant batches "$batch UPDATE batch SET state = 'unknown'" "nothing of it is on its way"
plant batches "$batch UPDATE batch SET exported = NULL" "never given out"
plant amounts "$(free posting posting_amount_fen_check) UPDATE posting SET amount_fen = -amount_fen WHERE journal_id = $one"
plant keys "$(free idempotency idempotency_pkey) INSERT INTO idempotency SELECT * FROM idempotency WHERE keep LIMIT 1"
plant logged "DELETE FROM event_queue WHERE act = 'tender_publish'"
plant entitled "UPDATE award SET confirmed_by = NULL" "nobody confirmed the award"
plant entitled "UPDATE tranche SET accepted_fen = 0" "nothing was accepted"
plant entitled "UPDATE contract SET signed_organisation = NULL" "one side signed"
plant entitled "DELETE FROM journal WHERE kind = 'send'" "it was never sent"
for promise in $(sed -n 's/^    {Q_audit_[a-z]*, "\([a-z]*\)".*/\1/p' "$here/api/cli/audit.c"); do
    case $named in *" $promise "*) ;; *) fail "no fault was planted against $promise" ;; esac
done
finish
