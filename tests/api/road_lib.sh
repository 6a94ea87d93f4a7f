# The parts every road has, for tests/api/road_*.t; sourced after lib.sh and award_lib.sh.
#
#   as LOGIN METHOD PATH [JSON]      a request with If-Match *, which must be answered 200 or 201
#   lot_now                          phase and state of the lot
#   panel_in PERSON...               named by the clerk, the first in the chair; signed in, no conflict
#   all_pass LOGIN RULE...           the checks of RULE hold for every bid, found by LOGIN
#   decided LOGIN AMOUNT             decided, confirmed, announced; LOGIN wins AMOUNT; leaves AWARD
#   fulfilled LOGIN                  contract signed by both, every tranche delivered and paid, the tender closed
#   past PERIOD                      moves legal time and waits until what was due of the lot has happened
#   balance TEXT AVAILABLE RESERVED COMMITTED PAID
as() {
    local login=$1; shift
    AS=$login IFM='*' req "$@"
    like "$STATUS" '20[01]' "$login: $1 ${2#/api/v1}"
    [[ $STATUS = 20? ]] || say "  got: $STATUS $BODY"
}
lot_now() { AS='' req GET "/api/v1/lots/$LOT"; got '.phase + " " + .state'; }
past() {
    local i before
    before=$(lot_now)
    advance "$1"
    for i in 1 2 3 4 5 6 7 8 9 10; do
        AS='' req GET "/api/v1/lots/$LOT"
        [ "$(got '.phase + " " + .state')" = "$before" ] && [ "$(got .waiting)" = null ] || return 0
        sleep 0.3
    done
}
panel_in() {
    local i members=
    PANEL=("$@")
    for i in "$@"; do members="$members,$(seat "$i" expert "$([ "$i" = "$1" ] && echo true || echo false)")"; done
    as clerk PUT "/api/v1/lots/$LOT/panel" "{\"members\":[${members#,}]}"
    for i in "$@"; do
        as "$i" POST "/api/v1/lots/$LOT/panel/enter"
        as "$i" POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":false}'
    done
}
all_pass() {
    local who=$1 login rule checks=; shift
    for login in "${!BID[@]}"; do for rule in "$@"; do
        checks="$checks,{\"bid\":\"${BID[$login]}\",\"rule\":\"$rule\",\"passed\":true}"
    done; done
    as "$who" POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
}
decided() {
    as clerk POST "/api/v1/lots/$LOT/decide"
    as approver POST "/api/v1/lots/$LOT/confirm"
    as clerk POST "/api/v1/lots/$LOT/announce"
    AS=clerk req GET "/api/v1/lots/$LOT/awards"
    AWARD=$(got '.items[]|select(.standing=="winner" and .state=="announced").id')
    is "$(got '.items[]|select(.standing=="winner" and .state=="announced")|.amount + " " + .bid')" "$2 ${BID[$1]}" "$1 wins $2"
}
paid() { # tranche reference
    local payment
    as clerk POST "/api/v1/tranches/$1/release"
    as clerk POST "/api/v1/tranches/$1/payments" "{\"invoice\":\"$(printf %020d "$2")\"}"
    payment=$(got .id)
    as approver POST "/api/v1/payments/$payment/approve"
    as clerk POST "/api/v1/payments/$payment/settle" "{\"bank_ref\":\"BR-$2\"}"
}
fulfilled() {
    local contract tranche n=0
    is "$(lot_now)" "contracting announced" "the contract is to be signed"
    as clerk POST "/api/v1/awards/$AWARD/contract" "{\"starts\":\"$(date -u -d '+50 days' +%F)\",\"ends\":\"$(date -u -d '+360 days' +%F)\",\"terms\":\"按采购文件与响应文件履行\"}"
    contract=$(got .id)
    as approver POST "/api/v1/contracts/$contract/sign"
    as "$1" POST "/api/v1/contracts/$contract/sign"
    AS='' req GET "/api/v1/contracts/$contract/tranches"
    # shellcheck disable=SC2013
    for tranche in $(got '.items[]|.id + ":" + .due'); do
        n=$((n + 1))
        if [ "${tranche#*:}" != on_signing ]; then
            as "$1" POST "/api/v1/tranches/${tranche%%:*}/deliveries" "{\"paper\":\"$([ "${tranche#*:}" = on_milestone ] && echo progress_report || echo acceptance_note)\",\"body\":\"已完成\"}"
            AS=clerk req GET "/api/v1/tranches/${tranche%%:*}/deliveries"
            as clerk POST "/api/v1/tranches/${tranche%%:*}/accept" "{\"delivery\":\"$(got '.items[0].id')\",\"finding\":\"accepted\",\"reason\":\"符合合同\"}"
        fi
        paid "${tranche%%:*}" "$RANDOM$n"
    done
    is "$(lot_now)" "closed closed" "paid to the last fen and closed"
}
balance() {
    AS='' req GET "/api/v1/appropriations/$APP"
    is "$(got '[.available,.reserved,.committed,.paid]|join(" ")')" "$2 $3 $4 $5" "the money: $1"
}
