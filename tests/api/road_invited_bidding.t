#!/bin/bash
# Invited bidding: three drawn of six with two witnesses, checked by hand; who was not drawn may not bid;
# the three bid sealed and the first in rank wins. Two that bid do not open.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/road_lib.sh"
start_server
people
person evaluator4 evaluator 3
person evaluator5 evaluator 3
for x in aa bb cc dd ee ff; do bidder "$x" "$x社"; done
fund_of statutory 1000000.00
later() { AS='' req GET /api/v1/clock; date -u -d "$(got .now) +$1 days" +%FT02:00:00Z; }
OPTIONS='{"ground":"special","tranches":[{"code":"whole","name":{"zh":"全款","en":"whole"},"share":"100%","due":"on_acceptance"}]}'
list() { local x out=; for x in "$@"; do out="$out,\"${ORG[$x]}\""; done; echo "[${out#,}]"; }
witnesses='["采购人甲","采购人乙"]'

entry_of statutory invited_bidding 500000.00
tender_of lowest_price "$OPTIONS" '{}'
I="/api/v1/tenders/$TENDER/invitations"
promised=$(got .invitation_commitment)
like "$promised" "$(printf '[0-9a-f]%.0s' {1..64})" "what is drawn by is promised with the draft"
is "$(sql "SELECT payload::jsonb ->> 'invitation_commitment' FROM linli.event_queue WHERE act = 'tender_create' AND subject = '$TENDER'")" "$promised" "and in its event"
AS=clerk IFM='*' WHY='nobody types a seed' want 422 POST "$I" "{\"candidates\":$(list aa bb cc dd ee ff),\"invited\":3,\"source\":\"pool\",\"seed\":\"0123456789abcdef\",\"witnesses\":$witnesses}"
AS=clerk IFM='*' WHY='one is named twice' want 422 POST "$I" "{\"candidates\":$(list aa bb cc dd ee ff aa),\"invited\":3,\"source\":\"pool\",\"witnesses\":$witnesses}"
AS=clerk IFM='*' want 422 POST "$I" "{\"candidates\":$(list aa bb cc dd ee),\"invited\":3,\"source\":\"pool\",\"witnesses\":$witnesses}"
is "$(got .article)" "财政部令第87号 §14" "five are fewer than twice three"
AS=clerk IFM='*' want 422 POST "$I" "{\"candidates\":$(list aa bb cc dd ee ff),\"invited\":3,\"source\":\"pool\",\"witnesses\":[\"采购人甲\"]}"
is "$(got '.errors[0].pointer')" /witnesses "two witnesses"
AS=clerk IFM='*' want 422 POST "$I" "{\"candidates\":$(list aa bb cc),\"invited\":3,\"source\":\"recommended\"}"
as clerk POST "$I" "{\"candidates\":$(list aa bb cc dd ee ff),\"invited\":3,\"source\":\"pool\",\"witnesses\":$witnesses}"
AS=clerk IFM='*' want 409 POST "$I" "{\"candidates\":$(list aa bb cc dd ee ff),\"invited\":3,\"source\":\"pool\",\"witnesses\":$witnesses}"
AS=clerk want 200 GET "$I"
order=$(got '[.items[].organisation]|join(" ")')
secret=$(got '.items[0].seed')
{ printf 'linli/pool/v1\ndraw %s\n' "$TENDER"; for x in aa bb cc dd ee ff; do echo "${ORG[$x]}"; done | LC_ALL=C sort; } >"$T/pool"
linli draw "$T/pool" --secret "$secret" >"$T/drawn"
is "$order" "$(grep -E '^[0-9]+ ' "$T/drawn" | cut -d' ' -f2 | paste -sd' ')" "anybody can draw it again"
is "$promised $promised" "$(got '.items[0].commitment') $(sed -n 's/^commitment //p' "$T/drawn")" "by the secret that was promised with the draft"
is "$(got '[.items[]|select(.invited)]|length')" 3 "three are invited"
drawn=$(got '.items[]|select(.invited).organisation') IN=() OUT=()
for x in aa bb cc dd ee ff; do if grep -q "${ORG[$x]}" <<<"$drawn"; then IN+=("$x"); else OUT+=("$x"); fi; done
AS=aa want 200 GET "$I"
is "$(got '.items|length')" 0 "nobody else reads before the opening who may bid"
AS=approver IFM='*' want 200 POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$(later 30)\",\"confirm_unverified\":true}"
AS=${OUT[0]} want 409 POST "/api/v1/tenders/$TENDER/bids" "{\"lot\":1,\"organisation\":\"${ORG[${OUT[0]}]}\",\"sha256\":\"$(printf x | sha256sum | cut -d' ' -f1)\",\"bytes\":10}"
is "$(problem)" bid/uninvited "who was not drawn may not bid"
bid_for "${IN[0]}" 480000.00
bid_for "${IN[1]}" 470000.00
bid_for "${IN[2]}" 490000.00
open_bids "${IN[@]}"
panel_sits evaluator1 evaluator2 evaluator3 evaluator4 evaluator5
report_signed
is "$(phase)" deciding "evaluated"
AS='' want 200 GET "$I"
is "$(got '[.items[].organisation]|join(" ")')" "$order" "once they are opened everybody reads how they were drawn"
decided "${IN[1]}" 470000.00

# A stranger has the bundle of the log and nothing else.
mkdir "$T/l" && cd "$T/l" || exit 2
linli keygen log log.key --name log.example/linli --plain >log.pub
"$LINLI" signer --key log.key --state log.state --socket log.sock 2>log.err &
SIGNER=$!
trap 'kill "$SIGNER"; cleanup' EXIT
for _ in {1..100}; do [ -S log.sock ] && break; sleep 0.05; done
linli log publish --into out --log-key "$(cat log.pub)" --signer log.sock >/dev/null
export LINLI_BLOBS_FOLDER=$T/blobs
linli log bundle --into bundle --tender "$TENDER" >/dev/null
event() { grep "\"act\":\"$1\"" bundle/events | grep -o '{.*' | jq -r "$2"; }
drawn=$TENDER
{ printf 'linli/pool/v1\ndraw %s\n' "$TENDER"; event tender_invite '.payload.request.candidates[]' | LC_ALL=C sort; } >pool
linli draw pool --secret "$(event tender_invite .payload.secret)" >drawn
is "$(event tender_create .payload.invitation_commitment)" "$(sed -n 's/^commitment //p' drawn)" "the bundle shows what was promised"
is "$(event tender_invite '.payload.order|join(" ")')" "$(grep -E '^[0-9]+ ' drawn | cut -d' ' -f2 | paste -sd' ')" "and who was drawn, as anybody computes"
is "$(event tender_invite .payload.earlier_draws)" 0 "it was the only draw for this entry"
cd "$here" || exit 2
past 5d
fulfilled "${IN[1]}"
balance "paid" 530000.00 0.00 0.00 470000.00

# Two of the three bid: nothing is opened.
BID=()
entry_of statutory invited_bidding 400000.00
tender_of lowest_price "$OPTIONS" '{}'
passed="{\"candidates\":$(list aa bb cc),\"invited\":3,\"source\":\"prequalified\"}"
AS=clerk IFM='*' WHY='nobody was called to be prequalified' want 409 POST "/api/v1/tenders/$TENDER/invitations" "$passed"
is "$(got .article)" "政府采购法实施条例 §21" "which has to be public"
called() { # status login due
    AS=$2 IFM='*' want "$1" POST "/api/v1/tenders/$TENDER/prequalification" "{\"needs\":\"助老服务一年\",\"conditions\":\"具有独立承担民事责任的能力\",\"where\":\"街道办事处一楼，或通过本平台\",\"due\":\"$3\"}"
}
AS='' req GET /api/v1/clock
today=$(got '.local[:10]')
last=$(working_day "$today" 5) # applications are taken for five working days from the notice, to 24:00 of the last
called 403 clerk "$(later 20)"
called 409 approver "${last}T15:59:59Z"
is "$(got '.article + " " + .errors[0].pointer')" "政府采购法实施条例 §21 /due" "a second less than five working days"
called 201 approver "${last}T16:00:00Z"
is "$(got '.kind + " " + .title')" "prequalification 助老服务 资格预审公告" "called for, in a notice of its own"
is "$(date -u -d "$(got .period_ends)" +%FT%TZ)" "${last}T16:00:00Z" "until then"
is "$(got '.body | [.budget, .conditions, .needs, .project, .where, .regime, .mechanism] | join("|")')" \
    "400000.00|具有独立承担民事责任的能力|助老服务一年|助老服务|街道办事处一楼，或通过本平台|statutory|invited_bidding" "what, for how much, who may, where"
called 409 approver "$(later 30)"
AS=clerk IFM='*' WHY='applications are still taken' want 409 POST "/api/v1/tenders/$TENDER/invitations" "$passed"
clock_to "${last}T16:00:01Z"
as clerk POST "/api/v1/tenders/$TENDER/invitations" "$passed"
called 409 approver "$(later 30)"
AS=approver IFM='*' want 200 POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$(later 30)\",\"confirm_unverified\":true}"
bid_for aa 390000.00
bid_for bb 380000.00
past 31d
is "$(lot_now)" "void void" "two are not opened"
verified
invite='i = next(e for e in events if e["act"] == "tender_invite" and "secret" in e["payload"])["payload"]'
is "$(dishonest "$drawn" "$invite; i['order'][0], i['order'][1] = i['order'][1], i['order'][0]")" 'V16 1, V16 1' "others invited than were drawn"
is "$(dishonest "$drawn" "$invite; next(e for e in events if 'invitation_commitment' in e['payload'])['payload'].pop('invitation_commitment')")" 'V16 1, V16 1' "drawn from a secret nobody promised"
stop_server
finish
