#!/bin/bash
# Notices that follow no road: the intentions of a list (财库〔2020〕10号), told anew as it changes, and what an authority decided that looked
# into a tender (财办库〔2020〕50号).
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people

# ---- intentions: the statutory entries of a list that are still planned ----
fund_of statutory 900000.00
AS=clerk want 201 POST /api/v1/offices/3/lists '{"year":2029,"title":"2029 年清单"}'
LIST=$(got .id)
entry() { # name budget regime [method]
    echo "{\"name\":\"$1\",\"department\":\"民政\",\"field\":\"养老\",\"beneficiaries\":\"老人\",\"place\":\"本街道\",\"budget\":\"$2\",\"budget_item\":\"2080299\",\"catalogue_code\":\"A0101\",\"regime\":\"$3\",\"method\":\"${4:-public_bidding}\",\"planned_month\":6,\"term_months\":12,\"officer\":\"伊\"}"
}
AS=clerk want 201 POST "/api/v1/lists/$LIST/entries" "$(entry 助餐 600000.00 statutory)"
first=$(got .id)
AS=clerk want 201 POST "/api/v1/lists/$LIST/entries" "$(entry 助浴 500000.00 statutory)"
second=$(got .id)
AS=clerk want 201 POST "/api/v1/lists/$LIST/entries" "$(entry 维修 20000.00 sub_threshold open_comparison)"
small=$(got .id)
AS=approver IFM='*' want 200 POST "/api/v1/lists/$LIST/approve"
AS=clerk IFM='*' want 200 POST "/api/v1/lists/$LIST/publish"
told() { # what the newest notice of intentions says
    AS='' req GET '/api/v1/offices/3/notices?kind=intention'
    COUNT=$(got '.items | length')
    AS='' req GET "/api/v1/notices/$(got '.items[0].id')"
}
told
is "$COUNT $(got .title)" "1 2029 年清单 政府采购意向" "the intentions are told with the list"
is "$(got '.body.intentions | map([.name, .field, .beneficiaries, .place, .budget, .method, (.planned_month | tostring)] | join(" ")) | join(",")')" \
    "助餐 养老 老人 本街道 600000.00 public_bidding 6,助浴 养老 老人 本街道 500000.00 public_bidding 6" "name, need, budget, method and month of each; nothing below the threshold"
is "$(got '[.list, .replaces] | @json')" "[\"$LIST\",null]" "of this list"
first_notice=$(got .id)
adjust() { AS=approver IFM='*' want 200 POST "/api/v1/lists/$LIST/adjust" "$1"; }
adjust "{\"reason\":\"压减\",\"change\":[{\"entry\":\"$small\",\"budget\":\"10000.00\"}]}"
told
is "$COUNT" 1 "what is bought below the threshold changes no intention"
adjust "{\"reason\":\"调整\",\"change\":[{\"entry\":\"$second\",\"budget\":\"550000.00\"}]}"
told
is "$COUNT $(got .replaces) $(got '.body.intentions | map(.budget) | join(" ")')" "2 $first_notice 600000.00 550000.00" "a changed one is told anew, in place of the first"
adjust "{\"reason\":\"取消\",\"drop\":[{\"entry\":\"$second\",\"reason\":\"并入\"}]}"
told
is "$COUNT $(got '.body.intentions | map(.name) | join(" ")')" "3 助餐" "and so is one that falls away"
adjust "{\"reason\":\"改为限额以下\",\"change\":[{\"entry\":\"$first\",\"regime\":\"sub_threshold\",\"method\":\"open_comparison\",\"budget\":\"90000.00\"}]}"
told
is "$COUNT $(got '.body.intentions | length')" "4 0" "and one that is bought otherwise by now"
adjust "{\"reason\":\"恢复\",\"change\":[{\"entry\":\"$first\",\"regime\":\"statutory\",\"method\":\"public_bidding\",\"budget\":\"600000.00\"}]}"
told
AS=approver want 409 POST "/api/v1/notices/$(got .id)/correct" '{"text":"x","reason":"y"}'
is "$(problem)" notice/own-act "what is meant to be bought is corrected with the list"

# ---- supervision ----
ENTRY=$first
tender_of lowest_price '{"tranches":[{"code":"whole","name":{"zh":"全款","en":"whole"},"share":"100%","due":"on_acceptance"}]}' '{}'
AS='' req GET /api/v1/clock
today=$(got '.local[:10]')
decision() { # status login decided
    AS=$2 want "$1" POST "/api/v1/tenders/$TENDER/supervisions" "{\"authority\":\"示例区财政局\",\"reference\":\"区财监〔2029〕1号\",\"about\":\"采购文件设置不合理条件\",\"basis\":\"政府采购法 §71\",\"decision\":\"责令限期改正\",\"decided\":\"$3\"}"
}
WHY='nothing is decided of a draft' decision 409 approver "$today"
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
decision 403 clerk "$today"
decision 403 auditor "$today"
decision 422 approver "$(date -d "$today + 2 days" +%F)"
is "$(got '.errors[0].pointer')" /decided "nor before it happened"
decision 201 supervisor "$today"
id=$(got .id)
AS='' want 200 GET "/api/v1/notices/$id"
is "$(got '.kind + " " + .title')" "supervision_result 助餐 监督检查处理结果公告" "who supervises tells what was decided"
is "$(got '.body | [.authority, .reference, .about, .basis, .decision, .decided, .project] | join("|")')" \
    "示例区财政局|区财监〔2029〕1号|采购文件设置不合理条件|政府采购法 §71|责令限期改正|$today|助餐" "authority, number, what it looked into, on what basis, what it decided, when"
decision 201 approver "$today"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '.items | map(.kind) | join(" ")')" "tender supervision_result supervision_result" "or the office, of another decision"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
