#!/bin/bash
# /api/v1/openapi.json fits the routes there are: each has its operation, with its own id, its parameters and the problems it
# may answer; every $ref leads somewhere.
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"
start_server
AS='' want 200 GET /api/v1/openapi.json
cp "$T/body" "$T/openapi"
ok "it is JSON" jq -e . "$T/openapi"
like "$(jq -r .openapi "$T/openapi")" '3.1.*' "of OpenAPI 3.1"

# none NAME FILTER: the filter finds nothing to complain about.
none() {
    local found
    found=$(jq -r "$2" "$T/openapi" 2>&1)
    is "$found" '' "$1"
}
operations='[.paths | to_entries[] | .key as $path | .value | to_entries[] | select(.key | IN("get", "put", "post", "patch", "delete", "head"))
    | {name: "\(.key | ascii_upcase) \($path)", path: $path} + .value]'

routes() { # METHOD PATH OPERATION of routes.def
    sed -nE -e 's/^(LOOP|READ)\(([a-z_]+), "([^"]+)".*/GET \3 \2/p' \
        -e 's/^(ACT|SPECIAL|DIRECT)\(([a-z_]+), ([A-Z]+), "([^"]+)".*/\3 \4 \2/p' "$here/api/routes.def" | LC_ALL=C sort
}
is "$(routes | wc -l)" "$(grep -cE '^(LOOP|READ|ACT|SPECIAL|DIRECT)\(' "$here/api/routes.def")" "every row of routes.def is read"
is "$(diff <(routes) <(jq -r "$operations"'[] | "\(.name) \(.operationId)"' "$T/openapi" | grep -v ' /api/v1/blobs' | LC_ALL=C sort))" '' \
    "each route has its operation, and no operation is without a route"
none "operation ids are unique" "$operations | group_by(.operationId)[] | select(length > 1)[0].operationId"
none "each operation has a summary, a tag and a description of success" \
    "$operations"'[] | select((.summary // "") == "" or (.tags | length) == 0 or ([.responses | keys[] | select(startswith("2"))] | length) == 0).name'
none "each tag is declared" '([.tags[].name]) as $tags | '"$operations"'[] | .name as $n | .tags[] | select(IN($tags[]) | not) | "\($n): \(.)"'
none "each operation says which problems it answers" '. as $doc | def real: if has("$ref") then .["$ref"] as $r | $doc | getpath($r | ltrimstr("#/") | split("/")) else . end;
    '"$operations"'[] | select(.name | test(" /(healthz|readyz|metrics|api/v1/openapi.json)$") | not)
    | select([.responses | to_entries[] | select(.key | test("^(4|5|default)")) | .value | real | .content["application/problem+json"] // empty] | length == 0).name'
none "each parameter of a path is described" '. as $doc | def real: if has("$ref") then .["$ref"] as $r | $doc | getpath($r | ltrimstr("#/") | split("/")) else . end;
    '"$operations"'[] | . as $o | [.path | scan("\\{([a-z_]+)\\}")[0]] - [(.parameters // [])[] | real | select(.in == "path" and .required).name]
    | select(length > 0) | "\($o.name): \(.)"'
none "every \$ref leads somewhere" '. as $doc | [.. | objects | .["$ref"]? // empty] | unique[]
    | . as $r | select(startswith("#/") | not) // select(($doc | getpath($r | ltrimstr("#/") | split("/") | map(gsub("~1"; "/") | gsub("~0"; "~")))) == null)'
none "every component is used" '([.. | objects | .["$ref"]? // empty] | unique) as $used | .components | to_entries[] | select(.key != "securitySchemes")
    | .key as $kind | .value | keys[] | "#/components/\($kind)/\(.)" | select(IN($used[]) | not)'
AS='' req GET /api/v1/offices
AS='' H="If-None-Match: $(etag)" want 304 GET /api/v1/offices
none "what may be answered 304 says so, and what is asked for it" "$operations"'[] | select(.operationId | IN("office_page", "office_get", "need_get", "openapi"))
    | select((.responses["304"] and any(.parameters[]; .["$ref"] == "#/components/parameters/known")) | not).name'
stop_server
finish
