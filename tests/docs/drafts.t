#!/bin/bash
# docs/drafts.md: for every mechanism a body of POST /offices/{office}/tenders that the server takes, made of the mechanism's own example as
# GET /mechanisms/{mechanism} gives it. drafts.t --write plays it and prints it anew.
here=$(cd "$(dirname "$0")/../.." && pwd)
. "$here/tests/api/lib.sh"
. "$here/tests/api/award_lib.sh"
page=$here/docs/drafts.md
start_server >/dev/null
people
# What each is compared by here; anything else that fits would do. Options as the scheme gives its own example.
scheme_of() {
    case $1 in
        public_bidding | consultation | external_procedure) echo comprehensive_score ;;
        venture_philanthropy) echo contest ;;
        community_fund) echo participatory_budget ;;
        *) echo lowest_price ;;
    esac
}
AS='' req GET /api/v1/mechanisms
is "$STATUS" 200 "anybody reads which mechanisms there are"
ids=$(got '.items[].id')
is "$(paste -sd' ' <<<"$ids")" "$(find "$here/plugins/mechanisms" -mindepth 2 -name plugin.c -printf '%h\n' | xargs -n 1 basename | LC_ALL=C sort | paste -sd' ')" "all of them"
is "$(got '[.items[] | select((.name.zh == "") or (.regimes == []))] | length')" 0 "with their names and regimes"
AS='' req GET /api/v1/schemes
is "$(got '[.items[].id] | index("lowest_price") != null')" true "and which schemes"
AS='' want 404 GET /api/v1/mechanisms/open_tender
AS='' want 404 GET /api/v1/schemes/public_bidding
{
    cat <<'HEAD'
# 编制草案：每种方式一份请求体 · Drafts: a body for each mechanism

由 `tests/docs/drafts.t --write` 逐份提交并写成，每份都被服务器接受。`entry` 是已公布清单中的一项（其 `method` 即本方式，`regime` 如所列），
`appropriation` 是预算指标。`options` 的全部字段见 `GET /mechanisms/{mechanism}`，`scheme_options` 的见 `GET /schemes/{scheme}`，
与 `linli plugin schema` 相同；那里的 `examples` 可以直接使用。

Played and written by `tests/docs/drafts.t --write`: the server takes each of them (`POST /offices/{office}/tenders`). `entry` is a line of a
published list whose `method` is the mechanism; what `options` may hold is told by `GET /mechanisms/{mechanism}`, as `linli plugin schema` does.
HEAD
} >"$T/page"
for id in $ids; do
    AS='' req GET "/api/v1/mechanisms/$id"
    regime=$(got '.regimes[0]') name=$(got '.name | .zh + " · " + .en') options=$(got '.examples[0] | tojson')
    ok "$id: its options are the rows the command prints" [ "$(got '.options' | jq -S .)" = "$("$LINLI" plugin schema "$id" --plugins "$(dirname "$LINLI")/plugins" | jq -S .)" ]
    scheme=$(scheme_of "$id")
    AS='' req GET "/api/v1/schemes/$scheme"
    scheme_options=$(got '[.examples[] | select(has("amount") | not)][0] | tojson') # a contest that sets amounts gives none to award by rank
    budget=300000.00
    [ "$id" != framework ] || budget=1500000.00 # from the purchase threshold on
    fund_of "$regime" 2000000.00
    entry_of "$regime" "$id" "$budget"
    body=$(jq -n --arg entry "$ENTRY" --arg app "$APP" --arg scheme "$scheme" --argjson options "$options" --argjson so "$scheme_options" \
        '{entry: $entry, appropriation: $app, summary: "服务内容、数量、质量和期限", scheme: $scheme, options: $options, scheme_options: $so}')
    AS=clerk WHY=$id want 201 POST /api/v1/offices/3/tenders "$body"
    {
        # shellcheck disable=SC2016
        printf '\n## %s · `%s`\n\n清单项 entry: `"method": "%s", "regime": "%s", "budget": "%s"`\n\n```json\n' "$name" "$id" "$id" "$regime" "$budget"
        jq --indent 1 '.entry = "…" | .appropriation = "…"' <<<"$body"
        printf '```\n'
    } >>"$T/page"
done
stop_server >/dev/null
[ "${1:-}" != --write ] || cp "$T/page" "$page"
ok "docs/drafts.md is what was played" cmp -s "$T/page" "$page"
finish
