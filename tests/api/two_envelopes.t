#!/bin/bash
# Two envelopes: the price is sealed to openers of its own, inside the technical envelope, and opened once all marks are locked and the report
# is signed.  K0 from sealing to award, with the figures of the World Bank's example (plugins/schemes/qcbs); then K1, up to the prices.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/trust_lib.sh"
. "$(dirname "$0")/seal_lib.sh"
. "$(dirname "$0")/../web/lib.sh"
serves_sealed
people
for x in aa:甲社 bb:乙社 cc:丙社 dd:丁社; do
    bidder "${x%%:*}" "${x#*:}"
    linli keygen bidder "${x%%:*}.key" --name "${x%%:*}" --plain >/dev/null
done
QCBS='{"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"100%"}]}'
canary=$(head -c 18 /dev/urandom | od -An -tx1 | tr -d ' \n')

says() { # login price [member]: bid.json and price.json, the canary in a paper beside the price
    mkdir -p "in-$1"
    printf '{"linli":"bid/1","organisation":"%s","lot":1,"fields":{%s}}' "${ORG[$1]}" "${3:-}" >"in-$1/bid.json"
    printf 'costs %s of %s' "$canary" "$1" >"in-$1/costs.txt"
    printf '{"linli":"price/1","organisation":"%s","lot":1,"fields":{"price":"%s"},"files":[{"name":"costs.txt","sha256":"%s","bytes":%d}]}' \
        "${ORG[$1]}" "$2" "$(sha256sum <"in-$1/costs.txt" | cut -d' ' -f1)" "$(stat -c %s "in-$1/costs.txt")" >"in-$1/price.json"
}
seal_two() { # login price
    says "$@"
    rm -f "$1.sbx"
    linli seal --openers openers --price-openers price-openers --key "$1.key" -o "$1.sbx" --priced "in-$1/price.json" --priced "in-$1/costs.txt" "in-$1/bid.json" >sealed
}
price_only() { # login: its price envelope alone
    rm -f price.sbx
    linli seal --openers price-openers --key "$1.key" --envelope price -o price.sbx "in-$1/price.json" "in-$1/costs.txt" >sealed
}
around() { # login: the technical envelope around price.sbx
    rm -f "$1.sbx"
    linli seal --openers openers --key "$1.key" --envelope technical -o "$1.sbx" "in-$1/bid.json" price.sbx >sealed
}
price_of() { sql "SELECT coalesce(price_fen::text, 'sealed') FROM linli.bid WHERE id = '${BID[$1]}'"; }
openers_of_two() { AS=approver IFM=$TAG req POST "/api/v1/tenders/$TENDER/openers" "$(jq -nc --rawfile n "$2" --arg s "$(cat s1.pub s2.pub s3.pub)" --arg e "$1" '{note:$n,signers:$s,envelope:$e}')"; TAG=$(AS=approver req GET "/api/v1/tenders/$TENDER/draft"; etag); }

# ---- K0 ----
fund_of sub_threshold 900000.00
entry_of sub_threshold public_bidding 120000.00
tender_of qcbs "{\"two_envelopes\":true,\"tranches\":$TWO_PARTS}" "$QCBS"
publish "$(until_of)"
AS='' req GET "/api/v1/tenders/$TENDER/plan"
is "$(got '.plan | .sealing, (.fields[] | select(.code == "price") | .envelope)' | paste -sd' ')" "two_envelopes 2" "the plan asks for two envelopes, and the price is in the second"
openers_file
is "$(got '[.must_seal, .price_openers.n] | map(tostring) | join(" ")')" "true 1" "the signer opens both"
is "$(sed -n 's/^opener 1 //p' openers price-openers | sort -u | wc -l)" 2 "with a key for each"
linli keygen bidder other.key --name other --plain >/dev/null
says aa 110000.00
rm -f aa.sbx && linli seal --openers openers --key aa.key -o aa.sbx in-aa/bid.json >sealed
hand_in aa aa.sbx
is "$STATUS $(problem)" "409 bid/not-technical" "one envelope alone is not taken"
price_only aa
hand_in aa price.sbx
is "$STATUS $(problem)" "409 bid/other-openers" "nor the price on its own"
rm -f two.sbx && linli seal --openers openers --price-openers openers --key aa.key -o two.sbx --priced in-aa/price.json in-aa/bid.json 2>err
is "$(grep -c '同一密钥' err)" 1 "linli seal does not seal both to one key"
AS='' req GET "/api/v1/tenders/$TENDER/plan"
jq . <<<"$BODY" >plan.json
is "$(linli bid check --tender plan.json in-aa/bid.json | wc -l) $(linli bid check --tender plan.json in-aa/price.json | tail -1)" "4 price 110000.00" "linli bid check reads each"
seal_two aa 110000.00
hand_in aa aa.sbx
is "$STATUS" 201 "both, one in the other, are"
FIRST=${BID[aa]}
seal_two aa 100000.00
hand_in aa aa.sbx
is "$STATUS" 201 "and are replaced by others"
says bb 80000.00
price_only bb
python3 "$here/tests/api/resign.py" price.sbx bb.key
around bb
hand_in bb bb.sbx
is "$STATUS" 201 "that a price envelope will not open nobody can tell"
seal_two cc 60000.00
hand_in cc cc.sbx
seal_two dd 50000.00
password dd
start_portal
login dd
page "/zh/tenders/$TENDER/bids?do=bid_submit"
like "$CODE $PAGE" '200 *data-seal="*price_openers*提交密封文件*' "the page of a bid has what a browser needs to seal, and takes what was sealed before"
fill "/zh/tenders/$TENDER/bids?do=bid_submit" "organisation=${ORG[dd]}" lot=1 _own=1
is "$CODE" 422 "a container, that is"
fill "/zh/tenders/$TENDER/bids?do=bid_submit" "organisation=${ORG[dd]}" lot=1 _own=1 sealed=@dd.sbx
is "$CODE" 303 "which counts as any other"
BID[dd]=$(sql "SELECT id FROM linli.bid WHERE tender_id = '$TENDER' AND organisation_id = '${ORG[dd]}'")
stop_portal
bidder ee 戊社
linli keygen bidder ee.key --name ee --plain >/dev/null
says ee 70000.00
price_only dd # another's envelope, handed in as one's own
around ee
hand_in ee ee.sbx
bidder ff 己社
linli keygen bidder ff.key --name ff --plain >/dev/null
seal_two ff 70000.00 '"price":"70000.00"'
hand_in ff ff.sbx
pass_deadline
open_when_logged
is "$STATUS $(for x in aa bb cc dd ee ff; do state_of $x; done | paste -sd' ')" "200 open open open open void void" "the technical envelopes are opened"
like "$(reason_of ee)" "报价信封不符*" "another's price is none of one's own"
like "$(reason_of ff)" "*/fields/price*" "and who tells a price in the technical envelope is out"
is "$(for x in aa bb cc dd; do price_of $x; done | paste -sd' ')" "sealed sealed sealed sealed" "no price is"
nowhere >found
is "$(cat found)" "" "what they say is neither in the data folder, the WAL, a dump, the logs, the blobs nor the memory of server, signer and PostgreSQL"
like "$(nowhere "$(sha256sum aa.sbx | cut -d' ' -f1)")" "*dump.sql*" "where what is there would be found"
AS=clerk req GET "/api/v1/tenders/$TENDER/opening"
is "$(got '[.items[].price] | unique | map(tostring) | join(" ")')" null "nor in any answer"
AS=clerk IFM='*' req POST "/api/v1/tenders/$TENDER/open"
is "$STATUS" 409 "and nothing more is opened now"
checks=''
for x in aa bb cc dd; do for rule in qualified good_credit; do checks="$checks,{\"bid\":\"${BID[$x]}\",\"rule\":\"$rule\",\"passed\":true}"; done; done
AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
unset 'BID[ee]' 'BID[ff]'
panel_sits evaluator1 evaluator2 evaluator3
marks_of aa:92 bb:84 cc:78 dd:71
AS=clerk IFM='*' req POST "/api/v1/tenders/$TENDER/open"
is "$STATUS" 409 "not while the report is unsigned either"
AS='' lot_etag >tag
AS=evaluator1 IFM=$(cat tag) req POST "/api/v1/lots/$LOT/evaluate"
is "$(got '.evaluation.items | map(.standing) | unique | join(" ")')" "explain out" "the panel sees who is above the minimum, and no rank"
report_signed
AS='' req GET "/api/v1/lots/$LOT"
is "$(got '.phase, .waiting' | paste -sd' ')" "scoring prices" "with the report signed the lot waits for the prices"
TAG=$(etag)
AS=clerk req GET /api/v1/offices/3/tasks
is "$(got '.items[] | select(.task == "prices") | .act, .path' | paste -sd' ')" "tender_open /tenders/$TENDER" "which is a task of the clerk"
AS=evaluator1 IFM=$TAG req PUT "/api/v1/lots/$LOT/report" '{"summary":"改"}'
is "$STATUS $(problem)" "409 state/refused" "and the report stands"
AS=clerk req GET "/api/v1/tenders/$TENDER/closing"
is "$(got '[.items[] | select(.envelope == "price")] | length')" 3 "three prices are to be opened: who fell short is not among them"
open_when_logged
is "$STATUS $(for x in aa bb cc dd; do state_of $x; done | paste -sd' ')" "200 open void open open" "the prices are opened, and one does not"
is "$(for x in aa bb cc dd; do price_of $x; done | paste -sd' ')" "10000000 sealed 6000000 sealed" "the last one of who replaced its bid; never that of who fell short"
like "$(reason_of bb)" "密封件不能按其承诺开启*" "whose fault it is that it does not is said"
is "$(sql "SELECT count(*) FROM linli.attachment WHERE object_id = '${BID[aa]}'")" 1 "papers beside the price are there now"
like "$(nowhere)" "*$T/blobs*" "and on the server"
is "$(sql "SELECT price_sha256 IS NULL FROM linli.bid WHERE id = '$FIRST'")" t "of what was replaced nothing is known"
is "$(phase)" deciding "and the evaluation goes on by itself"
AS=evaluator1 req GET "/api/v1/lots/$LOT/evaluation"
is "$(got '.evaluation.items | map(select(.standing == "ranked") | .total) | sort | reverse | join(" ")')" "85.6 82.4" "quality and cost as the World Bank's example has it"
AS=clerk lot decide
AS=approver lot confirm
AS=clerk lot announce
notice_over
AS=clerk req GET "/api/v1/lots/$LOT/awards"
is "$(got '.items[] | select(.standing == "winner") | .amount')" 100000.00 "who is first has the award at the price it sealed"
is "$(sql "SELECT string_agg(act, ' ' ORDER BY e.at, act) FROM linli.event_queue e JOIN linli.log_entry l ON l.event_id = e.id
    WHERE e.tender_id = '$TENDER' AND act IN ('bids_closed', 'panel_sign', 'prices_closed', 'tender_open')")" \
    "bids_closed tender_open panel_sign panel_sign panel_sign prices_closed tender_open" "the log tells in which order"
for ((i = 0; i < 200; i++)); do # all of it is logged
    [ "$(sql "SELECT count(*) FROM linli.event_queue e LEFT JOIN linli.log_entry l ON l.event_id = e.id WHERE e.tender_id = '$TENDER' AND l.idx IS NULL AND e.erasure IS NULL")" = 0 ] && break
    sleep 0.05
done
rm -rf bundle
LINLI_BLOBS_FOLDER=$T/blobs linli log bundle --into bundle --tender "$TENDER"
linli verify --log out --log-key "$(cat log.pub)" --bundle bundle >verified
is "$(grep '^FAIL' verified) $(grep -cE '^PASS (V10|V12|V13|V14) ' verified)" " 4" "and whoever has the bundle checks both envelopes"
python3 "$here/tests/trust/verify.py" log --log out --log-key "$(cat log.pub)" --bundle bundle >second 2>&1
is "$? $(grep -c '^FAIL' second)" "0 0" "as does the second verifier"
cp bundle/openers bundle/price-openers
linli verify --log out --log-key "$(cat log.pub)" --bundle bundle >verified
python3 "$here/tests/trust/verify.py" log --log out --log-key "$(cat log.pub)" --bundle bundle >second 2>&1
is "$(grep -c '^FAIL V10 ' verified) $(grep -c '^FAIL V10\b' second)" "1 1" "both see other openers put in the place of those of the price"

# ---- K1: two of three open the bids, and two of three others the prices ----
BID=()
entry_of sub_threshold public_bidding 120000.00
tender_of qcbs "{\"two_envelopes\":true,\"tranches\":$TWO_PARTS}" "$QCBS"
k1_openers o
openers_of_two bid openers
AS=approver IFM=$TAG req POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$(until_of)\",\"confirm_unverified\":true}"
is "$STATUS $(problem)" "409 rule/refused" "openers named for one envelope alone do not do"
k1_openers p price-openers
openers_of_two price price-openers
is "$STATUS" 200 "those of the price are others"
publish "$(until_of)"
openers_file
for x in aa:100000.00 cc:60000.00 dd:50000.00; do
    seal_two "${x%%:*}" "${x#*:}"
    hand_in "${x%%:*}" "${x%%:*}.sbx"
done
is "$STATUS" 201 "both envelopes are taken in"
pass_deadline
show_all() { # envelope name: two of three promise and show
    local i who
    rm -rf got && mkdir got
    AS=supervisor req GET "/api/v1/tenders/$TENDER/closing"
    for digest in $(got ".items[] | select(.envelope == \"$1\") | .sha256"); do
        curl -s -H "Authorization: Bearer ${TOKEN[supervisor]}" -o "got/$digest" "$B/api/v1/tenders/$TENDER/containers/$digest"
    done
    for i in 1 3; do
        rm -f "shares$i"
        linli share --openers "$3" --key "$2$i.key" -o "shares$i" got/* >promised
        AS=supervisor req POST "/api/v1/tenders/$TENDER/promises" "{\"envelope\":\"$1\",\"opener\":$i,\"promise\":\"$(awk '$1 == "promise" {print $2}' promised)\"}"
    done
    for i in 1 3; do AS=supervisor req POST "/api/v1/tenders/$TENDER/shares" "$(jq -nc --rawfile s "shares$i" '{shares:$s}')"; done
}
open_when_logged # the closing is logged with the first question
show_all bid o openers
open_when_logged
is "$STATUS $(state_of aa) $(price_of aa)" "200 open sealed" "their openers open the technical envelopes"
AS=supervisor req POST "/api/v1/tenders/$TENDER/promises" "{\"envelope\":\"price\",\"opener\":1,\"promise\":\"$(printf '%064d' 0)\"}"
is "$STATUS $(problem)" "409 bid/sealed" "those of the price promise nothing before the report is signed"
checks=''
for x in aa cc dd; do for rule in qualified good_credit; do checks="$checks,{\"bid\":\"${BID[$x]}\",\"rule\":\"$rule\",\"passed\":true}"; done; done
AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
panel_sits evaluator1 evaluator2 evaluator3
marks_of aa:92 cc:78 dd:71
report_signed
open_when_logged
is "$STATUS $(problem) $(price_of aa)" "409 seal/withheld sealed" "and the office opens no price alone"
show_all price p price-openers
open_when_logged
is "$STATUS $(price_of aa) $(price_of cc) $(price_of dd) $(phase)" "200 10000000 6000000 sealed deciding" "two of the three others do"
finish
