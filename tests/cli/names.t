#!/bin/bash
# Every command speaks of itself as "linli COMMAND": usage, hints and complaints can be typed as they stand.  Prints TAP.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
LINLI=${LINLI:-$here/bin/linli}
T=$(mktemp -d /tmp/linli-names-XXXXXX)
trap 'rm -rf "$T"' EXIT
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

mapfile -t commands < <("$LINLI" --help | awk '/^  [a-z]+ / && $1 != "linli" { print $1 }')
is "$([ ${#commands[@]} -gt 15 ] && echo many)" many 'the commands are listed'
for command in "${commands[@]}"; do
    "$LINLI" "$command" --no-such-option >"$T/out" 2>"$T/err" && code='taken' || code='refused'
    is "$code $(sed "s/^linli $command: unrecognized option.*/unrecognized/; s/^Try \`linli $command --help'.*/hint/" "$T/err" | paste -sd' ')" \
        'refused unrecognized hint' "$command names itself and its help"
    "$LINLI" "$command" --help >"$T/out" 2>&1
    is "$? $(head -n 1 "$T/out" | cut -d' ' -f1-3)" "0 Usage: linli $command" "which is there"
done

"$LINLI" rules show --regime nosuch 2>"$T/err"
is "$(head -n 1 "$T/err")" 'linli rules: unknown regime "nosuch": statutory, sub_threshold, grants or charity' 'an unknown regime lists those there are'
"$LINLI" serve --config "$T/nothing" 2>"$T/err"
is "$? $(cat "$T/err")" "78 linli serve: $T/nothing cannot be read: No such file or directory" 'a file of settings that is not there is told with the cause'
"$LINLI" serve --set server.workers=0 2>"$T/err"
is "$(cut -d: -f1 "$T/err")" 'linli serve' 'a fault is told in the same form'
"$LINLI" serve --check-config --set trust.quorum=1 2>"$T/err"
is "$? $(cut -d/ -f1 "$T/err")" '78 linli serve: trust.quorum is 1, and without trust.log_key nobody cosigns anything ' 'a quorum without a log is refused'
for setting in log_key receipts_key witness_keys; do
    "$LINLI" serve --check-config --set trust.$setting=nonsense 2>"$T/err"
    is "$? $(cut -d: -f1,2 "$T/err")" "78 linli serve: [trust] $setting" "a key that is none is told with the name of its setting, $setting"
done
"$LINLI" office add 2>"$T/err"
is "$? $(cut -d: -f1 "$T/err")" '64 linli office' 'and so is a mistake of use'
"$LINLI" plugin schema no_such 2>"$T/err"
is "$? $(cat "$T/err")" '69 linli plugin: there is no plug-in "no_such"' 'and what is not there'
is "$("$LINLI" help | cmp - <("$LINLI" --help) && echo same)" same 'help is --help'

# What a command prints is what it was run for: where that cannot be written it has failed.
"$LINLI" facts pabulib "$here/tests/data/pabulib/mit_equalshares/poland_wieliczka_2023_green-budget.pb" >"$T/facts"
full() { # NAME ARGUMENT...
    "$LINLI" "${@:2}" >/dev/full 2>"$T/err"
    is "$? $(grep -c 'could not be written' "$T/err")" '74 1' "on a full disk $1"
}
full 'the list of commands fails' --help
full 'the version fails' --version
full 'a decision fails' decide equal_shares --facts "$T/facts"
full 'facts fail' facts pabulib "$here/tests/data/pabulib/mit_equalshares/poland_wieliczka_2023_green-budget.pb"
full 'a public key fails' keygen log "$T/key" --name a/b --plain
full 'a signature fails' sign --key "$T/key" "$here/README.md"
full 'the numbers of the law fail' rules show
full 'the settings fail' serve --print-config

# An option that does nothing is not taken, and settings that cannot be read are told as such by everybody.
for wrong in 'doctor --bootstrap' 'doctor --url x' 'backup --bootstrap x'; do
    # shellcheck disable=SC2086
    "$LINLI" $wrong >"$T/out" 2>"$T/err"
    is "$? $(grep -c unrecognized "$T/err")" '64 1' "linli $wrong is refused"
done
"$LINLI" user add x --name X --office 3 2>"$T/err"
is "$? $(cut -d' ' -f1,2 "$T/err")" '64 linli user:' 'an office without a role is refused'
mkdir "$T/folder"
for command in 'office list' 'user list' 'audit' 'log publish --into x --log-key k --signer s' 'backup x' 'restore x' 'migrate' 'doctor' 'serve'; do
    # shellcheck disable=SC2086
    "$LINLI" $command --config "$T/folder" >"$T/out" 2>"$T/err"
    is "$? $(cat "$T/err")" "78 linli ${command%% *}: $T/folder cannot be read: Is a directory" "linli ${command%% *} with a folder for a file of settings"
done
# The installed file counts where it is there, and is no file of defaults where it may not be read.
if unshare -m true 2>/dev/null && command -v setpriv >/dev/null; then
    # shellcheck disable=SC2016
    unshare -m bash -c 'mkdir -p "$1/etc/linli" && cp -a /etc/passwd /etc/group /etc/ld.so.cache "$1/etc" 2>/dev/null
        install -m 600 /dev/null "$1/etc/linli/linli.conf" && chmod 711 "$1" && mount --bind "$1/etc" /etc &&
        exec setpriv --reuid=nobody --regid=nogroup --clear-groups "$2" serve --check-config' - "$T" "$LINLI" 2>"$T/err"
    is "$? $(cat "$T/err")" '78 linli serve: /etc/linli/linli.conf cannot be read: Permission denied' 'an installed file that may not be read'
fi
# The portal waits for its API, but not for whoever stops it.
since=$SECONDS
"$(dirname "$LINLI")/linli-portal" --api http://127.0.0.1:1 --listen 127.0.0.1:1 >"$T/out" 2>&1 &
portal=$!
sleep 1
kill -TERM "$portal"
wait "$portal" 2>/dev/null
is "$? $((SECONDS - since < 10))" '143 1' 'a portal without its API ends when it is told to'
echo "1..$tests"
[ "$failures" = 0 ]
