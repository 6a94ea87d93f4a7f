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
printf 'login,name,family\r\nr1,"居民, 一",甲;乙\r\nr2,居民二,\r\n' >"$T/r.csv"
ok "residents from CSV" linli user import "$T/r.csv" --role resident --office 3
is "$(linli user list --office 3 | grep -c '居民')" 2 "both are there"
printf 'login,name\nr3,"broken\n' >"$T/r.csv"
ok "a broken file is refused" bash -c "! LINLI_DATABASE_URL='$LINLI_DATABASE_URL' '$LINLI' user import '$T/r.csv'"
# The sandbox clock stays in the years the system knows.
AS='' want 422 POST /api/v1/clock '{"to":"9999-12-31T00:00:00Z"}'
AS='' want 200 GET /api/v1/clock
like "$(got .now)" '20*' "the clock did not move"

finish
