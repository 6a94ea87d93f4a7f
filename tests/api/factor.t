#!/bin/bash
# Logging in: how often one may try, and from where; a second factor: enrolled, confirmed, used, required by an office, lost.
. "$(dirname "$0")/lib.sh"
start_server --set limits.login_per_minute=3
people
password() { # login: sets the password of all here
    local link
    link=$(linli user link "$1" | jq -r .link)
    AS='' req POST /api/v1/passwords "{\"link\":\"$link\",\"password\":\"correct horse battery\"}"
}
for login in clerk approver supervisor; do
    password "$login"
    token_of "$login" "${PERSON[$login]}"
done
log_in() { # login password [code] [address]
    AS='' H="X-Forwarded-For: ${4:-192.0.2.1}" req POST /api/v1/sessions "{\"login\":\"$1\",\"password\":\"$2\"${3:+,\"code\":\"$3\"}}"
    COOKIE=$(header Set-Cookie) CSRF=$(got .csrf) COOKIE=${COOKIE%%;*}
}
good='correct horse battery'
session() { # method path [json]: with the cookie
    STATUS=$(curl -s -o "$T/body" -D "$T/headers" -w '%{http_code}' -X "$1" -H "Cookie: $COOKIE" -H "X-CSRF-Token: $CSRF" -H 'Content-Type: application/json' \
        ${3:+-d "$3"} "$B$2")
    BODY=$(cat "$T/body")
}
fresh() { # waits where the minute of the server is about to end, so that a count does not fall into two
    local left
    left=$((60 - $(cut -d. -f1 /proc/uptime) % 60))
    [ "$left" -ge 25 ] || sleep "$left"
}

# A stranger tries at the clerk's name from one address until it is told to wait; the clerk comes in from its own.
fresh
for i in 1 2 3 4; do log_in clerk wrong '' 203.0.113.9; done
is "$STATUS" 429 "a stranger has so many tries"
log_in clerk "$good" '' 203.0.113.9
is "$STATUS" 429 "and guesses no more from there, not even right"
log_in clerk "$good" '' 198.51.100.7
is "$STATUS" 201 "which locks nobody out elsewhere"
log_in approver "$good" '' 203.0.113.9
is "$STATUS" 201 "nor others behind the same address"
# FILE COUNT ADDRESS LOGIN: so many tries at once, until one is told to wait; of address and login %d is which.
# shellcheck disable=SC2059
guess() {
    local round i job
    for round in 1 2 3; do # on a machine that is busy a minute may end among them
        fresh
        for i in $(seq "$2"); do
            curl -s -o /dev/null -w '%{http_code}\n' -H "X-Forwarded-For: $(printf "$3" "$i")" \
                --json "{\"login\":\"$(printf "$4" $((100 * round + i)))\",\"password\":\"wrong\"}" "$B/api/v1/sessions" &
        done >"$T/$1"
        for job in $(jobs -p); do [ "$job" = "$SERVER_PID" ] || wait "$job"; done
        ! grep -q 429 "$T/$1" || break
    done
}
# Many strangers at once are slowed down; not the person, where it has logged in before.
guess strangers 16 203.0.113.1%02d clerk
is "$(grep -c 429 "$T/strangers" | sed 's/[1-9][0-9]*/some/')" some "a login has so many tries from strange addresses"
log_in clerk "$good" '' 198.51.100.7
is "$STATUS" 201 "its own is not one"
# One address that tries name after name.
guess guesses 32 203.0.113.77 guess%d
is "$(grep -c 429 "$T/guesses" | sed 's/[1-9][0-9]*/some/')" some "an address has so many tries for whomever"
# Of IPv6 the network counts: a host has all of it.
for i in 1 2 3 4; do log_in supervisor wrong '' "2001:db8:1:1::$i"; done
is "$STATUS" 429 "another address of the same network is the same stranger"

# A second factor.
code() { # secret [steps]: RFC 6238, by another hand
    python3 -c "
import base64, hashlib, hmac, struct, sys, time
mac = hmac.new(base64.b32decode('$1'), struct.pack('>Q', int(time.time()) // 30 + ${2:-0}), hashlib.sha1).digest()
at = mac[19] & 15
print('%06d' % ((struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 1000000))"
}
fresh
log_in approver "$good" '' 192.0.2.50
session POST /api/v1/me/second-factor '{"password":"wrong"}'
is "$STATUS" 401 "enrolling takes the password"
session POST /api/v1/me/second-factor "{\"password\":\"$good\"}"
is "$STATUS" 201 "enrol"
secret=$(got .secret)
like "$(got .uri)" "otpauth://totp/Linli:approver?secret=$secret&issuer=Linli*" "an authenticator can read it"
log_in approver "$good" '' 192.0.2.50
is "$STATUS" 201 "not in force before it is confirmed"
session POST /api/v1/me/second-factor/confirm '{"code":"000000"}'
is "$STATUS" 401 "a wrong code confirms nothing"
session POST /api/v1/me/second-factor/confirm "{\"code\":\"$(code "$secret" -1)\"}"
is "$STATUS $(got '.recovery_codes|length')" '200 10' "a right one does, and gives recovery codes"
recovery=$(got '.recovery_codes[0]') recovery2=$(got '.recovery_codes[1]') recovery3=$(got '.recovery_codes[2]')
is "$(sql "SELECT count(*) FROM linli.recovery_code WHERE hash = sha256('$recovery'::bytea)")" 1 "of which only hashes are kept"
session POST /api/v1/me/second-factor "{\"password\":\"$good\"}"
is "$STATUS" 409 "a factor in force is not replaced"
log_in approver "$good" '' 192.0.2.51
is "$STATUS $(problem)" '401 auth/code' "the password alone does no more"
log_in approver wrong "$(code "$secret")" 192.0.2.51
is "$STATUS $(problem)" '401 auth/wrong' "nor the code alone"
log_in approver "$good" 000000 192.0.2.51
is "$STATUS $(problem)" '401 auth/wrong' "nor a wrong code"
now=$(code "$secret")
log_in approver "$good" "$now" 192.0.2.52
is "$STATUS" 201 "both do"
log_in approver "$good" "$now" 192.0.2.52
is "$STATUS" 401 "a code serves once"
log_in approver "$good" "$recovery" 192.0.2.53
is "$STATUS" 201 "a recovery code serves, too"
log_in approver "$good" "$recovery" 192.0.2.53
is "$STATUS" 401 "once"

# Who has the password may not try codes until one is right: not at the door, not inside, not from many addresses.
failed() { sql "SELECT failed FROM linli.second_factor WHERE person_id = '${PERSON[approver]}'"; }
log_in approver "$good" 000000 192.0.2.53
log_in approver "$good" 000000 192.0.2.52
is "$STATUS $(failed)" "401 2" "wrong codes are counted, wherever they come from"
log_in approver "$good" "$(code "$secret" 1)" 192.0.2.50
is "$STATUS $(failed)" "201 0" "a right one starts the count anew"
session POST /api/v1/me/second-factor/remove "{\"password\":\"$good\",\"code\":\"000000\"}"
is "$STATUS $(failed)" "401 1" "so are those of who is inside already"
sql "UPDATE linli.second_factor SET failed = 20 WHERE person_id = '${PERSON[approver]}'"
session POST /api/v1/me/second-factor/remove "{\"password\":\"$good\",\"code\":\"000000\"}"
is "$STATUS $(failed)" "401 21" "twenty and one"
session POST /api/v1/me/second-factor/remove "{\"password\":\"$good\",\"code\":\"000000\"}"
is "$STATUS $(problem)" "429 rate/exceeded" "are too many"
log_in approver "$good" "$(code "$secret" 1)" 192.0.2.57
is "$STATUS $(problem)" "429 rate/exceeded" "and no code is taken any more, not even a right one"
like "$(got .detail)" '*恢复码*' "it says what is left to do"
log_in approver "$good" "$recovery3" 192.0.2.58
is "$STATUS" 201 "a recovery code is"
is "$(sql "SELECT count(*) FROM linli.event_queue WHERE act = 'second_factor_failed' AND subject = '${PERSON[approver]}'")" 3 "the log has every try inside"
AS=approver WHY='a token changes nothing of it' want 403 POST /api/v1/me/second-factor/remove "{\"password\":\"$good\",\"code\":\"000000\"}"

# An office that wants it for a role: without it the role is not held there.
AS='' req GET /api/v1/offices/3
AS=security IFM=$(etag) want 200 PATCH /api/v1/offices/3 '{"second_factor":["office_clerk","office_approver"]}'
log_in clerk "$good" '' 198.51.100.7
is "$STATUS $(got '.memberships|length')" '201 0' "a clerk without a factor logs in and holds nothing"
AS=clerk WHY='nor does an old token' want 403 GET /api/v1/offices/3/drafts
session GET /api/v1/offices/3/drafts
is "$STATUS" 403 "which opens no door"
log_in approver "$good" "$recovery2" 192.0.2.54
is "$(got '.memberships[0].roles[0]')" office_approver "an approver with one holds its role"
session GET /api/v1/offices/3/drafts
is "$STATUS" 200 "and works"
session POST /api/v1/tokens '{"name":"program"}'
TOKEN[program]=$(got .token)
AS=program want 200 GET /api/v1/offices/3/drafts

# Lost: an administrator takes it away, and what rested on it ends.
AS=security want 403 POST "/api/v1/people/${PERSON[approver]}/second-factor/reset"
AS=root WHY='nobody becomes another alone' want 409 POST "/api/v1/people/${PERSON[approver]}/second-factor/reset"
is "$(problem)" approval/missing "somebody else agrees first"
AS=root want 409 POST "/api/v1/people/${PERSON[approver]}/link"
AS=root want 403 POST "/api/v1/people/${PERSON[approver]}/consents"
AS=security want 200 POST "/api/v1/people/${PERSON[approver]}/consents"
AS=root want 200 POST "/api/v1/people/${PERSON[approver]}/second-factor/reset"
AS=root WHY='once' want 409 POST "/api/v1/people/${PERSON[approver]}/link"
AS=program want 401 GET /api/v1/me
session GET /api/v1/me
is "$STATUS" 401 "its sessions are over"
log_in approver "$good" '' 192.0.2.55
is "$STATUS $(got '.memberships|length')" '201 0' "the password is enough again, for nothing that takes more"
is "$(sql "SELECT string_agg(DISTINCT act, ' ' ORDER BY act) FROM linli.event_queue WHERE act LIKE 'second_factor%' OR act = 'office_update'")" \
    'office_update second_factor_confirm second_factor_enrol second_factor_failed second_factor_reset' "each left its event"
is "$(sql "SELECT count(*) FROM linli.event_queue WHERE payload LIKE '%$secret%' OR payload LIKE '%$recovery%' OR payload LIKE '%horse%'")" 0 "with no secret in it"

# Whoever asks for an account is counted as well, by address: seven are more than two minutes hold.
answered=
for _ in {1..7}; do
    AS='' req POST /api/v1/offices/3/registrations/residents '{}'
    answered="$answered $STATUS"
done
like "$answered" '* 429*' "one address asks for so many accounts in a minute, and no more"
from() { AS='' H="X-Forwarded-For: $1" req POST /api/v1/offices/3/registrations/residents '{}'; echo "$STATUS"; }
fresh
answered=
for i in 1 2 3 4; do answered="$answered $(from "203.0.113.$i, 198.51.100.77")"; done
is "$answered $(from '203.0.113.1, 198.51.100.78')" " 422 422 422 429 422" "of several addresses the last counts, which the proxy here wrote"
stop_server
PORT='' UPLOAD_PORT=''
start_server --set limits.accounts_per_day=3
answered=
for i in 1 2 3 4; do answered="$answered $(from 198.51.100.90)"; done
is "$answered $(from 198.51.100.91)" " 422 422 422 429 422" "and so many on a day"
finish
