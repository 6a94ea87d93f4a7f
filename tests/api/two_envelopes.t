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
person evaluator4 evaluator 3
for x in aa:甲社 bb:乙社 cc:丙社 dd:丁社; do
    bidder "${x%%:*}" "${x#*:}"
    linli keygen bidder "${x%%:*}.key" --name "${x%%:*}" --plain >"${x%%:*}.pub"
done
QCBS='{"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"100%"}]}'
LOT_NO=1
canary=$(head -c 18 /dev/urandom | od -An -tx1 | tr -d ' \n')

says() { # login price [member]: bid.json and price.json of LOT_NO, the canary in a paper beside the price
    mkdir -p "in-$1"
    printf '{"linli":"bid/1","organisation":"%s","lot":%d,"fields":{%s}}' "${ORG[$1]}" "$LOT_NO" "${3:-}" >"in-$1/bid.json"
    printf 'costs %s of %s' "$canary" "$1" >"in-$1/costs.txt"
    printf '{"linli":"price/1","organisation":"%s","lot":%d,"fields":{"price":"%s"},"files":[{"name":"costs.txt","sha256":"%s","bytes":%d}]}' \
        "${ORG[$1]}" "$LOT_NO" "$2" "$(sha256sum <"in-$1/costs.txt" | cut -d' ' -f1)" "$(stat -c %s "in-$1/costs.txt")" >"in-$1/price.json"
}
seal_two() { # login price
    says "$@"
    rm -f "$1.sbx"
    linli seal ${CURVE:+"$CURVE"} --openers openers --price-openers price-openers --key "$1.key" -o "$1.sbx" --priced "in-$1/price.json" --priced "in-$1/costs.txt" "in-$1/bid.json" >sealed
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
brought_before=$(upload bb price.sbx)
hand_in bb bb.sbx
is "$STATUS" 201 "that a price envelope will not open nobody can tell"
CURVE=--p256 seal_two cc 60000.00
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
is "$(sql "SELECT f.used FROM linli.bid b JOIN linli.blob f ON f.sha256 = b.price_sha256 WHERE b.id = '${BID[bb]}' AND f.sha256 = '\\x$brought_before'")" t \
    "one that was brought before as a file of its own is kept too"
nowhere >found
is "$(cat found)" "" "what they say is neither in the data folder, the WAL, a dump, the logs, the blobs nor the memory of server, signer and PostgreSQL"
like "$(nowhere "$(sha256sum aa.sbx | cut -d' ' -f1)")" "*dump.sql*" "where what is there would be found"
# Two days later: what a bidder brought may be named in its price, which is closed still.
late=$(brought bb 报价说明) never=$(brought ff 无人需要)
sql "UPDATE linli.upload SET at = at - interval '2 days' WHERE sha256 IN ('\\x$late', '\\x$never')"
sql "$(sed "s/\$1::timestamptz/now() - interval '25 hours'/; s/\$2::integer/500/" "$here/sql/query/upload_expire.sql")"
is "$(sql "SELECT string_agg(encode(sha256, 'hex'), ' ') FROM linli.upload WHERE sha256 IN ('\\x$late', '\\x$never')")" "$late" "files beside a price that is closed are kept"
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
changes() { # nobody of the panel comes, goes or marks
    local member
    AS=clerk req GET "/api/v1/lots/$LOT/panel"
    member=$(got ".members[] | select(.person == \"${PERSON[evaluator3]}\") | .id")
    AS=clerk IFM=$(AS='' lot_etag) req POST "/api/v1/lots/$LOT/panel/replace" "{\"member\":\"$member\",\"person\":\"${PERSON[evaluator4]}\",\"kind\":\"expert\",\"reason\":\"病假\"}"
    echo "$STATUS $(problem)"
    AS=evaluator2 req POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":true,"reason":"亲属"}'
    echo "$STATUS $(problem)"
    AS=evaluator2 req PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[{\"bid\":\"${BID[cc]}\",\"marks\":[{\"criterion\":\"technical\",\"value\":\"99\",\"reason\":\"x\"}]}]}"
    echo "$STATUS $(problem)"
}
is "$(changes | sort | uniq -c | sed 's/^ *//')" "3 409 state/refused" "as do panel and marks"
signed=$(sql "SELECT report_signed FROM linli.panel_member WHERE lot_id = '$LOT' AND person_id = '${PERSON[evaluator3]}'")
unsigned() { sql "UPDATE linli.panel_member SET report_signed = $1 WHERE lot_id = '$LOT' AND person_id = '${PERSON[evaluator3]}'"; }
unsigned NULL
AS=clerk IFM='*' req POST "/api/v1/tenders/$TENDER/open"
is "$STATUS $(problem)" "409 bid/sealed" "no price is opened while a member present has not signed"
unsigned "'$signed'"
AS=clerk req GET "/api/v1/tenders/$TENDER/closing"
is "$(got '[.items[] | select(.envelope == "price")] | length')" 3 "three prices are to be opened: who fell short is not among them"
container_of() { # login: the answer to who asks for its price
    AS=supervisor req GET "/api/v1/tenders/$TENDER/containers/$(sql "SELECT encode(price_sha256, 'hex') FROM linli.bid WHERE id = '${BID[$1]}'")"
    echo "$STATUS"
}
is "$(container_of aa) $(container_of dd)" "200 404" "nor is its container given out"
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
review_of() { # [login]: asked, and refused again where it can be asked
    AS=clerk IFM='*' req POST "/api/v1/lots/$LOT/reviews" "{\"ground\":\"abnormal\",\"reason\":\"复核发现\"${1:+,\"bid\":\"${BID[$1]}\"}}"
    echo "$STATUS $(problem)"
    [ "$STATUS" != 201 ] || AS=approver IFM='*' want 200 POST "/api/v1/lots/$LOT/reviews/$(got .id)/refuse" '{"reason":"依据不足"}' >&2
}
is "$(review_of) $(review_of dd) $(review_of aa)" "409 state/refused 409 state/refused 201 null" "evaluated again is only who has a price: nobody else's is ever opened"
# A review is made by those who marked: who came instead now would mark knowing the prices.
AS=clerk IFM='*' req POST "/api/v1/lots/$LOT/reviews" "{\"ground\":\"abnormal\",\"reason\":\"复核发现\",\"bid\":\"${BID[aa]}\"}"
AS=approver IFM='*' want 200 POST "/api/v1/lots/$LOT/reviews/$(got .id)/approve"
AS=clerk req GET "/api/v1/lots/$LOT/panel"
member=$(got ".members[] | select(.person == \"${PERSON[evaluator3]}\") | .id")
AS=clerk IFM=$(AS='' lot_etag) req POST "/api/v1/lots/$LOT/panel/replace" "{\"member\":\"$member\",\"person\":\"${PERSON[evaluator4]}\",\"kind\":\"expert\",\"reason\":\"病假\"}"
is "$STATUS $(problem) $(got .article)" "409 state/refused 财政部令第87号 §64" "nobody joins the panel in a review once prices are opened"
for i in 1 2 3; do AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/marks/lock" '{}'; done
report_signed
is "$(phase)" deciding "the panel that marked reviews, signs, and what follows is decided anew"
AS=clerk lot decide
AS=approver lot confirm
AS=clerk lot announce
notice_over
AS=clerk req GET "/api/v1/lots/$LOT/awards"
is "$(got '.items[] | select(.standing == "winner") | .amount')" 100000.00 "who is first has the award at the price it sealed"
is "$(sql "SELECT string_agg(act, ' ' ORDER BY e.at, act) FROM linli.event_queue e JOIN linli.log_entry l ON l.event_id = e.id
    WHERE e.tender_id = '$TENDER' AND act IN ('bids_closed', 'panel_sign', 'prices_closed', 'tender_open')")" \
    "bids_closed tender_open panel_sign panel_sign panel_sign prices_closed tender_open panel_sign panel_sign panel_sign" "the log tells in which order"
all_logged() {
    local i
    for ((i = 0; i < 200; i++)); do
        [ "$(sql "SELECT count(*) FROM linli.event_queue e LEFT JOIN linli.log_entry l ON l.event_id = e.id WHERE e.tender_id = '$TENDER' AND l.idx IS NULL AND e.erasure IS NULL")" = 0 ] && break
        sleep 0.05
    done
}
all_logged
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

# ---- K1: two of three open the bids of both lots, and two of three others the prices, lot by lot ----
BID=()
entry_of sub_threshold public_bidding 120000.00
tender_of qcbs "{\"two_envelopes\":true,\"tranches\":$TWO_PARTS}" "$QCBS" '"lots":[{"title":"东片","budget":"101000.00"},{"title":"西片","budget":"9500.00"},{"title":"北片","budget":"9500.00"}]'
LOT2=$(got '.lots[1].id') LOT3=$(got '.lots[2].id')
UNTIL=$(until_of)
k1_openers o
openers_of_two bid openers
AS=approver IFM=$TAG req POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$UNTIL\",\"confirm_unverified\":true}"
is "$STATUS $(problem)" "409 rule/refused" "openers named for one envelope alone do not do"
k1_openers p price-openers
openers_of_two price price-openers
is "$STATUS" 200 "those of the price are others"
publish "$UNTIL"
openers_file
AS=cc want 200 POST "/api/v1/organisations/${ORG[cc]}/keys" "$(registration cc cc)"
for x in aa:100000.00 cc:60000.00 dd:50000.00; do
    seal_two "${x%%:*}" "${x#*:}"
    hand_in "${x%%:*}" "${x%%:*}.sbx"
done
is "$STATUS" 201 "both envelopes are taken in"
LOT_NO=2
for x in bb:9000.00 ee:8000.00; do
    seal_two "${x%%:*}" "${x#*:}"
    hand_in "${x%%:*}" "${x%%:*}.sbx"
done
LOT_NO=3
bidder gg 庚社
linli keygen bidder gg.key --name gg --plain >/dev/null
for x in ff:9100.00 gg:8100.00; do
    seal_two "${x%%:*}" "${x#*:}"
    hand_in "${x%%:*}" "${x%%:*}.sbx"
done
is "$STATUS" 201 "for the other lots too"
pass_deadline
show_all() { # envelope name openers [lot]: two of three promise and show (OPENERS); opener SHORT all but the price of SHORT_OF
    local i
    rm -rf got && mkdir got
    AS=supervisor req GET "/api/v1/tenders/$TENDER/closing"
    for digest in $(got ".items[] | select(.envelope == \"$1\" and (.envelope == \"bid\" or .lot == ${4:-1})) | .sha256"); do
        curl -s -H "Authorization: Bearer ${TOKEN[supervisor]}" -o "got/$digest" "$B/api/v1/tenders/$TENDER/containers/$digest"
    done
    for i in ${OPENERS:-1 3}; do
        rm -f "shares$i" "shares$i.promise"
        [ "$i" != "${SHORT:-}" ] || mv "got/$(price_digest "$SHORT_OF")" kept
        linli share --sandbox --openers "$3" --key "$2$i.key" -o "shares$i" got/* >promised
        [ "$i" != "${SHORT:-}" ] || mv kept "got/$(price_digest "$SHORT_OF")"
        AS=supervisor when_logged POST "/api/v1/tenders/$TENDER/promises" "$(promise_body "$i" "shares$i.promise" ",\"envelope\":\"$1\",\"lot\":${4:-1}")"
    done
    for i in ${OPENERS:-1 3}; do AS=supervisor req POST "/api/v1/tenders/$TENDER/shares" "$(jq -nc --rawfile s "shares$i" '{shares:$s}')"; done
}
price_digest() { sql "SELECT encode(price_sha256, 'hex') FROM linli.bid WHERE id = '${BID[$1]}'"; }
prices() { for x in "$@"; do price_of "$x"; done | paste -sd' '; }
open_when_logged # the closing is logged with the first question
show_all bid o openers
open_when_logged
is "$STATUS $(state_of aa) $(price_of aa)" "200 open sealed" "their openers open the technical envelopes"
AS=supervisor req POST "/api/v1/tenders/$TENDER/promises" "{\"envelope\":\"price\",\"opener\":1,\"promise\":\"$(printf '%064d' 0)\",\"signature\":\"— a b\"}"
is "$STATUS $(problem)" "409 bid/sealed" "those of the price promise nothing before the report is signed"
declare -A ALL
for x in "${!BID[@]}"; do ALL[$x]=${BID[$x]}; done
judged() { # login:mark...: of LOT, whose bids they are
    local checks='' x rule
    BID=()
    for x in "$@"; do BID[${x%%:*}]=${ALL[${x%%:*}]}; done
    for x in "${!BID[@]}"; do for rule in qualified good_credit; do checks="$checks,{\"bid\":\"${BID[$x]}\",\"rule\":\"$rule\",\"passed\":true}"; done; done
    AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
    panel_sits evaluator1 evaluator2 evaluator3
    marks_of "$@"
    report_signed
    for x in "${!ALL[@]}"; do BID[$x]=${ALL[$x]}; done
}
judged aa:92 cc:78 dd:71
open_when_logged
is "$STATUS $(problem) $(price_of aa)" "409 seal/withheld sealed" "and the office opens no price alone"
AS=supervisor req POST "/api/v1/tenders/$TENDER/promises" "{\"envelope\":\"price\",\"lot\":2,\"opener\":1,\"promise\":\"$(printf '%064d' 0)\",\"signature\":\"— a b\"}"
is "$STATUS $(problem)" "409 bid/sealed" "nothing is promised of a lot whose marks are open"
LOT1=$LOT LOT=$LOT2
judged bb:92 ee:80
LOT=$LOT3
judged ff:92 gg:80
open_when_logged
is "$STATUS $(problem) $(prices aa bb ff)" "409 seal/withheld sealed sealed sealed" "three lots wait for their prices, of none of which anything was shown"
show_all price p price-openers 2
is "$STATUS" 200 "the openers promise and show those of the second"
AS=auditor req POST "/api/v1/tenders/$TENDER/promises" "$(promise_body 1 shares1.promise ',"envelope":"price","lot":3')"
is "$STATUS $(problem)" "409 value/taken" "nor is a promise of one lot posted for another, in its opener's place"
show_all price p price-openers 3
SHORT=1 SHORT_OF=cc show_all price p price-openers 1
open_when_logged
is "$STATUS $(prices bb ee ff gg)" "200 900000 800000 910000 810000" "two lots are opened, without waiting for the one where an opener left a price out"
is "$(prices aa cc)" "sealed sealed" "of which none is, not even what the shares would open"
is "$(sql "SELECT count(*) FROM linli.attachment WHERE object_id IN ('${BID[aa]}', '${BID[cc]}')")" 0 "nor any paper beside it"
is "$(got '.lots | map([.phase, .waiting // "-"] | join(" ")) | join(" ")')" "scoring prices deciding - deciding -" "the answer says which lot waits still"
AS=clerk req GET "/api/v1/tenders/$TENDER/opening"
is "$(got '[.items[] | select(.lot == 1) | .price] | unique | map(tostring) | join(" ")')" null "whose prices no answer tells"
AS=clerk req GET /api/v1/offices/3/tasks
is "$(got "[.items[] | select(.task == \"prices\" and .path == \"/tenders/$TENDER\")] | length")" 1 "they are a task of the clerk still"
open_when_logged
like "$STATUS $(problem) $BODY" "409 seal/withheld *${BID[cc]}*" "what was shown for one lot opens no price of the other"
AS=supervisor req POST "/api/v1/tenders/$TENDER/shares" "$(jq -nc --rawfile s shares1 '{shares:$s}')"
is "$STATUS $(problem)" "409 value/taken" "who has shown its shares shows no others"
OPENERS=2 show_all price p price-openers 1
LOT=$LOT1
open_when_logged
is "$STATUS $(prices aa cc dd) $(phase)" "200 10000000 6000000 sealed deciding" "the third opener's shares serve"
for LOT in "$LOT1" "$LOT2" "$LOT3"; do
    AS=clerk lot decide
    AS=approver lot confirm
    AS=clerk lot announce
done
all_logged
rm -rf bundle
LINLI_BLOBS_FOLDER=$T/blobs linli log bundle --into bundle --tender "$TENDER"
linli verify --log out --log-key "$(cat log.pub)" --bundle bundle >verified
python3 "$here/tests/trust/verify.py" log --log out --log-key "$(cat log.pub)" --bundle bundle >second 2>&1
is "$? $(grep -c '^FAIL' verified second | paste -sd' ') $(grep -cE '^PASS (V10|V12|V14) ' verified)" "0 verified:0 second:0 3" "and both verifiers open each price with the shares of its lot"
is "$(grep -c '^key ' bundle/rows)" 1 "the bundle has the key that a bidder registered"
cp bundle/rows rows
other_key() { # what sed: how often both find a bid signed with a key that was not registered
    sed "$2" rows >bundle/rows
    linli verify --log out --log-key "$(cat log.pub)" --bundle bundle >verified
    python3 "$here/tests/trust/verify.py" log --log out --log-key "$(cat log.pub)" --bundle bundle >second 2>&1
    is "$(grep -c '^FAIL V14 ' verified) $(grep -c '^FAIL V14\b' second)" "1 1" "both see $1"
}
other_key "that it was revoked before" '/^key /s/"revoked":null/"revoked":"2026-01-01T00:00:00.000000Z"/'
other_key "that it is not there" '/^key /d'
other_key "that another was registered" "/^key /s/\"key\":\"[0-9a-f]*\"/\"key\":\"$(printf '%064d' 7)\"/"
cp rows bundle/rows
sed -i '/"act":"shares_promise"/s/\("signature":"[^"]*\)[A-Za-z0-9+\/]\{8\}\(=*"\)/\1AAAAAAAA\2/' bundle/events
linli verify --log out --log-key "$(cat log.pub)" --bundle bundle >verified
python3 "$here/tests/trust/verify.py" log --log out --log-key "$(cat log.pub)" --bundle bundle >second 2>&1
is "$(grep -c '^FAIL V14 .*did not sign' verified) $(grep -c '^FAIL V14: .*did not sign' second)" "1 1" "both see a promise that its opener did not sign"
finish
