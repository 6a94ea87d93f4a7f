#!/bin/bash
# Equal scores at equal prices: only chance may settle that, in public, once (order 87 article 68).
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person evaluator4 evaluator 3
person evaluator5 evaluator 3
for login in aa bb cc; do bidder $login "${login}社"; done
fund_of sub_threshold 1000000.00
entry_of sub_threshold public_bidding 990000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" \
    '{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
publish "$(date -u -d '+40 days' +%FT02:00:00Z)"
bid_for aa 900000.00
bid_for bb 900000.00
bid_for cc 950000.00
open_bids aa bb cc
panel_sits evaluator1 evaluator2 evaluator3 evaluator4 evaluator5
marks_of aa:90 bb:90 cc:80
report_signed
is "$(phase)" deciding "evaluated"
AS=clerk lot decide
is "$(got '[.waiting, (.awards | length)] | @json')" '["draw",0]' "nobody is awarded before the draw"
AS=approver IFM=$(AS='' lot_etag) want 409 POST "/api/v1/lots/$LOT/confirm"
draw='{"purpose":"first_place","witnesses":["甲社代表","监督员"]}'
AS='' req GET "/api/v1/lots/$LOT"
promised=$(got .draw_commitment)
AS=clerk IFM=$(AS='' lot_etag) WHY='nobody types a seed' want 422 POST "/api/v1/lots/$LOT/draw" "${draw/\"witnesses\"/\"seed\":\"0123456789abcdef\",\"witnesses\"}"
AS=clerk lot draw "$draw"
AS=clerk IFM=$(AS='' lot_etag) want 409 POST "/api/v1/lots/$LOT/draw" "$draw"
AS='' req GET "/api/v1/lots/$LOT/draws"
order=$(got '.items[0].keys | map(tostring) | join(" ")')
again=$(drawn_again)
is "$(got '.items[0] | .commitment + " " + .witnesses')" "$promised 甲社代表、监督员" "what was promised with the tender, and who watched"
is "$order" "$again" "the order is that of the hashes"
AS=clerk lot decide
is "$(got '[.awards[].standing] | @json')" '["winner","reserve","reserve"]' "the first drawn wins"
first=$(got '.awards[0].bid')
is "$(sql "SELECT key FROM linli.bid WHERE id = '$first'")" "${order%% *}" "it is the one drawn first"
is "$(got '.awards[2].organisation')" cc社 "the third had fewer points"
AS=approver lot confirm
AS=clerk lot announce
is "$(phase)" notice "announced"

# A stranger draws it again from the bundle; a server that had drawn otherwise, and told of it as if it were so, is found.
verified
is "$(sed -n 's/^PASS V16 .*/&/p' "$T/verified/checks" | wc -l)" 1 "the draw of the tie was drawn again"
swap='d = next(e for e in events if e["act"] == "lot_draw"); d["payload"]["order"].reverse()'
is "$(dishonest "$TENDER" "$swap")" 'V16 V19f 1, V16 V19f 1' "another one put first, by the event alone"
is "$(sed -n 's/^WHO *V16 *act [0-9]* //p' "$T/verified/checks" "$T/verified/second" | sort -u)" "lot_draw office_clerk ${PERSON[clerk]}" "and who did it is named, by both verifiers"
is "$(dishonest "$TENDER" "$swap
for n in [n for n in files if n.startswith('decisions/')]:
    head, facts, answer = files[n].decode().rsplit('\nfacts ', 1)[0], *files[n].decode().rsplit('\nfacts ', 1)[1].split('\nanswer ')
    facts = json.loads(facts)
    for x in facts.get('draws', []): x['keys'].reverse()
    files[n] = ('%s\nfacts %s\nanswer %s' % (head, json.dumps(facts, ensure_ascii=False, separators=(',', ':')), answer)).encode()
")" 'V16 1, V16 1' "and in every fact that rests on it"
is "$(dishonest "$TENDER" 'd = next(e for e in events if e["act"] == "lot_draw"); d["payload"]["secret"] = "00" * 32')" 'V16 1, V16 1' "another secret than the one promised"
is "$(dishonest "$TENDER" 'p = next(e for e in events if e["act"] == "tender_publish"); del p["payload"]["draw_commitment_1"]')" 'V16 1, V16 1' "none was promised"
is "$(dishonest "$TENDER" 'd = next(e for e in events if e["act"] == "lot_draw"); d["payload"]["participants"] = "00" * 32')" 'V16 1, V16 1' "others took part"
is "$(dishonest "$TENDER" 'd = next(e for e in events if e["act"] == "lot_draw"); n = copy.deepcopy(d); n.index += 0.5; n["id"] = n["id"][:-1] + "0"; events.append(n)')" \
    'V16 1, V16 1' "drawn again until it fits"
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
