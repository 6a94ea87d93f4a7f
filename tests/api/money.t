#!/bin/bash
# Money: funds, reserved at publication, bound at signing, released by condition, paid by two people.
. "$(dirname "$0")/lib.sh"
start_server
people
person clerk2 office_clerk 3
org=$(organisation 甲社)
member ma "$org"

stands() { # name, then "member value" pairs of the appropriation $app
    local name=$1 all='' wanted=''; shift
    AS='' req GET "/api/v1/appropriations/$app"
    while [ $# -gt 0 ]; do
        all="$all $1=$(got ".$1")" wanted="$wanted $1=$2"
        shift 2
    done
    is "$all" "$wanted" "$name"
}
look() { AS='' req GET "$1"; }
match() { look "$1" && etag; }

# ---- funds and years ----
AS=resident want 403 POST /api/v1/offices/3/funds '{"code":"elder","name":{"zh":"为老服务","en":"elders"},"purpose":"为老","regimes":["sub_threshold"]}'
AS=clerk want 201 POST /api/v1/offices/3/funds '{"code":"elder","name":{"zh":"为老服务","en":"elders"},"purpose":"为老","regimes":["sub_threshold"]}'
fund=$(got .id)
AS=clerk want 409 POST /api/v1/offices/3/funds '{"code":"elder","name":{"zh":"又","en":"again"},"purpose":"为老","regimes":["sub_threshold"]}'
is "$(problem)" fund/taken "a code is used once in an office"
AS=clerk want 422 POST /api/v1/offices/3/funds '{"code":"x","name":{"zh":"x","en":"x"},"purpose":"x","regimes":[]}'
AS=clerk want 201 POST /api/v1/offices/3/funds '{"code":"grants","name":{"zh":"资助","en":"grants"},"purpose":"资助","regimes":["grants"]}'
other=$(got .id)
year='{"year":2026,"budget_item":"2080299","name":"养老服务","amount":"1000.00"}'
AS=clerk want 403 POST "/api/v1/funds/$fund/appropriations" "$year"
AS=approver want 422 POST "/api/v1/funds/$fund/appropriations" '{"year":2026,"budget_item":"1","name":"x","amount":"0.00"}'
AS=approver want 422 POST "/api/v1/funds/$fund/appropriations" '{"year":2026,"budget_item":"1","name":"x","amount":"1000000000000.01"}'
AS=approver want 422 POST "/api/v1/funds/$fund/appropriations" '{"year":2026,"budget_item":"1","name":"x","amount":"-5.00"}'
AS=approver want 422 POST "/api/v1/funds/$fund/appropriations" '{"year":2026,"budget_item":"1","name":"x","amount":"1.005"}'
k=$(key)
AS=approver KEY=$k want 201 POST "/api/v1/funds/$fund/appropriations" "$year"
app=$(got .id)
AS=approver KEY=$k want 201 POST "/api/v1/funds/$fund/appropriations" "$year"
is "$(got .id) $(header Idempotent-Replayed)" "$app true" "the same key grants once"
AS=approver KEY=$k want 422 POST "/api/v1/funds/$fund/appropriations" "${year/1000.00/2000.00}"
is "$(problem)" idempotency/other-body "the key is for one body"
AS=approver want 409 POST "/api/v1/funds/$fund/appropriations" "$year"
is "$(problem)" appropriation/taken "one budget item a year"
AS=approver want 404 POST "/api/v1/funds/00000003-0000-8000-8000-00000000000f/appropriations" "$year"
AS=approver want 201 POST "/api/v1/funds/$other/appropriations" "$year"
app_other=$(got .id)
stands "a grant is available" granted 1000.00 available 1000.00 reserved 0.00
AS=approver want 200 POST "/api/v1/appropriations/$app/supplement" '{"amount":"500.00","reason":"区级追加"}'
AS=approver want 200 POST "/api/v1/appropriations/$app/supplement" '{"amount":"500.00","reason":"区级再追加"}'
stands "two supplements of the same sum" granted 2000.00 available 2000.00

# ---- a list and its tenders ----
AS=clerk want 201 POST /api/v1/offices/3/lists '{"year":2026,"title":"2026 年购买服务清单"}'
list=$(got .id)
tranches='[{"code":"first","name":{"zh":"首款","en":"first"},"share":"50%","due":"on_signing","advance":true},
  {"code":"mid","name":{"zh":"中期款","en":"mid-term"},"share":"30%","due":"on_milestone"},
  {"code":"final","name":{"zh":"尾款","en":"final"},"share":"20%","due":"on_acceptance"}]'
thirds='[{"code":"a","name":{"zh":"一","en":"one"},"share":"33.3333%","due":"on_signing","advance":true},
  {"code":"b","name":{"zh":"二","en":"two"},"share":"33.3333%","due":"on_date","on":"2027-06-01","advance":true},
  {"code":"c","name":{"zh":"三","en":"three"},"share":"33.3334%","due":"on_acceptance"}]'
entry() { # name budget
    AS=clerk req POST "/api/v1/lists/$list/entries" "{\"name\":\"$1\",\"department\":\"民政科\",\"field\":\"养老\",\"beneficiaries\":\"老人\",\"place\":\"全街道\",\"budget\":\"$2\",\"budget_item\":\"2080299\",\"catalogue_code\":\"A0$RANDOM\",\"regime\":\"sub_threshold\",\"method\":\"public_bidding\",\"planned_month\":3,\"term_months\":12,\"officer\":\"李四\"}"
    [ "$STATUS" = 201 ] || say "entry: $BODY" >&2
    got .id
}
e1=$(entry 助餐 1200.00) e2=$(entry 助浴 800.00) e3=$(entry 巡访 1500.00) e4=$(entry 讲座 100.00) e5=$(entry 义诊 100.00) e6=$(entry 陪诊 500.00) e7=$(entry 代购 500.00)
AS=approver IFM='*' want 200 POST "/api/v1/lists/$list/approve"
AS=clerk IFM='*' want 200 POST "/api/v1/lists/$list/publish"
scheme='{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
tender() { # entry appropriation tranches [more options]
    AS=clerk req POST /api/v1/offices/3/tenders "{\"entry\":\"$1\",\"summary\":\"需求\",\"scheme\":\"comprehensive_score\",\"scheme_options\":$scheme,\"appropriation\":\"$2\",\"options\":{\"tranches\":$3${4:-}}}"
    [ "$STATUS" = 201 ] || say "tender: $BODY" >&2
    got .id
}
deadline=$(date -u -d '+40 days' +%FT02:00:00Z)
publish() { AS=approver IFM='*' want "$1" POST "/api/v1/tenders/$2/publish" "{\"deadline\":\"$deadline\",\"confirm_unverified\":true}"; }
t1=$(tender "$e1" "$app" "$tranches" ',"delivery_scored":true') t2=$(tender "$e2" "$app" "$thirds") t3=$(tender "$e3" "$app" "$tranches")
t4=$(tender "$e4" "$app" "$thirds") t5=$(tender "$e5" "$app_other" "$thirds")
publish 200 "$t1"
stands "published: reserved" available 800.00 reserved 1200.00
publish 409 "$t3"
is "$(problem)" fund/insufficient "a tender the fund cannot pay is not published"
like "$(got .detail)" "*800.00*1500.00*" "the two sums are told"
H='Accept-Language: zh-CN' publish 409 "$t3"
like "$(got .detail)" "*余额 800.00 元*" "in Chinese too"
AS=clerk req GET "/api/v1/tenders/$t3/draft"
is "$(got .state)" draft "it stays a draft"
publish 409 "$t5"
is "$(problem)" fund/purpose "a fund pays only what it is for"
publish 200 "$t2"
stands "exactly what is left" available 0.00 reserved 2000.00
publish 409 "$t4"
AS=approver IFM='*' want 200 POST "/api/v1/tenders/$t2/cancel" '{"reason":"需求变化"}'
stands "a cancelled tender gives its reserve back" available 800.00 reserved 1200.00
publish 200 "$t4"
stands "which the next can use" available 700.00 reserved 1300.00
t6=$(tender "$e6" "$app" "$thirds") t7=$(tender "$e7" "$app" "$thirds")
for t in "$t6" "$t7"; do # both at once: boundary 18: 500.00 twice where 700.00 are left
    curl -s -o "$T/b$t" -w '%{http_code}\n' -X POST -H "Authorization: Bearer ${TOKEN[approver]}" -H "Idempotency-Key: $(key)" -H 'If-Match: *' \
        -H 'Content-Type: application/json' -d "{\"deadline\":\"$deadline\",\"confirm_unverified\":true}" "$B/api/v1/tenders/$t/publish" >"$T/p$t" &
    race+=($!)
done
wait "${race[@]}"
is "$(cat "$T/p$t6" "$T/p$t7" | sort | tr '\n' ' ')" "200 409 " "two at once that together exceed the fund: one succeeds"
like "$(cat "$T/b$t6" "$T/b$t7")" "*fund/insufficient*" "the other is told why"
stands "reserved once" available 200.00 reserved 1800.00
for t in "$t6" "$t7"; do
    [ "$(cat "$T/p$t")" = 409 ] || AS=approver IFM='*' want 200 POST "/api/v1/tenders/$t/cancel" '{"reason":"合并实施"}'
done
stands "and given back" available 700.00 reserved 1300.00

# ---- contracts (bids and awards have their own tests: here they are put there) ----
award() { # tender price: moves it to contracting with one winner, gives the award
    local a lot
    lot=$(sql "SELECT id FROM linli.lot WHERE tender_id = '$1'")
    a=$(sql "WITH b AS (INSERT INTO linli.bid (office_id, id, tender_id, lot_no, organisation_id, person_id, sha256, bytes, received, state, key, price_fen)
        VALUES (3, ('00000003-0000-8000-8000-' || substr(md5(random()::text), 1, 12))::uuid, '$1', 1, '$org', '${PERSON[ma]}', sha256('$1'), 1, now(), 'open', 1, $2) RETURNING id)
      INSERT INTO linli.award (office_id, id, tender_id, lot_id, bid_id, standing, place, amount_fen, why, decision_id, state, decided, decided_by, announced)
      SELECT 3, ('00000003-0000-8000-8000-' || substr(md5(random()::text), 1, 12))::uuid, '$1', '$lot', id, 'winner', 1, $2, '[]', id, 'announced', now(), '${PERSON[clerk]}', now() FROM b RETURNING id")
    sql "UPDATE linli.lot SET phase = 'contracting', phase_kind = 'contracting', phase_due = NULL, state = 'announced' WHERE id = '$lot';
         UPDATE linli.tender SET state = 'announced', opened = now() WHERE id = '$1'; UPDATE linli.due SET done = now() WHERE tender_id = '$1'"
    echo "$a"
}
contract() { # award: drawn up and signed by both, gives the contract
    local c
    AS=clerk req POST "/api/v1/awards/$1/contract" '{"starts":"2026-12-01","ends":"2027-11-30","terms":"条款"}'
    [ "$STATUS" = 201 ] || say "contract: $BODY" >&2
    c=$(got .id)
    AS=approver IFM='*' req POST "/api/v1/contracts/$c/sign"
    [ "$STATUS" = 200 ] || say "sign: $BODY" >&2
    AS=ma IFM='*' req POST "/api/v1/contracts/$c/sign"
    [ "$STATUS" = 200 ] || say "sign: $BODY" >&2
    echo "$c"
}
a1=$(award "$t1" 100001)
stands "nothing is bound before signing" reserved 1300.00 committed 0.00
c1=$(contract "$a1")
stands "signed: bound at the price, the rest given back" available 899.99 reserved 100.00 committed 1000.01
look "/api/v1/contracts/$c1/tranches"
is "$(got '.items | map(.amount) | join(" ")')" "500.00 300.00 200.01" "the last tranche takes the rest"
first=$(got '.items[0].id') mid=$(got '.items[1].id') final=$(got '.items[2].id')
a4=$(award "$t4" 10000)
c4=$(contract "$a4")
look "/api/v1/contracts/$c4/tranches"
is "$(got '.items | map(.amount) | join(" ")')" "33.33 33.33 33.34" "100.00 in thirds"
dated=$(got '.items[1].id')

# ---- released by condition ----
AS=clerk want 428 POST "/api/v1/tranches/$mid/release"
AS=clerk IFM='"99"' want 412 POST "/api/v1/tranches/$mid/release"
AS=ma IFM='*' want 403 POST "/api/v1/tranches/$first/release"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/$mid/release"
is "$(problem)" tranche/waiting "a milestone waits for its report"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/$dated/release"
is "$(problem)" tranche/waiting "a date waits for its day"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/$first/payments" '{}'
is "$(problem)" state/refused "nothing is paid that is not released"
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$first/release"
is "$(got '.state + " " + .released')" "released 500.00" "signing releases the first"
stands "released: payable" committed 600.01 payable 500.00
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/$first/release"
is "$(problem)" state/refused "once"

# ---- paid by two people ----
order() { AS=${2:-clerk} IFM='*' req POST "/api/v1/tranches/$1/payments" "${3:-{\}}"; }
AS=approver IFM='*' want 403 POST "/api/v1/tranches/$first/payments" '{}'
k=$(key)
AS=clerk KEY=$k IFM='*' want 201 POST "/api/v1/tranches/$first/payments" '{"invoice":"26310000000000000001"}'
p=$(got .id)
is "$(got '.state + " " + .amount')" "ordered 500.00" "ordered over what was released"
is "$(date -u -d "$(got .pay_by)" +%s)" "$(date -u -d "$(TZ=Asia/Shanghai date -d "$(got .ordered)" +%F) + 31 days - 8 hours" +%s)" \
    "to be paid in thirty days, since no invoice was there before"
AS=clerk KEY=$k IFM='*' want 201 POST "/api/v1/tranches/$first/payments" '{"invoice":"26310000000000000001"}'
is "$(got .id)" "$p" "the same key orders once"
AS=clerk2 IFM='*' want 409 POST "/api/v1/tranches/$first/payments" '{}'
is "$(problem)" payment/duplicate "one live payment a tranche"
AS=clerk IFM='*' want 403 POST "/api/v1/payments/$p/approve"
AS=clerk IFM='*' want 409 POST "/api/v1/payments/$p/settle" '{"bank_ref":"B1"}'
stands "ordered: nothing has moved" payable 500.00 in_transit 0.00
linli user add both --name both --role office_clerk --office 3 >/dev/null 2>&1
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[clerk]}', 3, 'office_approver', '2026-01-01')"
AS=clerk IFM='*' want 409 POST "/api/v1/payments/$p/approve"
is "$(problem)" payment/same-person "who ordered does not approve, whatever roles one holds"
AS=approver IFM='"77"' want 412 POST "/api/v1/payments/$p/approve"
v=$(match "/api/v1/payments/$p")
for i in $(seq 12); do # at once, each with its own key: one approval; a 503 is asked again with the same key
    curl -s --retry 8 -o "$T/said$i" -w '%{http_code}\n' -X POST -H "Authorization: Bearer ${TOKEN[approver]}" -H "Idempotency-Key: $(key)" -H "If-Match: $v" "$B/api/v1/payments/$p/approve" >"$T/a$i" &
    pids[i]=$!
done
wait "${pids[@]}"
is "$(cat "$T"/a[0-9]* | sort | uniq -c | tr -s ' ' | tr '\n' ';')" " 1 200; 11 412;" "twelve approvals at once: one holds"
stands "approved: with the bank" payable 0.00 in_transit 500.00
AS=clerk IFM='*' want 200 POST "/api/v1/payments/$p/return" '{"reason":"账号不符"}'
stands "sent back: payable again" payable 500.00 in_transit 0.00 paid 0.00
AS=clerk IFM='*' want 409 POST "/api/v1/payments/$p/settle" '{"bank_ref":"B1"}'
AS=clerk2 IFM='*' want 201 POST "/api/v1/tranches/$first/payments" '{"invoice":"26310000000000000001"}'
p2=$(got .id)
AS=approver IFM='*' want 200 POST "/api/v1/payments/$p2/refuse" '{"reason":"发票抬头有误"}'
is "$(got .state)" refused "an approver may refuse the order"
AS=clerk2 IFM='*' want 201 POST "/api/v1/tranches/$first/payments" '{"invoice":"26310000000000000002"}'
p3=$(got .id)
AS=approver IFM='*' want 200 POST "/api/v1/payments/$p3/approve"
k=$(key)
AS=clerk KEY=$k IFM='*' want 200 POST "/api/v1/payments/$p3/settle" '{"bank_ref":"B1"}'
AS=clerk KEY=$k IFM='*' want 200 POST "/api/v1/payments/$p3/settle" '{"bank_ref":"B1"}'
is "$(header Idempotent-Replayed)" true "settling twice with one key settles once"
AS=clerk IFM='*' want 409 POST "/api/v1/payments/$p3/settle" '{"bank_ref":"B1"}'
stands "settled: paid" paid 500.00 in_transit 0.00 committed 600.01
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/$first/payments" '{}'
look "/api/v1/tranches/$first"
is "$(got '.state + " " + .paid')" "paid 500.00" "the tranche is paid"
look "/api/v1/tranches/$first/payments"
is "$(got '.items | map(.state) | join(" ")')" "returned refused settled" "all three are on record"

# ---- delivered: a report, a score, a deduction ----
AS=clerk IFM='*' want 403 POST "/api/v1/tranches/$mid/deliveries" '{"paper":"progress_report_1","body":"做了"}'
AS=ma IFM='*' want 422 POST "/api/v1/tranches/$mid/deliveries" '{"paper":"nothing","body":"做了"}'
look "/api/v1/tenders/$t1/plan"
report=$(got '.papers // .plan.papers | map(select(.tranche == "mid")) | .[0].code') note=$(got '.papers // .plan.papers | map(select(.tranche == "final")) | .[0].code')
AS=ma IFM='*' want 200 POST "/api/v1/tranches/$mid/deliveries" "{\"paper\":\"$report\",\"body\":\"服务 300 人次\"}"
AS=clerk want 200 GET "/api/v1/tranches/$mid/deliveries"
d=$(got '.items[0].id')
AS=resident want 403 GET "/api/v1/tranches/$mid/deliveries"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/$mid/release"
is "$(problem)" tranche/waiting "a report is not an acceptance"
AS=ma IFM='*' want 403 POST "/api/v1/tranches/$mid/accept" "{\"delivery\":\"$d\",\"finding\":\"accepted\",\"reason\":\"自评\"}"
AS=clerk IFM='*' want 422 POST "/api/v1/tranches/$mid/accept" "{\"delivery\":\"$d\",\"finding\":\"accepted\",\"reason\":\"好\",\"score\":\"100.1\"}"
AS=clerk IFM='*' want 422 POST "/api/v1/tranches/$mid/accept" "{\"delivery\":\"$d\",\"finding\":\"accepted\",\"reason\":\"好\",\"value\":\"1000.02\"}"
AS=assessor IFM='*' want 200 POST "/api/v1/tranches/$mid/accept" "{\"delivery\":\"$d\",\"finding\":\"accepted\",\"reason\":\"基本合格\",\"score\":\"84\"}"
AS=assessor IFM='*' want 404 POST "/api/v1/tranches/$mid/accept" "{\"delivery\":\"$d\",\"finding\":\"accepted\",\"reason\":\"再来\"}"
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$mid/release"
is "$(got .released)" 297.00 "84 points: one step of 1% is deducted"
stands "what was deducted is available again" available 902.99 committed 300.01 payable 297.00
AS=ma IFM='*' want 200 POST "/api/v1/tranches/$final/deliveries" "{\"paper\":\"$note\",\"body\":\"全部完成\"}"
AS=clerk req GET "/api/v1/tranches/$final/deliveries"
d=$(got '.items[0].id')
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$final/accept" "{\"delivery\":\"$d\",\"finding\":\"refused\",\"reason\":\"台账不全\"}"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/$final/release"
AS=ma IFM='*' want 200 POST "/api/v1/tranches/$final/deliveries" "{\"paper\":\"$note\",\"body\":\"已补齐\"}"
AS=clerk req GET "/api/v1/tranches/$final/deliveries"
d=$(got '.items | map(select(.finding == null)) | .[0].id')
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$final/accept" "{\"delivery\":\"$d\",\"finding\":\"accepted\",\"reason\":\"合格\",\"score\":\"89\"}"
is "$(got .accepted)" 700.01 "the last acceptance covers what was advanced"
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$final/release"
is "$(got .released)" 200.01 "89 points: no whole step, nothing is deducted"
pay() { # tranche bank_ref
    local p
    order "$1" && p=$(got .id)
    AS=approver IFM='*' req POST "/api/v1/payments/$p/approve"
    AS=clerk IFM='*' req POST "/api/v1/payments/$p/settle" "{\"bank_ref\":\"$2\"}"
    echo "$STATUS $(problem 2>/dev/null)"
}
like "$(pay "$mid" B1)" "409 bank_ref/taken" "a bank reference is used once"
look "/api/v1/tranches/$mid/payments"
AS=clerk IFM='*' want 200 POST "/api/v1/payments/$(got '.items[0].id')/settle" '{"bank_ref":"B2"}'
like "$(pay "$final" B3)" "200 *" "the last is paid"
stands "to the fen" granted 2000.00 available 902.99 reserved 0.00 committed 100.00 payable 0.00 in_transit 0.00 paid 997.01
AS=clerk req GET "/api/v1/contracts/$c1"
is "$(got .state)" closed "the contract is closed"
look "/api/v1/tenders/$t1"
is "$(got .state)" closed "and the tender with it"
look "/api/v1/tenders/$t1/milestones"
is "$(got '[.items[] | select(.kind == "paid")] | length')" 3 "each of the three payments is told of, once"
order "$dated" clerk '{"invoice":"26310000000000000002"}'
is "$STATUS" 409 "another contract's tranche is not released"
f4=$(look "/api/v1/contracts/$c4/tranches"; got '.items[0].id')
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$f4/release"
order "$f4" clerk '{"invoice":"26310000000000000002"}'
is "$STATUS $(problem)" "409 invoice/taken" "an invoice of another tranche is not paid again"
advance 250d
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$dated/release"
l4=$(look "/api/v1/contracts/$c4/tranches"; got '.items[2].id')
look "/api/v1/tenders/$t4/plan"
note=$(got '.papers // .plan.papers | map(select(.tranche == "c")) | .[0].code')
AS=ma IFM='*' want 200 POST "/api/v1/tranches/$l4/deliveries" "{\"paper\":\"$note\",\"body\":\"只办了两场\"}"
AS=clerk req GET "/api/v1/tranches/$l4/deliveries"
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$l4/accept" "{\"delivery\":\"$(got '.items[0].id')\",\"finding\":\"accepted\",\"reason\":\"部分完成\",\"value\":\"70.00\"}"
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$l4/release"
is "$(got '.state + " " + .released')" "released 3.34" "accepted for 70.00 of 100.00: what was advanced is set off"
stands "and the rest is available again" available 932.99 committed 0.00 payable 70.00 paid 997.01
for i in $(seq 12); do
    curl -s --retry 8 -o "$T/said$i" -w '%{http_code}\n' -X POST -H "Authorization: Bearer ${TOKEN[clerk]}" -H "Idempotency-Key: $(key)" -H 'If-Match: *' \
        -H 'Content-Type: application/json' -d '{}' "$B/api/v1/tranches/$l4/payments" >"$T/o$i" &
    orders[i]=$!
done
wait "${orders[@]}"
is "$(cat "$T"/o[0-9]* | sort | uniq -c | tr -s ' ' | tr '\n' ';')" " 1 201; 11 409;" "twelve orders at once: one payment"

# ---- anybody can read the ledger ----
look "/api/v1/appropriations/$app/postings?limit=100"
is "$(got '.items | map(select(.side == "D") | .amount | sub("\\."; "") | tonumber) | add')" "$(got '.items | map(select(.side == "C") | .amount | sub("\\."; "") | tonumber) | add')" "debits are credits"
is "$(sql "SELECT count(*) FROM linli.event_queue WHERE act LIKE 'payment_%'")" "$(sql "SELECT count(*) FROM linli.journal WHERE kind IN ('send','settle','return')" | awk '{ print $1 + 7 }')" "every payment act has its event: six orders and a refusal beside what moved money"
stop_server
finish
