#!/bin/bash
# shellcheck disable=SC2031 # of a script this long it takes a function for a subshell
# Before the tender and its life up to the checks: needs, project library, list, publication, what a sealed call
# tells nobody, opening, too few bids, corrections, cancellation.
. "$(dirname "$0")/lib.sh"
start_server
people
person resident2 resident 3
orgs=()
for x in a b c; do
    orgs+=("$(organisation "组织$x")")
    member "org$x" "${orgs[-1]}"
done
IFM='*'

# ---- needs and proposals ----
need='{"kind":"need","source":"resident","title":"助餐","body":"老年人助餐","field":"elderly","beneficiaries":"60 岁以上","place":"全街道"}'
AS='' want 401 POST /api/v1/offices/3/needs "$need"
AS=resident want 403 POST /api/v1/offices/3/needs "${need/\"resident\"/\"department\"}"
AS=resident want 403 POST /api/v1/offices/3/needs "${need/\"resident\"/\"organisation\"}"
AS=resident want 422 POST /api/v1/offices/3/needs '{"kind":"wish"}'
is "$(got '.errors|map(.pointer+" "+.code)|join(", ")')" \
    "/kind choice, /source required, /title required, /body required, /field required, /beneficiaries required, /place required" "each fault is named"
AS=resident want 201 POST /api/v1/offices/3/needs "$need"
n=$(got .id)
is "$(header Location)" "/api/v1/needs/$n" "Location tells where it is"
AS=resident2 want 404 GET "/api/v1/needs/$n"
AS=resident2 want 403 POST "/api/v1/needs/$n/submit"
AS=resident2 want 403 PATCH "/api/v1/needs/$n" '{"title":"x"}'
IFM='"7"' AS=resident want 412 PATCH "/api/v1/needs/$n" '{"title":"老年助餐"}'
IFM='' AS=resident want 428 PATCH "/api/v1/needs/$n" '{"title":"老年助餐"}'
AS=resident want 200 PATCH "/api/v1/needs/$n" '{"title":"老年助餐"}'
is "$(got '.title + " " + .place')" "老年助餐 全街道" "what is left out stays"
AS=clerk want 409 POST "/api/v1/needs/$n/return" '{"reason":"草稿"}'
AS=resident want 200 POST "/api/v1/needs/$n/submit"
AS=resident want 409 PATCH "/api/v1/needs/$n" '{"title":"x"}'
AS=resident2 want 200 GET /api/v1/offices/3/needs
is "$(got '.items|length')" 0 "residents see their own needs only"
AS=auditor want 200 GET "/api/v1/offices/3/needs?state=submitted"
is "$(got '.items|length')" 1 "the office and the auditor see all"
AS=clerk want 422 POST "/api/v1/needs/$n/return" '{}'
AS=clerk want 200 POST "/api/v1/needs/$n/return" '{"reason":"补充人数"}'
is "$(got '.state + " " + .reason')" "returned 补充人数" "returned with a reason"
AS=resident want 200 POST "/api/v1/needs/$n/submit"
AS=orga want 201 POST /api/v1/offices/3/needs "${need/\"resident\"/\"organisation\"}"
m=$(got .id)
is "$(got .organisation)" "${orgs[0]}" "an organisation hands in for itself"
AS=orga want 200 POST "/api/v1/needs/$m/submit"
AS=clerk want 422 POST "/api/v1/needs/$m/merge" "{\"into\":\"$m\"}"
AS=clerk want 200 POST "/api/v1/needs/$m/merge" "{\"into\":\"$n\"}"
is "$(got .merged_into)" "$n" "merged"
AS=clerk want 200 POST "/api/v1/needs/$n/review"
AS=clerk want 403 POST "/api/v1/needs/$n/accept" '{"goals":"每日供餐","budget":"500000.00"}'
AS=approver want 422 POST "/api/v1/needs/$n/accept" '{"goals":"每日供餐","budget":500000}'
AS=approver want 200 POST "/api/v1/needs/$n/accept" '{"goals":"每日供餐","budget":"500000.00"}'
project=$(got .project)
AS=approver want 409 POST "/api/v1/needs/$n/refuse" '{"reason":"太晚"}'
AS=approver want 201 POST /api/v1/offices/3/needs "${need/\"resident\"/\"department\"}"
own=$(got .id)
AS=approver want 200 POST "/api/v1/needs/$own/submit"
AS=approver want 409 POST "/api/v1/needs/$own/accept" '{"goals":"x","budget":"1.00"}'
is "$(problem)" approval/same-person "nobody accepts a need of their own"
AS=orga want 201 POST /api/v1/offices/3/needs "${need/\"resident\"/\"organisation\"}"
other=$(got .id)
AS=orga want 200 POST "/api/v1/needs/$other/submit"
AS=approver want 409 POST "/api/v1/needs/$own/merge" "{\"into\":\"$other\"}"
is "$(problem)" approval/same-person "nor merges it away"
AS=clerk want 200 POST "/api/v1/needs/$other/return" '{"reason":"重复"}'
AS='' want 200 GET "/api/v1/projects/$project"
is "$(got '.budget + " " + .state')" "500000.00 stored" "the accepted need is in the library"
AS='' want 200 GET "/api/v1/offices/3/projects?field=elderly&limit=1"
is "$(got '.items[0].id')" "$project" "which everybody reads"

# ---- the purchase list ----
AS=clerk want 201 POST /api/v1/offices/3/funds '{"code":"eldercare","name":{"zh":"养老专项","en":"Elder care"},"purpose":"养老","regimes":["sub_threshold"]}'
fund=$(got .id)
AS=approver want 201 POST "/api/v1/funds/$fund/appropriations" '{"year":2026,"budget_item":"2080299","name":"养老","amount":"900000.00"}'
money=$(got .id)
AS=clerk want 201 POST /api/v1/offices/3/lists '{"year":2026,"title":"2026 年清单"}'
list=$(got .id)
AS=clerk want 409 POST /api/v1/offices/3/lists '{"year":2026,"title":"又一份"}'
entry() { # name budget code [regime] [more members]
    echo "{\"name\":\"$1\",\"department\":\"社区服务办\",\"field\":\"elderly\",\"beneficiaries\":\"老人\",\"place\":\"全街道\",\"budget\":\"$2\",\"fund\":\"$fund\",\"budget_item\":\"2080299\",\"catalogue_code\":\"$3\",\"regime\":\"${4:-sub_threshold}\",\"method\":\"public_bidding\",\"planned_month\":11,\"term_months\":12,\"officer\":\"王\"${5:-}}"
}
AS=clerk want 201 POST "/api/v1/lists/$list/entries" "$(entry 助餐 500000.00 C0501 sub_threshold ",\"project\":\"$project\"")"
e1=$(got .id)
is "$(got .warnings)" '[]' "one entry is no splitting"
AS=clerk want 201 POST "/api/v1/lists/$list/entries" "$(entry 助餐二 500000.00 C0501)"
e2=$(got .id)
is "$(got .warnings)" '[]' "exactly the threshold is not above it"
AS=clerk want 201 POST "/api/v1/lists/$list/entries" "$(entry 助餐三 0.01 C0501)"
e3=$(got .id)
is "$(got '.warnings[0]|.code + " " + .sum')" "splitting 1000000.01" "one fen more warns of splitting"
AS=clerk want 409 POST "/api/v1/lists/$list/entries" "$(entry 公益 1.00 C1 charity)"
is "$(problem)" fund/purpose "a fund serves its purpose only"
AS=clerk want 422 POST "/api/v1/lists/$list/entries" "$(entry x 1.00 C1 | sed 's/public_bidding/bribery/')"
AS=clerk want 422 POST "/api/v1/lists/$list/entries" "$(entry x 1.00 C1 | sed 's/"planned_month":11/"planned_month":13/')"
AS=clerk want 409 POST "/api/v1/lists/$list/entries" "$(entry x 1.00 C1 sub_threshold ',"number":"1"')"
AS=root want 200 POST /api/v1/offices/2/negative '{"code":"C99","reason":"行政执法不得外包"}'
AS='' want 200 GET /api/v1/offices/3/negative
is "$(got '.items|map(.code)|join(" ")')" C99 "a street sees what its district forbids"
AS=clerk want 201 POST "/api/v1/lists/$list/entries" "$(entry 执法 10.00 C9901)"
e4=$(got .id)
is "$(got '.state + " " + .stopped_by')" "stopped 行政执法不得外包" "what is forbidden stands stopped"
AS='' want 404 GET "/api/v1/entries/$e1"
AS='' want 404 GET "/api/v1/lists/$list"
AS=resident want 403 GET "/api/v1/lists/$list/draft"
AS=clerk want 200 GET "/api/v1/lists/$list/draft/entries?limit=3"
is "$(got '.items|length')" 3 "a page of the draft"
AS=clerk want 409 POST "/api/v1/lists/$list/publish"
AS=clerk want 403 POST "/api/v1/lists/$list/approve"
AS=approver want 200 POST "/api/v1/lists/$list/approve"
AS=clerk want 409 PATCH "/api/v1/entries/$e1" '{"name":"改"}'
AS=clerk want 200 POST "/api/v1/lists/$list/publish"
is "$(got '.state + " " + (.edition|tostring)')" "published 1" "edition 1"
AS='' want 200 GET "/api/v1/lists/$list/entries?limit=2"
next=$(header Link | sed -n 's/^<\([^>]*\)>; rel="next"$/\1/p')
AS='' want 200 GET "$next"
is "$(got '.items|length')" 2 "the next page"
AS=approver want 422 POST "/api/v1/lists/$list/adjust" '{"reason":"无"}'
AS=approver want 200 POST "/api/v1/lists/$list/adjust" "{\"reason\":\"合并\",\"drop\":[{\"entry\":\"$e3\",\"reason\":\"并入\"}],\"change\":[{\"entry\":\"$e2\",\"budget\":\"100000.00\"}],\"add\":[$(entry 新增 200000.00 C0777)]}"
AS='' want 200 GET "/api/v1/lists/$list/editions"
is "$(got '.items|map([(.edition|tostring),.reason,(.entries|length|tostring)]|join(" "))|join("; ")')" "1 首次公布 4; 2 合并 5" "each edition is kept with its reason"
AS='' want 200 GET /api/v1/offices/3/notices
is "$(got '.items|map(.kind)|join(" ")')" "list_adjustment list" "and was announced"
AS=approver want 422 POST "/api/v1/lists/$list/close" '{"outcomes":[]}'

# ---- drafting ----
options='{"tranches":[{"code":"first","name":{"zh":"首款","en":"first"},"share":"50%","due":"on_signing"},{"code":"last","name":{"zh":"尾款","en":"final"},"share":"50%","due":"on_acceptance"}]}'
scheme='{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
draft() { # entry [more members]
    echo "{\"entry\":\"$1\",\"summary\":\"为老年人供餐\",\"scheme\":\"comprehensive_score\",\"appropriation\":\"$money\",\"options\":$options,\"scheme_options\":$scheme${2:-}}"
}
AS=clerk want 409 POST /api/v1/offices/3/tenders "$(draft "$e4")"
AS=clerk want 404 POST /api/v1/offices/3/tenders "$(draft "$n")"
AS=clerk want 422 POST /api/v1/offices/3/tenders "$(draft "$e1" | sed 's/comprehensive_score/equal_shares/')"
AS=clerk want 422 POST /api/v1/offices/3/tenders "$(draft "$e1" | sed 's/"50%","due":"on_acc/"49%","due":"on_acc/')"
is "$(got '.errors[0].pointer')" /options/tranches "a fault of the options is found in the draft"
AS=clerk want 422 POST /api/v1/offices/3/tenders "$(draft "$e1" ',"budget":"500000.01"')"
AS=clerk want 422 POST /api/v1/offices/3/tenders "$(draft "$e1" ',"lots":[{"title":"一","budget":"1.00"}]')"
AS=clerk want 422 POST /api/v1/offices/3/tenders "$(draft "$e1" ',"color":"red"')"
AS=clerk want 201 POST /api/v1/offices/3/tenders "$(draft "$e1")"
tender=$(got .id) lot=$(got '.lots[0].id')
AS='' want 404 GET "/api/v1/tenders/$tender"
AS=orga want 403 GET "/api/v1/tenders/$tender/draft"
AS=clerk want 200 PATCH "/api/v1/tenders/$tender" '{"title":"助餐服务","ceiling":"480000.00"}'
is "$(got '.title + " " + .ceiling')" "助餐服务 480000.00" "a draft is edited"

# ---- publication ----
year=$(AS='' req GET /api/v1/clock; got .local | cut -c1-4)
soon=$(date -u -d '+2 days' +%FT02:00:00Z) deadline=$(date -u -d '+30 days' +%FT02:00:00Z)
P="/api/v1/tenders/$tender/publish"
AS=clerk want 403 POST "$P" "{\"deadline\":\"$deadline\"}"
AS=approver want 409 POST "$P" "{\"deadline\":\"$deadline\"}"
is "$(problem)" rule/unverified "unverified numbers want an approver's word"
AS=approver want 409 POST "$P" "{\"deadline\":\"$soon\",\"confirm_unverified\":true}"
is "$(problem)" rule/refused "too short a time to bid"
AS=approver want 422 POST "$P" "{\"deadline\":\"2026-01-01T00:00:00Z\",\"confirm_unverified\":true}"
AS=approver want 422 POST "$P" "{\"deadline\":\"tomorrow\",\"confirm_unverified\":true}"
AS=approver want 201 POST /api/v1/offices/3/tenders "$(draft "$e2")"
same=$(got .id)
AS=approver want 409 POST "/api/v1/tenders/$same/publish" "{\"deadline\":\"$deadline\",\"confirm_unverified\":true}"
is "$(problem)" approval/same-person "nobody publishes what they drew up"
AS=approver want 200 POST "/api/v1/tenders/$same/cancel" '{"reason":"重复"}'
AS='' want 404 GET "/api/v1/tenders/$same"
AS=clerk want 201 POST /api/v1/offices/3/tenders "$(draft "$e2")"
same=$(got .id)
AS=approver want 200 POST "/api/v1/lists/$list/adjust" "{\"reason\":\"压减\",\"change\":[{\"entry\":\"$e2\",\"budget\":\"80000.00\"}]}"
AS=approver WHY='the entry is worth less by now' want 409 POST "/api/v1/tenders/$same/publish" "{\"deadline\":\"$deadline\",\"confirm_unverified\":true}"
is "$(got '.errors[0].pointer')" /budget "what no longer fits is named"
AS=clerk want 200 PATCH "/api/v1/tenders/$same" '{"budget":"80000.00"}'
AS=approver want 200 POST "/api/v1/tenders/$same/publish/preview" "{\"deadline\":\"$deadline\",\"confirm_unverified\":true}"
AS=approver want 200 POST "/api/v1/tenders/$same/cancel" '{"reason":"重复"}'
AS=approver want 200 POST "$P" "{\"deadline\":\"$deadline\",\"confirm_unverified\":true}"
is "$(got '.number + " " + .state + " " + .sealing')" "310105011-$year-0001 bidding sealed_to_opening" "published"
AS=approver want 409 POST "$P" "{\"deadline\":\"$deadline\",\"confirm_unverified\":true}"
AS=clerk want 409 PATCH "/api/v1/tenders/$tender" '{"title":"x"}'
AS='' want 200 GET "/api/v1/entries/$e1"
is "$(got .state)" in_tender "its line of the list says so"
AS='' want 200 GET "/api/v1/tenders/$tender/plan"
is "$(got '.rule_set + " " + .mechanism_version + " " + (.mechanism_sha256|length|tostring)')" "p2@2022-07-01 1.1.0 64" "rules and versions are frozen"
AS='' want 200 GET "/api/v1/appropriations/$money"
is "$(got '.reserved')" 500000.00 "the money is reserved"

# ---- a bid checked beforehand ----
printf '%s' "$(AS='' req GET "/api/v1/tenders/$tender/plan"; echo "$BODY")" >"$T/plan.json"
printf '{"linli":"bid/1","organisation":"%s","lot":1,"fields":{"price":"1.00"}}' "${orgs[0]}" >"$T/good.json"
is "$(linli bid check "$T/good.json" --tender "$T/plan.json" | tr '\n' ' ')" "sha256 $(sha256sum <"$T/good.json" | cut -d' ' -f1) bytes $(wc -c <"$T/good.json") lot 1 price 1.00 " "a bid that would stand"
sed 's/"1.00"/1.0/' "$T/good.json" >"$T/bad.json"
linli bid check "$T/bad.json" --tender "$T/plan.json" 2>"$T/said"
is "$?" 65 "a bid that would be void"
sed 's/price/prize/' "$T/good.json" | linli bid check - --tender "$T/plan.json" 2>"$T/said"
like "$(cat "$T/said")" "*/fields/price*/fields/prize*" "each fault is named"
sed 's/"lot":1/"lot":2/' "$T/good.json" | linli bid check - --tender "$T/plan.json" 2>"$T/said"
is "$? $(grep -c '/lot  absent' "$T/said")" "65 1" "so is a lot that is not there"
sed 's/"organisation":"[^"]*"/"organisation":"x"/; s/"1.00"/1/; s/"price"/"more":1,"price"/' "$T/good.json" | linli bid check - --tender "$T/plan.json" 2>"$T/said"
like "$(cat "$T/said")" "*/organisation *format*/fields/price *type*/fields/more *unknown*" "faults of the form and of the fields together"
sed 's/"1.00"/"99999999.00"/' "$T/good.json" | linli bid check - --tender "$T/plan.json" >"$T/out.said" 2>"$T/said"
is "$? $(grep -c 'warning: the price 99999999.00 is over the' "$T/said")" "0 1" "a price over the ceiling is a warning"

# ---- what a sealed call tells: the same with no bid and with three ----
everybody=(nobody clerk approver agent operator evaluator1 assessor resident supervisor auditor root orgc)
questions=("/api/v1/tenders/$tender" "/api/v1/tenders/$tender/draft" "/api/v1/tenders/$tender/lots" "/api/v1/lots/$lot" "/api/v1/tenders/$tender/plan"
    "/api/v1/tenders/$tender/opening" "/api/v1/tenders/$tender/milestones" "/api/v1/tenders/$tender/notices" "/api/v1/tenders/$tender/proposals" "/api/v1/lots/$lot/checks"
    "/api/v1/tenders/$tender/decisions" "/api/v1/offices/3/tenders" "/api/v1/offices/3/drafts" "/api/v1/offices/3/notices" "/api/v1/me/bids"
    "/api/v1/lots/$lot/panel" "/api/v1/lots/$lot/marks" "/api/v1/lots/$lot/evaluation" "/api/v1/lots/$lot/awards"
    "/api/v1/bids/00000003-0000-8000-8000-000000000001" "/api/v1/tenders/$tender/questions" "/api/v1/tenders/$tender/questions/open" "/api/v1/appropriations/$money")
seen() {
    local who q
    for who in "${everybody[@]}"; do
        for q in "${questions[@]}"; do
            AS=${who#nobody} IFM='' req GET "$q"
            echo "$who $q $STATUS $(etag) $BODY"
        done
    done
}
seen >"$T/empty"
hand_in() { # login organisation price [fields]
    local file hash
    file="{\"linli\":\"bid/1\",\"organisation\":\"$2\",\"lot\":1,\"fields\":${4:-{\"price\":\"$3\"\}}}"
    hash=$(brought "$1" "$file")
    AS=$1 IFM='' want 201 POST "/api/v1/tenders/${5:-$tender}/bids" "{\"lot\":1,\"organisation\":\"$2\",\"sha256\":\"$hash\",\"bytes\":$(printf '%s' "$file" | wc -c)}"
}
hand_in orga "${orgs[0]}" 480000.00
ba=$(got .id)
hand_in orgb "${orgs[1]}" 470000.00
bb=$(got .id)
AS=orga want 404 GET "/api/v1/bids/$bb"
AS=clerk want 404 GET "/api/v1/bids/$bb"
AS=orga want 404 POST "/api/v1/bids/$bb/withdraw"
AS=orgb want 200 POST "/api/v1/bids/$bb/withdraw"
is "$(got .state)" withdrawn "a bid is withdrawn before the deadline"
AS=orgb want 409 POST "/api/v1/bids/$bb/withdraw"
hand_in orgb "${orgs[1]}" 460000.00
AS=orgb want 200 GET /api/v1/me/bids
is "$(got '.items|map(.state)|join(" ")')" "sealed withdrawn" "one's own bids, newest first"
seen >"$T/three"
is "$(diff "$T/empty" "$T/three" | head -4)" "" "nobody can tell how many bids there are ($(wc -l <"$T/empty") answers)"
AS=clerk want 409 POST "/api/v1/tenders/$tender/open"
is "$(problem)" bid/sealed "nothing is opened before the deadline"
AS=clerk want 409 POST "/api/v1/lots/$lot/checks" "{\"checks\":[{\"bid\":\"$ba\",\"rule\":\"qualified\",\"passed\":true}]}"

# ---- questions, corrections, a later deadline ----
AS=orga want 200 POST "/api/v1/tenders/$tender/questions" '{"body":"服务点有几处？"}'
q=$(got .id)
AS=clerk want 200 GET "/api/v1/tenders/$tender/questions/open"
is "$(got '.items[0]|keys|join(" ")')" "asked body due id" "who asked is not shown, not to the office either"
AS=clerk want 200 POST "/api/v1/tenders/$tender/questions/$q/answer" '{"body":"五处"}'
AS=clerk want 404 POST "/api/v1/tenders/$tender/questions/$q/answer" '{"body":"六处"}'
many() { sql "INSERT INTO linli.question (office_id, id, tender_id, body, asked, due) SELECT 3, gen_random_uuid(), '$tender', '多问', now(), now() FROM generate_series(1, $1)"; }
many 1000
AS=clerk req GET "/api/v1/tenders/$tender/questions/open"
is "$(got '[(.items | length), .truncated] | @json')" '[1000,null]' "a thousand are a whole list"
many 1
AS=clerk req GET "/api/v1/tenders/$tender/questions/open"
is "$(got '[(.items | length), .truncated] | @json')" '[1000,true]' "of more the list says that it is cut"
AS=clerk req GET /api/v1/offices/3/tasks
is "$(got '[(.items | length), .truncated] | @json')" '[1000,true]' "so does that of tasks"
sql "DELETE FROM linli.question WHERE tender_id = '$tender' AND body = '多问'"
AS='' want 200 GET "/api/v1/tenders/$tender/questions"
is "$(got '.items[0].answer')" 五处 "the answer is for everybody"
AS=orga want 403 POST "/api/v1/tenders/$tender/amend" '{"body":"x"}'
AS=clerk want 200 POST "/api/v1/tenders/$tender/amend" '{"body":"服务点地址更正"}'
AS=clerk want 422 POST "/api/v1/tenders/$tender/extend" "{\"body\":\"x\",\"deadline\":\"$soon\"}"
later=$(date -u -d '+31 days' +%FT02:00:00Z)
AS='' want 200 GET "/api/v1/tenders/$tender"
then=$(got .deadline)
AS=orga want 403 POST "/api/v1/tenders/$tender/extend/preview" "{\"body\":\"x\",\"deadline\":\"$later\"}"
AS=clerk want 422 POST "/api/v1/tenders/$tender/extend/preview" "{\"body\":\"x\",\"deadline\":\"$soon\"}"
AS=clerk want 200 POST "/api/v1/tenders/$tender/extend/preview" "{\"body\":\"应投标人请求\",\"deadline\":\"$later\"}"
# The notice of the result runs for so many working days (config/rules/p2.json) from the day after, to 24:00.
notice_over() {
    local days
    days=$(jq -r '.rules[] | select(.code == "result_notice").period' "$here/config/rules/p2.json")
    (. "$here/tests/api/award_lib.sh" && echo "$(working_day "$(date -u -d "$1 + 8 hours" +%F)" "${days%wd}")T16:00:00Z")
}
is "$(got '.items[]|select(.what != "last_change")|[.what, .name.zh // "-", .old, .new]|join(" ")')" "deadline - $then $later
$(for phase in 开标 资格审查 符合性审查 评标 定标 结果公告; do echo "begins $phase $then $later"; done)
begins 签订合同 $(notice_over "$then") $(notice_over "$later")" "what a later deadline moves is told beforehand: each later phase no earlier than the one before ends"
moved=$(got '.items' | jq -S -c .)
# Three working days: with 10:00 as the deadline the last of them has to end the day before.
three_before() { date -u -d "${1%T*} - 3 days - 8 hours" +%FT16:00:00Z; }
is "$(got '.items[]|select(.what == "last_change")|[(.old <= "'"$(three_before "$then")"'"), (.new <= "'"$(three_before "$later")"'"), .old < .new, .article]|map(tostring)|join(" ")')" \
    "true true true 限额以下采购内部控制制度（建议值）" "and the last day for a change that affects the bids, with its article"
AS='' want 200 GET "/api/v1/tenders/$tender/notices"
is "$(got '.items|length') $(sql "SELECT count(*) FROM linli.event_queue WHERE act = 'extend_preview'")" '2 0' "and nothing is stored"
AS=clerk want 200 POST "/api/v1/tenders/$tender/extend" "{\"body\":\"应投标人请求\",\"deadline\":\"$later\"}"
is "$(got '.deadline + " " + .lots[0].phase_due')" "$later $later" "tender and lot move together"
AS='' req GET "/api/v1/tenders/$tender/notices"
AS='' req GET "/api/v1/notices/$(got '[.items[]|select(.kind == "correction")]|max_by(.published).id')"
is "$(got .body.moves | jq -S -c .)" "$moved" "and the correction says of each date what was told beforehand"
advance 29d
AS=clerk want 409 POST "/api/v1/tenders/$tender/amend" '{"body":"需求变更"}'
is "$(problem)" rule/refused "a correction too close to the deadline"
AS=clerk want 200 POST "/api/v1/tenders/$tender/amend" '{"body":"电话更正","affects_bids":false}'
AS='' want 200 GET "/api/v1/tenders/$tender/notices"
is "$(got '.items|map(.kind)|join(" ")')" "tender correction correction correction" "every change was announced"

# ---- the opening: a bad bid is void, never an error for the others ----
hand_in orgc "${orgs[2]}" 1.00 '{"prize":"1.00"}'
advance 3d
AS='' want 200 GET "/api/v1/lots/$lot"
is "$(got '.phase + " " + .state')" "opening bidding" "the deadline has passed, nothing is opened"
AS=orga want 409 POST "/api/v1/bids/$ba/withdraw"
AS=clerk want 200 POST "/api/v1/tenders/$tender/open"
is "$(got '.state + " " + .lots[0].phase')" "opened qualification" "opened"
AS=orgc want 200 GET "/api/v1/tenders/$tender/opening"
is "$(got '.items[]|select(.state=="void")|.void_reason')" "/fields/price 必填；/fields/prize 不认识的成员" "its bidder is told why"
is "$(got '[.items[]|.price // "-"]|join(" ")')" "480000.00 460000.00 -" "prices are read out to the bidders"
is "$(got '[.items[]|select(.content)]|length')" 0 "contents of others are not"
AS=clerk want 200 GET "/api/v1/bids/$ba"
AS=orgc want 404 GET "/api/v1/bids/$ba"
AS='' want 404 GET "/api/v1/bids/$ba"
AS='' want 200 GET "/api/v1/tenders/$tender/opening"
is "$(got '.items|length')" 0 "the public reads what the call said"
AS='' want 200 GET "/api/v1/tenders/$tender/milestones"
is "$(got '.items|map(.kind)|join(" ")')" "documents_issued published amended extended bids_due opened" "what has happened, for everybody"
member other "$(IFM='' organisation 组织丁)"
AS=other want 200 GET "/api/v1/tenders/$tender/opening"
is "$(got '.items|length')" 0 "nor does an organisation that did not bid"
check() { echo "{\"checks\":[{\"bid\":\"$1\",\"rule\":\"$2\",\"passed\":${3:-true}${4:-}}]}"; }
C="/api/v1/lots/$lot/checks"
AS=evaluator1 want 403 POST "$C" "$(check "$ba" qualified)"
AS=clerk want 422 POST "$C" "$(check "$ba" responsive)"
AS=clerk want 422 POST "$C" "$(check "$bb" qualified)"
AS=clerk want 422 POST "$C" "$(check "$ba" qualified false)"
is "$(got '.errors[0].pointer')" /checks/0/reason "failing a bid needs a reason"
AS=clerk want 200 POST "$C" "$(check "$ba" qualified)"
AS=clerk want 409 POST "/api/v1/lots/$lot/advance"
is "$(got '.why.kind')" stay "the phase is not over, and why"

# ---- cancelled after the deadline: the money goes back ----
AS=clerk want 403 POST "/api/v1/tenders/$tender/cancel" '{"reason":"任务取消"}'
AS=approver want 200 POST "/api/v1/tenders/$tender/cancel" '{"reason":"任务取消"}'
is "$(got '.state + " " + .reason + " " + .lots[0].state')" "cancelled 任务取消 cancelled" "cancelled"
AS='' want 200 GET "/api/v1/appropriations/$money"
is "$(got '.available + " " + .reserved')" "900000.00 0.00" "nothing stays reserved"
AS='' want 200 GET "/api/v1/entries/$e1"
is "$(got .state)" planned "the entry can be tendered again"

# ---- too few bids: not opened, and the lawful ways on ----
AS=clerk want 201 POST /api/v1/offices/3/tenders "$(draft "$e1")"
tender=$(got .id) lot=$(got '.lots[0].id')
deadline=$(AS='' req GET /api/v1/clock; date -u -d "$(got .now) +20 days" +%FT02:00:00Z)
AS=approver want 200 POST "/api/v1/tenders/$tender/publish" "{\"deadline\":\"$deadline\",\"confirm_unverified\":true}"
hand_in orga "${orgs[0]}" 480001.00
advance 21d
AS='' want 200 GET "/api/v1/tenders/$tender"
is "$(got '.state')" void "one bid where two are needed"
AS='' want 200 GET "/api/v1/lots/$lot"
is "$(got '.phase + " " + (.ways|map(.code)|join(" "))')" "void retender other_method" "its ways on"
is "$(sql "SELECT count(*) FROM linli.bid WHERE state <> 'sealed' AND tender_id = '$tender'")" 0 "the bid stays closed"
AS=clerk want 409 POST "/api/v1/tenders/$tender/open"
AS=approver want 422 POST "/api/v1/lots/$lot/approve" '{"way":"negotiation","reason":"x"}'
AS=approver want 200 POST "/api/v1/lots/$lot/approve" '{"way":"retender","reason":"重新征集"}'
AS='' want 200 GET "/api/v1/appropriations/$money"
is "$(got '.available')" 900000.00 "and the money is back"

# ---- the list is closed with what became of each entry ----
AS='' want 200 GET "/api/v1/lists/$list/entries"
outcomes=$(got '[.items[]|{entry:.id,outcome:"结转下年"}]|tojson')
AS=approver want 200 POST "/api/v1/lists/$list/close" "{\"outcomes\":$outcomes}"
is "$(got .state)" closed "closed"
AS=clerk want 409 POST /api/v1/offices/3/tenders "$(draft "$e1")"
stop_server
finish
