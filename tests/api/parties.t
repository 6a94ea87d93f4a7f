#!/bin/bash
# A consortium (联合体): its agreement and shares at the opening, what each party sees, what the lead alone does.  On the way,
# files beside every kind of object: who adds them, who reads them, how many.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for login in aa bb cc ee; do bidder $login "${login}社"; done
fund_of sub_threshold 100000.00
fund=$(sql "SELECT fund_id FROM linli.appropriation WHERE id = '$APP'")
entry_of sub_threshold public_bidding 100000.00
SCHEME='{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" "$SCHEME"
publish "$(date -u -d '+40 days' +%FT02:00:00Z)"

upload() { # login file
    local sum
    sum=$(sha256sum <"$2" | cut -c1-64)
    curl -s -o /dev/null -T "$2" -H "Authorization: Bearer ${TOKEN[$1]}" "$UP/api/v1/blobs/$sum"
    echo "$sum"
}
code_of() { AS='' req GET "/api/v1/organisations/${ORG[$1]}"; got .uscc; }
joint_bid() { # login price parties agreement
    local sum files=
    if [ -n "$4" ]; then
        printf '%%PDF-1.4 agreement %s' "$4" >"$T/agreement.pdf"
        files="{\"name\":\"联合协议.pdf\",\"kind\":\"joint_agreement\",\"sha256\":\"$(upload "$1" "$T/agreement.pdf")\",\"bytes\":$(stat -c %s "$T/agreement.pdf")}"
    fi
    printf '{"linli":"bid/1","organisation":"%s","lot":1,"fields":{"price":"%s"},"parties":[%s],"files":[%s]}' "${ORG[$1]}" "$2" "$3" "$files" >"$T/joint.json"
    sum=$(upload "$1" "$T/joint.json")
    AS=$1 want 201 POST "/api/v1/tenders/$TENDER/bids" "{\"lot\":1,\"organisation\":\"${ORG[$1]}\",\"sha256\":\"$sum\",\"bytes\":$(stat -c %s "$T/joint.json")}"
    BID[$1]=$(got .id)
}
parties() { echo "{\"name\":\"牵头\",\"part\":\"lead\",\"share\":\"$2\"},{\"name\":\"成员\",\"part\":\"member\",\"uscc\":\"$(code_of "$1")\",\"share\":\"$3\"}"; }
joint_bid aa 80000.00 "$(parties cc 60% 40%)" one
joint_bid bb 82000.00 "$(parties ee 60% 40%)" ''
bid_for ee 84000.00

# Before the opening a member sees as little as anybody: that it is one stands in a sealed file.
AS=cc req GET /api/v1/me/bids
is "$(got '.items|length')" 0 "a member sees nothing before the opening"
AS=cc want 404 GET "/api/v1/bids/${BID[aa]}"
AS=clerk WHY='its bank is its own as yet' want 404 GET "/api/v1/organisations/${ORG[aa]}/profile"
AS=clerk want 404 POST /api/v1/offices/3/attachments "{\"object_kind\":\"bid\",\"object\":\"${BID[aa]}\",\"name\":\"x\",\"kind\":\"x\",\"sha256\":\"$(upload clerk "$T/joint.json")\"}"

# Opened: the consortium without an agreement is void.
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h
AS=clerk req GET "/api/v1/tenders/$TENDER/draft"
AS=clerk IFM=$(etag) want 200 POST "/api/v1/tenders/$TENDER/open"
is "$(sql "SELECT state || ' ' || void_reason FROM linli.bid WHERE id = '${BID[bb]}'")" 'void /files 联合体投标应附联合协议（joint_agreement）' "no agreement, no bid"
is "$(sql "SELECT state FROM linli.bid WHERE id = '${BID[aa]}'")" open "with one it stands"
is "$(sql "SELECT string_agg(part || ' ' || (organisation_id = CASE part WHEN 'lead' THEN '${ORG[aa]}'::uuid ELSE '${ORG[cc]}' END) || ' ' || share_ppm, ', ' ORDER BY no) FROM linli.bid_party WHERE bid_id = '${BID[aa]}'")" \
    'lead true 600000, member true 400000' "its parties are known by their codes"
for login in aa cc; do
    AS=$login want 200 GET "/api/v1/bids/${BID[aa]}"
    AS=$login req GET /api/v1/me/bids
    is "$(got '.items[0]|[.id,.lead]|@json')" "[\"${BID[aa]}\",$([ $login = aa ] && echo true || echo false)]" "$login finds it among its bids"
done
AS=ee want 404 GET "/api/v1/bids/${BID[aa]}"
AS=cc WHY='the lead acts' want 404 POST "/api/v1/bids/${BID[aa]}/withdraw"
AS=clerk WHY='the office deals with it now' want 200 GET "/api/v1/organisations/${ORG[cc]}/profile"
AS=clerk want 404 GET "/api/v1/organisations/$(organisation 外人)/profile"

# Files of the bid: for every party of it, and by the plan; its own to add only when the plan lets it clarify.
AS=cc req GET "/api/v1/offices/3/objects/${BID[aa]}/attachments"
is "$(got '.items[0].kind')" joint_agreement "a member reads the agreement"
agreement=$(got '.items[0].id')
AS=cc want 200 GET "/api/v1/attachments/$agreement/file"
AS=ee req GET "/api/v1/offices/3/objects/${BID[aa]}/attachments"
is "$(got '.items|length')" 0 "another bidder does not"
AS=ee want 404 GET "/api/v1/attachments/$agreement/file"

# The road goes on to the contract, with the lead.
rules=''
for login in aa ee; do for rule in qualified good_credit; do rules="$rules,{\"bid\":\"${BID[$login]}\",\"rule\":\"$rule\",\"passed\":true}"; done; done
AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${rules#,}]}"
unset 'BID[bb]'
panel_sits evaluator1 evaluator2 evaluator3
marks_of aa:90 ee:80
sheet=$(sql "SELECT id FROM linli.sheet WHERE bid_id = '${BID[aa]}' LIMIT 1")
owner=$(sql "SELECT p.login FROM linli.sheet s JOIN linli.panel_member m ON m.id = s.member_id JOIN linli.person p ON p.id = m.person_id WHERE s.id = '$sheet'")
report_signed
AS=clerk lot decide
AS=approver lot confirm
AS=clerk lot announce
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h
AS=clerk req GET "/api/v1/lots/$LOT/awards"
award=$(got '.items[]|select(.standing=="winner").id')
for login in aa cc; do
    AS=$login req GET /api/v1/awards
    is "$(got '.items[0].id')" "$award" "$login sees what was won"
done
AS=cc WHY='the lead acts' IFM='*' want 403 POST "/api/v1/awards/$award/refuse" '{"reason":"x"}'
day() { date -u -d "$1" +%F; }
AS=clerk want 201 POST "/api/v1/awards/$award/contract" "{\"starts\":\"$(day '+80 days')\",\"ends\":\"$(day '+200 days')\",\"terms\":\"按采购文件\"}"
contract=$(got .id)
for login in aa cc; do
    AS=$login want 200 GET "/api/v1/contracts/$contract"
    AS=$login req GET /api/v1/me/work
    is "$(got '[(.bids[0],.contracts[0],.tasks[0]).lead]|unique|@json')" "[$([ $login = aa ] && echo true || echo false)]" "$login finds bid, contract and task in one answer"
    is "$(got '.tasks[0]|[.task,.contract]|@json')" "[\"sign\",\"$contract\"]" "the task is to sign"
done
AS=ee want 404 GET "/api/v1/contracts/$contract"
AS=ee req GET /api/v1/me/work
is "$(got '[(.contracts|length),(.tasks|length)]|@json')" '[0,0]' "who lost has none of it"
AS=cc WHY='the lead signs' IFM='*' want 403 POST "/api/v1/contracts/$contract/sign"
for login in approver aa; do AS=$login IFM='*' want 200 POST "/api/v1/contracts/$contract/sign"; done
AS='' req GET "/api/v1/contracts/$contract/tranches"
tranche=$(got '.items[0].id')
AS=cc want 200 GET "/api/v1/tranches/$tranche/deliveries"

# Any object carries files.
declare -A FILE
for login in clerk approver aa cc ee evaluator1 evaluator2 evaluator3 resident root security; do printf '%%PDF-1.4 of %s' "$login" >"$T/file.pdf"; FILE[$login]=$(upload "$login" "$T/file.pdf"); done
add() { # status login kind object [more]
    AS=$2 WHY="$2 beside $3" want "$1" POST /api/v1/offices/3/attachments \
        "{\"object_kind\":\"$3\"${4:+,\"object\":\"$4\"},\"name\":\"x.pdf\",\"kind\":\"record\",\"sha256\":\"${FILE[$2]}\"${5:-}}"
}
last() { sql "SELECT id FROM linli.attachment WHERE object_kind = '$1' ORDER BY added DESC LIMIT 1"; }
AS=security req POST /api/v1/offices/3/posts '{"name":{"zh":"科长","en":"chief"},"role":"office_clerk"}'
post=$(got .id)
AS=clerk req POST /api/v1/offices/3/rolls '{"name":"名册"}'
roll=$(got .id)
{
    echo "tender $TENDER" && echo "lot $LOT" && echo "entry $ENTRY" && echo "fund $fund" && echo "appropriation $APP"
    echo "panel $LOT" && echo "report $LOT" && echo "award $award" && echo "contract $contract" && echo "tranche $tranche"
    echo "organisation ${ORG[aa]}" && echo "roll $roll"
    echo "notice $(sql "SELECT id FROM linli.notice WHERE tender_id = '$TENDER' LIMIT 1")"
    echo "decision $(sql "SELECT id FROM linli.decision WHERE tender_id = '$TENDER' LIMIT 1")"
    echo "list $(sql "SELECT list_id FROM linli.list_entry WHERE id = '$ENTRY'")"
} >"$T/kinds"
while read -r -u 5 kind id; do
    add 201 clerk "$kind" "$id"
    AS=clerk req GET "/api/v1/offices/3/objects/$id/attachments"
    is "$(got "[.items[]|select(.object_kind==\"$kind\")]|length")" 1 "$kind lists it"
    for login in clerk supervisor; do AS=$login req GET "/api/v1/attachments/$(last "$kind")/file"; is "$STATUS" 200 "$login reads it"; done
    for login in ee ''; do AS=$login req GET "/api/v1/offices/3/objects/$id/attachments"; is "$(got '.items|length')" 0 "${login:-nobody} does not, beside $kind"; done
done 5<"$T/kinds"
is "$(wc -l <"$T/kinds")" 15 "kinds were tried"
add 201 clerk office ''
add 403 clerk post "$post"
add 201 security post "$post"
add 201 root person "${PERSON[clerk]}"
add 201 clerk person "${PERSON[clerk]}"
add 403 clerk person "${PERSON[resident]}"
add 404 root person "${PERSON[aa]}"
add 404 clerk tender "$LOT"
add 404 clerk dragon "$LOT"
add 403 clerk roll "$roll" ',"public":true'
# The owner adds, another party sees, others neither.
add 201 aa contract "$contract"
add 403 cc contract "$contract"
add 403 ee contract "$contract"
add 403 aa tender "$TENDER"
for pair in 'aa 2' 'cc 2' 'ee 0'; do
    AS=${pair% *} req GET "/api/v1/offices/3/objects/$contract/attachments"
    is "$(got '.items|length')" "${pair#* }" "${pair% *} sees ${pair#* } files of the contract"
done
# A sheet is its evaluator's; those who work at the office add nothing to it, and nothing to a bid.
add 403 clerk sheet "$sheet"
[ "$owner" = evaluator1 ] && other=evaluator2 || other=evaluator1
add 403 "$other" sheet "$sheet"
add 403 aa bid "${BID[aa]}"
add 403 clerk bid "${BID[aa]}"
# A redacted copy stands beside an internal file of the same object and the same side.
add 201 aa contract "$contract"
theirs=$(got .id)
add 201 clerk contract "$contract"
ours=$(got .id)
add 403 aa contract "$contract" ',"public":true'
add 404 clerk contract "$contract" ",\"public\":true,\"redacted_of\":\"$ours\"" # the same bytes
for login in clerk aa; do printf '%%PDF-1.4 of %s, struck' "$login" >"$T/file.pdf"; FILE[$login]=$(upload "$login" "$T/file.pdf"); done
add 404 aa contract "$contract" ",\"public\":true,\"redacted_of\":\"$ours\""
add 404 clerk contract "$contract" ",\"public\":true,\"redacted_of\":\"$theirs\""
add 404 clerk award "$award" ",\"public\":true,\"redacted_of\":\"$ours\""
add 201 clerk contract "$contract" ",\"public\":true,\"redacted_of\":\"$ours\""
copy=$(got .id)
add 404 clerk contract "$contract" ",\"public\":true,\"redacted_of\":\"$copy\""
add 201 aa contract "$contract" ",\"public\":true,\"redacted_of\":\"$theirs\""
AS='' req GET "/api/v1/offices/3/objects/$contract/attachments"
is "$(got '[.items[].redacted_of]|sort|@json')" "$(jq -cn --arg a "$ours" --arg b "$theirs" '[$a,$b]|sort')" "the public sees the redacted copies"
# So many and no more; and nobody uses a file that another brought and nothing names.
sql "UPDATE linli.object_kind SET files_max = 2 WHERE code = 'roll'" >/dev/null
add 201 clerk roll "$roll"
add 409 clerk roll "$roll"
is "$(problem)" attachment/limit "a kind has its limit"
printf '%%PDF-1.4 not yours' >"$T/secret.pdf"
FILE[clerk]=$(upload ee "$T/secret.pdf")
add 404 clerk contract "$contract"
is "$(problem)" blob/absent "as if it were not there"
AS='' want 200 GET /api/v1/object-kinds
is "$(got '[.items[].code]|length')" "$(sql 'SELECT count(*) FROM linli.object_kind')" "the kinds are listed"

# The law's own case (条例 §22): whoever is in a consortium does not bid beside it.
fund_of statutory 600000.00
entry_of statutory public_bidding 600000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" "$SCHEME"
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
joint_bid aa 400000.00 "$(parties cc 60% 40%)" two
bid_for cc 410000.00
bid_for bb 420000.00
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h
AS=clerk req GET "/api/v1/tenders/$TENDER/draft"
AS=clerk IFM=$(etag) want 200 POST "/api/v1/tenders/$TENDER/open"
is "$(sql "SELECT string_agg(o.name || ' ' || b.state, ', ' ORDER BY o.name) FROM linli.bid b JOIN linli.organisation o ON o.id = b.organisation_id WHERE b.tender_id = '$TENDER'")" \
    'aa社 void, bb社 open, cc社 void' "neither the consortium nor its member's own bid stands"

# Joint bids are taken unless the call says that they are not (财政部令第87号 §19): a look beforehand refuses one, and the opening voids it.
fund_of sub_threshold 100000.00
entry_of sub_threshold public_bidding 100000.00
tender_of comprehensive_score "{\"joint_bids\":false,\"tranches\":$TWO_PARTS}" "$SCHEME"
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
AS='' req GET "/api/v1/tenders/$TENDER/plan"
is "$(got .plan.no_joint)" true "the plan says so"
joint_bid aa 80000.00 "$(parties cc 60% 40%)" three
AS=aa want 422 POST "/api/v1/tenders/$TENDER/bids/preview" "$(cat "$T/joint.json")"
is "$(got '.errors[0]|.pointer + " " + .detail')" "/parties 本项目不接受联合体" "beforehand it is told"
bid_for bb 82000.00
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h
AS=clerk req GET "/api/v1/tenders/$TENDER/draft"
AS=clerk IFM=$(etag) want 200 POST "/api/v1/tenders/$TENDER/open"
is "$(sql "SELECT string_agg(o.name || ' ' || b.state || coalesce(' ' || b.void_reason, ''), ', ' ORDER BY o.name) FROM linli.bid b JOIN linli.organisation o ON o.id = b.organisation_id WHERE b.tender_id = '$TENDER'")" \
    'aa社 void /parties 本项目不接受联合体, bb社 open' "at the opening it is void"
finish
