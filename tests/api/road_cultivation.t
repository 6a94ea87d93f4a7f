#!/bin/bash
# 社区培育资助 through HTTP alone: three local bodies apply, one of them filed with a host; the office's own conditions
# are checked, two are granted in the order they applied, the third waits and moves up when the second gives up.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
do_as() { AS=$1 IFM='*' req "$2" "$3" ${4+"$4"}; like "$STATUS" '20[01]' "$1: $2 ${3#/api/v1}"; [[ $STATUS = 20? ]] || say "  got: $STATUS $BODY"; }
NO_ACCOUNT=1 bidder orga 邻里互助中心
bidder orgb 睦邻合唱团
bidder orgc 车友会
AS=root req POST /api/v1/organisations "{\"name\":\"巧手编织队\",\"kind\":\"filed\",\"host\":\"${ORG[orga]}\"}"
ORG[team]=$(got .id)
member team "${ORG[team]}"
fund_of grants 100000.00
entry_of grants cultivation_grant 40000.00
tender_of most_votes '{"ceiling":"20000.00","conditions":[{"code":"open_books","name":{"zh":"财务公开","en":"its books are open"}}],"tranches":[
    {"code":"first","name":{"zh":"首款","en":"first"},"share":"60%","due":"on_signing","advance":true},{"code":"rest","name":{"zh":"余款","en":"rest"},"share":"40%","due":"on_milestone"}]}' '{}' '"category":"public_good"'
publish "$(date -u -d '+10 days' +%FT02:00:00Z)"
apply() { # login sum
    AS=$1 want 201 POST "/api/v1/tenders/$TENDER/proposals" "{\"title\":\"培育申请\",\"body\":\"用于场地和设备\",\"place\":\"本街道\",\"cost\":\"$2\",\"organisation\":true}"
    BID[$1]=$(got .id)
    advance 1h
}
apply team 15000.00
apply orgb 30000.00
apply orgc 10000.00
AS=orgc req GET "/api/v1/bids/${BID[orgb]}"
is "$STATUS" 404 "other applicants do not read it"
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1m
is "$(phase)" review "the conditions are looked at"
checks=''
for login in team orgb orgc; do
    for rule in local good_credit growth_plan open_books; do checks="$checks,{\"bid\":\"${BID[$login]}\",\"rule\":\"$rule\",\"passed\":true}"; done
done
AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
AS=clerk lot advance
is "$(phase)" deciding "nothing is compared"
AS=clerk lot decide
is "$(got '[.awards[]|.standing+" "+.amount]|join(",")')" "winner 15000.00,winner 20000.00,reserve 10000.00" "in the order of application, up to the ceiling"
AS=approver lot confirm
AS=clerk lot announce
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1m
is "$(phase)" agreement "the publicity is over"
AS=clerk req GET "/api/v1/lots/$LOT/awards"
first=$(got ".items[]|select(.bid==\"${BID[team]}\").id") second=$(got ".items[]|select(.bid==\"${BID[orgb]}\").id")
AS=orgb IFM='*' want 200 POST "/api/v1/awards/$second/refuse" '{"reason":"已获其他资助"}'
AS=clerk lot decide
AS=approver lot confirm
AS=clerk lot announce
AS=clerk req GET "/api/v1/lots/$LOT/awards"
is "$(got ".items[]|select(.bid==\"${BID[orgc]}\")|.standing+\" \"+.state")" "winner announced" "who waited moves up"
third=$(got ".items[]|select(.bid==\"${BID[orgc]}\").id")
starts=$(date -u -d '+60 days' +%F) ends=$(date -u -d '+300 days' +%F)
sign() { # award login
    AS=clerk IFM='*' want 201 POST "/api/v1/awards/$1/contract" "{\"starts\":\"$starts\",\"ends\":\"$ends\",\"terms\":\"按培育计划使用\"}"
    CONTRACT=$(got .id)
    do_as approver POST "/api/v1/contracts/$CONTRACT/sign"
    do_as "$2" POST "/api/v1/contracts/$CONTRACT/sign"
}
sign "$first" orga
is "$(sql "SELECT organisation_id FROM linli.contract WHERE id = '$CONTRACT'")" "${ORG[orga]}" "the filed team's host signs"
contract_team=$CONTRACT
sign "$third" orgc
is "$(phase)" delivering "both are signed"
# ---- a team without an account: its cost is reimbursed against what others wrote out, to the host the agreement names ----
AS='' req GET /api/v1/offices/3
AS=security IFM=$(etag) want 200 PATCH /api/v1/offices/3 '{"vouchers_first":true}'
AS=orga IFM='*' want 200 PATCH "/api/v1/organisations/${ORG[orga]}" '{"bank_name":"示例银行","bank_code":"102290000001","bank_account":"6222555"}'
spent=0
cost() { # login kind amount more: one voucher of the team's cost
    local number
    spent=$((spent + 1)) number=$spent
    [ "$2" = receipt ] || printf -v number %020d "$spent"
    AS=$1 want "${WANT:-201}" POST "/api/v1/tranches/$4/vouchers" "{\"kind\":\"$2\",\"number\":\"$number\",\"amount\":\"$3\",\"issued\":\"2026-11-01\",\"reimburses\":true${5:-}}"
}
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
WANT=422 cost orgc einvoice 1.00 "$(got '.items[0].id')" ",\"seller\":\"文具店\",\"seller_uscc\":\"$(uscc)\""
is "$(problem)" voucher/seller "a registered body pays its own cost"
AS='' req GET "/api/v1/contracts/$contract_team/tranches"
part=$(got '.items[0].id') due=$(got '.items[0].amount | tonumber | floor')
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$part/release"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/$part/payments" '{}'
is "$(problem)" voucher/missing "nothing without vouchers"
cost orga receipt 100.00 "$part"
fiscal() { AS=orga want "$1" POST "/api/v1/tranches/$part/vouchers" "{\"kind\":\"fiscal_receipt\",\"number\":\"0000000001\",\"amount\":\"0.01\",\"issued\":\"2026-11-01\",\"reimburses\":true,\"seller\":\"文化馆\",\"seller_uscc\":\"$shop\"${2:-}}"; }
shop=$(uscc)
WHY='no code' fiscal 422
is "$(got '.errors[0].pointer')" /code "a receipt of the finance authority has a code"
fiscal 201 ',"code":"31060125"'
is "$(got .number)" 31060125-0000000001 "kept with its number"
WHY='the same' fiscal 409 ',"code":"31060125"'
like "$(problem) $(got .detail)" "invoice/taken*发票31060125-0000000001 已被使用" "used once"
WHY='the same number of another code' fiscal 201 ',"code":"31060126"'
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/$part/payments" '{}'
cost orga einvoice "$((due - 100)).00" "$part" ",\"seller\":\"文具店\",\"seller_uscc\":\"$(uscc)\""
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/$part/payments" '{}'
reimbursed=$(got .id)
AS=auditor want 200 GET "/api/v1/payments/$reimbursed/paper"
is "$(got '[.payee, .payee_account] | join(" ")')" "$(sql "SELECT name FROM linli.organisation WHERE id = '${ORG[orga]}'") 6222555" "the host is paid"
AS=approver IFM='*' want 200 POST "/api/v1/payments/$reimbursed/approve"
AS=clerk IFM='*' want 200 POST "/api/v1/payments/$reimbursed/settle" '{"bank_ref":"BR-REIMBURSED"}'
AS='' req GET "/api/v1/tranches/$part"
is "$(got .state)" paid "to the paid tranche"
AS='' req GET /api/v1/offices/3
AS=security IFM=$(etag) want 200 PATCH /api/v1/offices/3 '{"vouchers_first":false}'
n=0
settle() { # contract login
    local tranche
    AS='' req GET "/api/v1/contracts/$1/tranches"
    for tranche in $(got '.items[] | select(.state != "paid") | .id'); do
        n=$((n + 1))
        AS='' req GET "/api/v1/tranches/$tranche"
        if [ "$(got .code)" = rest ]; then
            do_as "$2" POST "/api/v1/tranches/$tranche/deliveries" '{"paper":"growth_report","body":"开展活动十二次，票据附后"}'
            AS=clerk req GET "/api/v1/tranches/$tranche/deliveries"
            do_as clerk POST "/api/v1/tranches/$tranche/accept" "{\"delivery\":\"$(got '.items[0].id')\",\"finding\":\"accepted\",\"reason\":\"属实\"}"
        fi
        do_as clerk POST "/api/v1/tranches/$tranche/release"
        do_as clerk POST "/api/v1/tranches/$tranche/payments" "{\"invoice\":\"0000000$n\"}"
        local payment
        payment=$(got .id)
        do_as approver POST "/api/v1/payments/$payment/approve"
        do_as clerk POST "/api/v1/payments/$payment/settle" "{\"bank_ref\":\"BR-$n\"}"
    done
}
settle "$contract_team" orga
settle "$CONTRACT" orgc
AS='' req GET "/api/v1/appropriations/$APP"
is "$(got '[.available,.reserved,.committed,.payable,.paid]|join(" ")')" "75000.00 0.00 0.00 0.00 25000.00" "paid to the last fen, the rest is free"
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .state)" closed "closed"
ok "linli audit finds nothing" linli audit
verified
stop_server
finish
