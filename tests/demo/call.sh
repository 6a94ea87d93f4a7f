# One open call below the threshold at another street, with two sealed bids in it, for a visitor to walk around in (the
# tour of README).  Sourced by load.
# shellcheck shell=bash disable=SC2154
must admin GET "/api/v1/offices?parent=$district"
there=$(get '.items[] | select(.code == "310105002").office_id')
person clerk2 经办小吴 江苏路街道办事处 && role office_clerk "$there"
person approver2 分管领导老郑 江苏路街道办事处 && role office_approver "$there"
for who in clerk2 approver2 org_a org_b; do login "$who"; done
next=$(($(now | cut -c1-4) + 1))

must approver2 POST "/api/v1/offices/$there/funds" '{"code":"neighbours","name":{"zh":"邻里互助专项资金","en":"Neighbourly help fund"},
    "purpose":"购买社区互助服务","regimes":["sub_threshold"]}'
fund=$(get .id)
must approver2 POST "/api/v1/funds/$fund/appropriations" '{"year":'"$next"',"budget_item":"2080208","name":"基层政权建设和社区治理","amount":"300000.00"}'
appropriation=$(get .id)

must clerk2 POST "/api/v1/offices/$there/lists" '{"year":'"$next"',"title":"'"$next"' 年购买服务项目清单（第一批）"}'
list=$(get .id)
must clerk2 POST "/api/v1/lists/$list/entries" '{"number":"01","name":"社区食堂送餐服务","budget":"120000.00","fund":"'"$fund"'",
    "regime":"sub_threshold","method":"public_bidding","department":"社区服务办公室","field":"养老","beneficiaries":"行动不便的老人",
    "place":"江苏路街道","budget_item":"2080208","catalogue_code":"A0302","planned_month":1,"term_months":12,"officer":"陈经办"}'
entry=$(get .id)
act approver2 "/api/v1/lists/$list/approve" "/api/v1/lists/$list/draft"
act clerk2 "/api/v1/lists/$list/publish" "/api/v1/lists/$list/draft"

must clerk2 POST "/api/v1/offices/$there/tenders" "$(jq -cn --arg e "$entry" --arg a "$appropriation" '{entry: $e, appropriation: $a,
    title: "社区食堂送餐服务", summary: "为行动不便的老人送午餐，每周五天。", scheme: "comprehensive_score",
    options: {tranches: [
        {code: "first", name: {zh: "首款", en: "first"}, share: "40%", due: "on_signing", advance: true},
        {code: "final", name: {zh: "尾款", en: "final"}, share: "60%", due: "on_acceptance"}]},
    scheme_options: {price_weight: "20%", criteria: [
        {code: "plan", name: {zh: "服务方案", en: "plan of the service"}, weight: "80%"}]}}')"
tender=$(get .id)
act approver2 "/api/v1/tenders/$tender/publish" "/api/v1/tenders/$tender/draft" \
    '{"deadline":"'"$(date -u -d "$(now) + 20 days" +%Y-%m-%dT02:00:00Z)"'","confirm_unverified":true}'

for bid in org_a:118000.00 org_b:112000.00; do
    must "${bid%:*}" GET /api/v1/me
    organisation=$(get '[.memberships[] | select(.organisation)][0].organisation')
    jq -cn --arg o "$organisation" --arg p "${bid#*:}" '{linli: "bid/1", organisation: $o, lot: 1, fields: {price: $p}, declarations: {}}' >"$work/bid"
    sum=$(put_blob "${bid%:*}" "$work/bid")
    must "${bid%:*}" POST "/api/v1/tenders/$tender/bids" \
        "$(jq -cn --arg o "$organisation" --arg s "$sum" --argjson b "$(stat -c %s "$work/bid")" '{lot: 1, organisation: $o, sha256: $s, bytes: $b}')"
done
