#!/bin/bash
# New plug-ins without a restart; running tenders keep the version they began with, also when its file is gone.
. "$(dirname "$0")/lib.sh"
folder=$T/plugins
mkdir -p "$folder"
cp "$(dirname "$LINLI")"/plugins/*.so "$folder"

# The same plug-in under another version: its text, and both names of it in the answers.
rename() { # from to old new
    sed "s/$3\x00/$4\x00/g" "$1" >"$2"
}
logged() { # pattern: within five seconds
    local i
    for ((i = 0; i < 100; i++)); do
        grep -q "$1" "$T/log" && return 0
        sleep 0.05
    done
    return 1
}
reload() {
    echo "$SERVER_PID" >"$T/pid"
    LINLI_PLUGINS_STATE=$T/state "$LINLI" plugin reload --pid-file "$T/pid" >"$T/reloaded" 2>"$T/refused"
}
version_of() { sql "SELECT mechanism_version FROM linli.tender WHERE id = '$1'"; }

start_server --set "plugins.folders=$folder"
people
# Two drafts, made from one list.
AS=clerk req POST /api/v1/offices/3/funds '{"code":"care","name":{"zh":"资金","en":"Fund"},"purpose":"购买服务","regimes":["sub_threshold"]}'
fund=$(got .id)
AS=approver req POST "/api/v1/funds/$fund/appropriations" '{"year":2026,"budget_item":"208","name":"2026","amount":"900000.00"}'
appropriation=$(got .id)
AS=clerk req POST /api/v1/offices/3/lists '{"year":2026,"title":"2026 年清单"}'
list=$(got .id)
draft=() entry=()
for n in 1 2; do
    AS=clerk req POST "/api/v1/lists/$list/entries" "{\"name\":\"服务 $n\",\"department\":\"办公室\",\"field\":\"elderly\",\"beneficiaries\":\"居民\",
        \"place\":\"全街道\",\"budget\":\"300000.00\",\"fund\":\"$fund\",\"budget_item\":\"208\",\"catalogue_code\":\"C050$n\",\"regime\":\"sub_threshold\",
        \"method\":\"public_bidding\",\"planned_month\":11,\"term_months\":12,\"officer\":\"王\"}"
    entry[n]=$(got .id)
done
AS=approver IFM='*' req POST "/api/v1/lists/$list/approve"
AS=clerk IFM='*' req POST "/api/v1/lists/$list/publish"
for n in 1 2; do
    AS=clerk req POST /api/v1/offices/3/tenders "{\"entry\":\"${entry[n]}\",\"summary\":\"服务\",\"scheme\":\"comprehensive_score\",\"appropriation\":\"$appropriation\",
        \"options\":{\"tranches\":[{\"code\":\"whole\",\"name\":{\"zh\":\"全款\",\"en\":\"whole\"},\"share\":\"100%\",\"due\":\"on_acceptance\"}]},
        \"scheme_options\":{\"price_weight\":\"15%\",\"criteria\":[{\"code\":\"technical\",\"name\":{\"zh\":\"技术\",\"en\":\"technical\"},\"weight\":\"85%\"}]}}"
    draft[n]=$(got .id)
done
old=${draft[1]} new=${draft[2]}
publish() { # tender
    AS=approver IFM='*' req POST "/api/v1/tenders/$1/publish" "{\"deadline\":\"$(date -u -d '+30 days' +%FT02:00:00Z)\",\"confirm_unverified\":true}"
    is "$STATUS" 200 "a tender is published"
    [ "$STATUS" = 200 ] || say "  got: $BODY"
}

publish "$old"
is "$(version_of "$old")" 1.1.0 "with the version there is"

rename "$folder/public_bidding.so" "$folder/newer.so" '1\.1\.0' '1.1.1'
ok "the server is told to look again" reload
ok "and takes the newer version in, without a restart" logged 'public_bidding 1\.1\.1'
publish "$new"
is "$(version_of "$new")" 1.1.1 "which the next tender gets"
is "$(version_of "$old")" 1.1.0 "while the first keeps its own"

printf 'no plug-in at all, but long enough to be read as if it were one, and then refused by its first bytes\n' >"$folder/broken.so"
cp "$folder/newer.so" "$folder/trailer.so" && printf 'x' >>"$folder/trailer.so"
mkfifo "$folder/pipe.so"
reload
is "$?" 1 "a reload that refuses a file says so by its exit"
ok "and which, and why" grep -q '^linli plugin: refused .*/broken.so: it is no ELF file' "$T/refused"
ok "the log has it as a warning" logged '"level":"warn","what":"plugin","text":"refused [^"]*/broken.so'
ok "a pipe is no file to wait for" logged 'pipe.so: it is no file'
ok "a file that is no plug-in is refused with a sentence" logged 'broken.so: it is no ELF file'
ok "another file of a version there is, too" logged 'a change needs a new version'
is "$(curl -s -o /dev/null -w '%{http_code}' "$B/readyz")" 200 "and the server goes on"

# The office cleans up, and the machine is restarted.
stop_server
rm "$folder"/*.so
rename "$(dirname "$LINLI")/plugins/public_bidding.so" "$folder/public_bidding.so" '1\.1\.0' '1.1.2'
cp "$(dirname "$LINLI")/plugins/comprehensive_score.so" "$folder"
# Somebody built version 1.1.0 anew, differently, and did not say so.
cp "$(dirname "$LINLI")/plugins/public_bidding.so" "$folder/anew.so" && printf 'x' >>"$folder/anew.so"
start_server --set "plugins.folders=$folder"
advance 31d
phase() { sql "SELECT phase FROM linli.lot WHERE tender_id = '$1'"; }
for t in "$old" "$new"; do
    for ((i = 0; i < 100; i++)); do [ "$(phase "$t")" = bidding ] || break; sleep 0.1; done
    is "$(phase "$t")" void "a tender whose file is gone goes on: nobody came, it fails"
done
is "$(sql "SELECT string_agg(DISTINCT tender_id || ' ' || plugin_version, ',' ORDER BY tender_id || ' ' || plugin_version)
           FROM linli.decision WHERE plugin = 'public_bidding' AND question = 'step'")" \
    "$(printf '%s\n%s\n' "$old 1.1.0" "$new 1.1.1" | sort | paste -sd,)" "and its last decision was taken by the version it began with"
is "$(sql "SELECT count(*) FROM linli.decision d JOIN linli.tender t ON t.id = d.tender_id
           WHERE d.plugin = t.mechanism AND d.plugin_sha256 <> t.mechanism_sha256")" 0 "and by the very file, not by another of its version"
# A server without any plug-in, or nowhere to keep their copies, is none.
stop_server
without() { # NAME PATTERN SETTING...
    "$LINLI" serve --sandbox --set "database.url=$LINLI_DATABASE_URL" --set "blobs.folder=$T/blobs" --set "server.listen=127.0.0.1:$PORT" \
        --set "server.uploads=127.0.0.1:$UPLOAD_PORT" "${@:3}" >"$T/none.out" 2>"$T/none.err"
    is "$? $(grep -c "$2" "$T/none.err")" '78 1' "$1"
}
without "folders that are not there" 'linli serve: no plug-in was let in' --set "plugins.folders=$T/nowhere" --set "plugins.state=$T/fresh"
without "nor do the copies of former ones do instead" 'linli serve: no plug-in was let in' --set "plugins.folders=$T/nowhere" --set "plugins.state=$T/state"
without "a state that is no folder" 'no copies of plug-ins can be kept in /dev/null' --set "plugins.state=/dev/null"
finish
