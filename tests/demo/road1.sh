# The first road: purchase list, public bidding, comprehensive scoring, contract, three tranches.  Sourced by play.
# shellcheck shell=bash disable=SC2154
title "一、从购买清单到最后一笔拨款：居家养老服务公开招标" \
    "1. From the purchase list to the last tranche: home care for the elderly, by public bidding"

# ---- money of the year ----
must approver POST "/api/v1/offices/$office/funds" '{"code":"elderly_'"$RANDOM"'","name":{"zh":"为老服务专项资金","en":"Elderly care fund"},
    "purpose":"购买居家养老服务","regimes":["statutory","sub_threshold"]}'
fund=$(get .id)
must approver POST "/api/v1/funds/$fund/appropriations" '{"year":'"$year"',"budget_item":"2081002","name":"老年福利","amount":"800000.00"}'
appropriation=$(get .id)
say "设立专项资金，下达 800,000.00 元" "a fund is set up and 800,000.00 yuan appropriated"

# ---- the list ----
must clerk GET "/api/v1/offices/$office/lists"
list=$(get "[.items[] | select(.year == $year)][0].id // empty")
if [ -z "$list" ]; then
    must clerk POST "/api/v1/offices/$office/lists" '{"year":'"$year"',"title":"'"$year"' 年购买服务项目清单"}'
    list=$(get .id)
    entry_body='"department":"社区自治办公室","field":"养老","beneficiaries":"辖区高龄独居老人","place":"华阳路街道","budget_item":"2081002","catalogue_code":"A0302","planned_month":12,"term_months":12,"officer":"陈经办"'
    must clerk POST "/api/v1/lists/$list/entries" '{"number":"01","name":"居家养老服务","budget":"500000.00","fund":"'"$fund"'","regime":"statutory","method":"public_bidding",'"$entry_body"'}'
    must clerk POST "/api/v1/lists/$list/entries" '{"number":"02","name":"社区公益微项目","budget":"100000.00","regime":"grants","method":"community_fund",'"$entry_body"'}'
    act approver "/api/v1/lists/$list/approve" "/api/v1/lists/$list/draft"
    act clerk "/api/v1/lists/$list/publish" "/api/v1/lists/$list/draft"
    say "清单由经办编制、分管领导审批后公布，共两项" "the clerk draws up the list, the approver approves it, it is published with two entries"
fi
must clerk GET "/api/v1/lists/$list/entries"
entry=$(get '.items[] | select(.number == "01").id')

# ---- the tender ----
options='{"tranches":[
    {"code":"first","name":{"zh":"首款","en":"first"},"share":"50%","due":"on_signing","advance":true},
    {"code":"middle","name":{"zh":"中期款","en":"middle"},"share":"30%","due":"on_milestone"},
    {"code":"final","name":{"zh":"尾款","en":"final"},"share":"20%","due":"on_acceptance"}]}'
scheme_options='{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术与商务","en":"technical and business"},"weight":"85%"}],
    "deductions":[{"check":"small_enterprise","rate":"10%"}],"decimals":3}'
must clerk POST "/api/v1/offices/$office/tenders" "$(jq -cn --arg e "$entry" --arg a "$appropriation" --argjson o "$options" --argjson s "$scheme_options" \
    '{entry: $e, title: "居家养老服务采购项目", summary: "为辖区八十岁以上独居老人提供上门照护。", scheme: "comprehensive_score", appropriation: $a, options: $o, scheme_options: $s}')"
tender=$(get .id)
deadline=$(date -u -d "$(now) + 25 days" +%Y-%m-%dT01:30:00Z)
act approver "/api/v1/tenders/$tender/publish" "/api/v1/tenders/$tender/draft" '{"deadline":"'"$deadline"'","confirm_unverified":true}'
say "采购项目 $(get .number) 发布，$(date -u -d "$deadline + 8 hours" '+%Y-%m-%d %H:%M') 截止" "tender $(get .number) is published; bids are due at $deadline"
must clerk GET "/api/v1/appropriations/$appropriation"
row "可用 $(get .available) 元，已预留 $(get .reserved) 元  available, reserved"
