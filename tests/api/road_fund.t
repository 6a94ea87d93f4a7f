#!/bin/bash
# 社区基金 by its committee, through HTTP alone: gifts recorded with their receipts, a restricted one kept to its field;
# small applications taken while the call is open and decided one by one, each when it has come, by a committee with a quorum,
# a recusal and minutes of each meeting; the first is paid before the last is there; the call is over once its money is
# spent; every expense is disclosed with the balance after it.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
do_as() { AS=$1 IFM='*' req "$2" "$3" ${4+"$4"}; like "$STATUS" '20[01]' "$1: $2 ${3#/api/v1}"; [[ $STATUS = 20? ]] || say "  got: $STATUS $BODY"; }
TODAY=$(date -u +%F)

# The fund and who holds it.
fund='{"code":"neighbours","name":{"zh":"睦邻基金","en":"Neighbours"},"purpose":"社区公益","regimes":["charity"],"holder_kind":"foundation"'
AS=operator WHY='a holder has a name' want 422 POST /api/v1/offices/3/funds "$fund}"
AS=operator want 201 POST /api/v1/offices/3/funds "$fund,\"holder\":\"示例区慈善基金会\"}"
FUND=$(got .id)
is "$(got '.holder_kind+" "+.holder')" "foundation 示例区慈善基金会" "who holds it is said"

# Gifts are recorded, never taken: no resident, no organisation and nobody at all can give here.
gift() { echo "{\"donor\":\"$1\",\"amount\":\"$2\",\"received\":\"$TODAY\",\"receipt\":\"$3\"${4:-}}"; }
AS=resident want 403 POST "/api/v1/funds/$FUND/gifts" "$(gift 居民 100.00 R-0001)"
AS='' want 401 POST "/api/v1/funds/$FUND/gifts" "$(gift 路人 100.00 R-0001)"
AS=operator WHY='no receipt' want 422 POST "/api/v1/funds/$FUND/gifts" "{\"donor\":\"示例公司\",\"amount\":\"100.00\",\"received\":\"$TODAY\"}"
like "$BODY" '*慈善法 §38*' "and the article is named"
AS=operator want 422 POST "/api/v1/funds/$FUND/gifts" "{\"donor\":\"示例公司\",\"amount\":\"100.00\",\"received\":\"2099-01-01\",\"receipt\":\"R-0001\"}"
AS=operator want 201 POST "/api/v1/funds/$FUND/gifts" "$(gift 示例公司 20000.00 R-0001 ',"restriction":"养老"')"
OLD=$(got .appropriation)
AS=operator want 201 POST "/api/v1/funds/$FUND/gifts" "$(gift 王某 10000.00 R-0002 ',"restriction":"养老","anonymous":true')"
is "$(got '.donor+" "+.appropriation')" "匿名 $OLD" "no name where the donor wants none; the same restriction, the same money"
AS=operator want 201 POST "/api/v1/funds/$FUND/gifts" "$(gift 示例公司 5000.00 R-0003)"
FREE=$(got .appropriation)
AS=operator WHY='one receipt, one gift' want 409 POST "/api/v1/funds/$FUND/gifts" "$(gift 示例公司 5000.00 R-0003)"
AS=operator want 201 POST "/api/v1/funds/$FUND/gifts" "$(gift 文具店 800.00 R-0004 ',"kind":"in_kind"')"
is "$(got .appropriation)" null "what is given in kind is valued, and is no money"
AS=operator want 201 POST "/api/v1/funds/$FUND/gifts" "{\"donor\":\"李某\",\"amount\":\"3000.00\",\"received\":\"$TODAY\",\"kind\":\"pledge\"}"
AS='' req GET "/api/v1/appropriations/$OLD"
is "$(got '.restriction+" "+.available')" "养老 30000.00" "restricted money stands by itself"
AS='' req GET "/api/v1/appropriations/$FREE"
is "$(got '(.restriction|tostring)+" "+.available')" "null 5000.00" "beside what is not restricted"
AS='' req GET "/api/v1/funds/$FUND/gifts"
is "$(got '[.items[]|.donor]|join(",")')" "示例公司,匿名,示例公司,文具店,李某" "everybody reads the gifts"

# Money given for the old buys nothing else.
APP=$OLD
entry_of charity community_fund 21000.00
sql "UPDATE linli.list_entry SET field = '儿童' WHERE id = '$ENTRY'"
OPTIONS='{"road":"committee","committee_quorum":3,"majority":"two_thirds","tranches":[{"code":"whole","name":{"zh":"一次性拨付","en":"at once"},"share":"100%","due":"on_signing","advance":true}]}'
tender_of most_votes "$OPTIONS" '{}' '"category":"public_good"'
deadline=$(date -u -d '+200 days' +%FT02:00:00Z)
AS=approver IFM=$TAG WHY='the donors gave it for the old' want 409 POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$deadline\",\"confirm_unverified\":true}"
is "$(problem)" fund/purpose "and that is the reason"
sql "UPDATE linli.list_entry SET field = '养老' WHERE id = '$ENTRY'"
AS=approver req GET "/api/v1/tenders/$TENDER/draft"
TAG=$(etag)
publish "$deadline"

# Four of the committee; the fourth works for the choir, which has not applied yet.
is "$(phase)" rolling "applications are taken and decided in one phase"
bidder orga 邻里互助中心
bidder orgb 睦邻合唱团
bidder orgc 花园社
person evaluator4 evaluator 3
sql "UPDATE linli.person SET employer = '睦邻合唱团' WHERE id = '${PERSON[evaluator4]}'"
members=''
for i in 1 2 3 4; do members="$members,$(seat evaluator$i expert "$([ $i = 1 ] && echo true || echo false)")"; done
AS=clerk IFM=$(AS='' lot_etag) want 200 PUT "/api/v1/lots/$LOT/panel" "{\"members\":[${members#,}]}"
for i in 1 2 3 4; do
    AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/panel/enter"
    AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":false}'
done

propose() { # login sum more
    AS=$1 want "${4:-201}" POST "/api/v1/tenders/$TENDER/proposals" "{\"title\":\"小额申请\",\"body\":\"为老人办一件事\",\"place\":\"本街道\",\"cost\":\"$2\"${3:-}}"
    BID[$1]=$(got .id)
    advance 1h
}
eligible() {
    local checks='' rule
    for rule in public_benefit not_property_duty no_clash fits_purpose costed; do checks="$checks,{\"bid\":\"${BID[$1]}\",\"rule\":\"$rule\",\"passed\":true}"; done
    AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
}
vote() { # member bid yes|no
    AS=$1 want "${4:-200}" POST "/api/v1/lots/$LOT/checks" "{\"checks\":[{\"bid\":\"${BID[$2]}\",\"rule\":\"approved\",\"passed\":$([ "$3" = yes ] && echo true || echo false),\"reason\":\"见会议纪要\"}]}"
}
minutes() { # what, then who dissents
    local i
    AS=evaluator1 want 200 PUT "/api/v1/lots/$LOT/report" "{\"summary\":\"管委会会议纪要：$1\"}"
    for i in 1 2 3 4; do
        AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/report/sign" "$([ "${2:-}" = "$i" ] && echo '{"dissent":"预算偏高"}' || echo '{}')"
    done
    advance 1h
}
granted() {
    AS=clerk lot decide
    AS=approver lot confirm
    AS=clerk lot announce
}
signed() {
    do_as operator POST "/api/v1/contracts/$1/sign"
    do_as "$2" POST "/api/v1/contracts/$1/sign"
}
draft() { # login: its agreement
    AS=clerk req GET "/api/v1/lots/$LOT/awards"
    AS=clerk IFM='*' want 201 POST "/api/v1/awards/$(got ".items[]|select(.bid==\"${BID[$1]}\").id")/contract" "{\"starts\":\"$(date -u -d '+60 days' +%F)\",\"ends\":\"$(date -u -d '+300 days' +%F)\",\"terms\":\"微资助协议\"}"
    CONTRACT=$(got .id)
}
paid_out() { # contract number
    AS='' req GET "/api/v1/contracts/$1/tranches"
    local tranche
    tranche=$(got '.items[0].id')
    do_as operator POST "/api/v1/tranches/$tranche/release"
    do_as operator POST "/api/v1/tranches/$tranche/payments" "{\"invoice\":\"0000000$2\"}"
    local payment
    payment=$(got .id)
    do_as approver POST "/api/v1/payments/$payment/approve"
    do_as operator POST "/api/v1/payments/$payment/settle" "{\"bank_ref\":\"BR-$2\"}"
    advance 1h
}

# The first comes, is decided, signed and paid, while the call goes on.
propose orga 9000.00 ',"organisation":true'
AS=resident want 200 POST "/api/v1/bids/${BID[orga]}/support"
is "$(got .supports)" 1 "neighbours support an application here too"
AS=evaluator1 WHY='not found on by the office yet, but it may be voted on' want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[{\"bid\":\"${BID[orga]}\",\"rule\":\"approved\",\"passed\":true}]}"
eligible orga
vote evaluator2 orga yes
AS=clerk lot decide
is "$(got '.awards|length')" 0 "two votes are no quorum"
vote evaluator3 orga yes && vote evaluator4 orga no
AS=clerk lot decide
is "$(got '.awards|length')" 0 "and without minutes nothing is decided"
for who in orga clerk; do
    AS=$who WHY='what was found and voted on is what is paid' want 409 POST "/api/v1/bids/${BID[orga]}/requote" '{"fields":{"cost":"21000.00"}}'
    like "$BODY" '*cost_locked*' "and $who is told so"
done
minutes '应到四人，实到四人；互助中心，三人同意' 4
AS=orga want 409 POST "/api/v1/bids/${BID[orga]}/requote" '{"fields":{"cost":"21000.00"}}'
WHY='the minutes are signed' vote evaluator4 orga yes 409
like "$BODY" '*minuted*' "what is minuted is not voted on again"
granted
is "$(phase)" rolling "one is granted, and the call goes on"
# Where a committee of another mechanism gives marks as well: those of a bid are told with its own result, not with that of another.
marked() { # login instant: sheets as the first two members would have locked them
    sql "WITH s AS (INSERT INTO linli.sheet (office_id, id, lot_id, member_id, bid_id, state, saved, locked)
             SELECT m.office_id, gen_random_uuid(), m.lot_id, m.id, '${BID[$1]}', 'locked', '$2', '$2' FROM linli.panel_member m
             WHERE m.lot_id = '$LOT' ORDER BY m.no LIMIT 2 RETURNING *)
         INSERT INTO linli.mark (office_id, sheet_id, criterion, value, shown, reason)
         SELECT office_id, id, 'technical', 80000000 + 4000000 * row_number() OVER (ORDER BY member_id), '80', '见记录' FROM s"
}
spread() { AS='' req GET /api/v1/offices/3/evaluators; got '.items[0] | (.sheets | tostring) + " " + ([.members[] | .distance // empty] | join(","))'; }
is "$(spread)" "0 " "no marks, nothing to tell of them"
marked orga "$(sql "SELECT max(published) - interval '1 minute' FROM linli.notice WHERE kind = 'result'")"
is "$(spread)" "2 2,2" "those of what is granted are told"
draft orga
AS=orga IFM='*' WHY='its publicity runs' want 409 POST "/api/v1/contracts/$CONTRACT/sign"
like "$BODY" '*not_made_public*' "and that is why"
advance 9d
signed "$CONTRACT" orga
# What donors gave is paid against a donation receipt of the payee, with its code and number; a purchase takes none (paying.t).
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
part=$(got '.items[0].id')
donated() { AS=orga want "$1" POST "/api/v1/tranches/$part/vouchers" "{\"kind\":\"donation_receipt\",\"number\":\"0000000001\",\"amount\":\"9000.00\",\"issued\":\"2026-11-01\",\"seller\":\"邻里互助中心\"$2}"; }
issuer=",\"seller_uscc\":\"$(sql "SELECT uscc FROM linli.organisation WHERE id = '${ORG[orga]}'")\""
WHY='no code' donated 422 "$issuer"
is "$(got '.errors[0].pointer')" /code "a donation receipt has a code"
WHY='nobody wrote it out' donated 422 ',"code":"31060125"'
is "$(problem)" voucher/seller "and names who wrote it out"
donated 201 ",\"code\":\"31060125\"$issuer"
is "$(got '.kind + " " + .number')" "donation_receipt 31060125-0000000001" "kept with its number"
paid_out "$CONTRACT" 1
is "$(phase)" rolling "it has its money, and others may still come"
AS='' req GET "/api/v1/appropriations/$OLD"
is "$(got '[.available,.reserved,.paid]|join(" ")')" "9000.00 12000.00 9000.00" "what is not granted yet stays reserved"

# A resident's application is decided by itself, and not carried.
propose resident 8000.00
eligible resident
vote evaluator1 resident yes && vote evaluator2 resident no && vote evaluator3 resident no && vote evaluator4 resident no
minutes '个人申请，一人同意'
AS=clerk lot decide
is "$(got '[.awards[]|.standing+" "+.amount+" "+.state]|join(",")')" "winner 9000.00 closed" "one of four: not carried, and what was granted stays"

# The choir comes last; who works for it signed in before it came, and sits it out all the same.
propose orgb 12000.00 ',"organisation":true'
eligible orgb
WHY='it sits out its employer' vote evaluator4 orgb yes 409
vote evaluator1 orgb yes && vote evaluator2 orgb yes && vote evaluator3 orgb no
marked orgb "$(sql "SELECT max(published) - interval '1 minute' FROM linli.notice WHERE kind = 'result'")"
is "$(spread)" "2 2,2" "not with the result of another"
minutes '合唱团，一人回避，二比一'
AS=evaluator1 req GET "/api/v1/lots/$LOT/panel"
is "$(got '.minutes|length')" 3 "the minutes of each meeting are kept"
granted
AS=clerk req GET "/api/v1/lots/$LOT/awards"
is "$(got '[.items[]|.standing+" "+.amount]|join(",")')" "winner 9000.00,winner 12000.00" "two of three carry"
is "$(spread)" "4 2,2" "with its own"
AS=orgc WHY='the money is spent' want 409 POST "/api/v1/tenders/$TENDER/proposals" '{"title":"晚了","body":"x","place":"x","cost":"100.00","organisation":true}'
like "$BODY" '*no_money*' "and says so, long before the last day"
draft orgb
advance 9d
signed "$CONTRACT" orgb
is "$(phase)" delivering "spent and signed: the call is over"
paid_out "$CONTRACT" 2
AS='' req GET "/api/v1/funds/$FUND/expenses"
is "$(got '[.items[]|.payee+" "+.amount+" "+.balance]|join(",")')" "邻里互助中心 9000.00 26000.00,睦邻合唱团 12000.00 14000.00" "every expense, and what was left after it"
is "$(got '.items[0].papers[0] | [.kind, .number, .seller, .amount, .issued] | join(" ")')" "donation_receipt 31060125-0000000001 邻里互助中心 9000.00 2026-11-01" \
    "with the voucher it rests on"
payment=$(got '.items[0].payment')
AS='' want 200 GET "/api/v1/payments/$payment"
is "$(got '.papers[0].number + " " + (.vouchers | tostring)')" "31060125-0000000001 null" "which the payment shows everybody, and no file yet"
scan() { sql "UPDATE linli.blob SET type = 'application/pdf' WHERE sha256 = '\\x$1'" >/dev/null; echo "$1"; }
file() { echo "{\"object_kind\":\"$1\",\"object\":\"$2\",\"name\":\"$3\",\"kind\":\"voucher\",\"sha256\":\"$4\"${5:-}}"; }
whole=$(scan "$(brought operator '{"account":"1001"}')") struck=$(scan "$(brought operator '{"account":"***"}')")
AS=operator WHY='an account stands on it' want 403 POST /api/v1/offices/3/attachments "$(file payment "$payment" 回单.pdf "$whole" ',"public":true')"
AS=operator want 201 POST /api/v1/offices/3/attachments "$(file payment "$payment" 回单.pdf "$whole")"
kept=$(got .id)
AS=operator WHY='nothing is struck from it' want 404 POST /api/v1/offices/3/attachments "$(file payment "$payment" 回单-公开.pdf "$whole" ",\"public\":true,\"redacted_of\":\"$kept\"")"
is "$(got '.errors[0].pointer')" /redacted_of "a copy with the bytes of its original is none"
AS=operator want 201 POST /api/v1/offices/3/attachments "$(file payment "$payment" 回单-公开.pdf "$struck" ",\"public\":true,\"redacted_of\":\"$kept\"")"
AS='' req GET "/api/v1/payments/$payment"
is "$(got '[.vouchers[] | .name + " " + .sha256] | join(",")')" "回单-公开.pdf $struck" "the copy with the account struck is public, and it alone"
AS='' want 200 GET "/api/v1/attachments/$(got '.vouchers[0].id')/file"
AS=orga req GET "/api/v1/tranches/$part/vouchers"
receipt=$(got '.items[0].id')
whole=$(scan "$(brought orga '{"payer":"王某"}')") struck=$(scan "$(brought orga '{"payer":"王*"}')")
AS=orga want 201 POST /api/v1/offices/3/attachments "$(file voucher "$receipt" 票据.pdf "$whole")"
AS=orga want 201 POST /api/v1/offices/3/attachments "$(file voucher "$receipt" 票据-公开.pdf "$struck" ",\"public\":true,\"redacted_of\":\"$(got .id)\"")"
AS='' req GET "/api/v1/funds/$FUND/expenses"
is "$(got '.items[0] | [.vouchers[0].name, .papers[0].files[0].name] | join(" ")')" "回单-公开.pdf 票据-公开.pdf" "the thread of the money ends at the image of the voucher"
is "$(got '.items[1] | [.vouchers, (.papers[] | .kind, .number, .seller, .files)] | @json')" '[null,"receipt",null,"个人",null]' "of a plain receipt neither number nor name"
AS='' req GET "/api/v1/appropriations/$OLD"
is "$(got '[.available,.committed,.paid]|join(" ")')" "9000.00 0.00 21000.00" "of the old's 30,000.00 9,000.00 are left"
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .state)" closed "closed"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[] | select(.kind == "closing") | .body.contractor + " " + .body.paid] | join(",")')" "邻里互助中心 9000.00,睦邻合唱团 12000.00" "the end of each project is told"
AS=clerk req GET '/api/v1/offices/3/duties?open=true'
duty=$(got '.items[] | select(.code == "campaign_report_full") | .id')
AS=clerk want 200 POST "/api/v1/offices/3/duties/$duty/done" '{"note":"内部说明","reference":"全面公开〔2027〕1号"}'
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '.items[] | select(.kind == "funds_used") | [.body | .reference, .budget, .amount, .paid, .recovered, .unused] | join(" ")')" \
    "全面公开〔2027〕1号 21000.00 21000.00 21000.00 0.00 0.00" "once the use of the money is reported (慈善法 §79), it is told: budget, granted, paid, back, left"
is "$(got '.items[] | select(.kind == "funds_used") | [.body.uses[] | .contractor + " " + .paid] | join(",")')" "邻里互助中心 9000.00,睦邻合唱团 12000.00" "for each project"
is "$(got '.items[] | select(.kind == "funds_used") | .body.lot')" "$LOT" "of which lot: titles are not unique, and an account replaces only that of its own"
is "$(got '.items[] | select(.kind == "funds_used") | .body | has("note")')" false "what the office noted for itself is not"
ok "linli audit finds nothing" linli audit
verified
stop_server
finish
