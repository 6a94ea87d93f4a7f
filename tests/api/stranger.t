#!/bin/bash
# shellcheck disable=SC2178,SC2128
# A city's own venture philanthropy (docs/example_mechanism): built in an empty folder against what cmake --install put
# down, laid into the folder of a server that runs, and used there without a restart.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
tree=$(cd "$(dirname "$0")/../.." && pwd)
BUILD=${BUILD:-$tree/build/release}
folder=$T/plugins
mkdir -p "$folder"
cp "$(dirname "$LINLI")"/plugins/*.so "$folder"
start_server --set "plugins.folders=$folder"
people

# Out of the tree: the installed headers, the installed make file, and nothing else.
ok "the SDK is installed" env DESTDIR="$T/root" cmake --install "$BUILD"
prefix=$T/root$(sed -n 's/^CMAKE_INSTALL_PREFIX:PATH=//p' "$BUILD/CMakeCache.txt")
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name linli.pc)")
export PKG_CONFIG_PATH
ok "a folder is begun" env -u LINLI_SHARE LINLI_PLUGINS_FOLDERS="$T/none" "$prefix/bin/linli" plugin new mechanism "$T/riverside_venture"
cp "$tree/docs/example_mechanism/plugin.c" "$T/riverside_venture/plugin.c"
rm "$T/riverside_venture/cases/first.case"
cp "$tree/docs/example_mechanism/cases/"*.case "$T/riverside_venture/cases"
is "$([ "$(wc -l <"$T/riverside_venture/plugin.c")" -lt 150 ] && echo fewer)" fewer "the city's rules are fewer than 150 lines"
ok "it builds without a warning, passes every check and its cases" \
    env -u LINLI_SHARE PATH="$prefix/bin:$PATH" LINLI_PLUGINS_FOLDERS="$T/none" CFLAGS=-Werror make -C "$T/riverside_venture" check

# Into the server that runs.
pid=$SERVER_PID
cp "$T/riverside_venture/riverside_venture.so" "$folder"
echo "$SERVER_PID" >"$T/pid"
ok "the server is told to look again" env LINLI_PLUGINS_STATE="$T/state" "$LINLI" plugin reload --pid-file "$T/pid"
for ((i = 0; i < 200; i++)); do grep -q 'riverside_venture 1\.0\.0' "$T/log" && break; sleep 0.05; done
ok "and takes it in" grep -q 'riverside_venture 1\.0\.0' "$T/log"

for login in a b; do bidder "org$login" "组织$login"; done
fund_of grants 1000000.00
entry_of grants riverside_venture 500000.00
tender_of contest "{\"training\":false,\"pitch_order\":false,\"tranches\":$TWO_PARTS}" \
    '{"criteria":[{"code":"technical","name":{"zh":"路演","en":"pitch"},"weight":"100%"}]}' '"category":"public_good","budget":"500000.00"'
publish "$(date -u -d '+30 days' +%FT02:00:00Z)"
AS='' req GET "/api/v1/tenders/$TENDER/plan"
is "$(got '.plan.checks[]|select(.code=="graded_3a")|.source')" '滨江市公益创投管理办法 §9' "the city's own check is in the frozen plan"
apply() { # login requested
    local text hash
    text="{\"linli\":\"bid/1\",\"organisation\":\"${ORG[$1]}\",\"lot\":1,\"fields\":{\"requested\":\"$2\",\"project_budget\":\"400000.00\",\"own_funds\":\"200000.00\",\"donations\":\"0.00\",\"funded_elsewhere\":\"0.00\"}}"
    hash=$(printf '%s' "$text" | sha256sum | cut -d' ' -f1)
    AS=$1 BASE=$UP TYPE=application/octet-stream req PUT "/api/v1/blobs/$hash" "$text"
    case $STATUS in 2*) ;; *) put_blob "$hash" "$text" ;; esac
    AS=$1 want 201 POST "/api/v1/tenders/$TENDER/bids" "{\"lot\":1,\"organisation\":\"${ORG[$1]}\",\"sha256\":\"$hash\",\"bytes\":$(printf '%s' "$text" | wc -c)}"
    BID[$1]=$(got .id)
}
apply orga 100000.00
apply orgb 100000.01
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1m
is "$(phase)" review "the deadline opens the review"
for login in orga orgb; do
    checks=''
    for rule in complete eligible good_credit no_duplicate consent; do checks="$checks,{\"bid\":\"${BID[$login]}\",\"rule\":\"$rule\",\"passed\":true}"; done
    AS=operator want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
    AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[{\"bid\":\"${BID[$login]}\",\"rule\":\"graded_3a\",\"passed\":false,\"reason\":\"未参加评估\"}]}"
done
AS=operator lot advance
is "$(phase)" pitching "one stays, the city's rule turns the other down"
is "$(sql "SELECT string_agg(DISTINCT plugin || ' ' || plugin_version, ',') FROM linli.decision WHERE question = 'step'")" 'riverside_venture 1.0.0' \
    "decided by the plug-in that came in while the server ran"
is "$SERVER_PID $(kill -0 "$pid" && echo runs)" "$pid runs" "which was never restarted"
finish
