#!/bin/bash
# Bids sealed by the bidder: to the signer of the office (K0), and to two of three openers (K1); what intake refuses, what the
# closing logs, who opens, and whose fault it is where something does not.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/trust_lib.sh"
. "$(dirname "$0")/seal_lib.sh"
. "$(dirname "$0")/../web/lib.sh"
serves_sealed
people
start_portal
ceremony() { JAR='' page "/${1:-zh}/tenders/$TENDER/openers"; } # how the opening stands, for everybody
person approver2 office_approver 3
for x in aa:甲社 bb:乙社 cc:丙社; do
    bidder "${x%%:*}" "${x#*:}"
    linli keygen bidder "${x%%:*}.key" --name "${x%%:*}" --plain >/dev/null
done
criteria='{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'

PLAN='the plan'
bid_json() { # login price
    printf '{"linli":"bid/1","organisation":"%s","lot":1,"fields":{"price":"%s"},"files":[{"name":"方案.txt","sha256":"%s","bytes":%d}]}' \
        "${ORG[$1]}" "$2" "$(printf '%s of %s' "$PLAN" "$1" | sha256sum | cut -d' ' -f1)" "$(printf '%s of %s' "$PLAN" "$1" | wc -c)"
}
seal_for() { # login price: its container, sealed to the openers of the tender, is LOGIN.sbx
    mkdir -p "in-$1"
    bid_json "$1" "$2" >"in-$1/bid.json"
    printf '%s of %s' "$PLAN" "$1" >"in-$1/方案.txt"
    rm -f "$1.sbx"
    linli seal ${CURVE:+"$CURVE"} --openers openers --key "$1.key" -o "$1.sbx" "in-$1/bid.json" "in-$1/方案.txt" ${BULK:+"$BULK"} >sealed
}
# ---- K0: the signer is the opener, wherever there is one ----
fund_of sub_threshold 9000.00
entry_of sub_threshold public_bidding 1000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" "$criteria"
publish "$(until_of)"
openers_file
is "$STATUS $(got '[.k, .n, .must_seal] | map(tostring) | join(" ")')" "200 1 1 false" "a published tender names the signer as its opener"
is "$(grep -c 'log.example/linli/receipts' openers)" 1 "in a text the signer signed"
seal_for aa 900.00
hand_in aa aa.sbx
is "$(cat put) $STATUS" "201 201" "a bid sealed to it is taken in"
is "$(jq -r .receipt <<<"$BODY" | sed -n 's/^bidder-key //p') $(jq -r .receipt <<<"$BODY" | sed -n 's/^sealed-sha256 //p')" \
    "$(linli open --openers openers aa.sbx | awk '$1 == "bidder-key" {print $2; exit}') $(sha256sum aa.sbx | cut -d' ' -f1)" "its receipt names the bidder's key and the container"
bid_for bb 950.00
is "$STATUS" 201 "and so is a plain file, on a tender of this mode"
sed 's/^tender .*/tender 00000003-0000-4000-8000-000000000001/' openers >elsewhere
sed '/^$/,$d' elsewhere >other && cp openers kept && cp other openers && seal_for cc 970.00 && cp kept openers
hand_in cc cc.sbx
is "$STATUS $(problem)" "409 bid/other-openers" "one that is sealed for another tender is not"
rm -f cc.sbx && linli seal --openers openers --key cc.key --co-key co.key -o cc.sbx in-cc/bid.json in-cc/方案.txt >sealed
hand_in cc cc.sbx
is "$STATUS $(problem)" "409 bid/not-whole" "nor one that needs a key the bidder keeps"
rm -f cc.sbx && linli seal --openers openers --key cc.key --envelope technical -o cc.sbx in-cc/bid.json in-cc/方案.txt >sealed
hand_in cc cc.sbx
is "$STATUS $(problem)" "409 bid/not-whole" "nor one envelope of two"
seal_for cc 970.00
printf '\x01' | dd of=cc.sbx bs=1 seek=3000 conv=notrunc 2>/dev/null
hand_in cc cc.sbx
state=$STATUS
seal_for cc 970.00
hand_in cc cc.sbx
is "$state $STATUS" "422 201" "what is no whole container and no text is refused, and a whole one is taken after it"
AS=clerk req GET "/api/v1/tenders/$TENDER/closing"
is "$STATUS $(got '.items | length')" "200 0" "before the deadline nobody is told what was taken in"
size_before=$(sed -n 2p out/checkpoint)
strings -a "$T"/blobs/*/* 2>/dev/null | grep -c 'the plan of aa' >found
is "$(cat found)" 0 "and its content lies nowhere on the server"
pass_deadline
AS=clerk req GET "/api/v1/tenders/$TENDER/closing"
is "$(got '.items | length') $(got '[.items[] | select(.sealed)] | length')" "3 2" "after it the closing list is there"
open_when_logged
is "$STATUS" 200 "the signer opens what the logged closing list names"
is "$(state_of aa) $(state_of bb) $(state_of cc)" "open open open" "sealed and plain bids alike"
is "$(sql "SELECT price_fen FROM linli.bid WHERE id = '${BID[aa]}'")" 90000 "with their prices"
is "$(sql "SELECT count(*) FROM linli.attachment WHERE object_id = '${BID[aa]}'")" 1 "and their files"

# ---- the record of the opening: confirmed, objected to, answered before anything is decided ----
AS=aa req GET /api/v1/me/work
is "$(got '[.tasks[] | select(.task == "confirm_opening")] | length')" 1 "a bidder is asked to confirm the record"
AS=aa req POST "/api/v1/bids/${BID[aa]}/opening" '{"agrees":true}'
is "$STATUS $(got .agrees)" "200 true" "and does"
AS=aa req POST "/api/v1/bids/${BID[aa]}/opening" '{"agrees":true}'
is "$STATUS $(problem)" "409 state/refused" "once"
AS=bb req POST "/api/v1/bids/${BID[bb]}/opening" '{"agrees":false}'
is "$STATUS $(got '.errors[0].pointer')" "422 /reason" "who objects says to what"
AS=bb req POST "/api/v1/bids/${BID[aa]}/opening" '{"agrees":false,"reason":"x"}'
is "$STATUS $(problem)" "404 bid/absent" "for its own bid"
AS=bb req POST "/api/v1/bids/${BID[bb]}/opening" '{"agrees":false,"reason":"唱标价格读错"}'
is "$STATUS" 200 "another objects"
AS=clerk req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "opening_reply")] | length')" 1 "which is a task of the clerk"
AS=clerk req GET "/api/v1/tenders/$TENDER/opening"
is "$(got '[.items[] | .agrees] | sort | map(tostring) | join(" ")')" "null false true" "and in the record"
AS=clerk req POST "/api/v1/bids/${BID[aa]}/opening/reply" '{"reply":"x"}'
is "$(problem)" state/refused "what nobody objected to is not answered"
AS=clerk req POST "/api/v1/bids/${BID[bb]}/opening/reply" '{"reply":"已核对密封件，记录与文件一致"}'
is "$STATUS $(got .reply)" "200 已核对密封件，记录与文件一致" "the clerk answers"
advance 61m
AS=cc req POST "/api/v1/bids/${BID[cc]}/opening" '{"agrees":true}'
is "$STATUS $(problem)" "409 state/refused" "after its time nobody is asked any more"
is "$(sql "SELECT count(*) FROM linli.event_queue e JOIN linli.log_entry l ON l.event_id = e.id WHERE e.act = 'bids_closed' AND e.tender_id = '$TENDER'")" 1 "the closing was logged before"
# The signer alone: nothing for who asks without a closing that was logged.
ask() { perl -MSocket -e 'socket(S, PF_UNIX, SOCK_STREAM, 0); connect(S, sockaddr_un($ARGV[0])) or die; print S <STDIN>; S->flush; shutdown(S, 1); print <S>' log.sock; }
is "$(printf 'shares\n' | ask)" "refused this is no question for shares" "the signer opens nothing without the closing"

# ---- K0 where bids are opened as soon as they are due ----
WHOLE='[{"code":"whole","name":{"zh":"全款","en":"whole"},"share":"100%","due":"on_acceptance"}]'
entry_of sub_threshold open_comparison 800.00
tender_of lowest_price "{\"way\":\"call\",\"below\":\"ask\",\"tranches\":$WHOLE}" '{}'
publish "$(until_of)"
openers_file
head -c 24M /dev/zero >图册.bin
BULK=图册.bin
seal_for aa 700.00
hand_in aa aa.sbx
is "$STATUS" 201 "a sealed bid for a comparison is taken in"
seal_for cc 770.00
hand_in cc cc.sbx
CURVE=--p256 seal_for bb 750.00
hand_in bb bb.sbx
BULK=''
is "$STATUS $(head -c 6 bb.sbx | tail -c 1 | od -An -tx1)" "201  10" "and one on the curve of older browsers"
peak() { awk '/^VmHWM/ {print int($2 / 1024)}' "/proc/$SERVER_PID/status"; }
before=$(peak)
pass_deadline
for ((i = 0; i < 200; i++)); do [ "$(state_of aa)" = open ] && break; sleep 0.05; done
is "$(state_of aa) $(state_of bb) $(state_of cc)" "open open open" "and opened by itself, once its closing is logged"
# Sanitizers keep what was freed.
grep -q asan "/proc/$SERVER_PID/maps" || ok "with no more than one bid in memory at a time ($before to $(peak) MiB)" [ "$(($(peak) - before))" -lt 72 ]

# ---- K1: two of three open, and the office alone cannot ----
entry_of sub_threshold public_bidding 1000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" "$criteria"
UNTIL=$(until_of)
k1_openers o
set_openers "$(cat s1.pub)
$(cat s2.pub)"
is "$STATUS $(problem)" "422 openers/unsigned" "who opens is a text that every one of them signed"
set_openers "$(cat s1.pub)
$(cat s2.pub)
$(cat s2.pub)"
is "$STATUS $(problem)" "422 openers/unsigned" "nobody signs for another"
set_openers "$(cat s1.pub)
$(cat s2.pub)
$(cat s3.pub)"
is "$STATUS" 200 "with all three it holds"
AS=approver req GET "/api/v1/tenders/$TENDER/draft"
TAG=$(etag)
publish "$UNTIL"
openers_file
is "$(got '[.k, .n, .must_seal] | map(tostring) | join(" ")')" "2 3 true" "and is told with the tender"
# What a bid says is nowhere to be found before its opening, whoever looks: statements are logged, everything is read.
canary=$(head -c 18 /dev/urandom | od -An -tx1 | tr -d ' \n')
PLAN="canary-$canary"
psql -X -q "$LINLI_TEST_SUPER_URL" -c "ALTER SYSTEM SET log_statement = 'all'" -c "ALTER SYSTEM SET wal_compression = off" -c 'SELECT pg_reload_conf()' >/dev/null
AS=aa
digest=$(brought aa "$(bid_json aa 900.00)")
AS=aa req POST "/api/v1/tenders/$TENDER/bids" "{\"organisation\":\"${ORG[aa]}\",\"sha256\":\"$digest\",\"bytes\":$(bid_json aa 900.00 | wc -c)}"
is "$STATUS $(problem)" "409 bid/not-sealed" "a plain file is no bid here"
seal_for aa 900.00
hand_in aa aa.sbx
is "$STATUS" 201 "a sealed one is"
CURVE=--p256 seal_for bb 950.00
hand_in bb bb.sbx
psql -X -q "$LINLI_TEST_SUPER_URL" -c CHECKPOINT
is "$(nowhere)" "" "what it says is neither in the data folder, the WAL, a dump, the logs nor the memory of server, signer and PostgreSQL"
like "$(nowhere "$LINLI_DATABASE_URL")" "*pid:$SERVER_PID*" "where what is there would be found ($(wc -l <canary.out) places)"
like "$(nowhere "$(sha256sum aa.sbx | cut -d' ' -f1)")" "*$WITH_PG_DIR*dump.sql*" "in the database and its dump as well"
# The keys of the signer: its own memory has them, and nothing that the server or the database holds.
for key in log receipts k0; do
    secret=$(sed -n 's/^secret //p' "$key.key" | base64 -d | od -An -v -tx1 | tr -d ' \n')
    nowhere "hex:$secret" >/dev/null
    is "${#secret} $(awk '$1 > 0 {print $2}' canary.out)" "64 pid:${SIGNER[log]}" "the secret of $key.key is in the memory of the signer alone"
done
AS=supervisor req POST "/api/v1/tenders/$TENDER/promises" "{\"opener\":2,\"promise\":\"$(printf '%064d' 0)\",\"signature\":\"— a b\"}"
is "$STATUS $(problem)" "409 bid/sealed" "nobody posts anything before the deadline"
pass_deadline
open_when_logged
is "$STATUS $(problem) $(state_of aa)" "409 seal/withheld sealed" "the office cannot open alone"
containers supervisor
is "$(cd got && sha256sum -- * | awk '$1 == $2' | wc -l)" 2 "an opener downloads the containers of the closing list"
digest=$(cd got && ls | head -n 1)
is "$(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer ${TOKEN[cc]}" "$B/api/v1/tenders/$TENDER/containers/$digest")" 403 "a bidder does not"
sql "SET session_replication_role = replica; CREATE TABLE kept AS SELECT * FROM linli.opener_set WHERE tender_id = '$TENDER'; DELETE FROM linli.opener_set WHERE tender_id = '$TENDER'"
is "$(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer ${TOKEN[supervisor]}" "$B/api/v1/tenders/$TENDER/containers/$digest")" 404 "nor does anybody where nobody is named to open it"
sql "SET session_replication_role = replica; INSERT INTO linli.opener_set SELECT * FROM kept; DROP TABLE kept"
# A promise in an opener's place would keep its shares out for good.
printf 'linli/promise/v1\nopeners %s\nopener 1\npromise %064d\n' "$(sed '/^$/,$d' openers | sha256sum | cut -d' ' -f1)" 0 >forged.promise
AS=auditor req POST "/api/v1/tenders/$TENDER/promises" "{\"opener\":1,\"promise\":\"$(printf '%064d' 0)\",\"signature\":\"$(linli sign --key s3.key forged.promise | tail -n 1)\"}"
is "$STATUS $(got '.errors[0].pointer')" "422 /signature" "nobody promises in another opener's place"
AS=auditor req POST "/api/v1/tenders/$TENDER/promises" "{\"opener\":1,\"promise\":\"$(printf '%064d' 1)\",\"signature\":\"$(linli sign --key s1.key forged.promise | tail -n 1)\"}"
is "$STATUS $(got '.errors[0].pointer')" "422 /signature" "nor something else than was signed"
promise_shares 1 supervisor
is "$STATUS" 200 "an opener promises"
post_shares shares1 supervisor
is "$STATUS $(problem)" "409 seal/withheld" "and shows nothing while it is the only one"
promise_shares 3 auditor
sed '/^share/s/.$/0/; /^share/s/00$/01/' shares1 >lied
post_shares lied supervisor
is "$STATUS" 422 "what was not promised is not taken"
post_shares shares1 supervisor
post_shares shares3 auditor
is "$STATUS $(got '[.posts[] | select(.posted)] | length')" "200 2" "then two show theirs"
is "$(sql "SELECT count(*) FROM linli.event_queue WHERE payload LIKE '%linli/shares%'")" 0 "no event holds a share"
open_when_logged
is "$STATUS $(state_of aa) $(state_of bb)" "200 open open" "and the bids are opened by two of three"
like "$(nowhere)" "*$T/blobs*" "and only now what they say is on the server"
promise_shares 2 clerk
is "$STATUS $(problem)" "409 state/refused" "nobody promises any more"
psql -X -q "$LINLI_TEST_SUPER_URL" -c 'ALTER SYSTEM RESET ALL' -c 'SELECT pg_reload_conf()' >/dev/null
PLAN='the plan'

# ---- a share that does not fit, and whose fault it is ----
entry_of sub_threshold public_bidding 1000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" "$criteria"
UNTIL=2026-01-01T00:00:00Z
k1_openers o
set_openers "$(cat s1.pub s2.pub s3.pub)"
AS=approver req GET "/api/v1/tenders/$TENDER/draft"
TAG=$(etag)
AS=approver IFM=$TAG req POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$(until_of)\",\"confirm_unverified\":true}"
is "$STATUS $(problem) $(got .detail | grep -c '最早开启时间应为截止时间')" "409 rule/refused 1" "who might open before the deadline opens nothing"
entry_of sub_threshold public_bidding 1000.00
UNTIL=$(until_of)
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" "$criteria"
k1_openers o
set_openers "$(cat s1.pub s2.pub s3.pub)"
AS=approver req GET "/api/v1/tenders/$TENDER/draft"
TAG=$(etag)
publish "$UNTIL"
openers_file
# A key that the organisation registered: from then on its containers are signed with one in force.
for x in new old; do linli keygen bidder $x.key --name "aa-$x" --plain >$x.pub; done
keys=/api/v1/organisations/${ORG[aa]}/keys
AS=bb req POST "$keys" "$(registration aa new)"
is "$STATUS" 403 "an organisation's keys are registered by its own people"
AS=aa req POST "$keys" "$(registration bb new)"
is "$STATUS $(got '.errors[0].pointer')" "422 /note" "by the text that names it"
AS=aa req POST "$keys" "$(registration aa new | jq -c --arg s "$(cat old.pub)" '.signer = $s')"
is "$STATUS $(got '.errors[0].pointer')" "422 /note" "which that key has signed"
AS=aa req POST "$keys" "$(registration aa new | jq -c '.signer = "aa+00000000+x"')"
is "$STATUS $(got '.errors[0].pointer')" "422 /signer" "and no other"
AS=aa want 200 POST "$keys" "$(registration aa new)"
AS=aa req POST "$keys" "$(registration aa new)"
is "$STATUS $(problem)" "409 value/taken" "once"
seal_for aa 900.00
hand_in aa aa.sbx
is "$STATUS $(problem)" "409 bid/other-key" "a container signed with another key is not taken in"
cp aa.key kept.key && cp new.key aa.key
seal_for aa 900.00
hand_in aa aa.sbx
is "$STATUS" 201 "one that is signed with the registered key is"
AS='' req GET "$keys"
is "$STATUS $(got '.items | map([.signer, .revoked] | map(tostring) | join(" ")) | join(";")')" "200 $(cat new.pub) null" "which everybody reads"
new=$(got '.items[0].id')
is "$(sql "SELECT payload::jsonb ->> 'key' FROM linli.event_queue WHERE act = 'bid_submit' AND subject = '${BID[aa]}'")" "$new" "and the log's event names"
AS=aa want 200 POST "$keys" "$(registration aa old)"
AS=bb req POST "$keys/$new/revoke" '{"reason":"x"}'
is "$STATUS" 403 "nobody else revokes it"
AS=aa want 200 POST "$keys/$new/revoke" '{"reason":"密钥遗失"}'
AS=aa req POST "$keys/$new/revoke" '{"reason":"密钥遗失"}'
is "$STATUS $(problem)" "409 state/refused" "twice"
seal_for aa 900.00
hand_in aa aa.sbx
is "$STATUS $(problem)" "409 bid/other-key" "what it signs afterwards is not taken in"
AS=aa req POST "$keys" "$(registration aa new)"
is "$STATUS $(problem)" "409 value/taken" "and it never comes back"
AS='' req GET "$keys"
is "$(got '[.items[] | select(.revoked)] | map(.reason) | join(" ")') $(got '.items | length')" "密钥遗失 2" "what was registered stays on record"
cp old.key aa.key
seal_for aa 900.00
hand_in aa aa.sbx
is "$STATUS" 201 "another registered one takes its place"
seal_for bb 950.00
hand_in bb bb.sbx
is "$STATUS" 201 "who has registered none signs with any"
CURVE=--p256 seal_for cc 970.00
hand_in cc cc.sbx
pass_deadline
rm -rf got && mkdir got
for x in aa bb cc; do cp $x.sbx "got/$(sha256sum $x.sbx | cut -d' ' -f1)"; done
linli share --sandbox --openers openers --key o1.key -o honest got/* >promised
awk '/^share/ {$3 = substr($3, 1, 63) (substr($3, 64) == "0" ? "1" : "0")} 1' honest >lying
# The promise over what will be shown, as an opener that means to lie makes it.
linli open --openers openers --shares lying aa.sbx 2>/dev/null | awk '$1 == "opener" {print $4}' >promise
printf 'linli/promise/v1\nopeners %s\nopener 1\npromise %s\n' "$(sed -n 's/^openers //p' lying)" "$(cat promise)" >lying.promise
AS=supervisor req POST "/api/v1/tenders/$TENDER/promises" "$(promise_body 1 lying.promise)"
is "$STATUS" 200 "an opener may promise what is false"
ceremony
like "$CODE $TEXT" '200 *确定开启人*投标截止*共 3 位开启人，任意 2 位即可开启*开启人承诺份额：还缺 1 位*1. opener1.example*已承诺，等候其他开启人*3. opener3.example*尚未承诺*' \
    "everybody sees the opening step by step: who has promised, who is missing, what is next"
promise_shares 2 auditor
ceremony
like "$TEXT" '*开启人出示份额：还缺 2 位*已承诺，尚未出示*' "then who owes its share"
post_shares lying supervisor
post_shares shares2 auditor
ceremony en
like "$TEXT" '*there are shares enough: the clerk opens the bids*has shown its share*in reserve*' "then that the clerk opens"
open_when_logged
is "$STATUS $(problem) $(got .detail | grep -c '开启人 1')" "409 seal/withheld 1" "a share that does not fit is named with its opener"
AS=clerk req POST "/api/v1/tenders/$TENDER/keys" "{\"opener\":1,\"key\":\"$(printf '%064d' 5)\"}"
is "$STATUS" 422 "a key that is another's settles nothing"
secret() { sed -n 's/^secret //p' "$1" | base64 -d | basenc --base16 -w 0 | tr A-F a-f; }
AS=supervisor req POST "/api/v1/tenders/$TENDER/keys" "{\"opener\":1,\"key\":\"$(secret o1.key)\"}"
open_when_logged
is "$STATUS $(problem)" "409 seal/withheld" "the key shows that the record was good: the opener lied, and the bid is not void for it"
ceremony
like "$TEXT" '*开启人承诺份额：还缺 1 位*已出示本项目密钥，以判明责任*3. opener3.example*尚未承诺*' "another opener has to take its place"
promise_shares 3 auditor
post_shares shares3 auditor
open_when_logged
is "$STATUS $(state_of aa)" "200 open" "the third opener's share opens it"
ceremony
like "$TEXT" '*下一步： 已经开启*opener1.example*已出示*已出示本项目密钥，以判明责任*' "and the page keeps who had to show its key"

# ---- K2: nothing opens without the bidder, and who does not show its key revokes its own bid alone ----
keeps() { # login price: sealed with a key that the bidder keeps
    rm -f "$1.co"
    CURVE="--co-key=$1.co" seal_for "$1" "$2"
    hand_in "$1" "$1.sbx"
}
co_key() { AS=$1 req POST "/api/v1/bids/${BID[$2]}/co-key" "{\"co_key\":\"$(cut -d' ' -f2 "$3.co")\"}"; } # login whose-bid whose-key
at_deadline() { # the deadline itself, and what was taken in at the openers
    AS='' req GET "/api/v1/lots/$LOT"
    clock_to "$(got .phase_due)"
    rm -rf got && mkdir got
    for x in "$@"; do cp "$x.sbx" "got/$(sha256sum "$x.sbx" | cut -d' ' -f1)"; done
}
k2_tender public_bidding comprehensive_score "{\"tranches\":$TWO_PARTS}" "$criteria"
is "$(got '[.must_seal, .co_key_minutes] | map(tostring) | join(" ")')" "true 30" "a tender may want a key that each bidder keeps"
password aa
login aa
page "/zh/tenders/$TENDER/bids?do=bid_submit"
like "$CODE $(grep -o 'data-seal="[^"]*"' "$T/page")" '200 *&quot;co_key&quot;:true*' "the page of a bid is told to keep one"
like "$(grep -o 'data-keep="[^>]*' "$T/page") $TEXT" '*保存密钥文件*请先保存密钥文件*linli seal --co-key*' "and has its bidder save it, or seal elsewhere"
JAR=''
cp old.key aa.key
seal_for aa 700.00
hand_in aa aa.sbx
is "$STATUS $(problem)" "409 bid/no-co-key" "then a container without one is no bid"
for x in aa:700.00 bb:750.00 cc:770.00; do
    keeps "${x%%:*}" "${x#*:}"
    is "$STATUS" 201 "one with it is (${x%%:*})"
done
co_key aa aa aa
is "$STATUS $(problem)" "409 bid/sealed" "nobody shows a key before the deadline"
at_deadline aa bb cc
co_key bb aa aa
is "$STATUS $(problem)" "404 bid/absent" "nobody shows another's"
co_key aa aa bb
is "$STATUS $(got '.errors[0].pointer')" "422 /co_key" "nor one that the container does not commit to"
AS=aa req GET /api/v1/me/work
is "$(got '[.tasks[] | select(.task == "show_co_key")] | length')" 1 "each bidder is asked for its own"
co_key aa aa aa
is "$STATUS" 200 "and shows it"
co_key aa aa aa
is "$STATUS $(problem)" "409 value/taken" "once"
AS=aa req GET /api/v1/me/work
is "$(got '[.tasks[] | select(.task == "show_co_key")] | length')" 0 "then it is asked no more"
AS=bb req POST "/api/v1/bids/${BID[bb]}/co-key" "{\"co_key\":\"$(cat bb.co)\"}"
is "$STATUS" 200 "another as its file has it"
is "$(sql "SELECT count(*) FROM linli.event_queue WHERE payload LIKE '%$(cut -d' ' -f2 aa.co)%'")" 0 "no event holds a key"
opened_by_two
open_when_logged
is "$STATUS $(problem) $(state_of aa)" "409 seal/withheld sealed" "two of three openers alone open nothing while a bidder has time"
like "$(got .detail)" '*3 份投标中已出示 2 份*' "which says how many are missing"
ceremony
like "$TEXT" '*投标截止*投标人出示自留密钥截止*承诺份额*' "the opening's page tells of the step"
advance 1h
co_key cc cc cc
is "$STATUS $(problem)" "409 state/refused" "afterwards no key is taken"
open_when_logged
is "$STATUS $(state_of aa) $(state_of bb) $(state_of cc)" "200 open open void" "the opening goes on without who did not show it"
like "$(reason_of cc)" '*未在规定时间内出示自留密钥，视为撤销其投标文件*' "whose bid counts as revoked, by its own fault"
AS=clerk req GET "/api/v1/lots/$LOT/red-flags"
is "$(got '[.items[] | select(.code == "kept_key") | .measure] | join(" ")')" 1 "which is a red flag"
AS=approver IFM='*' want 200 POST "/api/v1/tenders/$TENDER/cancel" '{"reason":"街道职能调整，项目取消"}'
until [ "$(sql "SELECT count(*) FROM linli.event_queue e LEFT JOIN linli.log_entry l ON l.event_id = e.id WHERE e.tender_id = '$TENDER' AND l.idx IS NULL")" = 0 ]; do sleep 0.05; done
LINLI_BLOBS_FOLDER=$T/blobs linli log bundle --into k2 --tender "$TENDER"
both() { # bundle: what both verifiers say of it, FAIL lines alone
    linli verify --log out --log-key "$(cat log.pub)" --bundle "$1" >checks 2>&1
    python3 "$here/tests/trust/verify.py" log --log out --log-key "$(cat log.pub)" --bundle "$1" >second 2>&1
    echo "$(grep -hoE '^FAIL V[0-9]+' checks | sort -u | tr '\n' ' ')/ $(grep -hoE '^FAIL V[0-9]+' second | sort -u | tr '\n' ' ')"
}
is "$(both k2) $(grep -cE '^PASS (V10|V12|V14|V15) ' checks)" "/  4" "both verifiers open its bids with the keys in the bundle, and find the revoked one justified"
cp -r k2 lied_k2
cp "lied_k2/co-keys/${BID[bb]}" "lied_k2/co-keys/${BID[aa]}"
is "$(both lied_k2)" "FAIL V14 / FAIL V14 " "another key in its place is found by both"
cp "k2/co-keys/${BID[aa]}" "lied_k2/co-keys/${BID[aa]}"
cp "k2/co-keys/${BID[aa]}" "lied_k2/co-keys/${BID[cc]}"
is "$(both lied_k2)" "FAIL V14 / FAIL V14 " "a key of which no event tells is found by both"
# ---- a promise comes after the closing, and is for the deadline that holds ----
entry_of sub_threshold public_bidding 800.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" "$criteria"
UNTIL=$(until_of)
k1_openers o
set_openers "$(cat s1.pub s2.pub s3.pub)"
AS=approver req GET "/api/v1/tenders/$TENDER/draft"
TAG=$(etag)
publish "$UNTIL"
openers_file
later=$(date -u -d "$UNTIL + 10 days" +%FT02:00:00Z)
AS=clerk IFM='*' want 200 POST "/api/v1/tenders/$TENDER/extend" "{\"body\":\"应投标人请求\",\"deadline\":\"$later\"}"
for x in bb:750.00 cc:770.00; do seal_for "${x%%:*}" "${x#*:}" && hand_in "${x%%:*}" "${x%%:*}.sbx"; done
kill -STOP "${SIGNER[log]}"
at_deadline bb cc
linli share --sandbox --openers openers --key o1.key -o early got/* >promised
AS=supervisor req POST "/api/v1/tenders/$TENDER/promises" "$(promise_body 1 early.promise)"
kill -CONT "${SIGNER[log]}"
is "$STATUS $(problem)" "503 seal/not-logged" "nothing is promised before the closing is signed"
promise_shares 1 supervisor
is "$STATUS $(got '.errors[0].pointer')" "422 /signature" "what an opener signed for the deadline before the extension is no promise"
linli share --openers openers --key o1.key -o never --deadline 2020-01-01T00:00:00Z got/* 2>wrong
is "$?" 64 "no deadline is before the one in the openers' text"
for i in 1 3; do MOVED=$later promise_shares $i supervisor; done
is "$STATUS" 200 "signed for the new one it is"
for i in 1 3; do post_shares "shares$i" supervisor; done
open_when_logged
is "$STATUS $(state_of bb) $(state_of cc)" "200 open open" "and opens the bids"
AS=approver IFM='*' want 200 POST "/api/v1/tenders/$TENDER/cancel" '{"reason":"街道职能调整，项目取消"}'
until [ "$(sql "SELECT count(*) FROM linli.event_queue e LEFT JOIN linli.log_entry l ON l.event_id = e.id WHERE e.tender_id = '$TENDER' AND l.idx IS NULL")" = 0 ]; do sleep 0.05; done
LINLI_BLOBS_FOLDER=$T/blobs linli log bundle --into moved --tender "$TENDER"
is "$(both moved) $(grep -cE '^PASS (V12|V14) ' checks)" "/  2" "both verifiers hold it against the log: closed, promised, shown"
is "$(sed -n 's/.*"act":"shares_post".*"payload":\({[^}]*}\).*/\1/p' moved/events | head -n 1)" '{"envelope":"bid","lot":0,"opener":1}' "of which the log tells whose shares were shown, and none of them"

# The last key shown sets the opening going, where bids are opened by themselves.
k2_tender open_comparison lowest_price "{\"way\":\"call\",\"below\":\"ask\",\"tranches\":$WHOLE}" '{}'
keeps aa 700.00
keeps bb 750.00
at_deadline aa bb
opened_by_two
co_key aa aa aa
is "$STATUS $(state_of aa)" "200 sealed" "one key of two opens nothing by itself"
co_key bb bb bb
for ((i = 0; i < 200; i++)); do [ "$(state_of aa)" = open ] && break; sleep 0.05; done
is "$(state_of aa) $(state_of bb)" "open open" "the last one sets the opening going"
# ... and otherwise the end of the bidders' time.
k2_tender open_comparison lowest_price "{\"way\":\"call\",\"below\":\"ask\",\"tranches\":$WHOLE}" '{}'
keeps aa 700.00
keeps bb 750.00
at_deadline aa bb
opened_by_two
co_key bb bb bb
advance 1h
for ((i = 0; i < 200; i++)); do [ "$(state_of bb)" = open ] && break; sleep 0.05; done
is "$(state_of aa) $(state_of bb)" "void open" "or the end of the time for it"
stop_portal
finish
