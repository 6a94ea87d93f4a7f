# The second road: residents propose and vote, equal shares decides, micro-grants are paid.  Sourced by play.
# shellcheck shell=bash disable=SC2016,SC2154
title "二、居民说了算：社区公益微项目，均等份额法" "2. The residents decide: small community projects by equal shares"

must approver POST "/api/v1/offices/$office/funds" '{"code":"community_'"$RANDOM"'","name":{"zh":"社区公益基金","en":"Community fund"},
    "purpose":"居民提议并投票选出的公益微项目","regimes":["grants","charity"]}'
fund=$(get .id)
must approver POST "/api/v1/funds/$fund/appropriations" '{"year":'"$year"',"budget_item":"2080299","name":"社区公益微项目","amount":"110000.00"}'
appropriation=$(get .id)
entry=$(entry_numbered 2)

# ---- a roll of eleven residents ----
must clerk POST "/api/v1/offices/$office/rolls" '{"name":"示范居民区选民名册"}'
roll=$(get .id)
must clerk POST "/api/v1/rolls/$roll/entries" "$(for n in 1 2 3 4 5 6 7 8 9 10 11; do
    jq -cn --arg n "$(printf 'R%02d' "$n")" --arg p "$([ "$n" != 11 ] || echo "${person[resident1]}")" \
        '{number: $n, area: "示范居民区"} + (if $p == "" then {} else {person: $p} end)'
done | jq -cs '{entries: .}')"
options='{"voting_window":"7d","tranches":[{"code":"all","name":{"zh":"全款","en":"in full"},"share":"100%","due":"on_acceptance"}]}'
scheme_options='{"rule":"equal_shares","utility":"cost","completion":"add1","increment":"100.00"}'
must clerk POST "/api/v1/offices/$office/tenders" "$(jq -cn --arg e "$entry" --arg a "$appropriation" --arg r "$roll" --argjson o "$options" --argjson s "$scheme_options" \
    '{entry: $e, title: "社区公益微项目征集", summary: "由居民提议、居民投票选出。", category: "public_good", scheme: "participatory_budget", appropriation: $a, options: $o, scheme_options: $s, roll: $r, electorate: 11}')"
tender=$(get .id)
deadline=$(date -u -d "$(now) + 20 days" +%Y-%m-%dT09:00:00Z)
act approver "/api/v1/tenders/$tender/publish" "/api/v1/tenders/$tender/draft" '{"deadline":"'"$deadline"'","confirm_unverified":true}'
must - GET "/api/v1/tenders/$tender/lots"
lot=$(get '.items[0].id') lot_path=/api/v1/lots/$lot
say "征集发布，预算 110,000.00 元，名册 11 人" "the call is out: 110,000.00 yuan, eleven residents on the roll"

# ---- five proposals ----
declare -A proposal cost=([bike]=70000.00 [gym]=40000.00 [park]=25000.00 [play]=20000.00 [lib]=10000.00)
declare -A named=([bike]="非机动车棚改造" [gym]="楼下健身角" [park]="口袋花园" [play]="儿童活动沙坑" [lib]="楼道漂流书屋")
for p in bike gym park play lib; do
    must resident1 POST "/api/v1/tenders/$tender/proposals" "$(jq -cn --arg t "${named[$p]}" --arg c "${cost[$p]}" \
        '{title: $t, body: "居民讨论后提出。", place: "示范居民区", beneficiaries: "全体居民", cost: $c}')"
    proposal[$p]=$(get .id)
    row "${named[$p]}  ${cost[$p]} 元"
done
clock "$(date -u -d "$deadline + 6 seconds" +%Y-%m-%dT%H:%M:%SZ)"
must - GET "/api/v1/tenders/$tender/plan"
checks=$(get '[(.plan // .).checks[].code]')
must clerk POST "$lot_path/checks" "$(for p in bike gym park play lib; do jq -cn --arg b "${proposal[$p]}" --argjson r "$checks" '$r[] | {bid: $b, rule: ., passed: true}'; done | jq -cs '{checks: .}')"
act clerk "$lot_path/advance" "$lot_path"
say "居委会审查并锁定预算，进入投票" "the proposals are checked, their cost is locked, the vote begins"

# ---- eleven ballots: ten on paper, one on line ----
declare -A approve=([1]="bike gym" [2]="bike gym park" [3]="bike gym" [4]="bike gym park" [5]="bike gym park" [6]="bike gym"
    [7]="park play lib" [8]="play" [9]="play lib" [10]="park play lib" [11]="gym")
choices() { for p in ${approve[$1]}; do jq -cn --arg b "${proposal[$p]}" '{bid: $b}'; done | jq -cs .; }
paper=$(for n in 1 2 3 4 5 6 7 8 9 10; do
    jq -cn --arg n "$(printf 'R%02d' "$n")" --argjson c "$(choices "$n")" '{number: $n, choices: $c}'
done | jq -cs '{ballots: .}')
must clerk POST "$lot_path/ballots" "$paper"
must approver POST "$lot_path/ballots/$(get .batch)/confirm" "$paper"
must resident1 POST "$lot_path/ballot" "$(jq -cn --argjson c "$(choices 11)" '{choices: $c}')"
call resident1 POST "$lot_path/ballot" "$(jq -cn --argjson c "$(choices 11)" '{choices: $c}')"
say "纸质票 10 张、线上票 1 张；同一人再投被拒（$status）" "ten paper ballots, one on line; a second one of the same resident is refused ($status)"
must - GET "$lot_path"
clock "$(date -u -d "$(get .phase_due) + 6 seconds" +%Y-%m-%dT%H:%M:%SZ)"

# ---- the set that equal shares chooses ----
act clerk "$lot_path/evaluate" "$lot_path"
must clerk GET "$lot_path/evaluation"
say "均等份额法计票（精确分数，居民等额分配预算）" "equal shares decides, in exact fractions"
while IFS=$'\t' read -r id grant; do
    for p in bike gym park play lib; do [ "${proposal[$p]}" != "$id" ] || row "$([ "$grant" = 0.00 ] && echo 落选 || echo 入选)  ${named[$p]}  $grant 元"; done
done < <(get '.bids as $b | .evaluation.items[] | [$b[.bid | tostring].bid, (.grant // "0.00")] | @tsv')
act clerk "$lot_path/decide" "$lot_path"
act approver "$lot_path/confirm" "$lot_path"
act clerk "$lot_path/announce" "$lot_path"
clock "$(date -u -d "$(get .due) + 6 seconds" +%Y-%m-%dT%H:%M:%SZ)"
say "公示期满，无异议" "the publicity period is over, nobody objected"

# ---- agreements and money ----
must org_a GET /api/v1/me
host=$(get '[.memberships[] | select(.organisation)][0].organisation')
must clerk GET "$lot_path/awards"
mapfile -t awards < <(get '.items[] | select(.standing == "winner").id')
must - GET "/api/v1/tenders/$tender/plan"
paper=$(get '[(.plan // .).papers[] | select(.tranche == "all")][0].code')
starts=$(date -u -d "$(now) + 1 day" +%F)
contracts=()
for award in "${awards[@]}"; do
    must clerk POST "/api/v1/awards/$award/contract" "$(jq -cn --arg s "$starts" --arg e "$(date -u -d "$starts + 6 months" +%F)" --arg o "$host" \
        '{starts: $s, ends: $e, terms: "微资助协议", organisation: $o}')"
    contract=$(get .id)
    act approver "/api/v1/contracts/$contract/sign" "/api/v1/contracts/$contract"
    act org_a "/api/v1/contracts/$contract/sign" "/api/v1/contracts/$contract"
    contracts+=("$contract")
done
for contract in "${contracts[@]}"; do
    must - GET "/api/v1/contracts/$contract/tranches"
    tranche=$(get '.items[0].id')
    deliver_as org_a "$tranche" "$paper" "已完成，居民验收。"
    pay "$tranche" "微资助"
done
must - GET "/api/v1/appropriations/$appropriation"
say "拨付 $(get .paid) 元，余额 $(get .available) 元退回可用" "paid $(get .paid), $(get .available) left"
must - GET "/api/v1/tenders/$tender"
row "项目状态 state: $(get .state)"
