# Black-box tests against the real server and a real PostgreSQL; sourced by tests/api/*.t, which print TAP.
#
#   start_server [ARGUMENT...]      serves a fresh database as a sandbox; B is its address, UP that of uploads
#   stop_server                     SIGTERM, waits, leaves its exit status in SERVER_CODE
#   office NAME KIND [PARENT]       adds an office, gives its number
#   person LOGIN ROLE OFFICE        adds a person with a role and a token: AS=LOGIN acts as it from now on
#   member LOGIN ORGANISATION       adds a person of an organisation, with a token
#   organisation NAME [KIND]        registers an organisation with an account, with NO_ACCOUNT without; gives its id (needs a person "root",
#                                   see people)
#   people                          a district (2) with a street (3) under a city (1), one person for each role at the
#                                   street: clerk approver agent operator evaluator1..3 assessor resident supervisor
#                                   auditor; root is administrator, security grants roles in the whole tree
#   req METHOD PATH [JSON]          asks; leaves STATUS, BODY, HEADERS.  AS=login who asks (AS= nobody), KEY=key or none,
#                                   IFM=etag, H=one more header line; POST gets a fresh Idempotency-Key
#   want STATUS METHOD PATH [JSON]  req, and a test that it answered so
#   got FILTER                      jq -r over BODY
#   etag                            ETag of the last answer
#   held ROWS FREE METHOD PATH [JSON]   asks while somebody else holds ROWS, a query FOR UPDATE: wants it to wait for them and not to have taken yet
#                                   what FREE asks for; then it is given up
#   denied TABLE RIGHT METHOD PATH [JSON]   asks while the database denies the server that right, and gives it back: wants 500
#   advance 20d                     moves legal time
#   brought LOGIN TEXT              as if LOGIN had uploaded the text; gives its digest
#   ok NAME COMMAND...  is GOT EXPECTED NAME  like TEXT PATTERN NAME  skip NAME WHY
#   verified [TENDER...]            both verifiers are content with the bundle of every tender that was opened or ended, or of these
#   judged TENDER                   after `verified`: its bundle once more; the failed checks and exit code of both verifiers
#   dishonest TENDER CODE           that tender as a server would have told it that did something else (tests/trust/relog.py), after `verified`:
#                                   gives the failed checks of both verifiers, and their exit codes
#   finish                          the plan; exit 1 where a test failed
#
# STOP_AT_FIRST=1 ends at the first that fails; KEPT_PLUGINS=FOLDER is what a server kept of the plug-ins of this build.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
LINLI=${LINLI:-$here/bin/linli}
if [ -z "${LINLI_DATABASE_URL:-}" ]; then
    exec "$here/tests/with-pg" bash "$0" "$@"
fi
T=$(mktemp -d "${TMPDIR:-/tmp}/linli-api-XXXXXX")
declare -A TOKEN PERSON
tests=0 failures=0 SERVER_PID='' AS=''

say() { printf '# %s\n' "$*"; }
pass() { tests=$((tests + 1)); printf 'ok %d - %s\n' "$tests" "$1"; }
fail() {
    tests=$((tests + 1)) failures=$((failures + 1))
    printf 'not ok %d - %s\n' "$tests" "$1"
    printf '#   at %s line %s\n' "${BASH_SOURCE[-1]##*/}" "${BASH_LINENO[-2]}"
    [ -z "${STOP_AT_FIRST:-}" ] || exit 1
}
ok() { local name=$1; shift; if "$@" >/dev/null 2>&1; then pass "$name"; else fail "$name"; fi; }
is() { if [ "$1" = "$2" ]; then pass "$3"; else fail "$3"; say "  got: $1"; say "  expected: $2"; fi; }
like() {
    # shellcheck disable=SC2254
    case $1 in $2) pass "$3" ;; *) fail "$3"; say "  got: $1"; say "  expected: $2" ;; esac
}
skip() { tests=$((tests + 1)); printf 'ok %d - %s # SKIP %s\n' "$tests" "$1" "$2"; }
finish() {
    printf '1..%d\n' "$tests"
    [ "$failures" = 0 ]
    exit
}

free_port() {
    local port
    while :; do
        port=$((16000 + RANDOM % 16000)) # below what the kernel gives to clients
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

ready() { # seconds
    local i
    for ((i = 0; i < $1 * 20; i++)); do
        curl -sf -o /dev/null --max-time 2 "$B/readyz" && return 0
        [ -z "$SERVER_PID" ] || kill -0 "$SERVER_PID" 2>/dev/null || return 1
        sleep 0.05
    done
    return 1
}

# A server questions each plug-in it has not kept yet, for seconds.  The first start of a build does; what it kept serves
# the starts after it, unless the test brings plug-ins of its own.
kept_plugins() {
    local programs
    [ -z "${KEPT_PLUGINS:-}" ] || { echo "$KEPT_PLUGINS"; return; }
    programs=$(cat "$LINLI" "$(dirname "$LINLI")"/plugins/*.so 2>/dev/null | sha256sum)
    echo "$here/build/kept-${programs:0:16}"
}
kept_before() { # ARGUMENT...: those of the server
    [[ " $* " != *" plugins."* ]] && [ -z "${LINLI_PLUGINS_FOLDERS:-}" ] && [ ! -e "$T/state" ] || return 0
    [ ! -d "$(kept_plugins)" ] || cp -a "$(kept_plugins)" "$T/state"
}
keep_after() { # ARGUMENT...: those of the server
    local kept
    [[ " $* " != *" plugins."* ]] && [ -z "${LINLI_PLUGINS_FOLDERS:-}" ] || return 0
    kept=$(kept_plugins)
    [ ! -d "$kept" ] || return 0
    cp -a "$T/state" "$kept.$$"
    mv -T "$kept.$$" "$kept" 2>/dev/null || rm -rf "$kept.$$"
}

# A port that was free when it was chosen may be another's by the time a server has read its plug-ins: then others are chosen.
start_server() {
    local mode=--sandbox given=${PORT:-} tries
    [ -z "${PRODUCTION:-}" ] || mode=
    kept_before "$@"
    for tries in 1 2 3; do
        PORT=${PORT:-$(free_port)} UPLOAD_PORT=${UPLOAD_PORT:-$(free_port)}
        B=http://127.0.0.1:$PORT UP=http://127.0.0.1:$UPLOAD_PORT
        # shellcheck disable=SC2086
        "$LINLI" serve $mode --set "database.url=$LINLI_DATABASE_URL" --set "server.listen=127.0.0.1:$PORT" \
            --set "server.uploads=127.0.0.1:$UPLOAD_PORT" --set "plugins.state=$T/state" --set "blobs.folder=$T/blobs" \
            --set limits.login_per_minute=1000 --set limits.accounts_per_day=100000 --set "server.loops=${LOOPS:-2}" "$@" >>"$T/out" 2>>"$T/log" &
        SERVER_PID=$!
        ready 180 && break
        if [ -n "$given" ] || [ "$tries" = 3 ] || ! tail -n 1 "$T/log" | grep -q 'could not listen'; then
            say "the server does not start"; sed 's/^/# /' "$T/log"; fail "the server starts"; exit 1
        fi
        PORT='' UPLOAD_PORT=''
    done
    keep_after "$@"
}
stop_server() {
    [ -n "$SERVER_PID" ] || return 0
    kill -TERM "$SERVER_PID" 2>/dev/null
    wait "$SERVER_PID"
    SERVER_CODE=$?
    SERVER_PID=''
}
cleanup() {
    [ -z "$SERVER_PID" ] || { kill -TERM "$SERVER_PID" 2>/dev/null; wait "$SERVER_PID" 2>/dev/null; }
    [ -n "${KEEP_FILES:-}" ] || rm -rf "$T"
}
trap cleanup EXIT

sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 "$LINLI_TEST_SUPER_URL" -c "$1"; }
linli() { LINLI_DATABASE_URL=$LINLI_DATABASE_URL "$LINLI" "$@"; }

office() { linli office add --name "$1" --name-en "$1" --kind "$2" --code 310105011 ${3:+--parent "$3"} | jq -r .office_id; }

token_of() { # login person: a token as POST /tokens would make it, without the wait for a password
    local secret
    secret=linli_$(head -c 32 /dev/urandom | basenc --base64url | tr -d '=\n')
    sql "INSERT INTO linli.token (id, hash, person_id, name, created, expires) VALUES (gen_random_uuid(),
         sha256('$secret'::bytea), '$2', 'test', now(), now() + interval '3650 days')" || return 1
    TOKEN[$1]=$secret PERSON[$1]=$2
}
person() {
    local id
    id=$(linli user add "$1" --name "$1" --role "$2" --office "$3" ${4:+--subtree} | jq -r .person)
    token_of "$1" "$id"
}
member() {
    local id
    id=$(linli user add "$1" --name "$1" --organisation "$2" | jq -r .person)
    token_of "$1" "$id"
}
people() {
    local r
    office 示例市 city >/dev/null
    office 示例区 district 1 >/dev/null
    office 示例街道 street 2 >/dev/null
    person root administrator 1 subtree
    person security security 1 subtree
    for r in clerk:office_clerk approver:office_approver agent:agent operator:operator evaluator1:evaluator \
        evaluator2:evaluator evaluator3:evaluator assessor:assessor resident:resident supervisor:supervisor auditor:auditor; do
        person "${r%%:*}" "${r#*:}" 3
    done
}
# A code whose check digit fits (GB 32100).
uscc() {
    local digits=0123456789ABCDEFGHJKLMNPQRTUWXY body i sum=0 weight=1 at
    body=51310105$(printf '%09d' "$(((RANDOM * 32768 + RANDOM) % 1000000000))")
    for ((i = 0; i < 17; i++)); do
        at=${digits%%"${body:i:1}"*}
        sum=$((sum + ${#at} * weight)) weight=$((weight * 3 % 31))
    done
    echo "$body${digits:$(((31 - sum % 31) % 31)):1}"
}
organisation() {
    local was=$AS code account
    AS=root code=$(uscc)
    account=",\"bank_name\":\"示例银行\",\"bank_code\":\"102290000001\",\"bank_account\":\"$code\""
    [ -z "${NO_ACCOUNT:-}" ] || account=
    req POST /api/v1/organisations "{\"name\":\"$1\",\"kind\":\"${2:-registered}\",\"uscc\":\"$code\"$account}"
    AS=$was
    got .id
}

brought() {
    local hash
    hash=$(printf '%s' "$2" | sha256sum | cut -d' ' -f1)
    mkdir -p "$T/blobs/${hash:0:2}"
    printf '%s' "$2" >"$T/blobs/${hash:0:2}/$hash"
    sql "INSERT INTO linli.blob (sha256, bytes, type) VALUES ('\\x$hash', $(printf '%s' "$2" | wc -c), 'application/json') ON CONFLICT DO NOTHING;
         INSERT INTO linli.upload (sha256, person_id, at) VALUES ('\\x$hash', '${PERSON[$1]}', now()) ON CONFLICT DO NOTHING" >/dev/null
    echo "$hash"
}

# What runs for each request is of bash itself: a program started costs as much as the answer.
key() { printf 'test-%08X%08X%08X' "$SRANDOM" "$SRANDOM" "$SRANDOM"; }
req() {
    local fresh method=$1 path=$2 arguments=(-s -o "$T/body" -D "$T/headers" -w '%{http_code}' --max-time 60 -X "$1")
    [ -z "${AS:-}" ] || arguments+=(-H "Authorization: Bearer ${TOKEN[$AS]}")
    if [ "$method" = POST ] && [ "${KEY:-}" != none ]; then
        printf -v fresh 'test-%08X%08X%08X' "$SRANDOM" "$SRANDOM" "$SRANDOM"
        arguments+=(-H "Idempotency-Key: ${KEY:-$fresh}")
    fi
    [ -z "${IFM:-}" ] || arguments+=(-H "If-Match: $IFM")
    [ -z "${H:-}" ] || arguments+=(-H "$H")
    if [ $# -ge 3 ]; then
        printf '%s' "$3" >"$T/sent"
        arguments+=(-H "Content-Type: ${TYPE:-application/json}" --data-binary "@$T/sent")
    fi
    : >"$T/body"
    STATUS=$(curl "${arguments[@]}" "${BASE:-$B}$path") || true
    { BODY=$(<"$T/body") HEADERS=$(<"$T/headers"); } 2>/dev/null # bash says where it leaves out a NUL
    HEADERS=${HEADERS//$'\r'/}
}
want() {
    local status=$1; shift
    req "$@"
    if [ "$STATUS" = "$status" ]; then pass "$1 $2 answers $status${WHY:+: $WHY}"; else
        fail "$1 $2 answers $status${WHY:+: $WHY}"
        say "  got: $STATUS $BODY"
    fi
}
held() {
    local rows=$1 free=$2 holder asked waits; shift 2
    coproc HOLDS { psql -X -q -A -t "$LINLI_TEST_SUPER_URL"; }
    holder=$HOLDS_PID
    echo "BEGIN; SELECT count(*) FROM ($rows) x;" >&"${HOLDS[1]}"
    read -r -t 60 _ <&"${HOLDS[0]}"
    req "$@" &
    asked=$!
    for _ in $(seq 300); do
        waits=$(sql "SELECT string_agg(pid::text, ', ') FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
        [ -z "$waits" ] || break
        sleep 0.1
    done
    ok "$1 $2 waits for what somebody else holds" [ -n "$waits" ]
    ok "and has taken nothing before" sql "$free NOWAIT"
    [ -z "$waits" ] || sql "SELECT pg_cancel_backend(pid) FROM unnest(ARRAY[$waits]) AS w(pid)" >/dev/null
    wait "$asked"
    echo 'ROLLBACK; \q' >&"${HOLDS[1]}"
    wait "$holder"
}
denied() {
    sql "REVOKE $2 ON linli.$1 FROM linli_act"
    WHY="the database denies $2 on $1" want 500 "${@:3}"
    sql "GRANT $2 ON linli.$1 TO linli_act"
}
# Paper ballots, typed in by the clerk and once more by the operator.
paper_ballots() { # body
    AS=clerk want 200 POST "/api/v1/lots/$LOT/ballots" "$1"
    AS=operator want 200 POST "/api/v1/lots/$LOT/ballots/$(got .batch)/confirm" "$1"
}
got() {
    if [ "$1" = .id ] && [[ $BODY =~ ^\{\"id\":\"([^\"\\]*)\" ]]; then echo "${BASH_REMATCH[1]}"; else jq -r "$1" <<<"$BODY"; fi
}
problem() { got '.type' | sed 's|.*/problems/||'; }
etag() { if [[ $HEADERS =~ $'\n'[Ee][Tt]ag:\ ([^$'\n']*) ]]; then echo "${BASH_REMATCH[1]}"; fi; }
header() { sed -n "s/^$1: //Ip" <<<"$HEADERS"; }
advance() {
    local was=$AS
    AS=''
    req POST /api/v1/clock "{\"advance\":\"$1\"}"
    AS=$was
    [ "$STATUS" = 200 ]
}

# Every tender of the database that was published, taken away as the supervisor's bundle and checked offline by both verifiers: what
# the road left behind must hold for a stranger.
verified() {
    local t work=$T/verified said fresh=()
    mkdir -p "$work"
    [ -e "$work/k" ] || "$LINLI" keygen log "$work/k" --name road.example/linli --plain >"$work/pub"
    [ -e "$work/state" ] || fresh=(--new)
    "$LINLI" signer --key "$work/k" --state "$work/state" "${fresh[@]}" --socket "$work/s" 2>"$work/signer" &
    local signer=$!
    for ((t = 0; t < 200; t++)); do [ -S "$work/s" ] && break; sleep 0.05; done
    said=$(LINLI_BLOBS_FOLDER=$T/blobs linli log publish --into "$work/log" --log-key "$(cat "$work/pub")" --signer "$work/s" 2>&1) || say "$said"
    kill "$signer"
    wait "$signer" 2>/dev/null
    rm -f "$work/s"
    # shellcheck disable=SC2048
    for t in ${*:-$(sql "SELECT id FROM linli.tender t WHERE published IS NOT NULL AND (opened IS NOT NULL OR state IN ('void', 'cancelled')
                             OR EXISTS (SELECT FROM linli.notice n WHERE n.tender_id = t.id AND n.kind = 'result')) ORDER BY published, id")}; do
        said=$(judged "$t")
        is "$said $(grep -c '^PASS V19' "$work/checks")" ' 0,  0 2' "both verifiers are content with tender $t"
        [ "$said" = ' 0,  0' ] || { sed 's/^/# /' "$work/checks"; sed 's/^/# /' "$work/second"; }
    done
}
# Bids, marks and votes are told with a result: of a tender that has none yet, and is not void, no bundle is given out.
with_result() {
    sql "SELECT id FROM linli.tender t WHERE state IN ('void', 'cancelled')
           OR EXISTS (SELECT FROM linli.notice n WHERE n.tender_id = t.id AND n.kind = 'result') ORDER BY published, id"
}
# The failed checks of a log and bundle, and the exit code, of the first verifier and of the second.
checks_said() { # log bundle argument...
    local work=$T/verified first second
    "$LINLI" verify --log "$1" --log-key "$(cat "$work/pub")" --bundle "$2" "${@:3}" >"$work/checks" 2>&1
    first=$?
    python3 "$here/tests/trust/verify.py" log --log "$1" --log-key "$(cat "$work/pub")" --bundle "$2" >"$work/second" 2>&1
    second=$?
    echo "$(sed -n 's/^FAIL //p' "$work/checks" | awk '{print $1}' | paste -sd' ') $first, $(sed -n 's/^FAIL //p' "$work/second" | cut -d: -f1 | paste -sd' ') $second"
}
judged() { # tender: taken away anew
    rm -rf "$T/verified/$1"
    LINLI_BLOBS_FOLDER=$T/blobs linli log bundle --into "$T/verified/$1" --tender "$1" --level supervisor >"$T/verified/said" 2>&1 || say "$(cat "$T/verified/said")"
    checks_said "$T/verified/log" "$T/verified/$1"
}
dishonest() { # tender code
    local work=$T/verified into=$T/dishonest
    rm -rf "$into"
    python3 "$here/tests/trust/relog.py" "$work/log" "$work/k" "$work/$1" "$into" "$2" 2>"$work/relog" || { say "$(tail -n 1 "$work/relog")"; return; }
    checks_said "$into/log" "$into/bundle" --no-ask
}
