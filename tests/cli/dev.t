#!/bin/bash
# ./dev up, down, linli and prune in a copy of the tree: one at a time, the loser changes nothing, a crash is cleaned up,
# a taken port is told with the setting that takes another.  Nothing is built, no demonstration is loaded.  Prints TAP.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
LINLI=$(realpath "${LINLI:-$here/bin/linli}")
T=$(mktemp -d /tmp/linli-dev-XXXXXX)
chmod 755 "$T"
tree=$T/tree
tests=0 failures=0

is() { # GOT EXPECTED NAME
    tests=$((tests + 1))
    if [ "$1" = "$2" ]; then
        echo "ok $tests - $3"
    else
        failures=$((failures + 1))
        printf 'not ok %d - %s\n#   got %s\n#   expected %s\n' "$tests" "$3" "$1" "$2"
        tail -n 20 "$T"/*.said "$tree/var/linli.log" 2>/dev/null | sed 's/^/#   /'
    fi
}
free_port() {
    local port
    while :; do
        port=$((16000 + RANDOM % 16000)) # below what the kernel gives to clients
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}
until_said() { # FILE TEXT
    local i
    for ((i = 0; i < 600; i++)); do
        ! grep -q "$2" "$1" 2>/dev/null || return 0
        sleep 0.1
    done
    return 1
}
finish() {
    "$tree/dev" down >/dev/null 2>&1
    [ -z "${squatter:-}" ] || kill "$squatter" 2>/dev/null
    "$tree/dev" prune >/dev/null 2>&1
    rm -rf "$T"
}
trap finish EXIT

mkdir -p "$tree/bin/plugins" "$tree/tests/demo" "$tree/build/release" "$T/path"
cp "$here/dev" "$tree/"
cp -r "$here/sql" "$here/config" "$here/web" "$tree/"
cp "$LINLI" "$tree/bin/linli"
cp "$(dirname "$LINLI")/linli-portal" "$tree/bin/"
cp "$(dirname "$LINLI")/plugins/"{public_bidding,lowest_price}.so "$tree/bin/plugins/"
cp "$here/tests/demo/logins" "$tree/tests/demo/"
printf '#!/bin/sh\nexit 0\n' | tee "$tree/tests/demo/load" "$tree/tests/demo/city" >"$T/path/cmake"
chmod +x "$tree/tests/demo/load" "$tree/tests/demo/city" "$T/path/cmake"
touch "$tree/build/release/build.ninja"
export PATH=$T/path:$PATH
LINLI_SERVER_LISTEN=127.0.0.1:$(free_port)
LINLI_SERVER_UPLOADS=127.0.0.1:$(free_port)
LINLI_PORTAL_LISTEN=127.0.0.1:$(free_port)
export LINLI_SERVER_LISTEN LINLI_SERVER_UPLOADS LINLI_PORTAL_LISTEN
cd "$T" || exit 2
ready() { curl -s -o /dev/null -w '%{http_code}' "http://$LINLI_SERVER_LISTEN/readyz"; }
stopped() { # NAME: what ./dev up said at its end
    until_said "$T/$1.said" '^== stopped' && echo yes
}

"$tree/dev" up --help >help.said 2>&1
is "$? $(head -n 1 help.said) $(ls "$tree/var" 2>/dev/null)" '0 ./dev COMMAND ' './dev up --help tells the usage and starts nothing'
"$tree/dev" up now >word.said 2>&1
is "$? $(tail -n 1 word.said)" '1 ./dev: up takes no argument' 'a word too many is told'
"$tree/dev" down >down.said 2>&1
is "$? $(cat down.said)" '0 == nothing was running' './dev down says that nothing was running'

python3 -c 'import socket, sys, time
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", int(sys.argv[1]))); s.listen(8); print("there", flush=True); time.sleep(600)' \
    "${LINLI_SERVER_LISTEN##*:}" >squatter.said &
squatter=$!
until_said squatter.said there
"$tree/dev" up >taken.said 2>&1
is "$? $(grep -c "$LINLI_SERVER_LISTEN is taken by another program: LINLI_SERVER_LISTEN=127.0.0.1:PORT ./dev up" taken.said)" '1 1' \
    'a taken port is told with the setting'
kill $squatter
wait $squatter 2>/dev/null

# Two at once: one of them serves, the other says so and ends.
"$tree/dev" up >one.said 2>&1 &
one=$!
"$tree/dev" up >two.said 2>&1 &
two=$!
until_said "$T/one.said" 'Ctrl-C\|already running' && until_said "$T/two.said" 'Ctrl-C\|already running'
winner=one loser=two loser_pid=$two winner_pid=$one
if grep -q 'already running' one.said; then winner=two loser=one loser_pid=$one winner_pid=$two; fi
wait "$loser_pid"
is "$? $(cat "$loser.said")" "1 ./dev: already running on http://$LINLI_SERVER_LISTEN, ./dev down stops it" 'of two at once the loser says who runs'
is "$(ready) $(grep -c 'is there already' "$winner.said")" '200 0' 'and the winner serves'
is "$(curl -s -o /dev/null -w '%{http_code}' "http://$LINLI_PORTAL_LISTEN/zh/offices")" 200 'with its pages'
server=$(cat "$tree/var/server.pid")
"$tree/dev" up >again.said 2>&1
is "$? $(cat again.said)" "1 ./dev: already running on http://$LINLI_SERVER_LISTEN, ./dev down stops it" 'a third says the same'
is "$(ready) $(cat "$tree/var/server.pid")" "200 $server" 'and changes nothing'

"$tree/dev" linli doctor >doctor.said 2>&1
is "$? $(grep -c FAIL doctor.said)" '0 0' './dev linli doctor finds nothing wrong'
(cd / && "$tree/dev" linli office add --kind district --code 310105 --name 长宁区民政局 --name-en Changning) >office.said 2>&1
is "$? $("$tree/dev" linli office list | awk '{print $3, $4}')" '0 district 310105' 'and ./dev linli office reaches the sandbox'

# A crash: nobody is left to stop the server and PostgreSQL.
kill -KILL "$winner_pid"
wait "$winner_pid" 2>/dev/null
is "$(ready)" 200 'after a crash of ./dev the server is left behind'
"$tree/dev" up >after.said 2>&1 &
until_said after.said Ctrl-C
is "$(ready) $(grep -c 'a crashed ./dev up left something running: stopped' after.said)" '200 1' 'the next ./dev up stops it and serves'
is "$([ "$(cat "$tree/var/server.pid")" != "$server" ]; echo $?) $(kill -0 "$server" 2>/dev/null; echo $?)" '0 1' 'by a server of its own'
"$tree/dev" linli office list >office.said 2>&1
is "$(awk '{print $4}' office.said)" 310105 'the data are there still'

"$tree/dev" down >down.said 2>&1
is "$? $(cat down.said) $(ready)" '0 == stopped Linli and its PostgreSQL 000' './dev down stops it and says so'
is "$(stopped after) $(ls "$tree/var/server.pid" 2>/dev/null)" 'yes ' 'and ./dev up ends'
"$tree/dev" prune >prune.said 2>&1
is "$? $(grep -c 'thrown away' prune.said) $(ls "$tree/var/blobs" 2>/dev/null)" '0 1 ' './dev prune says what it threw away'
echo "1..$tests"
[ "$failures" = 0 ]
