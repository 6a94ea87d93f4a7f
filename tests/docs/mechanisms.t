#!/bin/bash
# docs/procedures.md is printed from the mechanisms themselves: their description, and the plan each makes of an example
# under the rules of one day.  mechanisms.t --write prints it anew.
set -u
cd "$(dirname "$0")/../.." || exit 2
LINLI=${LINLI:-$PWD/bin/linli}
plugins=$(dirname "$LINLI")/plugins day=2026-11-21 page=docs/procedures.md
T=$(mktemp -d) || exit 2
trap 'rm -rf "$T"' EXIT
whole='"tranches":[{"code":"whole","name":{"zh":"全款","en":"whole"},"share":"100%","due":"on_acceptance"}]'
# id, after a colon what it is printed as where it has several plans, regime, budget, options besides the tranches
procedures='public_bidding statutory 500000.00
invited_bidding statutory 500000.00 "ground":"special"
consultation statutory 500000.00
negotiation statutory 500000.00 "ground":"complex"
single_source statutory 500000.00 "ground":"unique","reason":"专利","professionals":[{"name":"李工","unit":"某研究院","title":"高级工程师"}]
framework:封闭式·closed statutory 1500000.00 "admission":"closed","second":"rotation","term":"24m"
framework:开放式·open statutory 1500000.00 "admission":"open","second":"direct","standard_price":"30.00","term":"24m"
framework:采购人直接选定·chosen_by_the_office statutory 60000.00 "admission":"closed","second":"direct","term":"24m","quantity":1
framework:服务对象选定·chosen_by_those_served statutory 60000.00 "admission":"open","second":"direct","chooser":"users","standard_price":"30.00","term":"24m","quantity":1
framework:二次竞价·second_bidding statutory 60000.00 "admission":"closed","second":"bidding","term":"24m","quantity":1
framework:顺序轮候·in_turn statutory 60000.00 "admission":"closed","second":"rotation","term":"24m","quantity":1
open_comparison sub_threshold 100000.00 "way":"call"
external_procedure statutory 500000.00 "method":"other","platform":"省平台","project":"1","decided":"2026-03-02","links":["https://cg.example/1"]'

facts() { # regime budget options
    "$LINLI" rules show --json --regime "$1" --on "$day" | jq --arg regime "$1" --arg budget "$2" --argjson under "$(grep -qc '"quantity"' <<<"$3" && echo 1 || echo 0)" '
        {linli: "facts/1", tender: {key: 1, currency: "CNY", category: "services", regime: $regime, budget: $budget, lot: 1, lots: 1, under: $under},
         rules: [.rules[] | {code, source} + (if .period then {period} elif .count then {unit: "count", value: .count}
                 elif .money then {unit: "money", value: .money} elif .rate then {unit: "rate", value: .rate}
                 elif .points then {unit: "points", value: .points}
                 elif has("holds") then {unit: "yes_no", value: (if .holds then 1 else 0 end)} else {} end)]}'
}
section() { # id[:name] regime budget options
    local id=${1%%:*} part=''
    [ "$id" = "$1" ] || part=$(sed 's/·/ · /; s/_/ /g; s/^/ · /' <<<"${1#*:}")
    facts "$2" "$3" "${4:-}" >"$T/facts.json"
    printf '{%s%s}' "$whole" "${4:+,$4}" >"$T/options.json"
    "$LINLI" decide "$id" --plugins "$plugins" --facts "$T/facts.json" --options "$T/options.json" --ask plan >"$T/plan.json" || return 1
    jq -r --arg id "$id" --arg part "$part" --arg name "$(sed -nE 's/^    \.name = \{"([^"]*)", "([^"]*)"\},$/\1 · \2/p' "plugins/mechanisms/$id/plugin.c" | head -1)" '
        def two(n): n.zh + " · " + n.en;
        def rows(f): [f] | join("\n");
        "## " + $name + $part + " · `" + $id + "`\n\n```text\n发布 published\n"
        + ([.phases[] | select(.kind != "void") | "  │\n  ▼\n" + .code + "  " + two(.name)
            + (if .window then "  （" + .window + "）" else "" end)
            + (if .otherwise == "void" then "    ── 不足或失败 ──► void" else "" end)] | join("\n")) + "\n```\n\n"
        + "| 期限 window | 从 from | 到 until | 数 | 条 article |\n|---|---|---|---|---|\n"
        + ([.windows[] | "| " + two(.name) + " | " + .from + " | " + .until + " | "
            + (if (.least // "0d") != "0d" and (.most // "0d") != "0d" then "= " + .least elif (.least // "0d") != "0d" then "≥ " + .least else "≤ " + .most end)
            + " | " + (.source // "–") + " |"] | join("\n")) + "\n\n"
        + (if (.quorums | length) > 0 then "| 门槛 gate | 计 counts | 至少 at least | 不足 below | 条 article |\n|---|---|---|---|---|\n"
            + ([.quorums[] | "| " + .phase + " | " + .counts + " | " + (.at_least | tostring) + " | " + .below + " | " + (.source // "–") + " |"] | join("\n")) + "\n\n" else "" end)
        + (if (.checks | length) > 0 then "| 审查 check | 阶段 phase | 谁 who | 条 article |\n|---|---|---|---|\n"
            + ([.checks[] | "| " + two(.name) + " | " + .phase + " | " + .role + " | " + (.source // "–") + " |"] | join("\n")) + "\n\n" else "" end)
        + "| 阶段 phase | 谁可以做什么 who may do what, besides reading |\n|---|---|\n"
        + ([.phases[] | select(.kind != "void" and .kind != "closed") | "| " + .code + " | "
            + ([.may | to_entries[] | {key, value: (.value - ["read_tender", "read_bids"])} | select(.value | length > 0)
                | "`" + .key + "` " + (.value | join(", "))] | join("; ")) + " |"] | join("\n")) + "\n\n"
        + (if (.panel.at_least // 0) > 0 then "评审人数至少 " + (.panel.at_least | tostring) + "，专家不少于 " + (.panel.experts | tostring) + "/" + (.panel.of | tostring)
            + "（" + (.panel.source // "–") + "）。A panel of at least " + (.panel.at_least | tostring) + ".\n" else "没有评审小组。No panel.\n" end)
        + "密封 sealing: `" + .sealing + "`\n"' "$T/plan.json"
}
print_page() {
    cat <<'TEXT'
# 采购程序一览 · The procedures as their plans have them

本页由插件自己的计划打印（`tests/docs/mechanisms.t --write`），不手写：流程、期限、门槛、审查、各角色权限和条文，按
2026-11-21 施行的规则。说明见 [mechanisms.md](mechanisms.md)。
Printed from the plan each mechanism makes of an example under the rules of that day; nothing here is written by hand.

TEXT
    local id regime budget options
    while read -r id regime budget options; do section "$id" "$regime" "$budget" "$options" || return 1; echo; done <<<"$procedures"
}
print_page >"$T/page.md" || { echo "not ok 1 - every procedure makes a plan"; echo 1..1; exit 1; }
echo "ok 1 - every procedure makes a plan"
[ "${1:-}" != --write ] || cp "$T/page.md" "$page"
if difference=$(diff "$page" "$T/page.md"); then echo "ok 2 - $page is what the mechanisms say"; else
    echo "not ok 2 - $page is what the mechanisms say: tests/docs/mechanisms.t --write"
    printf '%s\n' "$difference" | head -20 | sed 's/^/#   /'
fi
echo 1..2
[ -z "$difference" ]
