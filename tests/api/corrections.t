#!/bin/bash
# What was published is corrected by a new version with its reason; the old one stays readable. A corrected result never names another winner.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
notice() { # kind: the newest of the tender
    AS='' req GET "/api/v1/tenders/$TENDER/notices"
    got "[.items[] | select(.kind == \"$1\")][-1].id"
}
correct() { # status notice [title]
    # shellcheck disable=SC1111
    AS=${WHO:-approver} want "$1" POST "/api/v1/notices/$2/correct" "{\"text\":\"“甲社”应为“甲社会工作服务社”\",\"reason\":\"名称有误\"${3:+,\"title\":\"$3\"}}"
}
IN_NOTICE=1 winner_of 1000.00 2500.00
old=$(notice result)
AS='' req GET "/api/v1/notices/$old"
before=$(got .body)
AS='' req GET "/api/v1/lots/$LOT"
was=$(got .phase_due)

# ---- while its period runs ----
WHO=clerk correct 403 "$old"
AS='' KEY=none want 401 POST "/api/v1/notices/$old/correct" '{"text":"x","reason":"y"}'
AS=approver WHY='why?' want 422 POST "/api/v1/notices/$old/correct" '{"text":"x"}'
AS=approver want 404 POST "/api/v1/notices/$LOT/correct" '{"text":"x","reason":"y"}'
WHY='a notice of its own act' correct 409 "$(notice tender)"
is "$(problem)" notice/own-act "the call is amended"
AS='' req GET /api/v1/clock
clock_to "$(working_day "$(got '.local[:10]')" 1)T02:00:00Z"
correct 201 "$old" "结果公告（更正）"
new=$(got .id)
# shellcheck disable=SC1111
is "$(got '[.kind, .title, .replaces, .reason, .body.correction.text] | join("|")')" \
    "result|结果公告（更正）|$old|名称有误|“甲社”应为“甲社会工作服务社”" "a new version says what and why"
is "$(got '[.body.awards[] | select(.standing == "winner") | .name] | join(",")')" 甲社 "of the same result"
ok "its period ends with the lot's" [ "$(got .period_ends)" = "$(AS='' req GET "/api/v1/lots/$LOT"; got .phase_due)" ]
ok "and begins anew" [ "$(AS='' req GET "/api/v1/lots/$LOT"; got .phase_due)" \> "$was" ]
AS='' req GET "/api/v1/notices/$old"
is "$(got '.body')" "$before" "the old one is as it was"
is "$(got '.replaced_by')" "$new" "and points at the new one"
WHY='it is overtaken' correct 409 "$old"

# ---- when the winner is another ----
notice_over
is "$(phase)" contracting "the period is over"
AS=aa IFM='*' want 200 POST "/api/v1/awards/$AWARD/refuse" '{"reason":"人员不足"}'
WHY='the winner has gone' correct 409 "$new"
is "$(problem)" notice/result "not by a correction"
AS=clerk lot decide
AS=approver lot confirm
WHY='nor before it is announced' correct 409 "$new"
AS=clerk lot announce
AS='' req GET "/api/v1/notices/$new"
next=$(got .replaced_by)
AS='' req GET "/api/v1/notices/$next"
is "$(got '[.body.awards[] | select(.standing == "winner") | .name] | join(",")')" 乙社 "what was announced anew stands in its place"

# ---- any other notice ----
AS=clerk req GET "/api/v1/lots/$LOT/awards"
draft_of "$(got '.items[] | select(.standing == "winner" and .state == "announced") | .id')"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
AS=bb IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
was=$(notice contract)
correct 201 "$was"
is "$(got '.body.correction.of')" "$was" "that of a contract"
AS=auditor req GET "/api/v1/offices/3/events"
is "$(got '[.items[] | select(.act == "notice_correct")] | length')" 2 "on the trail"
ok "linli audit finds nothing" linli audit

# A page of a search looks through 20,000, from the newest on: of all offices, or of the one that is named.
office 邻街道 street 2 >/dev/null
sql "INSERT INTO linli.notice SELECT (jsonb_populate_record(n, jsonb_build_object('id', gen_random_uuid(), 'office_id', 4, 'tender_id', NULL, 'list_id', NULL, 'title', '别处的公告', 'body', '{}'::jsonb,
         'replaces', NULL, 'published', now() + interval '300 days' + x * interval '1 second'))).* FROM linli.notice n, generate_series(1, 20000) x WHERE n.id = '$was';
     INSERT INTO linli.tender SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'office_id', 4, 'number', 'x' || x, 'title', '别处的项目', 'entry_id', NULL, 'roll_id', NULL,
         'plan', '{}'::jsonb, 'rules', '{}'::jsonb, 'published', now() + interval '300 days' + x * interval '1 second'))).* FROM linli.tender t, generate_series(1, 20000) x WHERE t.id = '$TENDER'"
for what in notices search/tenders; do
    AS='' want 200 GET "/api/v1/$what?limit=1"
    is "$(got '.items[0].office')" 4 "the newest of all offices"
    AS='' want 200 GET "/api/v1/$what?office=3&limit=1"
    is "$(got '.items[0].office')" 3 "an office's own are found behind any number of others"
    AS='' want 200 GET "/api/v1/$what?text=%E4%B8%8D%E5%9C%A8%E8%BF%99%E9%87%8C&limit=1"
    is "$(got '[(.items | length), .next != null] | @json')" '[0,true]' "a word nobody used: not found so far, and where to go on"
    AS='' want 200 GET "/api/v1/$what?text=%E4%B8%8D%E5%9C%A8%E8%BF%99%E9%87%8C&limit=1&cursor=$(got .next)"
    is "$(got '[(.items | length), .next] | @json')" '[0,null]' "until there is no more"
    title=$(sql "SELECT title FROM linli.$([ "$what" = notices ] && echo "notice WHERE id = '$was'" || echo "tender WHERE id = '$TENDER'")" | jq -Rr @uri)
    AS='' want 200 GET "/api/v1/$what?text=$title&limit=1"
    is "$(got '[(.items | length), .next != null] | @json')" '[0,true]' "what is older than 20,000 others is not on the first page"
    AS='' want 200 GET "/api/v1/$what?text=$title&limit=1&cursor=$(got .next)"
    is "$(got '.items[0].office')" 3 "and on the one that follows"
    AS='' want 200 GET "/api/v1/$what?office=4&limit=1&text=%E4%B8%8D%E5%9C%A8%E8%BF%99%E9%87%8C"
    AS='' want 200 GET "/api/v1/$what?office=4&limit=1&text=%E4%B8%8D%E5%9C%A8%E8%BF%99%E9%87%8C&cursor=$(got .next)"
    is "$(got '[(.items | length), .next] | @json')" '[0,null]' "an office's own end as well"
done
for pair in notice_news:notice tender_search:tender; do
    name=${pair%%:*}
    looked=$(sql "PREPARE q (timestamptz, uuid, integer, text, text, $([ "$name" = notice_news ] && echo integer || echo 'text, integer')) AS $(cat "$here/sql/query/$name.sql");
        SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_bitmapscan = off; -- as where there are a million
        EXPLAIN (ANALYZE, FORMAT JSON, TIMING off) EXECUTE q (NULL, NULL, 20, 'x', NULL, $([ "$name" = notice_news ] && echo NULL || echo 'NULL, NULL'))" |
        jq "[.. | objects | select(.[\"Relation Name\"] == \"${pair#*:}\") | .[\"Actual Rows\"] * .[\"Actual Loops\"]] | add")
    ok "$name looks through 20,000, counts them again to say where to go on, and no more ($looked)" test "$looked" -le 40002
done
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
