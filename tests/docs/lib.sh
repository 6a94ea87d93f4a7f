# Walks through a page: runs every command of its ```console blocks against a fresh sandbox as ./dev up leaves it, and
# compares the answers with what the page shows.  Sourced by tests/docs/*.t.
#
#   walk PAGE     prints TAP, a test for each command; with --write on the command line it writes the answers into the page
#   setup, adapt, back  what comes before (the server and its demonstration), and what becomes of a command and of its
#                 answer; a test may say otherwise
#
# In a block, a line that begins with "$ " is a command, with "> " its continuation; the rest is what it prints.  Ids, times,
# digests and secrets differ from run to run and are compared as such.
# shellcheck shell=bash disable=SC2154
write=''
[ "${1:-}" != --write ] || write=yes
. "$(dirname "${BASH_SOURCE[0]}")/../api/lib.sh"

# What differs from run to run, made the same.
plain() {
    sed -E -e 's/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/<id>/g' -e 's/[0-9a-f]{64}/<digest>/g' \
        -e 's/(^|[^A-Za-z0-9_-])(linli_)?[A-Za-z0-9_-]{43}([^A-Za-z0-9_-]|$)/\1<secret>\3/g' \
        -e 's/20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|\+08:00)/<time>/g' -e 's/20[0-9]{2}-[0-9]{2}-[0-9]{2}/<date>/g' \
        -e 's/[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} 20[0-9]{2} [0-9:]{8} GMT/<time>/g' -e 's/\b20[2-4][0-9]\b/<year>/g' \
        -e 's/\b[0-9]{3}_[a-z]+\b/<schema>/g' -e 's/[0-9]+ files/<n> files/' -e 's/[[:space:]]+$//' <<<"$1"
}

setup() {
    start_server
    LINLI_URL=$B LINLI_UPLOADS_URL=$UP LINLI_BIN=$LINLI bash "$here/tests/demo/load" >"$T/load" 2>&1 && return
    sed 's/^/# /' "$T/load"
    fail 'the demonstration data loads'
    finish
}
# shellcheck disable=SC2001,SC2016
adapt() { sed 's|bin/linli|"$LINLI"|g' <<<"$1"; }

# What differs from the page because of where the test runs.
back() { sed -e "s|$T|/tmp|g"; }

# One command and what the page says of it; leaves ANSWER, what belongs there.
try() { # page command expected
    local command
    command=$(adapt "$2")
    command=${command//127.0.0.1:8080/127.0.0.1:$PORT}
    command=${command//127.0.0.1:8081/127.0.0.1:$UPLOAD_PORT}
    eval "$command" >"$T/answer" 2>&1
    ANSWER=$(tr -d '\r' <"$T/answer" | sed -e "s/127\.0\.0\.1:$PORT/127.0.0.1:8080/g" -e "s/127\.0\.0\.1:$UPLOAD_PORT/127.0.0.1:8081/g" \
        -e 's/[[:space:]]*$//' | back)
    if [ "$(plain "$ANSWER")" = "$(plain "$3")" ]; then
        pass "$1: ${2%%$'\n'*}"
        ANSWER=$3
    elif [ -n "$write" ]; then
        pass "$1 (written): ${2%%$'\n'*}"
    else
        fail "$1: ${2%%$'\n'*}"
        diff <(plain "$3") <(plain "$ANSWER") | sed 's/^/#   /'
    fi
}

show() { [ -z "$1" ] || printf '%s\n' "$1" >>"$T/page"; }
flush() { # page: the command that was read, if any, with its answer
    [ -n "$command" ] || return 0
    try "$1" "$command" "$expected"
    sed -e '1s/^/$ /' -e '2,$s/^/> /' <<<"$command" >>"$T/page"
    show "$ANSWER"
    command='' expected=''
}

walk() {
    local page=$1 line inside='' command='' expected=''
    PORT=$(free_port) UPLOAD_PORT=$(free_port)
    setup
    cd "$here" || exit 2
    set +u
    export TMPDIR=$T
    while IFS= read -r line <&3; do
        if [ -z "$inside" ]; then
            printf '%s\n' "$line" >>"$T/page"
            [ "$line" != '```console' ] || inside=yes
        elif [ "$line" = '```' ]; then
            flush "$page"
            printf '%s\n' "$line" >>"$T/page"
            inside=''
        elif [[ $line = '$ '* ]]; then
            flush "$page"
            command=${line#'$ '}
        elif [[ $line = '> '* && -z $expected ]]; then
            command+=$'\n'${line#> }
        else
            expected+=${expected:+$'\n'}$line
        fi
    done 3<"$here/$page"
    [ -z "$write" ] || cat "$T/page" >"$here/$page"
    set -u
    stop_server
    finish
}
