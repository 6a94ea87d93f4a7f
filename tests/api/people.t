#!/bin/bash
# Who may come in: links, passwords, sessions, CSRF, tokens, roles, posts, organisations.
. "$(dirname "$0")/lib.sh"
start_server
people

# The first hour: a link, a password, a session.
link=$(linli user add yi --name 伊 --role office_clerk --office 3 | jq -r .link)
AS='' want 422 POST /api/v1/passwords "{\"link\":\"$link\",\"password\":\"short\"}"
is "$(got '.errors[0].pointer')" /password "the password at fault is named"
want 200 POST /api/v1/passwords "{\"link\":\"$link\",\"password\":\"correct horse battery\"}"
want 409 POST /api/v1/passwords "{\"link\":\"$link\",\"password\":\"correct horse battery\"}"
is "$(problem)" auth/link "a link works once"
want 401 POST /api/v1/sessions '{"login":"yi","password":"wrong horse battery"}'
wrong=$(jq -c 'del(.instance)' <<<"$BODY")
want 401 POST /api/v1/sessions '{"login":"nobody","password":"wrong horse battery"}'
is "$(jq -c 'del(.instance)' <<<"$BODY")" "$wrong" "an unknown login is answered like a wrong password"
want 201 POST /api/v1/sessions '{"login":"yi","password":"correct horse battery"}'
csrf=$(got .csrf)
cookie=$(header Set-Cookie)
like "$cookie" '*HttpOnly*SameSite=Lax*' "the cookie is out of reach of scripts and other sites"
cookie=${cookie%%;*}
H="Cookie: $cookie" want 200 GET /api/v1/me
is "$(got .name)" 伊 "the session knows who it is"
is "$(got '.memberships[0].roles[0]')" office_clerk "and what the person may"
H="Cookie: $cookie" want 403 POST /api/v1/tokens '{"name":"x"}'
is "$(problem)" auth/origin "a change with a cookie alone is refused"
status=$(curl -s -o "$T/body" -w '%{http_code}' -H "Cookie: $cookie" -H "X-CSRF-Token: ${csrf}x" -H 'Content-Type: application/json' \
    -d '{"name":"x"}' "$B/api/v1/tokens")
is "$status" 403 "so is one with another token"
status=$(curl -s -o "$T/body" -w '%{http_code}' -H "Cookie: $cookie" -H "X-CSRF-Token: $csrf" -H 'Content-Type: application/json' \
    -d '{"name":"program","roles":["office_clerk"],"days":3}' "$B/api/v1/tokens")
is "$status" 201 "with the session's own it is done"
BODY=$(cat "$T/body")
TOKEN[program]=$(got .token)
id=$(got .id)
AS=program want 200 GET /api/v1/me
AS=program want 200 GET /api/v1/tokens
is "$(got '.items[0].name')" program "tokens are listed"
is "$(got '.items[0].token')" null "never with their secret"
AS=program WHY='a token makes no other, to outlive itself' want 403 POST /api/v1/tokens '{"name":"heir","days":366}'
AS=program want 200 DELETE "/api/v1/tokens/$id"
AS=program want 401 GET /api/v1/me
H="Cookie: $cookie" req GET /api/v1/me
status=$(curl -s -o /dev/null -w '%{http_code}' -X DELETE -H "Cookie: $cookie" -H "X-CSRF-Token: $csrf" "$B/api/v1/sessions")
is "$status" 204 "log out"
H="Cookie: $cookie" want 401 GET /api/v1/me
AS=''
H="Cookie: $cookie" WHY='a cookie that is over stands in nobody'"'"'s way' want 201 POST /api/v1/sessions '{"login":"yi","password":"correct horse battery"}'
cookie=$(header Set-Cookie) cookie=${cookie%%;*}
H="Cookie: $cookie" WHY='one that holds needs its token' want 403 POST /api/v1/sessions '{"login":"yi","password":"correct horse battery"}'

# Rights.
want 401 POST /api/v1/people '{"login":"a1","name":"甲"}'
AS=clerk want 403 POST /api/v1/people '{"login":"a1","name":"甲"}'
AS=root want 201 POST /api/v1/people '{"login":"a1","name":"甲","family":["乙"]}'
jia=$(got .id)
like "$(header Location)" "/api/v1/people/$jia" "Location tells where it is"
AS=root want 409 POST /api/v1/people '{"login":"a1","name":"甲"}'
is "$(got '.errors[0].code')" taken "a login is taken once"
AS=security want 201 POST /api/v1/offices/3/memberships "{\"person\":\"$jia\",\"role\":\"auditor\"}"
membership=$(got .id)
AS=security want 422 POST /api/v1/offices/3/memberships "{\"person\":\"$jia\",\"role\":\"emperor\"}"
AS=security want 404 POST /api/v1/offices/3/memberships '{"person":"00000000-0000-4000-8000-000000000000","role":"auditor"}'
AS=security want 403 POST /api/v1/offices/99/memberships "{\"person\":\"$jia\",\"role\":\"auditor\"}"
token_of jia "$jia"
AS=jia want 200 GET /api/v1/offices/3/memberships
AS=jia want 403 GET /api/v1/offices/2/memberships
AS=security want 200 POST "/api/v1/offices/3/memberships/$membership/end" "{\"last_day\":\"$(date -u -d "$(AS='' req GET /api/v1/clock; got .local | cut -c1-10) - 1 day" +%F)\"}"
AS=jia want 403 GET /api/v1/offices/3/memberships
AS=root want 200 POST "/api/v1/people/$jia/block"
AS=jia want 401 GET /api/v1/me
AS=root want 200 POST "/api/v1/people/$jia/unblock"
AS=jia WHY='what was made before stays ended' want 401 GET /api/v1/me
link=$(AS=root req POST "/api/v1/people/$jia/link"; got .link)
spare=$(AS=root req POST "/api/v1/people/$jia/link"; got .link)
token_of jia "$jia"
AS='' want 200 POST /api/v1/passwords "{\"link\":\"$link\",\"password\":\"correct horse battery\"}"
AS=jia WHY='a new password ends tokens' want 401 GET /api/v1/me
AS='' WHY='and the other links' want 409 POST /api/v1/passwords "{\"link\":\"$spare\",\"password\":\"correct horse battery\"}"
token_of jia "$jia"

# Posts: A, B, and a delegation that ends.
AS=security want 201 POST /api/v1/offices/3/posts '{"name":{"zh":"科长","en":"section chief"},"role":"supervisor"}'
post=$(got .id)
AS=security want 422 POST "/api/v1/offices/3/posts/$post/holders" "{\"person\":\"$jia\",\"place\":\"delegate\"}"
now=$(AS='' req GET /api/v1/clock; got .now)
day=${now%%T*}
until=$(date -u -d "$day + 3 days" +%F)
AS=security want 200 POST "/api/v1/offices/3/posts/$post/holders" "{\"person\":\"$jia\",\"place\":\"delegate\",\"until\":\"$until\"}"
AS=jia want 200 GET /api/v1/offices/3/posts
advance 6d
AS=jia want 403 GET /api/v1/offices/3/posts

# Organisations.
AS=clerk want 201 POST /api/v1/organisations "{\"name\":\"邻里公益\",\"kind\":\"registered\",\"uscc\":\"$(uscc)\"}"
linli_org=$(got .id)
is "$(got .uscc_doubtful)" false "its code fits"
AS=clerk want 422 POST /api/v1/organisations '{"name":"x","kind":"registered"}'
AS=clerk want 422 POST /api/v1/organisations '{"name":"x","kind":"registered","uscc":"5131010512345678I0"}'
AS=clerk want 201 POST /api/v1/organisations '{"name":"老牌社","kind":"registered","uscc":"513101051234567899"}'
doubtful=$(got .uscc_doubtful)
ok "a code whose check digit does not fit is taken and marked" [ "$doubtful" = true -o "$doubtful" = false ]
AS=clerk want 409 POST /api/v1/organisations '{"name":"老牌社","kind":"registered","uscc":"513101051234567899"}'
member wang "$linli_org"
AS=wang want 200 GET "/api/v1/organisations/$linli_org/profile"
tag=$(etag)
AS=wang want 428 PATCH "/api/v1/organisations/$linli_org" '{"bank_name":"示例银行"}'
AS=wang IFM='"99"' want 412 PATCH "/api/v1/organisations/$linli_org" '{"bank_name":"示例银行"}'
AS=wang IFM=$tag want 200 PATCH "/api/v1/organisations/$linli_org" '{"bank_name":"示例银行"}'
AS=wang want 200 GET "/api/v1/organisations/$linli_org/profile"
is "$(got .bank_name)" 示例银行 "the profile was changed"
AS='' want 200 GET "/api/v1/organisations/$linli_org"
is "$(got .bank_name)" null "the public does not see the bank"
AS=resident want 403 GET "/api/v1/organisations/$linli_org/profile"
other=$(organisation 别家)
AS=wang want 404 GET "/api/v1/organisations/$other/profile"
IFM='"1"' AS=wang want 403 PATCH "/api/v1/organisations/$other" '{"bank_name":"x"}'

# Two actors at once, on the same connections of the same threads: each sees itself.
for i in $(seq 60); do
    echo "clerk ${TOKEN[clerk]}"
    echo "wang ${TOKEN[wang]}"
done >"$T/asked"
# shellcheck disable=SC2016
xargs -P 16 -L 1 bash -c 'curl -s -H "Authorization: Bearer $2" "$0/api/v1/me" | jq -r "\"$1 \" + .name"' "$B" <"$T/asked" | sort | uniq -c | tr -s ' ' >"$T/who"
is "$(tr '\n' ';' <"$T/who")" " 60 clerk clerk; 60 wang wang;" "two actors at once are never taken for each other"

# A CSV file of residents.
printf 'login,name,family\r\nr1,"居民, 一",甲;乙\r\nr2,居民二,\r\n\r\n\n' >"$T/r.csv"
ok "residents from CSV" linli user import "$T/r.csv" --role resident --office 3
is "$(linli user list --office 3 | grep -c '居民')" 2 "both are there"
printf 'login,name,office\ni1,甲一,3\ni2,乙二,9999\ni3,丙三,3\n' >"$T/i.csv"
is "$(linli user import "$T/i.csv" --role resident >"$T/given"; echo $?) $(grep -c '"link"' "$T/given")" '65 1' "an import ends at the line it cannot take"
printf 'login,name,office\ni1,甲一,3\ni2,乙二,3\ni3,丙三,3\n' >"$T/i.csv"
is "$(linli user import "$T/i.csv" --role resident >"$T/given"; echo $?)" 65 "as it is, it begins anew"
is "$(linli user import "$T/i.csv" --role resident --go-on >"$T/given"; echo $?) $(jq -rs 'map(.login) | join(" ")' "$T/given")" '0 i2 i3' \
    "and goes on where it is told to, with links for those who got none"
is "$(sql "SELECT string_agg(p.login || m.office_id || m.role, ' ' ORDER BY p.login) FROM linli.person p JOIN linli.membership m ON m.person_id = p.id
    WHERE p.login IN ('i1', 'i2', 'i3')")" 'i13resident i23resident i33resident' "each has the role once"
is "$(linli user import "$T/i.csv" --role resident --go-on >"$T/given"; echo $?) $(wc -c <"$T/given")" '0 0' "once more, nothing is left to do"
printf 'login,name,office\ni1,别人,3\n' >"$T/i.csv"
is "$(linli user import "$T/i.csv" --role evaluator --go-on >"$T/given"; echo $?)" 65 "somebody else of that login is not taken for the same"
is "$(linli user add j0 --name 甲 --role none --office 3 2>&1 | grep -m1 -c 'administrator, security /')" 1 "a role that is none is answered with all there are"
for head in login,name,rolle login,name,name login,role; do
    printf '%s\nk1,甲,乙\n' "$head" >"$T/k.csv"
    is "$(linli user import "$T/k.csv" --role resident --office 3 2>"$T/err"; echo $?) $(grep -c 'head line' "$T/err")" '65 1' "a head line of $head is refused"
done
printf 'login,name\nk1,甲,乙\n' >"$T/k.csv"
is "$(linli user import "$T/k.csv" --role resident --office 3 2>"$T/err"; echo $?) $(grep -c 'more fields' "$T/err")" '65 1' "and so is a line with more fields than it"
is "$(sql "SELECT count(*) FROM linli.person WHERE login LIKE 'k_'")" 0 "nobody came of it"
is "$(linli user add j1 --name 甲 --role evaluator --office 9999 >"$T/given" 2>"$T/err"; echo $?) $(wc -c <"$T/given") $(grep -c 'is there all the same.*--go-on' "$T/err")" '65 0 1' \
    "one person whose office is wrong is told that the account is there"
is "$(linli user add j1 --name 甲 --role evaluator --office 3 --go-on | jq -r .login)" j1 "and gets role and link with --go-on"
is "$(sql "SELECT m.office_id || m.role FROM linli.person p JOIN linli.membership m ON m.person_id = p.id WHERE p.login = 'j1'")" 3evaluator "once"
joined() { sql "SELECT string_agg(coalesce(m.office_id::text, 'org') || m.role, ' ' ORDER BY m.role) FROM linli.person p JOIN linli.membership m ON m.person_id = p.id WHERE p.login = '$1'"; }
party=$(organisation 补社) nobody=00000003-0000-8000-8000-0000000000ff
is "$(linli user add j2 --name 甲 --role resident --office 3 --organisation $nobody >"$T/given" 2>"$T/err"; echo $?) $(joined j2)" '65 3resident' \
    "who has the role and not yet the organisation"
is "$(linli user add j2 --name 甲 --role resident --office 3 --organisation "$party" --go-on | jq -r .login) $(joined j2)" 'j2 orgorganisation 3resident' "gets it with --go-on"
linli user add j3 --name 乙 --organisation "$party" >"$T/given"
is "$(linli user add j3 --name 乙 --organisation "$party" --go-on >"$T/given"; echo $?) $(joined j3)" '0 orgorganisation' "and nobody gets one twice"
sql 'ALTER TABLE linli.person RENAME COLUMN blocked TO blocked_was'
is "$(linli user list >"$T/given" 2>"$T/err"; echo $?)" 70 "a statement that the database refuses is a fault of ours, and nobody's input"
sql 'ALTER TABLE linli.person RENAME COLUMN blocked_was TO blocked'
printf 'login,name\nr3,"broken\n' >"$T/r.csv"
ok "a broken file is refused" bash -c "! LINLI_DATABASE_URL='$LINLI_DATABASE_URL' '$LINLI' user import '$T/r.csv'"
# The sandbox clock stays in the years the system knows.
AS='' want 422 POST /api/v1/clock '{"to":"9999-12-31T00:00:00Z"}'
AS='' want 200 GET /api/v1/clock
like "$(got .now)" '20*' "the clock did not move"


# ---- who has no account asks for one: an administrator looks at it, a security administrator agrees
ask() { # LOGIN USCC
    AS='' req POST /api/v1/offices/3/registrations/organisations "{\"name\":\"新服务社\",\"organisation_kind\":\"registered\",\"uscc\":\"$2\",\"contact\":\"王联系\",\"phone\":\"021-12345678\",\"login\":\"$1\",\"password\":\"a long password\"}"
}
asked() { AS=security req GET '/api/v1/offices/3/registrations?state=waiting'; got "[.items[] | select(.login == \"$1\")][0].id"; }
ask newcomer 51320585MJC00001XT
is "$STATUS $(got '[keys[], .uscc_doubtful] | @json')" '200 ["asked","uscc_doubtful",false]' "an account is asked for"
ask other 51320585MJC00001XA
is "$STATUS $(got .uscc_doubtful)" '200 true' "a code that fails its check digit is told of, and refuses nothing"
ask clerk 51320585MJC00001XT
is "$STATUS $(got '[keys[], .uscc_doubtful] | @json')" '200 ["asked","uscc_doubtful",false]' "nothing tells whether a login, or a code, is somebody's"
AS='' want 422 POST /api/v1/offices/3/registrations/organisations '{"name":"x","organisation_kind":"filed","uscc":"1","contact":"x","phone":"1","login":"x","password":"short"}'
AS='' want 404 POST /api/v1/offices/77/registrations/residents '{"contact":"李居民","phone":"13800000000","login":"dweller","password":"a long password"}'
AS='' want 401 GET /api/v1/offices/3/registrations
AS=clerk want 403 GET /api/v1/offices/3/registrations
AS=root req GET /api/v1/offices/3/registrations
is "$(got '[.items[] | [.login, .login_taken, .code_taken, .uscc_doubtful]] | sort | @json')" \
    '[["clerk",true,false,false],["newcomer",false,false,false],["other",false,false,true]]' "the office reads what is taken, and what is doubtful"
is "$(got '[.items[] | has("password")] | any')" false "and no password"
AS='' want 401 POST /api/v1/sessions '{"login":"newcomer","password":"a long password"}'
new=$(asked newcomer)
AS=security want 409 POST "/api/v1/offices/3/registrations/$new/confirm"
is "$(problem)" approval/missing "not before somebody looked at it"
AS=clerk want 403 POST "/api/v1/offices/3/registrations/$new/check"
AS=security want 403 POST "/api/v1/offices/3/registrations/$new/check"
AS=root want 200 POST "/api/v1/offices/3/registrations/$new/check"
AS=root want 409 POST "/api/v1/offices/3/registrations/$new/check"
AS=root want 403 POST "/api/v1/offices/3/registrations/$new/confirm"
AS=security WHY='at another office' want 404 POST "/api/v1/offices/1/registrations/$new/confirm"
AS=security want 200 POST "/api/v1/offices/3/registrations/$new/confirm"
organisation=$(got .organisation)
is "$(got '[.state, .contact, .phone, .login] | @json')" '["confirmed",null,null,null]' "what is personal goes where it belongs"
is "$(sql "SELECT count(*) FROM linli.registration WHERE password IS NOT NULL AND state = 'confirmed'")" 0 "with the password"
AS=security want 409 POST "/api/v1/offices/3/registrations/$new/confirm"
AS='' want 201 POST /api/v1/sessions '{"login":"newcomer","password":"a long password"}'
is "$(got '[.name, .memberships[0].organisation, .memberships[0].roles[0]] | @json')" "[\"王联系\",\"$organisation\",\"organisation\"]" "it logs in for its organisation"
AS='' req GET "/api/v1/organisations/$organisation"
is "$(got '[.name, .uscc] | @json')" '["新服务社","51320585MJC00001XT"]' "which everybody finds"
for who in clerk other; do
    taken=$(asked "$who")
    AS=root req POST "/api/v1/offices/3/registrations/$taken/check"
    [ "$who" = clerk ] || sql "UPDATE linli.registration SET uscc = '51320585MJC00001XT' WHERE id = '$taken'"
    AS=security want 409 POST "/api/v1/offices/3/registrations/$taken/confirm"
    is "$(problem)" value/taken "no organisation and no login twice: $who"
    AS=security want 422 POST "/api/v1/offices/3/registrations/$taken/refuse" '{}'
    AS=security want 200 POST "/api/v1/offices/3/registrations/$taken/refuse" '{"reason":"代码或用户名已登记"}'
done
is "$(sql "SELECT count(*) FROM linli.organisation WHERE name = '新服务社'")" 1 "nothing is left of what was refused"
AS='' want 200 POST /api/v1/offices/3/registrations/residents '{"contact":"李居民","phone":"13800000000","login":"dweller","password":"a long password"}'
new=$(asked dweller)
AS=root req POST "/api/v1/offices/3/registrations/$new/check"
AS=security req POST "/api/v1/offices/3/registrations/$new/confirm"
AS='' want 201 POST /api/v1/sessions '{"login":"dweller","password":"a long password"}'
is "$(got '[.memberships[] | select(.office == 3).roles[0]] | @json')" '["resident"]' "a resident is one there"
sql "INSERT INTO linli.registration (office_id, id, kind, uscc_doubtful, contact, login, phone, password, asked)
     SELECT 3, gen_random_uuid(), 'resident', false, 'x', 'x', 'x', 'x', now() FROM generate_series(1, 500)"
AS='' want 429 POST /api/v1/offices/3/registrations/residents '{"contact":"李居民","phone":"13800000000","login":"dweller","password":"a long password"}'
like "$(got .detail)" '*直接联系*' "there is an end to those who wait"
wait_now() { sql "SELECT count(*) FROM linli.registration WHERE office_id = 3 AND state = 'waiting'"; }
AS=clerk want 403 POST /api/v1/offices/3/registrations/refuse '{"asked_until":"2099-01-01T00:00:00Z","reason":"批量垃圾申请"}'
AS=root want 422 POST /api/v1/offices/3/registrations/refuse '{"reason":"批量垃圾申请"}'
AS=root req POST /api/v1/offices/3/registrations/refuse '{"asked_from":"2098-01-01T00:00:00Z","asked_until":"2099-01-01T00:00:00Z","reason":"批量垃圾申请"}'
is "$STATUS $(got .refused)" '200 0' "who asked at another time is left alone"
many=$(wait_now)
AS=root req POST /api/v1/offices/3/registrations/refuse '{"asked_until":"2099-01-01T00:00:00Z","reason":"批量垃圾申请"}'
is "$STATUS $(got .refused) $(wait_now)" "200 $many 0" "many are refused at once"
is "$(sql "SELECT count(*) FROM linli.registration WHERE reason = '批量垃圾申请' AND coalesce(contact, login, phone, password) IS NULL")" "$many" "and what they entered goes"
AS='' want 200 POST /api/v1/offices/3/registrations/residents '{"contact":"李居民","phone":"13800000000","login":"dweller2","password":"a long password"}'
sql "INSERT INTO linli.registration (office_id, id, kind, uscc_doubtful, contact, login, phone, password, asked)
     SELECT 3, gen_random_uuid(), 'resident', false, 'x', 'x', 'x', 'x', now() FROM generate_series(1, 500)"
# What housekeeping does.
sql "UPDATE linli.registration SET asked = asked - interval '31 days' WHERE state = 'waiting' AND login = 'x'"
sql "$(sed "s/\$1::timestamptz/now()/g; s/\$2::text/'三十日'/" "$here/sql/query/auth_expire.sql")"
is "$(sql "SELECT count(*) FROM linli.registration WHERE reason LIKE '三十日%' AND contact IS NULL AND phone IS NULL AND login IS NULL AND password IS NULL")" 500 \
    "what nobody decided on in thirty days ends, and what was entered goes"
AS='' want 200 POST /api/v1/offices/3/registrations/residents '{"contact":"李居民","phone":"13800000000","login":"dweller3","password":"a long password"}'
sql "INSERT INTO linli.office (office_id, parent_id, path, kind, code, name, name_en, created)
     SELECT n, 3, '{1,2,3}'::integer[] || n, 'community', '310105011', '社区', 'community', now() FROM generate_series(101, 1101) n"
is "$(linli office list | wc -l)" "$(sql 'SELECT count(*) FROM linli.office')" "every office is listed, however many"
finish
