#!/bin/bash
# The pages in a browser (tests/browser/walk.js): Debian's chromium, with programs of package-lock.json.  Screenshots of
# the run stay in build/outputs/browser.  Skipped where there is no browser, or where its programs cannot be had.
command -v chromium >/dev/null && command -v node >/dev/null && command -v npm >/dev/null || { echo '1..0 # SKIP no chromium, node and npm'; exit 0; }
. "$(dirname "$0")/../api/lib.sh"
. "$(dirname "$0")/../api/award_lib.sh"
. "$(dirname "$0")/../web/lib.sh"
programs=$here/build/browser shots=$here/build/outputs/browser
mkdir -p "$programs" "$shots"
if ! cmp -s "$here/tests/browser/package-lock.json" "$programs/installed"; then
    cp "$here"/tests/browser/{package.json,package-lock.json,.npmrc} "$programs/"
    (cd "$programs" && timeout 180 npm ci --ignore-scripts --no-audit --no-fund >"$T/npm" 2>&1) || { echo '1..0 # SKIP npm ci has no network'; exit 0; }
    cp "$here/tests/browser/package-lock.json" "$programs/installed"
fi
start_server
people
for i in 1 2 3; do [ -n "${PERSON[evaluator$i]:-}" ] || person "evaluator$i" evaluator 3; done
bidder aa 甲社会工作服务社
bidder bb 乙养老服务有限公司

# A tender with everything behind it, one being scored, one being voted on, one open for bids.
quiet() { "$@" >"$T/quiet" || true; ! grep "^not ok" "$T/quiet" >&2; }
fund_of sub_threshold 900000.00
MONEY=$APP
quiet contract_of 90000.00
quiet paid "${PARTS[0]:-}"
CLOSED=$TENDER
AS='' req GET "/api/v1/tenders/$CLOSED/notices"
RESULT=$(got '[.items[] | select(.kind == "result")][0].id')
now() { AS='' req GET /api/v1/clock; got .now; }
APP=$MONEY
entry_of sub_threshold public_bidding 80000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术与商务","en":"technical"},"weight":"85%"}]}'
quiet publish "$(date -u -d "$(now) + 40 days" +%FT02:00:00Z)"
quiet bid_for aa 78000.00
quiet bid_for bb 79000.00
quiet open_bids aa bb
quiet panel_sits evaluator1 evaluator2 evaluator3
SCORING=$TENDER SCORED=$LOT
fund_of charity 9000.00
AS=clerk req POST /api/v1/offices/3/rolls '{"name":"示例居委会"}'
entry_of charity community_fund 1100.00
roll=$(AS=clerk req GET /api/v1/offices/3/rolls && got '.items[0].id')
tender_of participatory_budget "{\"voting_window\":\"7d\",\"proposal_window\":\"14d\",\"tranches\":$TWO_PARTS}" '{"rule":"votes"}' "\"roll\":\"$roll\",\"electorate\":11,\"category\":\"public_good\""
quiet publish "$(date -u -d "$(now) + 40 days" +%FT02:00:00Z)"
checks=
while read -r title cost; do
    AS=resident req POST "/api/v1/tenders/$TENDER/proposals" "{\"title\":\"$title\",\"body\":\"居民讨论后提出。\",\"place\":\"示例居民区\",\"cost\":\"$cost\"}"
    for rule in public_benefit not_property_duty no_clash fits_purpose costed; do checks="$checks,{\"bid\":\"$(got .id)\",\"rule\":\"$rule\",\"passed\":true}"; done
done <<<$'自行车棚 700.00\n健身角 400.00\n口袋公园 250.00\n游乐场 200.00\n图书角 100.00'
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h
AS=clerk req POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
AS=clerk quiet lot advance
VOTING=$TENDER BALLOT=$LOT
AS=clerk req POST "/api/v1/rolls/$roll/entries" "{\"entries\":[{\"number\":\"001\",\"person\":\"${PERSON[resident]}\"}]}"
APP=$MONEY
entry_of sub_threshold public_bidding 90000.00
tender_of lowest_price "{\"tranches\":$TWO_PARTS}" '{}'
quiet publish "$(date -u -d "$(now) + 40 days" +%FT02:00:00Z)"
BIDDING=$TENDER
AS='' req GET /api/v1/offices/3/lists
LIST=$(got '.items[0].id')
AS='' req GET /api/v1/offices/3/funds
FUND=$(got '.items[0].id')
for who in clerk aa bb evaluator1 evaluator2 evaluator3 resident; do password "$who"; done
LINLI_PORTAL_CONTACT=mailto:security@linli.example start_portal
jq -n --arg base "http://$PAGES" --arg chromium "$(command -v chromium)" --arg closed "$CLOSED" --arg scoring "$SCORING" --arg voting "$VOTING" \
    --arg bidding "$BIDDING" --arg result "$RESULT" --arg list "$LIST" --arg fund "$FUND" --arg scored "$SCORED" --arg ballot "$BALLOT" --arg org "${ORG[aa]}" '
    {base: $base, chromium: $chromium, password: "linli-portal-1", scoring: $scoring, voting: $voting, bidding: $bidding, bids: 2, pages:
     (([ "/", "/search/tenders?text=助老", "/search/tenders?text=没有这个", "/notices", "/tenders", "/offices", "/offices/3", "/organisations", "/organisations/\($org)",
        "/tenders/\($closed)", "/tenders/\($scoring)", "/tenders/\($voting)", "/tenders/\($bidding)", "/notices/\($result)", "/notices/\($result)/print",
        "/lists/\($list)", "/funds/\($fund)", "/funds/\($fund)/expenses", "/spending", "/open-data", "/mechanisms/public_bidding", "/schemes/lowest_price",
        "/login", "/tenders/\($closed)/plan" ] | map({at: .}))
     + [{at: "/nothing", status: 404}, {at: "/offices/3/needs", status: 401}]
     + ([ "/", "/me", "/offices/3/lists?do=list_create", "/tenders/\($bidding)", "/lots/\($scored)" ] | map({at: ., who: "clerk"}))
     + ([ "/", "/tenders/\($bidding)/bids?do=bid_submit", "/me/bids" ] | map({at: ., who: "aa"}))
     + ([ "/", "/lots/\($scored)/marks?do=marks_put" ] | map({at: ., who: "evaluator3"}))
     + ([ "/lots/\($ballot)/ballot?do=ballot_cast" ] | map({at: ., who: "resident"})))}' >"$T/world.json"
NODE_PATH=$programs/node_modules node "$here/tests/browser/walk.js" "$T/world.json" "$shots"
code=$?
stop_portal
exit $code
