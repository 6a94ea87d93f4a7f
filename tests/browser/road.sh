# Two streets in which nothing has happened yet, one for each language, and whom a purchase takes: for tests/browser/pages.
#
#   road_people     offices 4 and 5, their people and bidders; whom visitors log in as by one click stand in $T/one_click
#   road_world      gives what tests/browser/road.js is told, once the portal is up
# shellcheck shell=bash disable=SC2154
declare -A ROAD_OFFICE
ROAD_ROLES=(clerk:office_clerk:经办人:clerk approver:office_approver:分管领导:approver evaluator1:evaluator:评审专家一:evaluator
    evaluator2:evaluator:评审专家二:evaluator evaluator3:evaluator:评审专家三:evaluator)
one_click() { printf '%s\tlinli-portal-1\t%s\t%s\n' "$1" "$2" "$3" >>"$T/one_click"; }
road_people() {
    local language one login role zh en
    for language in zh en; do
        ROAD_OFFICE[$language]=$(office "$([ "$language" = zh ] && echo 新泾街道 || echo 新苑街道)" street 2)
        for one in "${ROAD_ROLES[@]}"; do
            IFS=: read -r login role zh en <<<"$one"
            person "${language}_$login" "$role" "${ROAD_OFFICE[$language]}"
            one_click "${language}_$login" "$zh" "$en"
        done
        for one in one:晨露社会工作服务中心 two:同安养老服务有限公司; do
            bidder "${language}_${one%%:*}" "${one#*:}"
            one_click "${language}_${one%%:*}" "${one#*:}" "organisation"
        done
    done
    while IFS=$'\t' read -r login _; do password "$login"; done <"$T/one_click"
    PORTAL_OPTIONS+=(--people "$T/one_click")
}
road_world() {
    jq -n --arg base "http://$PAGES" --arg chromium "$(command -v chromium)" --arg zh "${ROAD_OFFICE[zh]}" --arg en "${ROAD_OFFICE[en]}" \
        '{base: $base, chromium: $chromium, offices: {zh: $zh, en: $en}}'
}
