# What load and play share: talking to the server, and telling what happened.  Source it.
# shellcheck shell=bash
url=${LINLI_URL:-http://127.0.0.1:8080}
uploads=${LINLI_UPLOADS_URL:-http://127.0.0.1:8081}
password=${LINLI_DEMO_PASSWORD:-linli-sandbox}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
declare -A csrf person
reply='' status='' etag=''

fail() {
    printf '\n失败 failed: %s\n' "$*" >&2
    exit 1
}

new_key() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

# call USER METHOD PATH [JSON]: sets reply, status, etag.  USER - is nobody.
# A key in $key is used once; the ETag in $match goes with it as If-Match.
key='' match=''
call() {
    local user=$1 method=$2 path=$3 body=${4-} args=(-sS -X "$2" -D "$work/head" -o "$work/body" -w '%{http_code}')
    [ "$user" = - ] || args+=(-b "$work/$user.jar" -c "$work/$user.jar" -H "X-CSRF-Token: ${csrf[$user]-}")
    case $method in
    GET | HEAD) ;;
    *) args+=(-H "Idempotency-Key: ${key:-$(new_key)}") ;;
    esac
    [ -z "$match" ] || args+=(-H "If-Match: $match")
    [ -z "$body" ] || args+=(-H 'Content-Type: application/json' --data-binary "$body")
    status=$(curl "${args[@]}" "$url$path") || fail "$method $path: no answer"
    reply=$(cat "$work/body")
    etag=$(sed -n 's/^[Ee][Tt][Aa][Gg]: *\(.*[^[:space:]]\)[[:space:]]*$/\1/p' "$work/head" | tail -n 1)
    key='' match=''
}

# must USER METHOD PATH [JSON]: the same, and it has to work.
must() {
    call "$@"
    done_by "$@"
}
# patient USER METHOD PATH [JSON]: likewise, once the log is signed, which takes a second.
patient() {
    local i
    for ((i = 0; i < 30; i++)); do
        call "$@"
        [ "$status" = 503 ] || break
        sleep 1
    done
    done_by "$@"
}
done_by() {
    case $status in
    2??) ;;
    *) fail "$2 $3 -> $status: $(jq -r '[.title, .detail, ((.errors // [])[] | "\(.pointer): \(.detail)")] | map(select(.)) | join("; ")' <<<"$reply" 2>/dev/null || echo "$reply")" ;;
    esac
}

# act USER PATH SUBJECT_PATH [JSON]: POST with the ETag of the subject as USER sees it.
act() {
    must "$1" GET "$3"
    match=$etag
    must "$1" POST "$2" "${4-}"
}

get() { jq -r "$1" <<<"$reply"; }

login() {
    call - POST /api/v1/sessions "$(jq -cn --arg l "$1" --arg p "$password" '{login: $l, password: $p}')"
    [ "$status" = 201 ] || fail "login $1: $status $reply"
    csrf[$1]=$(get .csrf)
    person[$1]=$(get .person)
    must_cookie "$1"
}

# The login answer's cookie becomes the user's jar.
must_cookie() {
    local pair
    pair=$(sed -n 's/^[Ss]et-[Cc]ookie: *\([^;]*\);.*/\1/p' "$work/head" | tail -n 1)
    printf '127.0.0.1\tFALSE\t/\tFALSE\t0\t%s\t%s\n' "${pair%%=*}" "${pair#*=}" >"$work/$1.jar"
}

# ---- telling ----

if [ -t 1 ]; then bold=$'\e[1m' dim=$'\e[2m' green=$'\e[32m' plain=$'\e[0m'; else bold='' dim='' green='' plain=''; fi
title() { printf '\n%s%s%s\n%s%s%s\n' "$bold" "$1" "$plain" "$dim" "$2" "$plain"; }
say() { printf '  %s✓%s %s\n    %s%s%s\n' "$green" "$plain" "$1" "$dim" "$2" "$plain"; }
row() { printf '      %s\n' "$*"; }

# clock TIME or clock +PERIOD: moves legal time forward (sandbox only).
clock() {
    case $1 in
    +*) must - POST /api/v1/clock "$(jq -cn --arg p "${1#+}" '{advance: $p}')" ;;
    *) must - POST /api/v1/clock "$(jq -cn --arg t "$1" '{to: $t}')" ;;
    esac
}
now() { must - GET /api/v1/clock && get .now; }

# put_blob USER FILE: uploads a file, prints its SHA-256.
put_blob() {
    local sum code
    sum=$(sha256sum "$2" | cut -d' ' -f1)
    code=$(curl -sS -X PUT -b "$work/$1.jar" -H "X-CSRF-Token: ${csrf[$1]}" -H 'Content-Type: application/octet-stream' \
        --data-binary "@$2" -o "$work/body" -w '%{http_code}' "$uploads/api/v1/blobs/$sum")
    case $code in
    2??) printf '%s' "$sum" ;;
    *) fail "upload: $code $(cat "$work/body")" ;;
    esac
}
