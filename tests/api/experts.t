#!/bin/bash
# Pools of experts and the draw of a panel from one: fixed and logged, chance read later, drawn once, anybody draws it again; refusals
# and interests take the next one drawn.  Nobody outside learns who sits before the result, and members score alone.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for i in 4 5 6 7 8 9; do person "evaluator$i" evaluator 2 --subtree; done
person stranger evaluator 2
for login in aa bb cc; do bidder $login "${login}社"; done
fund_of sub_threshold 5000000.00

# The pool: evaluators alone, once each, with what they know; who left stays on record.
AS=approver WHY='no evaluator' want 422 POST /api/v1/offices/3/experts "{\"person\":\"${PERSON[clerk]}\",\"fields\":[\"养老\"],\"basis\":\"聘书\"}"
AS=clerk want 403 POST /api/v1/offices/3/experts "{\"person\":\"${PERSON[evaluator1]}\",\"fields\":[\"养老\"],\"basis\":\"聘书\"}"
declare -A EXPERT
for i in 1 2 3 4 5 6 7 8 9; do
    AS=approver req POST /api/v1/offices/3/experts "{\"person\":\"${PERSON[evaluator$i]}\",\"fields\":[\"养老\"],\"basis\":\"聘书\"}"
    EXPERT[$i]=$(got .id)
done
is "$STATUS" 201 "nine experts are let in"
AS=approver WHY='twice' want 409 POST /api/v1/offices/3/experts "{\"person\":\"${PERSON[evaluator1]}\",\"fields\":[\"养老\"],\"basis\":\"聘书\"}"
AS=approver want 201 POST "/api/v1/offices/3/experts/${EXPERT[2]}/change" '{"fields":["养老","助残"],"reason":"增加领域"}'
EXPERT[2]=$(got .id)
AS=approver want 200 POST "/api/v1/offices/3/experts/${EXPERT[9]}/end" '{"reason":"本人申请"}'
AS=approver WHY='gone already' want 404 POST "/api/v1/offices/3/experts/${EXPERT[9]}/end" '{"reason":"x"}'
AS=clerk want 200 GET "/api/v1/offices/3/experts?person=${PERSON[evaluator2]}"
is "$(got '[.items[] | [(.fields | length), .gone_reason]] | @json')" '[[1,"增加领域"],[2,null]]' "what an expert was entered for before stays"
AS=clerk req GET '/api/v1/offices/3/experts?field=%E5%8A%A9%E6%AE%8B'
is "$(got '.items | length')" 1 "found by field"
AS=clerk req GET '/api/v1/offices/3/experts?gone=true'
is "$(got '.items | length')" 2 "and by having left"
AS=aa want 403 GET /api/v1/offices/3/experts
AS=evaluator1 want 403 GET /api/v1/offices/3/experts

# Who is what to whom, in one's own words.
AS=evaluator3 WHY='no such kind' want 422 POST /api/v1/me/relations '{"kind":"friend","value":"aa社"}'
AS=evaluator3 want 201 POST /api/v1/me/relations '{"kind":"phone","value":"021-5555 0001"}'
AS=evaluator4 want 201 POST /api/v1/me/relations '{"kind":"address","value":"江苏路 9 号"}'
AS=evaluator4 req GET /api/v1/me/relations
is "$(got '[.items[].value] | @json')" '["江苏路 9 号"]' "one reads one's own"
sql "UPDATE linli.organisation SET phone = '02155550001' WHERE name = 'aa社'; UPDATE linli.organisation SET address = '江苏路9号 乙室' WHERE name = 'bb社'"

entry_of sub_threshold public_bidding 1000000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
publish "$(date -u -d '+40 days' +%FT02:00:00Z)"
AS='' want 200 GET "/api/v1/lots/$LOT/panel/draw"
promised=$(got .commitment)
like "$promised" '????????????????????????????????????????????????????????????????' "a secret is promised with the tender"
bid_for aa 900000.00
bid_for bb 950000.00
bid_for cc 990000.00
AS='' req GET /api/v1/clock
soon=$(date -u -d "$(got .now) + 9 minutes" +%FT%TZ) later=$(date -u -d "$(got .now) + 20 minutes" +%FT%TZ)
freeze() { AS=clerk IFM=$(AS='' lot_etag) want "$1" POST "/api/v1/lots/$LOT/panel/pool" "$2"; }
WHY='chance is read too soon' freeze 422 "{\"experts\":5,\"sources\":[\"福彩双色球\"],\"at\":\"$soon\"}"
WHY='four are an even number' freeze 409 "{\"experts\":4,\"sources\":[\"福彩双色球\"],\"at\":\"$later\"}"
WHY='nobody knows that' freeze 409 "{\"experts\":5,\"field\":\"航天\",\"sources\":[\"福彩双色球\"],\"at\":\"$later\"}"
WHY='a pool of another office' freeze 409 "{\"pool\":1,\"experts\":5,\"sources\":[\"福彩双色球\"],\"at\":\"$later\"}"
freeze 200 "{\"experts\":5,\"field\":\"养老\",\"sources\":[\"福彩双色球\",\"上证综指\"],\"at\":\"$later\"}"
WHY='once' freeze 409 "{\"experts\":5,\"sources\":[],\"field\":\"养老\"}"
AS='' req GET "/api/v1/lots/$LOT/panel/draw"
digest=$(got .pool_sha256)
is "$(got '[.experts, .sources, .pool, .drawn_order, .secret] | @json')" '[5,["福彩双色球","上证综指"],null,null,null]' "everybody learns what was fixed, not who is in it"
AS=clerk req GET "/api/v1/lots/$LOT/panel/draw"
got .pool >"$T/pool"
is "$(head -c -1 "$T/pool" | sha256sum | cut -d' ' -f1)" "$digest" "the digest is that of the pool"
is "$(grep -vc '^linli\|^draw' "$T/pool")" 9 "eight and an empty line"
is "$(sql "SELECT payload::jsonb ->> 'pool' FROM linli.event_queue WHERE act = 'panel_freeze'")" "$digest" "and in the log"
draw() { AS=clerk IFM=$(AS='' lot_etag) want "$1" POST "/api/v1/lots/$LOT/panel/draw" "$2"; }
AS=clerk req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "panel_draw")] | length')" 0 "nothing waits yet"
WHY='too early' draw 409 '{"values":["03 07 11","3345.67"],"witnesses":["甲","乙"]}'
advance 30m
AS=clerk req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "panel_draw") | .subject] | @json')" "[\"$LOT\"]" "the draw waits for the clerk"
WHY='one reading is lacking' draw 422 '{"values":["03 07 11"],"witnesses":["甲","乙"]}'
WHY='one witness' draw 422 '{"values":["03 07 11","3345.67"],"witnesses":["甲"]}'
sql "UPDATE linli.person SET blocked = true WHERE login = 'evaluator8'"
draw 200 '{"values":["03 07 11","3345.67"],"witnesses":["甲","乙"]}'
order=$(got '[.drawn_order[].expert] | join(" ")')
head -c -1 "$T/pool" >"$T/pool.text"
is "$("$LINLI" draw "$T/pool.text" --source '03 07 11' --source 3345.67 | grep -oE '[0-9a-f]{8}-[0-9a-f-]{27}' | grep -vx "$LOT" | paste -sd' ')" "$order" "linli draw gives the same order"
again=$(python3 - "$T/pool.text" "$LOT" '03 07 11' 3345.67 <<'PY'
import hashlib, struct, sys, uuid
text, draw, sources = open(sys.argv[1], 'rb').read(), uuid.UUID(sys.argv[2]).bytes, [s.encode() for s in sys.argv[3:]]
h = lambda tag, data: hashlib.sha256(tag + b'\0' + data).digest()
seed = h(b'linli/draw-seed/v1', draw + hashlib.sha256(text).digest() + bytes(32) + struct.pack('>H', len(sources)) +
         b''.join(struct.pack('>H', len(s)) + s for s in sources))
left, out, i = text.decode().split('\n')[2:-1], [], 0
while left:
    n, ctr = len(left), 0
    while True:
        x = int.from_bytes(h(b'linli/draw-sel/v1', seed + struct.pack('>II', i, ctr))[:8], 'big')
        ctr += 1
        if x < 2**64 // n * n: break
    out.append(left.pop(x % n)); i += 1
print(' '.join(out))
PY
)
is "$again" "$order" "and so does a stranger with the published rule"
draw 409 '{"values":["03 07 11","3345.67"],"witnesses":["甲","乙"]}'
AS=clerk req GET "/api/v1/lots/$LOT/panel"
is "$(got '[(.members | length), (.members | map(select(.chair)) | length)] | @json')" '[5,1]' "five sit, one in the chair"
is "$(got '[.members[].name] | index("evaluator8")')" null "who was blocked since is passed over"
AS=clerk IFM=$(AS='' lot_etag) WHY='nobody is named in the place of who was drawn' want 409 PUT "/api/v1/lots/$LOT/panel" "{\"members\":[$(seat stranger expert true)]}"
AS=clerk req GET "/api/v1/lots/$LOT/panel"
gone=$(got '.members[4].id')
AS=clerk IFM=$(AS='' lot_etag) WHY='nor in the place of one' want 409 POST "/api/v1/lots/$LOT/panel/replace" "{\"member\":\"$gone\",\"person\":\"${PERSON[stranger]}\",\"kind\":\"expert\",\"reason\":\"x\"}"

seats() { AS=clerk req GET "/api/v1/lots/$LOT/panel"; got '[.members[] | select(.state != "replaced" and .state != "excused") | .name] | join(" ")'; }
turns() { AS=clerk req GET "/api/v1/lots/$LOT/panel/draw"; got '[.drawn_order[] | select(.outcome) | .outcome[0:1]] | join("")'; }
# One cannot come: the next one drawn does, and is told no names.
first=$(seats | cut -d' ' -f1) before=$(turns)
AS=$first want 200 POST "/api/v1/lots/$LOT/panel/decline" '{"reason":"出差"}'
is "$(got '[.seats, has("members")] | @json')" '[5,false]' "the panel is full again; who goes learns no name"
like "$(turns)" "$before*s" "by the next turn of the same order"
AS=$first WHY='it has left' want 403 POST "/api/v1/lots/$LOT/panel/decline" '{"reason":"出差"}'
AS=$first want 404 GET "/api/v1/lots/$LOT/panel"
is "$(sql "SELECT count(*) FROM linli.panel_member WHERE lot_id = '$LOT' AND chair AND state = 'assigned'")" 1 "the chair goes to who follows"

# At sign-in every member is held against who bids.  A hit takes the next one drawn; a near miss does not.
open_bids aa bb cc
AS=clerk lot advance
read -r a b c d e <<<"$(seats)"
today=$(AS='' req GET /api/v1/clock; got .local | cut -c1-10)
years() { date -d "$today - 3 years - ${1:-0} days" +%F; }
relation() { AS=$1 want 201 POST /api/v1/me/relations "{\"kind\":\"$2\",\"value\":\"$3\"${4:+,\"until\":\"$4\"}}"; }
sql "UPDATE linli.organisation SET uscc = NULL; DELETE FROM linli.relation"
relation "$a" phone '(021) 5555-0001'
relation "$b" phone '021-5555 0002'
relation "$b" address '江苏路 9 号'
relation "$b" employer bb社 "$(years 1)"
relation "$b" contract 'cc 社'
relation "$b" account '6222 0000 1111 2223'
sql "INSERT INTO linli.organisation_account (id, organisation_id, account, state, proposed, proposed_by, valid_from)
     SELECT gen_random_uuid(), id, '6222000011112222', 'agreed', now(), '${PERSON[clerk]}', now() FROM linli.organisation WHERE name = 'cc社'"
AS=$a WHY='one telephone' want 200 POST "/api/v1/lots/$LOT/panel/enter"
is "$(got '[.seats, .came] | @json')" '[5,0]' "the next one drawn has the place"
AS=$a WHY='and it is no member' want 403 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":false}'
AS=$b WHY='near misses: another number, another house, three years and a day, another name, another account' want 200 POST "/api/v1/lots/$LOT/panel/enter"
is "$(got .came)" 1 "stay"
is "$(turns | tr -d u)" sssssss "all of the pool who may have been drawn"
relation "$c" employer bb社 "$(years)"
relation "$d" contract cc社
AS=$c WHY='three years ago to the day, and nobody is left' want 200 POST "/api/v1/lots/$LOT/panel/enter"
is "$(got .seats)" 4 "its place stays empty"
AS=clerk req GET "/api/v1/lots/$LOT/panel/draw"
is "$(got '[.drawn_order[] | select(.outcome == "unavailable") | .why] | @json')" '["blocked"]' "and it is told why one was passed over"
sql "DELETE FROM linli.relation WHERE person_id = '${PERSON[$d]}'"
relation "$d" account '6222-0000-1111-2222'
AS=$d WHY='one account' want 200 POST "/api/v1/lots/$LOT/panel/enter"
is "$(got .seats)" 3 "nor does it stay"
sql "DELETE FROM linli.relation"
# With the order at its end the office names somebody in each empty place; then the panel scores, each alone.
for i in 1 2; do
    person "extra$i" evaluator 3
    gone=$(sql "SELECT m.id FROM linli.panel_member m WHERE m.lot_id = '$LOT' AND m.state = 'replaced' AND m.signed_in IS NULL AND m.replaced_reason <> 'named afresh' AND NOT EXISTS
                (SELECT FROM linli.panel_member n WHERE n.replaces_id = m.id) ORDER BY m.no LIMIT 1")
    chair=$(sql "SELECT count(*) = 0 AND $i = 2 FROM linli.panel_member WHERE lot_id = '$LOT' AND chair" | sed 's/t/true/;s/f/false/')
    AS=clerk IFM=$(AS='' lot_etag) want 200 POST "/api/v1/lots/$LOT/panel/replace" "{\"member\":\"$gone\",\"person\":\"${PERSON[extra$i]}\",\"kind\":\"expert\",\"chair\":$chair,\"reason\":\"名单已尽\"}"
done
is "$(seats | wc -w)" 5 "five again"
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
