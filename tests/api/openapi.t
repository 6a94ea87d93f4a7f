#!/bin/bash
# The API's description: every route of the table is in it, and nothing else.
. "$(dirname "$0")/lib.sh"
start_server
AS='' want 200 GET /api/v1/openapi.json
cp "$T/body" "$T/openapi.json"
ok "it is JSON" jq -e . "$T/openapi.json"
is "$(jq -r .openapi "$T/openapi.json")" 3.1.0 "OpenAPI 3.1"
sed -n 's/^\(LOOP\|READ\|ACT\|SPECIAL\|DIRECT\)(\([a-z_]*\),.*/\2/p' "$here/api/routes.def" | sort >"$T/table"
jq -r '.paths[] | .[] | objects | .operationId // empty' "$T/openapi.json" | grep -v '^blob_' | sort >"$T/described"
ok "operations are the routes" diff "$T/table" "$T/described"
is "$(jq -r '[.. | objects | ."$ref"? // empty] | unique | .[]' "$T/openapi.json" | sed 's|#/||; s|/|.|g' | while read -r path; do
    jq -e "getpath(\"$path\" | split(\".\"))" "$T/openapi.json" >/dev/null || echo "$path"
done)" "" "every reference leads somewhere"
is "$(grep -c store.statement "$T/log")" 0 "every statement fits the database"
if command -v redocly >/dev/null; then ok "redocly finds nothing" redocly lint "$T/openapi.json"; else skip "redocly finds nothing" "redocly is not installed"; fi
if command -v spectral >/dev/null; then
    echo 'extends: ["spectral:oas"]' >"$T/ruleset.yaml"
    ok "spectral finds nothing" spectral lint "$T/openapi.json" -r "$T/ruleset.yaml" -F hint
else skip "spectral finds nothing" "spectral is not installed"; fi
finish
