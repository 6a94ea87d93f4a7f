#!/bin/bash
# linli plugin: list, schema, check, explore, reload, and their exit codes.  Prints TAP.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
LINLI=${LINLI:-$here/bin/linli}
T=$(mktemp -d /tmp/linli-plugin-XXXXXX)
trap 'rm -rf "$T"' EXIT
folder=$(dirname "$LINLI")/plugins
tests=0 failures=0

is() { # GOT EXPECTED NAME
    tests=$((tests + 1))
    if [ "$1" = "$2" ]; then
        echo "ok $tests - $3"
    else
        failures=$((failures + 1))
        printf 'not ok %d - %s\n#   got %s\n#   expected %s\n' "$tests" "$3" "$1" "$2"
    fi
}

run() { # ARGUMENT...: leaves CODE, $T/out, $T/err
    "$LINLI" "$@" > "$T/out" 2> "$T/err"
    CODE=$?
}

run plugin list
is $CODE 0 'the plug-ins beside the program are listed'
is "$(awk '{ print $1, $2 }' "$T/out" | grep -cE '^(mechanism (community_fund|public_bidding)|scheme (comprehensive_score|equal_shares))$')" 4 \
    'mechanisms and schemes by id'
is "$(awk '{ print length($4) }' "$T/out" | sort -u)" 12 'with the beginning of their digest'

run plugin schema public_bidding
is $CODE 0 'options are described'
is "$(jq -r '."$schema", .type, .additionalProperties' "$T/out" | paste -sd' ')" \
    'https://json-schema.org/draft/2020-12/schema object false' 'as JSON Schema that knows no other member'
is "$(jq '[.properties[] | select((."x-label".zh // "") == "" or (."x-label".en // "") == "")] | length' "$T/out")" 0 \
    'every member with a label in both languages'
is "$(jq -r '.properties.tranches.type, .properties.tranches.items.additionalProperties' "$T/out" | paste -sd' ')" \
    'array false' 'lists too'
run plugin schema no_such
is $CODE 69 'an unknown id is said'

for object in "$folder"/*.so; do
    run plugin check "$object"
    is $CODE 0 "$(basename "$object" .so) keeps the contract"
    is "$(grep -cv '^ok ' "$T/out")" 0 'and says so line by line'
done
printf 'not a plug-in, but longer than sixty-four bytes, so that it is read at all\n' > "$T/text.so"
run plugin check "$T/text.so"
is $CODE 1 'a file that is no plug-in fails'
is "$(cut -d' ' -f1 "$T/out")" FAIL 'with a line that says so'
run plugin check "$T/nothing.so"
is $CODE 66 'a file that is not there is said'
run plugin check -q "$folder"/*.so
is "$CODE $(wc -c < "$T/out")" '0 0' 'several files, quietly'

run plugin
is $CODE 64 'nothing asked is a mistake of use'
run plugin reload
is $CODE 64 'a reload needs to know the server'
run plugin reload --pid-file "$T/nothing"
is $CODE 66 'whose file must be there'
echo 'no number' > "$T/pid"
run plugin reload --pid-file "$T/pid"
is $CODE 65 'and hold a process'
# A server that answers a hangup as the real one does: with a new file of its word.
export LINLI_PLUGINS_STATE=$T/state
mkdir "$T/state"
serve() { # NUMBER WORDS
    rm -f "$T/pid"
    bash -c 'trap "printf \"$2\" >\"$1/state/half\"; mv \"$1/state/half\" \"$1/state/.reload.$$\"; exit $0" HUP
        echo $$ >"$1/pid"; while :; do sleep 0.05; done' "$1" "$T" "$2" &
    server=$!
    for _ in $(seq 100); do [ -s "$T/pid" ] && [ "$(cat "$T/pid")" = $server ] && break; sleep 0.05; done
}
serve 7 'loaded scheme a 1.0.0 from a.so\\n'
run plugin reload --pid-file "$T/pid"
wait $server
is "$CODE $? $(cat "$T/out")" '0 7 loaded scheme a 1.0.0 from a.so' 'which is told to look again and says what it took'
serve 7 'loaded scheme a 1.0.0 from a.so\\nrefused b.so: it is no ELF file\\n'
run plugin reload --pid-file "$T/pid"
wait $server
is "$CODE $(cat "$T/err")" '1 linli plugin: refused b.so: it is no ELF file' 'and each file it refused, and why'
bash -c 'trap "exit 7" HUP; echo $$ > '"$T"'/pid; while :; do sleep 0.05; done' &
server=$!
for _ in $(seq 100); do [ -s "$T/pid" ] && [ "$(cat "$T/pid")" = $server ] && break; sleep 0.05; done
run plugin reload --pid-file "$T/pid"
wait $server
is "$CODE $?" '69 7' 'one that leaves no word is not taken for content'
run plugin reload --pid-file "$T/pid" --config "$T/away"
is $CODE 78 'settings that cannot be read are no wrong data'

echo "1..$tests"
[ "$failures" = 0 ]
