# The first road: purchase list, public bidding, comprehensive scoring, contract, three tranches.  Sourced by play.
# shellcheck shell=bash disable=SC2016,SC2154
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
# The list of the year is drawn up once; a later play adjusts it.
must clerk GET "/api/v1/offices/$office/lists"
list=$(get "[.items[] | select(.year == $year)][0].id // empty")
run=$(od -An -N2 -tu2 /dev/urandom | tr -d ' ')
entries=$(jq -cn --arg f "$fund" --arg n "$run" '[
    {number: ($n + "-1"), name: "居家养老服务", budget: "500000.00", fund: $f, regime: "statutory", method: "public_bidding", budget_item: "2081002", catalogue_code: "A0302"},
    {number: ($n + "-2"), name: "社区公益微项目", budget: "110000.00", regime: "grants", method: "community_fund", budget_item: "2080299", catalogue_code: "A0399"}]
    | map(. + {department: "社区自治办公室", field: "养老", beneficiaries: "辖区居民", place: "华阳路街道", planned_month: 12, term_months: 12, officer: "陈经办"})')
if [ -z "$list" ]; then
    must clerk POST "/api/v1/offices/$office/lists" "{\"year\":$year,\"title\":\"$year 年购买服务项目清单\"}"
    list=$(get .id)
    for i in 0 1; do must clerk POST "/api/v1/lists/$list/entries" "$(jq -c ".[$i]" <<<"$entries")"; done
    act approver "/api/v1/lists/$list/approve" "/api/v1/lists/$list/draft"
    act clerk "/api/v1/lists/$list/publish" "/api/v1/lists/$list/draft"
    say "清单由经办编制、分管领导审批后公布，共两项" "the clerk draws up the list, the approver approves it, it is published with two entries"
else
    act approver "/api/v1/lists/$list/adjust" "/api/v1/lists/$list/draft" "$(jq -c '{reason: "年中追加", add: .}' <<<"$entries")"
    say "清单年中调整，追加两项，旧版可查" "the list is adjusted: two entries more, earlier editions stay"
fi
entry_numbered() { must clerk GET "/api/v1/lists/$list/entries?limit=100" && get ".items[] | select(.number == \"$run-$1\").id"; }
entry=$(entry_numbered 1)

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

# ---- who opens the bids: two of three, each with a key on a machine of its own; here all are in one folder ----
linli=${LINLI:-$here/../../bin/linli}
openers=$work/openers
signers=
public=()
for opener in 采购人 监督 审计; do
    public+=("$("$linli" keygen opener "$work/$opener.key" --name "$opener" --plain)")
    signers+=$("$linli" keygen witness "$work/$opener.sign" --name "$opener.example" --plain)$'\n'
done
"$linli" openers --tender "$tender" --threshold 2 --not-before "$deadline" "${public[@]}" >"$openers"
for opener in 采购人 监督 审计; do
    "$linli" sign --key "$work/$opener.sign" "$openers" >"$openers.signed"
    mv "$openers.signed" "$openers"
done
act approver "/api/v1/tenders/$tender/openers" "/api/v1/tenders/$tender/draft" "$(jq -cn --rawfile n "$openers" --arg s "$signers" '{note: $n, signers: $s}')"
say "三位开启人联署名单，任意两位到场方可开标" "three openers sign who opens; any two of them open, one alone cannot"
act approver "/api/v1/tenders/$tender/publish" "/api/v1/tenders/$tender/draft" '{"deadline":"'"$deadline"'","confirm_unverified":true}'
say "采购项目 $(get .number) 发布，$(date -u -d "$deadline + 8 hours" '+%Y-%m-%d %H:%M') 截止" "tender $(get .number) is published; bids are due at $deadline"
must clerk GET "/api/v1/appropriations/$appropriation"
row "可用 $(get .available) 元，已预留 $(get .reserved) 元  available, reserved"

# ---- three bids, sealed ----
must - GET "/api/v1/tenders/$tender/lots"
lot=$(get '.items[0].id')
declare -A bid
hand_in() { # LOGIN PRICE SMALL
    local org file sum
    must "$1" GET /api/v1/me
    org=$(get '[.memberships[] | select(.organisation)][0].organisation')
    file=$work/$1.json
    jq -cn --arg o "$org" --arg p "$2" --argjson s "$3" \
        '{linli: "bid/1", organisation: $o, lot: 1, fields: {price: $p}, declarations: {small_enterprise: $s}}' >"$file"
    mkdir "$work/in-$1"
    mv "$file" "$work/in-$1/bid.json"
    "$linli" keygen bidder "$work/$1.key" --name "$1" --plain >/dev/null
    file=$work/$1.sbx
    "$linli" seal --openers "$openers" --key "$work/$1.key" -o "$file" "$work/in-$1/bid.json" >/dev/null
    sum=$(put_blob "$1" "$file")
    must "$1" POST "/api/v1/tenders/$tender/bids" \
        "$(jq -cn --arg o "$org" --arg s "$sum" --argjson b "$(stat -c %s "$file")" '{lot: 1, organisation: $o, sha256: $s, bytes: $b}')"
    bid[$1]=$(get .id)
}
hand_in org_a 480000.00 false
hand_in org_b 500000.00 true
hand_in org_c 420000.00 false
say "三家密封投标，均已收讫；开标前谁也看不到家数与内容" "three sealed bids are in; before the opening nobody sees how many, or what they say"

# ---- opening ----
clock "$(date -u -d "$deadline + 6 seconds" +%Y-%m-%dT%H:%M:%SZ)"
show() { # NUMBER OPENER LOGIN: promises its shares
    # In earnest without --sandbox: then the opener's own clock says when; a sandbox is ahead of it.
    "$linli" share --sandbox --openers "$openers" --key "$work/$2.key" -o "$work/$2.shares" "$work"/org_*.sbx >"$work/$2.promise"
    patient "$3" POST "/api/v1/tenders/$tender/promises" "{\"opener\":$1,\"promise\":\"$(awk '$1 == "promise" {print $2}' "$work/$2.promise")\",
        \"signature\":\"$("$linli" sign --key "$work/$2.sign" "$work/$2.shares.promise" | tail -n 1)\"}"
}
show 1 采购人 approver
show 3 审计 clerk
for opener in 采购人 审计; do must approver POST "/api/v1/tenders/$tender/shares" "$(jq -cn --rawfile s "$work/$opener.shares" '{shares: $s}')"; done
say "两位开启人先承诺、后出示份额" "two openers promise, then show their shares"
# The closing list is signed first, which takes a second.
for ((i = 0; i < 30; i++)); do
    must clerk GET "/api/v1/tenders/$tender"
    match=$etag
    call clerk POST "/api/v1/tenders/$tender/open" ''
    [ "$status" = 503 ] || break
    sleep 1
done
case $status in 2??) ;; *) fail "open -> $status: $reply" ;; esac
must clerk GET "/api/v1/tenders/$tender/opening"
say "截止后开标" "the deadline has passed; the bids are opened"
while IFS=$'\t' read -r name price; do row "$name  $price"; done < <(get '.items[] | [.name, .price] | @tsv')

# ---- the panel: four experts and the office's representative ----
lot_path=/api/v1/lots/$lot
panel=(expert1 expert2 expert3 expert4 buyer)
must clerk GET "$lot_path"
match=$etag
must clerk PUT "$lot_path/panel" "$(for m in "${panel[@]}"; do
    jq -cn --arg p "${person[$m]}" --argjson c "$([ "$m" = expert1 ] && echo true || echo false)" \
        --arg k "$([ "$m" = buyer ] && echo representative || echo expert)" '{person: $p, kind: $k, chair: $c}'
done | jq -cs '{members: .}')"
say "组建评标委员会：专家四人、采购人代表一人" "the panel is named: four experts and one representative of the office"

# ---- checks: qualification by the office, conformity by the panel ----
check() { # USER RULE LOGIN...: passes the bids of these
    local user=$1 rule=$2
    shift 2
    must "$user" POST "$lot_path/checks" "$(for l in "$@"; do
        jq -cn --arg b "${bid[$l]}" --arg r "$rule" '{bid: $b, rule: $r, passed: true}'
    done | jq -cs '{checks: .}')"
}
check clerk qualified org_a org_b org_c
check clerk good_credit org_a org_b org_c
check clerk small_enterprise org_b
act clerk "$lot_path/advance" "$lot_path"
say "采购人资格审查：三家合格，乙为小微企业" "the office checks qualifications: three pass, B is a small enterprise"
for m in "${panel[@]}"; do
    must "$m" POST "$lot_path/panel/enter"
    must "$m" POST "$lot_path/panel/declare" '{"conflict":false}'
done
for m in "${panel[@]}"; do check "$m" responsive org_a org_b org_c; done
act expert1 "$lot_path/advance" "$lot_path"
say "委员签到、声明无利害关系，符合性审查通过" "the members sign in and declare no interest; all bids are responsive"

# ---- scoring: everybody alone ----
declare -A technical=([org_a]=88 [org_b]=90 [org_c]=80)
for m in "${panel[@]}"; do
    must "$m" PUT "$lot_path/marks" "$(for l in org_a org_b org_c; do
        jq -cn --arg b "${bid[$l]}" --arg v "${technical[$l]}" '{bid: $b, marks: [{criterion: "technical", value: $v, reason: "按评审细则"}]}'
    done | jq -cs '{sheets: .}')"
done
call expert2 GET "$lot_path/marks"
row "评分锁定前，每位委员只看得到自己的 $(get '.items | length') 张评分表  before all lock, a member sees only its own sheets"
for m in "${panel[@]}"; do must "$m" POST "$lot_path/marks/lock" '{}'; done
act expert1 "$lot_path/evaluate" "$lot_path"
must expert1 PUT "$lot_path/report" '{"summary":"三家投标有效，推荐乙为第一中标候选人。"}'
for m in "${panel[@]}"; do must "$m" POST "$lot_path/report/sign" '{}'; done
must clerk GET "$lot_path"
if [ "$(get .phase)" = scoring ]; then act expert1 "$lot_path/evaluate" "$lot_path"; fi
say "综合评分汇总" "the scores are summed up"
must clerk GET "$lot_path/evaluation"
while IFS=$'\t' read -r name rank total price marks compared; do
    row "第 $rank 名 $name：价格分 $price + 技术商务分 $marks = $total（评审价 $compared）"
done < <(get '.bids as $b | .evaluation.items | sort_by(.rank)[] | [$b[.bid | tostring].organisation, .rank, .total, .parts[0].points, .parts[1].points, .compared] | @tsv')

# ---- decision, by two people; notice; contract ----
act clerk "$lot_path/decide" "$lot_path"
act approver "$lot_path/confirm" "$lot_path"
act clerk "$lot_path/announce" "$lot_path"
notice_ends=$(get .due)
must clerk GET "$lot_path/awards"
award=$(get '[.items[] | select(.standing == "winner")][0].id')
say "定标经两人确认并公告：乙中标，金额 $(get '[.items[] | select(.standing == "winner")][0].amount') 元（按报价，不按评审价）" \
    "two people decide, the result is announced: B is awarded at the price it quoted, not at the price it was compared at"
clock "$(date -u -d "$notice_ends + 6 seconds" +%Y-%m-%dT%H:%M:%SZ)"
starts=$(date -u -d "$(now) + 1 day" +%F)
must clerk POST "/api/v1/awards/$award/contract" "$(jq -cn --arg s "$starts" --arg e "$(date -u -d "$starts + 1 year - 1 day" +%F)" \
    '{starts: $s, ends: $e, terms: "按采购文件与投标文件执行。"}')"
contract=$(get .id)
act approver "/api/v1/contracts/$contract/sign" "/api/v1/contracts/$contract"
act org_b "/api/v1/contracts/$contract/sign" "/api/v1/contracts/$contract"
must - GET "/api/v1/appropriations/$appropriation"
say "双方签署合同 $(get .committed) 元" "both sides sign; $(get .committed) yuan are committed"

# ---- three tranches: release, order, approve, settle ----
pay() { # TRANCHE
    act clerk "/api/v1/tranches/$1/release" "/api/v1/tranches/$1"
    act clerk "/api/v1/tranches/$1/payments" "/api/v1/tranches/$1" "{\"invoice\":\"$(printf %020d "$(date +%s%N)")\"}"
    local payment
    payment=$(get .id)
    act approver "/api/v1/payments/$payment/approve" "/api/v1/payments/$payment"
    act clerk "/api/v1/payments/$payment/settle" "/api/v1/payments/$payment" "{\"bank_ref\":\"LS-$(new_key)\"}"
    row "$2 $(get .amount) 元：经办发起、领导审批、银行到账  ordered by one, approved by another, settled"
}
deliver_as() { # LOGIN TRANCHE PAPER WORDS
    local who=$1
    shift
    act "$who" "/api/v1/tranches/$1/deliveries" "/api/v1/tranches/$1" "$(jq -cn --arg p "$2" --arg b "$3" '{paper: $p, body: $b}')"
    must clerk GET "/api/v1/tranches/$1/deliveries"
    local delivery
    delivery=$(get '.items[-1].id')
    act assessor "/api/v1/tranches/$1/accept" "/api/v1/tranches/$1" \
        "$(jq -cn --arg d "$delivery" '{delivery: $d, finding: "accepted", reason: "实地查验，服务对象满意。", score: "95"}')"
}
must - GET "/api/v1/contracts/$contract/tranches"
mapfile -t tranches < <(get '.items[].id')
must - GET "/api/v1/tenders/$tender/plan"
paper_of() { get "[(.plan // .).papers[] | select(.tranche == \"$1\")][0].code"; }
middle=$(paper_of middle) final=$(paper_of final)
pay "${tranches[0]}" "首款 first"
deliver_as org_b "${tranches[1]}" "$middle" "前六个月上门照护 2,310 人次。"
pay "${tranches[1]}" "中期款 middle"
deliver_as org_b "${tranches[2]}" "$final" "全年上门照护 4,870 人次，全部完成。"
pay "${tranches[2]}" "尾款 final"
must - GET "/api/v1/appropriations/$appropriation"
say "合同价款付讫 $(get .paid) 元，可用 $(get .available) 元，账目分文不差" "paid $(get .paid), available $(get .available): every fen is where the ledger says"
must - GET "/api/v1/tenders/$tender"
row "项目状态 state: $(get .state)"
[ -z "${DEMO_TENDER:-}" ] || echo "$tender" >"$DEMO_TENDER"
