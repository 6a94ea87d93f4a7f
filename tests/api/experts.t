#!/bin/bash
# Pools of experts and the draw of a panel from one: fixed and logged, chance read later, drawn once, anybody draws it again; refusals
# and interests take the next one drawn.  Nobody outside learns who sits before the result, and members score alone.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for i in 4 5 6 7 8 9 10; do person "evaluator$i" evaluator 2 --subtree; done
person stranger evaluator 2
for login in aa bb cc; do bidder $login "${login}社"; done
fund_of sub_threshold 5000000.00

# The pool: evaluators alone, once each, with what they know; who left stays on record.
AS=approver WHY='no evaluator' want 422 POST /api/v1/offices/3/experts "{\"person\":\"${PERSON[clerk]}\",\"fields\":[\"养老\"],\"basis\":\"聘书\"}"
AS=clerk want 403 POST /api/v1/offices/3/experts "{\"person\":\"${PERSON[evaluator1]}\",\"fields\":[\"养老\"],\"basis\":\"聘书\"}"
declare -A EXPERT
for i in 1 2 3 4 5 6 7 8 9 10; do
    AS=approver req POST /api/v1/offices/3/experts "{\"person\":\"${PERSON[evaluator$i]}\",\"fields\":[\"养老\"],\"basis\":\"聘书\"}"
    EXPERT[$i]=$(got .id)
done
is "$STATUS" 201 "ten experts are let in"
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

entry_of sub_threshold public_bidding 990000.00
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
sql "INSERT INTO linli.person (id, name, login, created) SELECT md5(n::text)::uuid, 'x', 'x' || n, now() FROM generate_series(1, 100001) n;
     INSERT INTO linli.expert (office_id, id, person_id, fields, basis, entered, entered_by)
     SELECT 3, md5(n::text)::uuid, md5(n::text)::uuid, '{满}', 'x', now(), '${PERSON[approver]}' FROM generate_series(1, 100001) n"
WHY='more than may be drawn from' freeze 409 "{\"experts\":5,\"field\":\"满\",\"sources\":[\"福彩双色球\"],\"at\":\"$later\"}"
like "$(got .detail)" '*100000*' "nobody is left out in silence"
freeze 200 "{\"experts\":5,\"field\":\"养老\",\"sources\":[\"福彩双色球\",\"上证综指\"],\"at\":\"$later\"}"
WHY='once' freeze 409 "{\"experts\":5,\"sources\":[],\"field\":\"养老\"}"
AS=clerk IFM=$(AS='' lot_etag) WHY='the pool is fixed: nobody is named past the draw' want 409 PUT "/api/v1/lots/$LOT/panel" "{\"members\":[$(seat evaluator1 expert true),$(seat evaluator2 expert false),$(seat evaluator3 expert false),$(seat evaluator4 expert false),$(seat evaluator5 expert false)]}"
is "$(problem)" state/refused "whoever fits"
AS='' req GET "/api/v1/lots/$LOT/panel/draw"
digest=$(got .pool_sha256)
is "$(got '[.experts, .sources, .pool, .drawn_order, .secret] | @json')" '[5,["福彩双色球","上证综指"],null,null,null]' "everybody learns what was fixed, not who is in it"
AS=clerk req GET "/api/v1/lots/$LOT/panel/draw"
got .pool >"$T/pool"
is "$(head -c -1 "$T/pool" | sha256sum | cut -d' ' -f1)" "$digest" "the digest is that of the pool"
is "$(grep -vc '^linli\|^draw' "$T/pool")" 10 "nine and an empty line"
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

# One answers nobody: who decides drew nothing, and says why.
gone=$(sql "SELECT id FROM linli.panel_member WHERE lot_id = '$LOT' AND state = 'assigned' AND kind = 'expert' AND NOT chair ORDER BY no LIMIT 1")
next() { IFM=$(AS='' lot_etag) want "$1" POST "/api/v1/lots/$LOT/panel/next" "{\"member\":\"$gone\",\"ground\":\"$2\",\"reason\":\"三次电话无人接听\"}"; }
AS=clerk next 403 unreachable
AS=approver WHY='a ground of the list' next 422 whim
sql "UPDATE linli.panel_draw SET drawn_by = '${PERSON[approver]}' WHERE lot_id = '$LOT'"
AS=approver WHY='who drew puts nobody out' next 409 unreachable
is "$(problem)" approval/same-person "another one does"
sql "UPDATE linli.panel_draw SET drawn_by = '${PERSON[clerk]}' WHERE lot_id = '$LOT'"
AS=approver next 200 unreachable
is "$(seats | wc -w) $(sql "SELECT state, replaced_reason FROM linli.panel_member WHERE id = '$gone'")" '5 replaced|无法联系：三次电话无人接听' "the next one drawn comes, and the ground stays"

# Two take their bids back together: not told before the opening, either.
sql "UPDATE linli.bid SET withdrawn = t.published FROM linli.tender t WHERE t.id = bid.tender_id AND bid.id IN ('${BID[bb]}', '${BID[cc]}')"
AS=auditor want 200 GET "/api/v1/lots/$LOT/red-flags"
is "$(got '.items | length')" 0 "before the opening no pattern tells of bids"
sql "UPDATE linli.bid SET withdrawn = NULL WHERE tender_id = '$TENDER'"
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
is "$(turns | tr -d u)" ssssssss "all of the pool who may have been drawn"
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

# Nobody reads a bid before having declared; then all do.
AS=$b req GET "/api/v1/lots/$LOT/panel/bids"
is "$(got '.items | length')" 0 "no bid is read before one's own declaration"
read -r -a sit <<<"$(seats)"
for login in aa bb cc; do checks="${checks:-},{\"bid\":\"${BID[$login]}\",\"rule\":\"responsive\",\"passed\":true}"; done
for m in "${sit[@]}"; do
    [ "$m" = "$b" ] || AS=$m want 200 POST "/api/v1/lots/$LOT/panel/enter"
    AS=$m want 200 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":false}'
    AS=$m req POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
done
AS=$b req GET "/api/v1/lots/$LOT/panel/bids"
is "$(got '.items | length')" 3 "declared, it reads all"
chair=$(sql "SELECT p.login FROM linli.panel_member m JOIN linli.person p ON p.id = m.person_id WHERE m.lot_id = '$LOT' AND m.chair AND m.state = 'present'")
AS=$chair lot advance

# Who sits is told to nobody outside before the result.
told() {
    local who path m all=''
    for who in '' aa resident; do
        for path in "lots/$LOT" "lots/$LOT/panel" "lots/$LOT/panel/draw" "lots/$LOT/draws" "lots/$LOT/evaluation" "lots/$LOT/awards" "tenders/$TENDER" "tenders/$TENDER/plan" \
            "tenders/$TENDER/notices" "tenders/$TENDER/decisions" "tenders/$TENDER/milestones" "offices/3/events?tender=$TENDER" "offices/3/notices" "lots/$LOT/red-flags" "lots/$LOT/marks"; do
            AS=$who req GET "/api/v1/$path"
            all="$all $BODY"
        done
    done
    for m in "${sit[@]}"; do case $all in *"$m"* | *"${PERSON[$m]}"*) echo "$m" ;; esac done
}
is "$(told | wc -l)" 0 "no answer to anybody else names a member"

# Each scores alone.
put() { # member: marks for aa bb cc
    local sheets='' login k=1
    for login in aa bb cc; do k=$((k + 1)); sheets="$sheets,{\"bid\":\"${BID[$login]}\",\"marks\":[{\"criterion\":\"technical\",\"value\":\"${!k}\",\"reason\":\"见记录\"}]}"; done
    AS=$1 want 200 PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[${sheets#,}]}"
}
lock() { AS=$1 want 200 POST "/api/v1/lots/$LOT/marks/lock" '{}'; }
last=${sit[4]}
for m in "${sit[@]:0:4}"; do put "$m" 90 80 70; lock "$m"; done
put "$last" 90 80 70
seen=''
for who in '' clerk approver agent operator supervisor auditor aa resident extra1 root security; do
    [ "$who" = extra1 ] && who=$last
    AS=$who req GET "/api/v1/lots/$LOT/marks"
    seen="$seen $(got '[.items[]? | select(.own | not)] | length')"
done
is "$(tr -d ' 0' <<<"$seen")" '' "before the last sheet is locked nobody reads another's marks, whoever asks"
AS=auditor req GET "/api/v1/lots/$LOT/red-flags"
is "$(got '[.items[] | select(.about == "evaluator")] | length')" 0 "nor is there a pattern of them"
lock "$last"
AS=$last req GET "/api/v1/lots/$LOT/marks"
is "$(got '.items | length')" 15 "then the panel sees all"
PANEL=("$chair")
for m in "${sit[@]}"; do [ "$m" = "$chair" ] || PANEL+=("$m"); done
report_signed
AS=clerk lot decide

# With the result everybody reads who was drawn, and draws again.
AS=approver lot confirm
AS='' req GET "/api/v1/lots/$LOT/panel/draw"
is "$(got '[.pool, .seed, .drawn_order] | @json')" '[null,null,null]' "confirmed is not announced"
AS=clerk lot announce
AS='' req GET "/api/v1/lots/$LOT/panel/draw"
is "$(got '[.drawn_order[].expert] | join(" ")')" "$order" "then everybody reads the order"
is "$(got '[.drawn_order[].why] | map(select(. != null)) | length')" 0 "not why somebody was passed over"
got .pool | head -c -1 | cmp -s - "$T/pool.text"
is "$?" 0 "and the pool it was drawn from"

# From the bundle a stranger draws again; a server that drew otherwise, and told of it as if it were so, is found out.
verified
is "$(grep -c '^PASS V16' "$T/verified/checks") $(find "$T/verified/$TENDER/draws" -type f | wc -l)" "1 2" "the panel was drawn again, from the pool that was fixed"
of_act='import sys
def of(act): return [e for e in events if e["act"] == act]
drawn, frozen, published = of("panel_draw")[0], of("panel_freeze")[0], of("tender_publish")[0]
draw, fix = drawn["payload"], frozen["payload"]
'
lies() { is "$(dishonest "$TENDER" "$of_act$2")" 'V16 1, V16 1' "$1"; }
late() { like "$(dishonest "$TENDER" "$of_act$2")" '*V16 1, *V16 1' "$1"; } # an act that was moved may be out of the log's time as well (V7t)
lies "another order" 'draw["order"][0], draw["order"][1] = draw["order"][1], draw["order"][0]'
lies "another reading at a source" 'draw["request"]["values"][0] = "03 07 12"'
late "chance was read before its time" 'drawn["at"] = frozen["at"][:11] + "23:59:59.000000Z"; fix["request"]["at"] = drawn["at"][:10] + "T23:59:59.500000Z"'
lies "an expert taken out of the pool" 'name = next(n for n in files if n.endswith(".pool")); files[name] = b"\n".join(l for l in files[name].split(b"\n") if l.decode() != draw["order"][-1])'
late "it was fixed after the draw" 'frozen.index = drawn.index + 0.5'
lies "drawn again until it fits" 'n = copy.deepcopy(drawn); n.index += 0.5; n["id"] = n["id"][:-1] + "0"; events.append(n)'
lies "the next one was passed over" 'e = next(e for e in events if e["act"] == "panel_decline"); turns = [n for n in e["payload"] if n.startswith("turn_")]; e["payload"][turns[0]]["expert"] = draw["order"][-1]'
lies "somebody sits who was never drawn" 'actors = [e["actor"] for e in of("marks_lock")]; next(t for e in events for n, t in e["payload"].items() if n.startswith("turn_") and t["person"] in actors)["person"] = "00000000-0000-4000-8000-000000000001"'
seat='actors = [e["actor"] for e in of("marks_lock")]; next(m for m in rows["member"].values() if (m["person"] in actors) == %s)["person"] = "00000000-0000-4000-8000-000000000001"'
# shellcheck disable=SC2059
lies "a seat was given to another afterwards" "$(printf "$seat" False)"
# shellcheck disable=SC2059
is "$(dishonest "$TENDER" "$of_act$(printf "$seat" True)")" 'V16 V18 1, V16 V18 1' "or one from which marks came"
lies "fewer than were to be drawn" 'fix["request"]["experts"] = 7'
lies "an expert was named while the draw went on" 'e = next(e for e in events if e["act"] == "panel_replace"); e.index = drawn.index + 0.25'
# The same panel as from the secret promised with the publication.
secret='secret = hashlib.sha256(b"x").digest()
pool = next(files[n] for n in files if n.endswith(".pool"))
del fix["request"]["at"]
fix["request"]["sources"], draw["request"]["values"], draw["secret"] = [], [], secret.hex()
published["payload"]["panel_commitment_1"] = hashlib.sha256(b"linli/draw-commit/v1\0" + secret).hexdigest()
draw["order"] = verify.drawn(pool, [], secret)[1]
for e in events:
    for n in range(20):
        if "turn_%d" % n in e["payload"]: e["payload"]["turn_%d" % n]["expert"] = draw["order"][n - 1]
'
is "$(dishonest "$TENDER" "$of_act$secret")" ' 2,  0' "a draw from a promised secret holds"
lies "from another secret than the one promised" "$secret"'published["payload"]["panel_commitment_1"] = "00" * 32'
lies "from a secret that nobody promised" "$secret"'del published["payload"]["panel_commitment_1"]'

# Patterns that deserve a second look: a hit and a near miss of each.
for who in agent supervisor aa resident "$last"; do AS=$who want 403 GET "/api/v1/lots/$LOT/red-flags"; done
AS='' want 401 GET "/api/v1/lots/$LOT/red-flags"
AS=clerk want 200 GET "/api/v1/lots/$LOT/red-flags"
ok "which are told to the clerk" test "$(got '.items | length')" != 0
also=$(sql "INSERT INTO linli.membership SELECT (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'person_id', '${PERSON[$last]}'))).*
    FROM linli.membership m WHERE m.person_id = '${PERSON[clerk]}' AND m.role = 'office_clerk' RETURNING id")
AS=$last req GET "/api/v1/lots/$LOT/red-flags"
is "$STATUS $(got '.items | length')" "200 0" "but to none who sat on the panel, whatever office it holds"
sql "DELETE FROM linli.membership WHERE id = '$also'"
AS='' want 200 GET "/api/v1/red-flags?office=3"
is "$(got '[.items[] | select(.threshold == .usual_threshold)] | length')" 25 "every threshold is published"
AS=approver want 403 POST /api/v1/offices/3/red-flags '{"code":"hasty","threshold":1,"reason":"x"}'
AS=auditor want 422 POST /api/v1/offices/3/red-flags '{"code":"no_such","threshold":1,"reason":"x"}'
threshold() { AS=auditor want 201 POST /api/v1/offices/3/red-flags "{\"code\":\"$1\",\"threshold\":$2,\"cases\":$3,\"reason\":\"试验\"}"; advance 1s; }
flagged() { # code: how often
    AS=auditor req GET "/api/v1/lots/$LOT/red-flags"
    got "[.items[] | select(.code == \"$1\")] | length"
}
hit() { is "$(flagged "$1")" "$2" "$1: $3"; } # code count what
near() { is "$(flagged "$1")" 0 "$1, nearly: $2"; }
of() { echo "id = '${BID[$1]}'"; }
price() { sql "UPDATE linli.bid SET price_fen = $2 WHERE $(of "$1")"; }
is "$(sql "SELECT count(*) FROM linli.award WHERE bid_id = '${BID[aa]}' AND standing = 'winner'")" 1 "aa wins"
near single_bid '3 bids'
declare -A KEY_OF
for who in bb cc; do KEY_OF[$who]=$(sql "SELECT key FROM linli.bid WHERE $(of $who)"); done
sql "UPDATE linli.bid SET key = NULL WHERE $(of bb) OR $(of cc)"
hit single_bid 1 '1 bid'
sql "UPDATE linli.bid SET key = ${KEY_OF[cc]} WHERE $(of cc)"
near single_bid '2 bids'
price aa 90000000
price cc 150000000
near even_steps 'between two prices there is but one step'
sql "UPDATE linli.bid SET key = ${KEY_OF[bb]} WHERE $(of bb)"
price aa 90000000
price cc 150000000
price bb 90900000
hit close_to_winner 1 'one per cent above'
price bb 90901000
near close_to_winner '1.0011 per cent'
price bb 120000000
hit heavy_discount 1 'a quarter below'
hit even_steps 1 '900,000, 1,200,000, 1,500,000'
price bb 119999900
near heavy_discount 'one yuan less'
near even_steps 'one step is shorter'
price bb 150000000
hit same_price 2 'to the fen'
price bb 149999999
near same_price 'a fen apart'
sql "UPDATE linli.bid b SET received = t.deadline FROM linli.tender t WHERE t.id = b.tender_id AND b.$(of aa)"
hit late_winner 1 'at the deadline'
sql "UPDATE linli.bid b SET received = t.deadline - interval '1 microsecond' FROM linli.tender t WHERE t.id = b.tender_id AND b.$(of aa)"
near late_winner 'a microsecond before'
out='[{"code":"x"}]'
sql "UPDATE linli.bid SET not_admitted = '$out' WHERE $(of bb) OR $(of cc)"
hit others_out 1 'both others'
sql "UPDATE linli.bid SET not_admitted = NULL WHERE $(of cc)"
near others_out 'one of two'
price bb 85500000
hit lowest_out 1 'five per cent below'
price bb 85501000
near lowest_out '4.9989 per cent'
sql "UPDATE linli.bid SET not_admitted = NULL WHERE $(of bb)"
price aa 1
price bb 9223372036854775806
price cc 9223372036854775807
threshold heavy_discount 999999 0
hit heavy_discount 1 'at the end of what a price may be'
near close_to_winner 'at that end: no number runs over'
sql "UPDATE linli.bid SET not_admitted = '$out' WHERE $(of bb)"
price bb 1
price aa 9223372036854775807
hit lowest_out 1 'nor does it from the other side'
price aa 90000000
price bb 85501000
price cc 150000000
near often_out 'one bid is no habit'
threshold often_out 500000 1
hit often_out 1 'every bid of bb'
sql "UPDATE linli.bid SET not_admitted = NULL WHERE tender_id = '$TENDER'"
near often_out 'none'
threshold never_wins 2 0
near never_wins 'once'
threshold never_wins 1 0
hit never_wins 2 'bb and cc, by a threshold of the office'
threshold many_trades 2 0
near many_trades 'one trade'
threshold many_trades 1 0
hit many_trades 1 'as many as the threshold'
sql "UPDATE linli.tender SET published = deadline - interval '432000 seconds' WHERE id = '$TENDER'"
hit short_period 1 'five days'
sql "UPDATE linli.tender SET published = deadline - interval '432001 seconds' WHERE id = '$TENDER'"
near short_period 'and a second'
near one_person 'three persons'
sql "UPDATE linli.bid SET person_id = '${PERSON[aa]}' WHERE $(of bb)"
hit one_person 2 'aa and bb'
near shared_contact 'as they are'
sql "UPDATE linli.organisation SET phone = '021-6666 0001' WHERE name = 'bb社'; UPDATE linli.organisation SET phone = '(021)66660001' WHERE name = 'cc社'"
hit shared_contact 2 'one number, written in two ways'
sql "UPDATE linli.organisation SET phone = '02166660002' WHERE name = 'cc社'"
near shared_contact 'the next number'
attach() { sql "INSERT INTO linli.attachment (office_id, id, object_kind, object_id, name, kind, sha256, public, side, added)
    SELECT 3, gen_random_uuid(), 'bid', '${BID[$1]}', 'x', 'x', sha256, false, 'office', now() FROM linli.bid WHERE $(of "$2")"; }
attach aa aa
attach bb bb
near shared_file 'each its own'
attach cc bb
hit shared_file 2 'one file in two'
bond() { sql "INSERT INTO linli.bond (office_id, id, tender_id, kind, bid_id, organisation_id, form, amount_fen, reference, received, expires, state, entered, entered_by)
    VALUES (3, gen_random_uuid(), '$TENDER', 'bid', '${BID[$1]}', '${ORG[$1]}', 'guarantee', 100, '$2', '2026-11-01', '2027-11-01', 'held', now(), '${PERSON[clerk]}')"; }
bond aa G-1
bond bb G-2
near shared_guarantee 'two letters'
bond cc G-2
hit shared_guarantee 2 'one letter'
sql "UPDATE linli.bid SET withdrawn = '2026-12-01 00:00Z' WHERE $(of bb); UPDATE linli.bid SET withdrawn = '2026-12-01 00:10:01Z' WHERE $(of cc)"
near left_together '601 seconds'
sql "UPDATE linli.bid SET withdrawn = '2026-12-01 00:10:00Z' WHERE $(of cc)"
hit left_together 1 '600 seconds'
sql "UPDATE linli.bid SET withdrawn = NULL WHERE tender_id = '$TENDER'"
sql "UPDATE linli.tender SET co_key_minutes = 30 WHERE id = '$TENDER'; UPDATE linli.bid SET state = 'void', co_key = sha256('x'), co_key_shown = now() WHERE $(of cc)"
near kept_key 'void, but its key was shown'
sql "UPDATE linli.bid SET co_key = NULL, co_key_shown = NULL WHERE $(of cc)"
hit kept_key 1 'and never shown'
sql "UPDATE linli.bid SET state = 'open' WHERE $(of cc); UPDATE linli.tender SET co_key_minutes = NULL WHERE id = '$TENDER'"

mark() { # member bid micropoints; member all: everybody
    sql "UPDATE linli.mark k SET value = $3 FROM linli.sheet s JOIN linli.panel_member m ON m.id = s.member_id JOIN linli.person p ON p.id = m.person_id
         WHERE s.id = k.sheet_id AND s.lot_id = '$LOT' AND ('$1' = 'all' OR p.login = '$1') AND ('$2' = 'all' OR s.bid_id = '${BID[$2]:-$LOT}')"
}
m1=${sit[0]} m2=${sit[1]}
mark all all 80000000
mark "$m1" aa 90000000
hit far_from_panel 1 'one mark of fifteen: 2.828 deviations'
AS=auditor req GET "/api/v1/lots/$LOT/red-flags"
is "$(got '.items[] | select(.code == "far_from_panel") | .measure')" 2828 "two roots of two, by hand"
mark "$m2" bb 90000000
near far_from_panel 'two marks: 2.121'
threshold same_sheets 3 3
hit same_sheets 3 'three of five, in three pairs'
mark all cc 70000000
n=0
for m in "${sit[@]}"; do n=$((n + 1)) && mark "$m" cc $((70000000 + n)); done
near same_sheets 'one mark of each differs, by a millionth'
mark all all 80000000
mark "$m1" all 90000000
threshold always_extreme 1000000 3
hit always_extreme 1 'all three'
mark "$m1" cc 80000000
near always_extreme 'two of three'
mark all all 80000000
threshold favours 3000000 1
mark "$m1" aa 85625000
hit favours 1 '8/15 of 5.625 points'
mark "$m1" aa 85624998
near favours 'two millionths less'
threshold favours 3000000 2
mark "$m1" aa 89000000
near favours 'one lot is no habit'
price aa 90000000
price bb 100000000
price cc 110000000
mark all all 80000000
threshold follows_price 1000 3
mark "$m1" aa 90000000
mark "$m1" bb 85000000
hit follows_price 1 'the cheaper the better'
mark "$m1" bb 79000000
near follows_price 'one pair the other way'
pace() { sql "UPDATE linli.sheet s SET locked = m.declared + interval '$2 seconds', saved = m.declared + interval '$3 seconds', version = $4 FROM linli.panel_member m, linli.person p
    WHERE m.id = s.member_id AND p.id = m.person_id AND s.lot_id = '$LOT' AND p.login = '$1'"; }
for m in "${sit[@]}"; do pace "$m" 900 0 1; done
near hasty 'five minutes each'
pace "$m1" 180 0 1
near hasty 'a minute each'
pace "$m1" 179 0 1
hit hasty 1 '59 seconds each'
pace "$m1" 900 781 2
near changed_late '119 seconds before, but once'
pace "$m1" 900 780 3
near changed_late '120 seconds before'
pace "$m1" 900 781 3
hit changed_late 3 '119 seconds before'
AS=auditor req GET "/api/v1/lots/$LOT/red-flags"
like "$(got '.items[] | select(.code == "changed_late") | .says' | head -1)" '*119*120*' "told in a sentence"
is "$(grep -rlE 'Q_red_flags|flags_of_(bids|evaluators)' "$here/core" "$here/plugins" | wc -l)" 0 "no act asks for them"

# The pool is frozen, and who comes for the buyer may sit no longer: the draw leaves the place empty, and the office fills it.
person rep evaluator 3
person rep2 evaluator 3
BID=()
entry_of sub_threshold public_bidding 990000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
bid_for aa 900000.00
bid_for bb 950000.00
bid_for cc 990000.00
freeze 200 "{\"experts\":4,\"sources\":[],\"field\":\"养老\",\"representatives\":[\"${PERSON[rep]}\"]}"
open_bids aa bb cc
sql "UPDATE linli.membership SET valid_until = '2026-01-01' WHERE person_id = '${PERSON[rep]}'"
draw 200 '{"witnesses":["甲","乙"]}'
AS=clerk req GET "/api/v1/lots/$LOT/panel"
is "$(got '[[.members[] | .state] | sort | group_by(.)[] | length] | @json')" '[4,1]' "four are drawn, one place is empty"
empty=$(got '.members[] | select(.state == "replaced") | .id')
AS=clerk IFM=$(etag) want 200 POST "/api/v1/lots/$LOT/panel/replace" "{\"member\":\"$empty\",\"person\":\"${PERSON[rep2]}\",\"kind\":\"representative\",\"reason\":\"原代表已离任\"}"
AS=clerk req GET "/api/v1/lots/$LOT/panel"
is "$(got '[.members[] | select(.state == "assigned") | .kind] | sort | group_by(.) | map(length) | @json')" '[4,1]' "and the panel is whole"
# What somebody left in a row past its constraints is an answer of 500 and a line of the log, and ends nothing.
sql "ALTER TABLE linli.panel_secret DROP CONSTRAINT panel_secret_secret_check; ALTER TABLE linli.tender DROP CONSTRAINT tender_regime_check"
BID=()
entry_of sub_threshold public_bidding 990000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
freeze 200 '{"experts":5,"sources":[],"field":"养老"}'
sql "UPDATE linli.panel_secret SET secret = '\\x00' WHERE lot_id = '$LOT'"
WHY='a secret of one byte' draw 500 '{"witnesses":["甲","乙"]}'
sql "UPDATE linli.tender SET regime = 'nobody''s' WHERE id = '$TENDER'"
WHY='a word that is no regime' draw 500 '{"witnesses":["甲","乙"]}'
is "$(problem)" server/broken "said as a fault of ours"
ok "with a line of the log each" test "$(grep -cE 'secret of a row is not 32 bytes|regime or category that is none' "$T/log")" -ge 2
AS='' want 200 GET /healthz
sql "UPDATE linli.tender SET regime = 'sub_threshold' WHERE id = '$TENDER'"

stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
