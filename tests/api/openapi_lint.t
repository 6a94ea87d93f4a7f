#!/bin/bash
# What redocly and spectral say of /api/v1/openapi.json: nothing.  Skipped where they are not in PATH
# (npm install @redocly/cli @stoplight/spectral-cli).
. "$(dirname "$0")/lib.sh"
if ! command -v redocly >/dev/null || ! command -v spectral >/dev/null; then
    skip "redocly and spectral" "they are not installed"
    finish
fi
start_server
AS='' req GET /api/v1/openapi.json
cp "$T/body" "$T/openapi.json"
[ -z "${SAVE:-}" ] || cp "$T/openapi.json" "$SAVE"
cd "$T" || exit 2
echo 'extends: ["spectral:oas"]' >ruleset.yaml
clean() { # NAME COMMAND...
    local name=$1
    shift
    if "$@" >lint.log 2>&1 && ! grep -qiE '[1-9][0-9]* (warning|problem)' lint.log; then pass "$name"; else
        fail "$name"
        sed 's/^/# /' lint.log | tail -n 60
    fi
}
clean redocly env REDOCLY_TELEMETRY=off redocly lint --extends=recommended --format=stylish openapi.json
clean spectral spectral lint --ruleset ruleset.yaml --fail-severity=hint openapi.json
stop_server
finish
