#!/bin/bash
# Whoever is refused reads what was wanted by its title (api/routes.def), where the lot stands, and what may be done there now, in
# Chinese or English; a plug-in that is not there is answered with those that are.
# shellcheck disable=SC1111
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
bidder aa 甲社
EN='Accept-Language: en'
title() { sed -nE "s/^ACT\($1,.*, \"([^\"]*)\", \"([^\"]*)\"\)\$/\\${2}/p" "$here/api/routes.def"; }

# ---- no such plug-in ----
AS=clerk req POST /api/v1/offices/3/lists '{"year":2029,"title":"清单"}'
list=$(got .id)
entry() { echo "{\"name\":\"助老服务\",\"department\":\"民政\",\"field\":\"养老\",\"beneficiaries\":\"老人\",\"place\":\"本街道\",\"budget\":\"1000.00\",\"budget_item\":\"2080299\",\"catalogue_code\":\"A0101\",\"regime\":\"sub_threshold\",\"method\":\"$1\",\"planned_month\":12,\"term_months\":12,\"officer\":\"伊\"}"; }
AS=clerk want 422 POST "/api/v1/lists/$list/entries" "$(entry open_tender)"
like "$(got .detail)" '没有采购方式 open_tender，可选：*public_bidding*' "the methods there are"
like "$(got .detail)" '*venture_philanthropy*' "all of them"
AS=clerk H=$EN want 422 POST "/api/v1/lists/$list/entries" "$(entry open_tender)"
like "$(got .detail)" 'there is no mechanism open_tender; there are: *public_bidding*' "in English as well"
fund_of sub_threshold 1000.00
entry_of sub_threshold public_bidding 1000.00
AS=clerk want 422 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"需求\",\"scheme\":\"cheapest\",\"options\":{\"tranches\":$TWO_PARTS},\"appropriation\":\"$APP\"}"
like "$(got .detail)" '没有评审方法 cheapest，可选：*lowest_price*' "and the schemes"
is "$(got '.errors[0].pointer')" /scheme "the member at fault"

# ---- not in this phase ----
tender_of lowest_price "{\"tranches\":$TWO_PARTS}" '{}'
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
AS=clerk IFM='*' want 409 POST "/api/v1/lots/$LOT/decide"
like "$(got .detail)" "“投标”阶段不能进行“$(title lot_decide 1)”；您现在可以：*$(title question_answer 1)*" "what was wanted, where it stands, what may be done"
AS=clerk H=$EN IFM='*' want 409 POST "/api/v1/lots/$LOT/decide"
like "$(got .detail)" "\"$(title lot_decide 2)\" is not for the phase \"bidding\"; you may now: *$(title question_answer 2)*" "in English as well"
AS=clerk IFM='*' want 409 POST "/api/v1/lots/$LOT/draw" '{"purpose":"first_place","witnesses":["甲","乙"]}'
like "$(got .detail)" "*“$(title lot_draw 1)”*" "a draw by its title"
AS=clerk IFM='*' want 403 POST "/api/v1/lots/$LOT/objections" '{"kind":"documents","body":"x"}'
like "$(got .detail)" "“投标”阶段的“$(title objection_file 1)”由其他角色办理：*组织*" "others may, and who"
for lang in zh en; do
    AS=clerk H="Accept-Language: $lang" IFM='*' req POST "/api/v1/lots/$LOT/announce"
    ok "no inner word is left in $lang" [ -z "$(got .detail | grep -wE 'choose|resolve|[a-z]+_[a-z]+')" ]
done
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
