#!/bin/bash
# The server gives out its own log: signed by a process of its own, cosigned by witnesses, refused after a rollback, with
# kill -9 of each of them in between.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/trust_lib.sh"
mkdir "$T/l"
cd "$T/l" || exit 2
signs log log
signs w1 witness --log "$(cat log.pub)"
signs w2 witness --log "$(cat log.pub)"
LOGGED=(--set "trust.log_key=$(cat log.pub)" --set "trust.signer=$PWD/log.sock" --set "trust.folder=$PWD/out"
    --set "trust.witnesses=$PWD/w1.sock:$PWD/w2.sock" --set trust.log_ms=50)
start_server "${LOGGED[@]}"
people

size() { sed -n 2p out/checkpoint 2>/dev/null || echo 0; }
cosigned() { grep -c '^— ' out/checkpoint 2>/dev/null; }
events() { sql 'SELECT count(*) FROM linli.event_queue WHERE NOT sealed'; }
# The log has grown to all that happened.
caught_up() { # seconds
    local i
    for ((i = 0; i < $1 * 20; i++)); do [ "$(size)" = "$(events)" ] && return 0; sleep 0.05; done
    say "$(size) of $(events)"
    return 1
}
verify() { linli verify --log out --log-key "$(cat log.pub)" --witness "$(cat w1.pub)" --witness "$(cat w2.pub)" --quorum 2 "$@" >checks 2>&1; }
something() { AS=root want 201 POST /api/v1/organisations "{\"name\":\"组织$RANDOM\",\"kind\":\"registered\",\"uscc\":\"$(uscc)\"}"; }
ended() { wait "$1" 2>/dev/null; } # what was killed is gone

ok "what happened is in the folder by itself" caught_up 10
something
ok "and what happens now as well" caught_up 10
is "$(cosigned)" 3 "signed by the log and two witnesses"
verify
is "$?" 0 "and a stranger finds nothing wrong"
cp out/checkpoint kept

# ---- a witness, then the signer is away: nothing waits for them, and the log goes on ----
kill -9 "${SIGNER[w1]}"; ended "${SIGNER[w1]}"
something
ok "without one witness the log goes on" caught_up 10
is "$(cosigned)" 2 "with one cosignature less"
kill -9 "${SIGNER[log]}"; ended "${SIGNER[log]}"
before=$(size)
something
sleep 0.3
is "$(size)" "$before" "without the signer nothing is given out, and acts are done as before"
signs_again log
signs_again w1 --log "$(cat log.pub)"
ok "with it again the log catches up" caught_up 10
something
ok "and goes on" caught_up 10
verify --since kept
is "$? $(cosigned)" "0 3" "with all signatures, and nothing changed"

# ---- killed at any moment ----
for round in 1 2 3 4 5; do
    case $round in
    1 | 4) kill -9 "$SERVER_PID"; ended "$SERVER_PID"; start_server "${LOGGED[@]}" ;;
    2 | 5) kill -9 "${SIGNER[log]}"; ended "${SIGNER[log]}"; signs_again log ;;
    3) kill -9 "${SIGNER[w2]}"; ended "${SIGNER[w2]}"; signs_again w2 --log "$(cat log.pub)" ;;
    esac
    something
done
ok "killed five times in between, the log has all that was answered" caught_up 20
verify --since kept
is "$?" 0 "and extends what was signed before"

# ---- an old backup ----
signed=$(size)
super=${LINLI_TEST_SUPER_URL}
stop_server
psql -X -q "$super" -c 'SET session_replication_role = replica' -c "
    DELETE FROM linli.event_queue e USING linli.log_entry l WHERE l.event_id = e.id AND l.idx >= $signed - 2" -c "
    DELETE FROM linli.log_entry WHERE idx >= $signed - 2" -c "
    CREATE TABLE public.notes AS SELECT * FROM linli.log_checkpoint WHERE size > $signed - 2" -c "
    DELETE FROM linli.log_checkpoint WHERE size > $signed - 2"
"$LINLI" serve --sandbox --set "database.url=$LINLI_DATABASE_URL" --set "server.listen=127.0.0.1:$PORT" --set server.uploads= \
    --set "plugins.state=$T/state" --set "blobs.folder=$T/blobs" "${LOGGED[@]}" >said 2>wrong
is "$? $(grep -c 'more was signed than the log now has' wrong)" "65 1" "an old backup is not served"
kill -9 "${SIGNER[log]}"; ended "${SIGNER[log]}"
"$LINLI" serve --sandbox --set "database.url=$LINLI_DATABASE_URL" --set "server.listen=127.0.0.1:$PORT" --set server.uploads= \
    --set "plugins.state=$T/state" --set "blobs.folder=$T/blobs" "${LOGGED[@]}" >said 2>wrong &
SERVER_PID=$!
ready 60
signs_again log
for ((i = 0; i < 200; i++)); do grep -q 'nothing is written any more' wrong && break; sleep 0.05; done
AS=root want 503 POST /api/v1/organisations "{\"name\":\"其后\",\"kind\":\"registered\",\"uscc\":\"$(uscc)\"}"
is "$(problem)" log/frozen "one that was served while the signer was away is written to no more"
AS=root want 200 GET /api/v1/organisations

# ---- the lawful way on ----
stop_server
linli keygen log log2.key --name log.example/linli/2 --plain >log2.pub
person root2 administrator 1 subtree
echo "${TOKEN[root]}" >t1 && echo "${TOKEN[root2]}" >t2 && echo "${TOKEN[clerk]}" >t3
recover() { linli recover --lost out/checkpoint --old-key "$(cat log.pub)" --new-key "$(cat "$1")" --reason "存储损坏，最近的备份缺两条记录" --token "$2" --token "$3" >said 2>wrong; }
recover log2.pub t1 t1
is "$?" 77 "one administrator alone does not decide a loss"
recover log2.pub t1 t3
is "$?" 77 "nor one with somebody else"
recover log.pub t1 t2
is "$?" 65 "the log that goes on has another name"
recover log2.pub t1 t2
is "$? $(sed -n 's/^lost //p' said)" "0 log.example/linli $signed" "two say what was lost"
mv out out1
signer_up log2 --new
signs v1 witness --log "$(cat log2.pub)"
start_server --set "trust.log_key=$(cat log2.pub)" --set "trust.signer=$PWD/log2.sock" --set "trust.folder=$PWD/out" \
    --set "trust.witnesses=$PWD/v1.sock" --set trust.log_ms=50
something
ok "then the log goes on, under the new name" caught_up 10
linli verify --log out --log-key "$(cat log2.pub)" --witness "$(cat v1.pub)" --quorum 1 >checks 2>&1
is "$? $(sql "SELECT count(*) FROM linli.event_queue e JOIN linli.log_entry l ON l.event_id = e.id WHERE e.act = 'log_recover'")" "0 1" "and tells of the loss"
cp out/checkpoint whole
linli recover --lost whole --old-key "$(cat log2.pub)" --new-key "$(cat log.pub)" --reason x --token t1 --token t2 2>wrong
is "$?" 65 "where nothing was lost there is nothing to recover"
finish
