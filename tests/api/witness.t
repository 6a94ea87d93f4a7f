#!/bin/bash
# linli witness in one command; a statutory result waits for two of three witnesses, or for two people who do without them.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/trust_lib.sh"
mkdir "$T/l"
cd "$T/l" || exit 2
signs log log
watches() { # name [argument...]
    local i
    rm -f "$1.sock"
    "$LINLI" witness --into "$1" --log "$(cat log.pub)" --socket "$1.sock" "${@:2}" >"$1.said" 2>>"$1.err" &
    SIGNER[$1]=$!
    for ((i = 0; i < 100; i++)); do [ -S "$1.sock" ] && break; sleep 0.05; done
}
gone() { kill "${SIGNER[$1]}"; wait "${SIGNER[$1]}" 2>/dev/null; }
linli witness --into w0 --log "$(cat log.pub)" --socket w0.sock 2>wrong
is "$?" 64 "a witness has a name"
for w in w1 w2 w3; do watches $w --name "$w.example/audit" && cp $w.said $w.pub; done
like "$(cat w1.pub)" 'w1.example/audit+*' "its public key is told the first time"
is "$(stat -c %a w1/witness.key)" 600 "its secret one is its own"
LOGGED=(--set "trust.log_key=$(cat log.pub)" --set "trust.signer=$PWD/log.sock" --set "trust.folder=$PWD/out" --set trust.log_ms=50
    --set "trust.witnesses=$PWD/w1.sock:$PWD/w2.sock:$PWD/w3.sock" --set trust.quorum=2)
refused() { # --set...
    "$LINLI" serve --sandbox --set "database.url=$LINLI_DATABASE_URL" --set server.listen=127.0.0.1:1 --set server.uploads= --set "plugins.state=$T/state" \
        --set "blobs.folder=$T/blobs" "${LOGGED[@]}" "$@" >said 2>wrong
}
refused
is "$? $(grep -c 'trust.quorum is 2, trust.witness_keys names 0' wrong)" "78 1" "no result could ever come where nobody knows whose cosignatures to count"
refused --set "trust.witness_keys=$(cat w1.pub) $(cat w1.pub)"
is "$? $(grep -c 'named twice' wrong)" "78 1" "one witness is not two"
refused --set "trust.witness_keys=$(cat w1.pub) $(cat log.pub)"
is "$?" 78 "nor is the log its own witness"
start_server "${LOGGED[@]}" --set trust.quorum=0
is "$(grep -c 'trust.witnesses names 3 sockets, trust.witness_keys 0 keys' "$T/log")" 1 "cosignatures that nobody could count are warned of at the start"
stop_server
LOGGED+=(--set "trust.witness_keys=$(cat w1.pub) $(cat w2.pub) $(cat w3.pub)")
start_server "${LOGGED[@]}"
is "$(grep -c 'trust.witnesses names' "$T/log")" 1 "and no others"
people
for e in 4 5; do person evaluator$e evaluator 3; done
person approver2 office_approver 3
for x in aa:甲社 bb:乙社 cc:丙社; do bidder "${x%%:*}" "${x#*:}"; done
fund_of statutory 900000.00
decided_with() { # price: a statutory tender up to its confirmed decision
    entry_of statutory public_bidding 400000.00
    tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
    AS='' req GET /api/v1/clock
    publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
    for login in aa bb cc; do bid_for $login "$1"; done
    open_bids aa bb cc
    panel_sits evaluator1 evaluator2 evaluator3 evaluator4 evaluator5
    marks_of aa:95 bb:80 cc:70
    report_signed
    AS=clerk lot decide
    AS=approver lot confirm
}
announce() {
    local i
    for ((i = 0; i < ${1:-1}; i++)); do
        AS=clerk IFM=$(AS='' lot_etag) req POST "/api/v1/lots/$LOT/announce"
        [ "$STATUS" = 503 ] || break
        sleep 0.1
    done
}
decided_with 300000.00
gone w3
rm -f w3.sock
perl -MSocket -e '
    socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un($ARGV[0])) or die; listen(S, 8);
    while (accept(C, S)) { 1 while <C>; print {\*C} "signed\nnonsense\n\n\xe2\x80\x94 x y\n"; close C }' "$PWD/w3.sock" &
SIGNER[w3]=$!
announce 100
is "$STATUS" 200 "two of three witnesses are enough for a statutory result, whatever nonsense the third one answers"
linli verify --log out --log-key "$(cat log.pub)" --witness "$(cat w1.pub)" --witness "$(cat w2.pub)" --witness "$(cat w3.pub)" --quorum 2 >checks 2>&1
is "$?" 0 "and whoever verifies finds both"
gone w2
gone w3
rm -f w2.sock w3.sock
ln -s w1.sock w2.sock
perl -MSocket -e '
    socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un($ARGV[0])) or die; listen(S, 8);
    while (accept(C, S)) { local $/; my $asked = <C>; $asked =~ s/^.*?\n\n//s; print {\*C} "signed\n$asked"; close C }' "$PWD/w3.sock" &
SIGNER[w3]=$!
decided_with 310000.00
announce 20
is "$STATUS $(problem)" "503 log/uncosigned" "with one alone it waits, though two sockets lead to it and a third gives back what it was given"
is "$(grep -c '^— w1.example' out/checkpoint) $(sql 'SELECT max(cosigned) FROM linli.log_checkpoint WHERE size = (SELECT max(size) FROM linli.log_checkpoint)')" "2 1" "two lines of one witness are one cosignature"
AS=approver IFM=$(AS='' lot_etag) want 200 POST "/api/v1/lots/$LOT/unwitnessed" '{"reason":"两处见证机构停电，公告时限将至"}'
announce
is "$STATUS" 503 "one person does not do without them"
AS=supervisor IFM=$(AS='' lot_etag) want 200 POST "/api/v1/lots/$LOT/unwitnessed" '{"reason":"情况属实，同意先行公告"}'
announce
is "$STATUS" 200 "two do, each by an act that is logged: no date is missed"
watches w2
for ((i = 0; i < 300; i++)); do [ "$(grep -c '^— ' out/checkpoint)" = 3 ] && break; sleep 0.1; done
is "$(grep -c '^— ' out/checkpoint)" 3 "a witness that comes back goes on where it stopped"
# A signer that cannot write what it signed says so, and signs nothing; that passes, and nothing is frozen for it.
registers() { AS=root req POST /api/v1/organisations "{\"name\":\"$1\",\"kind\":\"registered\",\"uscc\":\"$(uscc)\"}"; }
mv log.state kept.state && mkdir log.state
registers 磁盘已满
for ((i = 0; i < 300; i++)); do grep -q 'the signer cannot just now' "$T/log" && break; sleep 0.1; done
was=$(sed -n 2p out/checkpoint) # what was being signed when the disk filled up is out by now
sleep 0.5
is "$(grep -c 'nothing is written any more' "$T/log") $(sed -n 2p out/checkpoint)" "0 $was" "a signer without room on its disk signs nothing"
registers 磁盘仍满
is "$STATUS" 201 "and nothing is frozen for it"
rmdir log.state && mv kept.state log.state
for ((i = 0; i < 300; i++)); do [ "$(sed -n 2p out/checkpoint)" -gt "$was" ] && break; sleep 0.1; done
ok "it signs again once it has room" [ "$(sed -n 2p out/checkpoint)" -gt "$was" ]
# A witness is shown a history that does not go on from what it saw.
gone w1
cp w1/signed kept && sed -i 's/^size .*/size 3/' w1/signed
rm -f lone.out
watches w1
sleep 1
AS=root want 201 POST /api/v1/organisations "{\"name\":\"后来\",\"kind\":\"registered\",\"uscc\":\"$(uscc)\"}"
sleep 12
is "$(grep -c 'w1.example' out/checkpoint)" 0 "one that saw another history cosigns this one no more"
rm -r w1/signed && gone w1 && linli witness --into w1 --log "$(cat log.pub)" --socket w1.sock 2>wrong
is "$?" 66 "nor begins anew without what it saw"
doctor() { env LINLI_BLOBS_FOLDER="$T/blobs" LINLI_PLUGINS_STATE="$T/state" LINLI_TRUST_LOG_KEY="$(cat log.pub)" LINLI_TRUST_SIGNER="$PWD/log.sock" LINLI_TRUST_FOLDER="$PWD/out" \
    LINLI_TRUST_WITNESSES="$PWD/w2.sock:$PWD/away.sock" LINLI_PLUGINS_FOLDERS="$T/none" "$LINLI" doctor >doctored 2>&1; grep -cE "$1" doctored; }
is "$(doctor '^ok    log .*entries, signed') $(grep -cE '^ok    witness .*w2.sock saw' doctored) $(grep -cE '^warn  witness .*away' doctored)" "1 1 1" "the doctor asks signer and witnesses"
is "$(grep -c '^warn  witness .*2 are asked, .trust. witness_keys names 0' doctored)" 1 "and says whose word does not count"
sql "INSERT INTO linli.event_queue (office_id, id, at, role, act, subject_kind, sealed, salt, payload)
     VALUES (0, gen_random_uuid(), now() + interval '90 years', 'system', 'x', 'x', false, sha256('later'), '{}')"
is "$(doctor '^FAIL  log .*dated ahead of the clock')" 1 "and tells what waits for a clock"
gone log
is "$(doctor '^FAIL  signer .*nobody answers')" 1 "or that nobody signs"
signs_again log
# Whoever says that it saw more, without what the log signed, keeps nobody from serving.
gone w2
sed -i 's/^size .*/size 99999999/; /^$/,$d' w2/signed
watches w2
stop_server
start_server "${LOGGED[@]}"
registers 重启之后
is "$STATUS" 201 "a witness that says it saw more, and cannot show it, keeps no server from starting"
finish
