# The road of a tender in steps, for the tests of scoring, awards and contracts; sourced after lib.sh.
#
#   fund_of REGIME SUM           an appropriation of street 3: APP
#   entry_of REGIME METHOD SUM   an entry of a published list: ENTRY
#   tender_of SCHEME OPTIONS SCHEME_OPTIONS [MORE]   a draft: TENDER and LOT; MORE is further JSON members; paid from APP, or by the member SOURCES
#   publish DEADLINE
#   bidder LOGIN NAME            an organisation with a person; its id in ORG[LOGIN]
#   bid_for LOGIN PRICE [SMALL]  its bid in BID[LOGIN]; for lot LOT_NO, 1 where that is not set
#   open_bids LOGIN...           opened at the deadline and found to pass every check of the office
#   panel_sits PERSON...         the first in the chair; named, signed in, declared, and all bids respond
#   marks_of LOGIN:VALUE...      the same marks by the whole panel, locked
#   report_signed                by the whole panel
#   winner_of SUM [APPROPRIATED] [OPTIONS]   the road of contract_of up to its contract, with BIDDERS (aa bb), the first best: AWARD; IN_NOTICE: till the notice
#                                TRANCHES and MORE: other tranches, further JSON members of the draft;
#                                REGIME and SITS: other than sub_threshold, other than three evaluators
#   contract_of SUM [APPROPRIATED] [OPTIONS]   the whole road below the threshold to a contract of SUM with aa (bidders aa, bb and the
#                                evaluators 1-3 are there): CONTRACT, PARTS its tranches
#   delivered TRANCHE VALUE      reported by aa and accepted for that much
#   paid TRANCHE                 released, ordered, approved, settled: PAYMENT
#   sent_back PAYMENT [REASON]   settled and come back, as two people enter it
#   drawn_again                  the order of the draw in BODY, computed from what was published with sha256sum alone
#   decided_again [TENDER]       every decision of the tender asked again by `linli decide`: those that came out otherwise; "N QUESTION.." of the rest
#   working_day DATE N           the Nth working day after a date, by config/calendar
#   lot ACT [JSON]               POST on the lot as it stands now; wants 200
#   phase                        of the lot
declare -A ORG BID
TWO_PARTS='[{"code":"first","name":{"zh":"首款","en":"first"},"share":"50%","due":"on_signing","advance":true},
 {"code":"mid","name":{"zh":"中期款","en":"mid-term"},"share":"30%","due":"on_milestone"},
 {"code":"final","name":{"zh":"尾款","en":"final"},"share":"20%","due":"on_acceptance"}]'
year() { date -u +%Y; }
fund_of() {
    AS=approver req POST /api/v1/offices/3/funds "{\"code\":\"f_$RANDOM\",\"name\":{\"zh\":\"资金\",\"en\":\"fund\"},\"purpose\":\"服务\",\"regimes\":[\"$1\"]}"
    AS=approver req POST "/api/v1/funds/$(got .id)/appropriations" "{\"year\":$(year),\"budget_item\":\"2080299\",\"name\":\"指标\",\"amount\":\"$2\"}"
    APP=$(got .id)
}
entry_of() {
    local list
    AS=clerk req POST /api/v1/offices/3/lists "{\"year\":$((2030 + LISTS)),\"title\":\"清单\"}"
    list=$(got .id) LISTS=$((LISTS + 1))
    AS=clerk req POST "/api/v1/lists/$list/entries" "{\"name\":\"助老服务\",\"department\":\"民政\",\"field\":\"养老\",\"beneficiaries\":\"老人\",\"place\":\"本街道\",\"budget\":\"$3\",\"budget_item\":\"2080299\",\"catalogue_code\":\"A0101\",\"regime\":\"$1\",\"method\":\"$2\",\"planned_month\":12,\"term_months\":12,\"officer\":\"伊\"}"
    ENTRY=$(got .id)
    [ "$STATUS" = 201 ] || say "no entry: $BODY"
    AS=approver req GET "/api/v1/lists/$list/draft"
    AS=approver IFM=$(etag) req POST "/api/v1/lists/$list/approve"
    AS=clerk IFM=$(etag) req POST "/api/v1/lists/$list/publish"
    [ "$STATUS" = 200 ] || say "the list is not published: $BODY"
}
LISTS=0
tender_of() {
    AS=clerk want 201 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"需求\",\"scheme\":\"$1\",\"options\":$2,\"scheme_options\":$3,${SOURCES:-\"appropriation\":\"$APP\"}${4:+,$4}}"
    TENDER=$(got .id) LOT=$(got '.lots[0].id') TAG=$(etag)
}
publish() { AS=approver IFM=$TAG want 200 POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$1\",\"confirm_unverified\":true}"; }
bidder() {
    ORG[$1]=$(organisation "$2")
    member "$1" "${ORG[$1]}"
}
bid_for() {
    local hash bytes text small=
    [ -z "${3:-}" ] || small=',"declarations":{"small_enterprise":true}'
    text="{\"linli\":\"bid/1\",\"organisation\":\"${ORG[$1]}\",\"lot\":${LOT_NO:-1},\"fields\":{\"price\":\"$2\"}$small}"
    hash=$(brought "$1" "$text") bytes=$(printf '%s' "$text" | wc -c)
    AS=$1 want 201 POST "/api/v1/tenders/$TENDER/bids" "{\"lot\":${LOT_NO:-1},\"organisation\":\"${ORG[$1]}\",\"sha256\":\"$hash\",\"bytes\":$bytes}"
    BID[$1]=$(got .id)
}
lot_etag() { req GET "/api/v1/lots/$LOT"; etag; }
lot() { IFM=$(AS='' lot_etag) want 200 POST "/api/v1/lots/$LOT/$1" "${@:2}"; }
phase() { AS='' req GET "/api/v1/lots/$LOT"; got .phase; }
clock_to() { AS='' req POST /api/v1/clock "{\"to\":\"$1\"}"; }
seat() { echo "{\"person\":\"${PERSON[$1]}\",\"kind\":\"$2\",\"chair\":$3}"; }

open_bids() {
    local login rule checks=
    AS='' req GET "/api/v1/lots/$LOT"
    clock_to "$(got .phase_due)"
    advance 1h
    AS=clerk req GET "/api/v1/tenders/$TENDER/draft"
    AS=clerk IFM=$(etag) want 200 POST "/api/v1/tenders/$TENDER/open"
    for login in "$@"; do
        for rule in qualified good_credit; do checks="$checks,{\"bid\":\"${BID[$login]}\",\"rule\":\"$rule\",\"passed\":true}"; done
    done
    AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
}
PANEL=()
panel_sits() {
    local i members='' checks='' login
    PANEL=("$@")
    for i in "$@"; do members="$members,$(seat "$i" expert "$([ "$i" = "$1" ] && echo true || echo false)")"; done
    AS=clerk IFM=$(AS='' lot_etag) want 200 PUT "/api/v1/lots/$LOT/panel" "{\"members\":[${members#,}]}"
    AS=clerk lot advance
    for login in "${!BID[@]}"; do checks="$checks,{\"bid\":\"${BID[$login]}\",\"rule\":\"responsive\",\"passed\":true}"; done
    for i in "$@"; do
        AS=$i want 200 POST "/api/v1/lots/$LOT/panel/enter"
        AS=$i want 200 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":false}'
        AS=$i want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
    done
    AS=$1 lot advance
}
marks_of() {
    local i pair sheets=
    for pair in "$@"; do
        sheets="$sheets,{\"bid\":\"${BID[${pair%%:*}]}\",\"marks\":[{\"criterion\":\"technical\",\"value\":\"${pair#*:}\",\"reason\":\"见记录\"}]}"
    done
    for i in "${PANEL[@]}"; do
        AS=$i want 200 PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[${sheets#,}]}"
        AS=$i want 200 POST "/api/v1/lots/$LOT/marks/lock" '{}'
    done
}
report_signed() {
    local i
    AS=${PANEL[0]} want 200 PUT "/api/v1/lots/$LOT/report" '{"summary":"评审报告"}'
    for i in "${PANEL[@]}"; do AS=$i want 200 POST "/api/v1/lots/$LOT/report/sign" '{}'; done
}
working_day() {
    local day=$1 left=$2 said
    while [ "$left" -gt 0 ]; do
        day=$(date -d "$day + 1 day" +%F)
        said=$(grep "^$day," "$here/config/calendar/cn_working_days.csv" | cut -d, -f2)
        [ -n "$said" ] || said=$([ "$(date -d "$day" +%u)" -le 5 ] && echo 1 || echo 0)
        left=$((left - said))
    done
    echo "$day"
}
notice_over() {
    AS='' req GET "/api/v1/lots/$LOT"
    clock_to "$(got .phase_due)"
    advance 1m
}
BIDDERS=(aa bb) SITS=(evaluator1 evaluator2 evaluator3)
winner_of() {
    local now login mark=95 marks=()
    [ -n "${2:-}" ] && fund_of "${REGIME:-sub_threshold}" "$2"
    entry_of "${REGIME:-sub_threshold}" public_bidding "$1"
    tender_of comprehensive_score "{\"tranches\":${TRANCHES:-$TWO_PARTS}${3:-}}" '{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}' "${MORE:-}"
    AS='' req GET /api/v1/clock
    now=$(got .now)
    publish "$(date -u -d "$now + 40 days" +%FT02:00:00Z)"
    BID=()
    for login in "${BIDDERS[@]}"; do bid_for "$login" "$1"; marks+=("$login:$mark"); mark=$((mark - 5)); done
    open_bids "${BIDDERS[@]}"
    panel_sits "${SITS[@]}"
    marks_of "${marks[@]}"
    report_signed
    AS=clerk lot decide
    AS=approver lot confirm
    AS=clerk lot announce
    [ -n "${IN_NOTICE:-}" ] || notice_over
    AS=clerk req GET "/api/v1/lots/$LOT/awards"
    AWARD=$(got '.items[] | select(.standing == "winner") | .id')
}
draft_of() { # award: its contract
    AS=clerk want 201 POST "/api/v1/awards/$1/contract" '{"starts":"2027-03-01","ends":"2028-02-29","terms":"条款"}'
    CONTRACT=$(got .id)
}
contract_of() {
    winner_of "$@"
    draft_of "$AWARD"
    AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
    AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
    parts
}
parts() {
    AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
    mapfile -t PARTS < <(got '.items[].id')
}
delivered() {
    local paper code
    AS='' req GET "/api/v1/tranches/$1"
    code=$(got .code)
    AS='' req GET "/api/v1/tenders/$TENDER/plan"
    paper=$(got ".plan.papers | (map(select(.tranche == \"$code\")) + map(select(.tranche))) | .[0].code")
    AS=aa IFM='*' want 200 POST "/api/v1/tranches/$1/deliveries" "{\"paper\":\"$paper\",\"body\":\"完成\"}"
    AS=clerk req GET "/api/v1/tranches/$1/deliveries"
    AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$1/accept" "{\"delivery\":\"$(got '[.items[] | select(.finding == null)][0].id')\",\"finding\":\"accepted\",\"reason\":\"合格\",\"value\":\"$2\"}"
}
paid() {
    AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$1/release"
    pay_released "$1"
}
pay_released() {
    AS=clerk IFM='*' want 201 POST "/api/v1/tranches/$1/payments" '{}'
    PAYMENT=$(got .id)
    AS=approver IFM='*' want 200 POST "/api/v1/payments/$PAYMENT/approve"
    AS=clerk IFM='*' want 200 POST "/api/v1/payments/$PAYMENT/settle" "{\"bank_ref\":\"BANK-$PAYMENT\"}"
}
sent_back() {
    local said="{\"reason\":\"${2:-银行退汇}\",\"bank_ref\":\"BACK-$1\"}"
    AS=clerk IFM='*' want 200 POST "/api/v1/payments/$1/return" "$said"
    AS=approver IFM='*' want 200 POST "/api/v1/payments/$1/return" "$said"
    is "$(got .state)" returned "what two people say came back came back"
}
decided_again() {
    local id question kind
    AS=clerk req GET "/api/v1/tenders/${1:-$TENDER}/decisions"
    for id in $(got '.items[].id'); do
        AS=clerk req GET "/api/v1/decisions/$id"
        got '.facts + {options}' >"$T/facts.json"
        got .answer | jq -S . >"$T/answered"
        question=$(got .question)
        kind=$question
        [ "$question" != accept ] || kind=evaluate
        "$LINLI" decide "$(got .plugin)" --ask "$kind" --facts "$T/facts.json" 2>"$T/why" | jq -S . >"$T/again"
        if cmp -s "$T/answered" "$T/again"; then echo "$question"; else echo "$question otherwise: $id $(head -c 300 "$T/why")"; fi
    done | sort | uniq -c | sed 's/^ *//' | paste -sd';'
}
drawn_again() { # docs/scoring.md, "A draw anybody can repeat"
    local seed purpose keys participants line commitment
    seed=$(got '.items[0].seed') purpose=$(got '.items[0].purpose') participants=$(got '.items[0].participants')
    keys=$(got '.items[0].keys[]') commitment=$(got '.items[0].commitment')
    line=$(printf 'linli/draw-commit/v1\n%s\n%s' "$LOT" "$seed" | sha256sum | cut -d' ' -f1)
    [ "$line" = "$commitment" ] || { echo "the secret is not what was promised"; return; }
    [ "$participants" = "$(sql "SELECT encode(sha256(string_agg(b.key || ' ' || encode(b.sha256, 'hex') || E'\\n', '' ORDER BY b.key)::bytea), 'hex')
        FROM linli.bid b JOIN linli.lot l ON l.tender_id = b.tender_id AND l.no = b.lot_no WHERE l.id = '$LOT' AND b.key IS NOT NULL")" ] ||
        { echo "others took part"; return; }
    for k in $keys; do
        printf '%s %s\n' "$(printf 'linli/draw/v1\n%s\n%s\n%s\n%s\n%s' "$LOT" "$seed" "$participants" "$purpose" "$k" | sha256sum | cut -d' ' -f1)" "$k"
    done | sort | cut -d' ' -f2 | paste -sd' '
}
