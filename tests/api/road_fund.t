#!/bin/bash
# 社区基金 by its committee, through HTTP alone: gifts recorded with their receipts, a restricted one kept to its field;
# three small applications, decided one by one by a committee with a quorum, a recusal and signed minutes; paid, and every
# expense disclosed with the balance after it.
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
deadline=$(date -u -d '+20 days' +%FT02:00:00Z)
AS=approver IFM=$TAG WHY='the donors gave it for the old' want 409 POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$deadline\",\"confirm_unverified\":true}"
is "$(problem)" fund/purpose "and that is the reason"
sql "UPDATE linli.list_entry SET field = '养老' WHERE id = '$ENTRY'"
AS=approver req GET "/api/v1/tenders/$TENDER/draft"
TAG=$(etag)
publish "$deadline"

# Three small applications; a resident's is carried out by a body that can sign.
bidder orga 邻里互助中心
bidder orgb 睦邻合唱团
propose() { # login sum more
    AS=$1 want 201 POST "/api/v1/tenders/$TENDER/proposals" "{\"title\":\"小额申请\",\"body\":\"为老人办一件事\",\"place\":\"本街道\",\"cost\":\"$2\"${3:-}}"
    BID[$1]=$(got .id)
    advance 1h
}
propose orga 9000.00 ',"organisation":true'
propose orgb 12000.00 ',"organisation":true'
propose resident 8000.00
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1m
checks=''
for login in orga orgb resident; do
    for rule in public_benefit not_property_duty no_clash fits_purpose costed; do checks="$checks,{\"bid\":\"${BID[$login]}\",\"rule\":\"$rule\",\"passed\":true}"; done
done
AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
AS=clerk lot advance
is "$(phase)" meeting "on to the committee"

# Four of the committee; the fourth works for the choir and sits it out.
person evaluator4 evaluator 3
sql "UPDATE linli.person SET employer = '睦邻合唱团' WHERE id = '${PERSON[evaluator4]}'"
members=''
for i in 1 2 3 4; do members="$members,$(seat evaluator$i expert "$([ $i = 1 ] && echo true || echo false)")"; done
AS=clerk IFM=$(AS='' lot_etag) want 200 PUT "/api/v1/lots/$LOT/panel" "{\"members\":[${members#,}]}"
for i in 1 2 3 4; do
    AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/panel/enter"
    AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":false}'
done
vote() { # member bid yes|no
    AS=$1 want "${4:-200}" POST "/api/v1/lots/$LOT/checks" "{\"checks\":[{\"bid\":\"${BID[$2]}\",\"rule\":\"approved\",\"passed\":$([ "$3" = yes ] && echo true || echo false),\"reason\":\"见会议纪要\"}]}"
}
vote evaluator1 orga yes && vote evaluator2 orga yes && vote evaluator3 orga yes && vote evaluator4 orga no
WHY='it sits out its own' vote evaluator4 orgb yes 409
vote evaluator1 orgb yes && vote evaluator2 orgb yes && vote evaluator3 orgb no
vote evaluator1 resident yes && vote evaluator2 resident no
AS=evaluator1 IFM=$(AS='' lot_etag) WHY='two votes on the last' want 409 POST "/api/v1/lots/$LOT/advance"
like "$BODY" '*to_vote*' "the quorum is of each"
vote evaluator3 resident no
AS=evaluator1 IFM=$(AS='' lot_etag) WHY='no minutes yet' want 409 POST "/api/v1/lots/$LOT/advance"
like "$BODY" '*no_minutes*' "decided with minutes"
AS=evaluator1 want 200 PUT "/api/v1/lots/$LOT/report" '{"summary":"管委会会议纪要：应到四人，实到四人；逐项表决"}'
for i in 1 2 3; do AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/report/sign" '{}'; done
AS=evaluator4 want 200 POST "/api/v1/lots/$LOT/report/sign" '{"dissent":"第一项预算偏高"}'
AS=evaluator1 lot advance
is "$(phase)" deciding "and on to the decision"
AS=clerk lot decide
is "$(got '[.awards[]|.standing+" "+.amount]|join(",")')" "winner 9000.00,winner 12000.00" "3 of 4 and 2 of 3 carry, 1 of 3 does not"
AS=approver lot confirm
AS=clerk lot announce
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1m
AS=clerk req GET "/api/v1/lots/$LOT/awards"
n=0
for login in orga orgb; do
    n=$((n + 1))
    AS=clerk req GET "/api/v1/lots/$LOT/awards"
    AS=clerk IFM='*' want 201 POST "/api/v1/awards/$(got ".items[]|select(.bid==\"${BID[$login]}\").id")/contract" "{\"starts\":\"$(date -u -d '+60 days' +%F)\",\"ends\":\"$(date -u -d '+200 days' +%F)\",\"terms\":\"微资助协议\"}"
    contract=$(got .id)
    do_as operator POST "/api/v1/contracts/$contract/sign"
    do_as $login POST "/api/v1/contracts/$contract/sign"
    contracts[n]=$contract
done
is "$(phase)" delivering "both are signed"
for n in 1 2; do
    AS='' req GET "/api/v1/contracts/${contracts[n]}/tranches"
    tranche=$(got '.items[0].id')
    do_as operator POST "/api/v1/tranches/$tranche/release"
    do_as operator POST "/api/v1/tranches/$tranche/payments" "{\"invoice\":\"0000000$n\"}"
    payment=$(got .id)
    do_as approver POST "/api/v1/payments/$payment/approve"
    do_as operator POST "/api/v1/payments/$payment/settle" "{\"bank_ref\":\"BR-$n\"}"
    advance 1h
done
AS='' req GET "/api/v1/funds/$FUND/expenses"
is "$(got '[.items[]|.payee+" "+.amount+" "+.balance]|join(",")')" "邻里互助中心 9000.00 26000.00,睦邻合唱团 12000.00 14000.00" "every expense, and what was left after it"
AS='' req GET "/api/v1/appropriations/$OLD"
is "$(got '[.available,.committed,.paid]|join(" ")')" "9000.00 0.00 21000.00" "of the old's 30,000.00 9,000.00 are left"
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .state)" closed "closed"
stop_server
finish
