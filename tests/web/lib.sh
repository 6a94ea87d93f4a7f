# Pages as a browser without JavaScript goes through them; sourced after tests/api/lib.sh.
#
#   start_portal                    serves the pages of the started server on $PAGES
#   stop_portal                     ends it; PORTAL_CODE is how
#   password LOGIN                  gives a person of `people` a password, so that it can log in
#   login LOGIN                     logs in through the page; JAR is its session from now on (JAR= nobody)
#   page PATH                       leaves CODE, PAGE (HTML), TEXT (what is read)
#   post PATH FIELD=VALUE...        leaves CODE, PAGE, GOTO (where the browser is sent)
#   fill PATH FIELD=VALUE...        looks at the form and sends it; FIELD=@FILE sends a file
#   demanded                        the fields of the page that a browser does not send a form without
#   told NOTICE                     what of its body no reader of its page is told: each text, sum and day of it
#   does WHO PATH FIELD=VALUE...    the same as WHO, and a test that it was done; MADE is the id of what was made
# shellcheck shell=bash disable=SC2154
PORTAL_OPTIONS=() # more of its options
start_portal() {
    local i
    PAGES=127.0.0.1:$(free_port)
    : >"$T/portal.log"
    LINLI_SHARE=$here "$(dirname "$LINLI")/linli-portal" --api "$B" --uploads "$UP" --listen "$PAGES" "${PORTAL_OPTIONS[@]}" >"$T/portal.log" 2>&1 &
    PORTAL_PID=$!
    trap 'kill "$PORTAL_PID" ${SIGNER[@]+"${SIGNER[@]}"} 2>/dev/null; wait "$PORTAL_PID" 2>/dev/null; cleanup' EXIT
    for ((i = 0; i < 200; i++)); do ! grep -q http "$T/portal.log" || return 0; sleep 0.05; done
    fail "the portal starts"
}

stop_portal() { # SIGTERM; leaves its exit status in PORTAL_CODE
    kill -TERM "$PORTAL_PID"
    wait "$PORTAL_PID"
    PORTAL_CODE=$?
}
page() { # PATH: CODE, PAGE (its HTML), TEXT (what is read); AS whose session
    CODE=$(curl -s -o "$T/page" -D "$T/page.head" -w '%{http_code}' ${JAR:+-b "$JAR"} --max-time 20 "http://$PAGES$1")
    PAGE=$(cat "$T/page") TEXT=$(sed 's/<[^>]*>/ /g; s/  */ /g' "$T/page")
    [[ $PAGE != *'(null)'* ]] || ok "$1 says nothing that is not there" false
}
post() { # PATH FIELD=VALUE...: CODE, GOTO (where the browser is sent)
    local path=$1 arguments=() field
    shift
    for field in "$@"; do
        case $field in *=@*) arguments=(-F "$field" "${arguments[@]}") ;; *) arguments+=("$([[ "$*" == *=@* ]] && echo --form-string || echo --data-urlencode)" "$field") ;; esac
    done
    CODE=$(curl -s -o "$T/page" -D "$T/page.head" -w '%{http_code}' ${JAR:+-b "$JAR" -c "$JAR"} --max-time 20 "${arguments[@]}" "http://$PAGES$path")
    GOTO=$(sed -n 's/^Location: \(.*\)\r$/\1/Ip' "$T/page.head") PAGE=$(cat "$T/page")
}
hidden() { sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" "$T/page" | head -1 | sed 's/&quot;/"/g'; }
fill() {
    page "$1"
    post "$1" "_csrf=$(hidden _csrf)" "_key=$(hidden _key)" "_match=$(hidden _match)" "${@:2}"
}
does() {
    JAR=$T/jar.$1
    fill "${@:2}"
    if [ "$CODE" = 303 ]; then
        pass "$1: ${2#*do=}"
    else
        fail "$1: ${2#*do=} ($CODE)"
        sed 's/<[^>]*>/ /g' "$T/page" | grep -v '^ *$' | sed -n '8,20s/^/# /p'
    fi
    MADE=${GOTO%%\?*} MADE=${MADE##*/}
}
demanded() { tr '\n' ' ' <"$T/page" | grep -oP '<(input|select|textarea)\b[^>]*\srequired\b[^>]*>' | grep -oP ' name="\K[^"]*' | tr '\n' ' '; }
none() { ! grep -qP "$1" "$T/page"; }
login() {
    JAR=$T/jar.$1
    curl -s -o /dev/null -c "$JAR" --data-urlencode "login=$1" --data-urlencode 'password=linli-portal-1' --data-urlencode next=/ "http://$PAGES/zh/login"
}
password() { # login: through a one-time link, as the first log-in is made
    AS=security req POST "/api/v1/people/${PERSON[$1]}/consents" # where it has one already
    AS=root req POST "/api/v1/people/${PERSON[$1]}/link"
    AS='' req POST /api/v1/passwords "{\"link\":\"$(got .link)\",\"password\":\"linli-portal-1\"}"
    token_of "$1" "${PERSON[$1]}" # a new password ends the old one
}
# But the plan (its conditions stand there), codes (they become words) and the ids of the lot and the list, which its page names.
told() {
    JAR='' page "/zh/notices/$1"
    AS='' req GET "/api/v1/notices/$1"
    python3 - "$T/page" 3<<<"$BODY" <<'PY'
import html, json, re, sys
body = json.load(open(3))['body']
text = html.unescape(re.sub('<[^>]*>', ' ', open(sys.argv[1]).read()))
skip = {'plan', 'list', 'period_ends', 'of'}
def said(value):
    if re.fullmatch(r'-?\d+\.\d\d', value):
        return '{:,.2f}'.format(float(value)), value
    if re.match(r'\d{4}-\d\d-\d\d($|T)', value):
        return value[:4] + '年', value
    days = re.fullmatch(r'(\d+)(wd|d|m)', value)
    if days:
        return days.group(1) + {'wd': ' 个工作日', 'd': ' 日', 'm': ' 个月'}[days.group(2)],
    return value,
def walk(at, value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in skip and not (key == 'lot' and isinstance(inner, str)) and \
                    not (key == 'en' and 'zh' in value) and key not in ('name_en', 'code'):
                walk(at + '/' + key, inner)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            walk(at + '/' + str(i), inner)
    elif isinstance(value, int) and not isinstance(value, bool):
        if not re.search(r'(?<!\d)%d(?!\d)' % value, text):
            print(at)
    elif isinstance(value, str) and value and not re.fullmatch('[a-z][a-z0-9_]*', value):
        if not any(one in text for one in said(value)):
            print(at)
walk('', body)
PY
}
