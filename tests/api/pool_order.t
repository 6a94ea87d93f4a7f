#!/bin/bash
# Two lots that draw on one pool, whose scheme grants amounts: the panel of the second signs first.  Every signature is kept, and that lot
# waits for what the first leaves.  Where no pool is shared, neither waits for the other.  No mechanism of the tree has a panel mark what
# a scheme grants amounts for, one of a plug-in may: the plan of a fund is changed to that here, as if it had been frozen so.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for login in orga orgb; do bidder "$login" "组织$login"; done
declare -A ALL
AS=clerk want 201 POST /api/v1/offices/3/rolls '{"name":"甲居委会"}'
ROLL=$(got .id)
AS=clerk want 200 POST "/api/v1/rolls/$ROLL/entries" '{"entries":[{"number":"001"}]}'
call_of() { # MORE: a call of two lots with an application each, which panels are to mark
    local pair login no cost rule checks
    fund_of grants 30000.00
    entry_of grants community_fund 30000.00
    tender_of contest "{\"tranches\":$TWO_PARTS}" '{"criteria":[{"code":"technical","name":{"zh":"路演","en":"pitch"},"weight":"100%"}],"trim":0,"amount":"asked"}' "\"roll\":\"$ROLL\",\"electorate\":1,\"category\":\"public_good\",$1"
    LOTS=("$(got '.lots[0].id')" "$(got '.lots[1].id')")
    AS='' req GET /api/v1/clock
    publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
    for pair in "orga 1 12000.00" "orgb 2 9000.00"; do
        read -r login no cost <<<"$pair"
        AS=$login want 201 POST "/api/v1/tenders/$TENDER/proposals" "{\"lot\":$no,\"title\":\"申请\",\"body\":\"办一件事\",\"place\":\"本街道\",\"cost\":\"$cost\",\"organisation\":true}"
        ALL[$login]=$(got .id)
    done
    AS='' req GET "/api/v1/lots/$LOT"
    clock_to "$(got .phase_due)"
    advance 1m
    for pair in "orga 0" "orgb 1"; do
        read -r login no <<<"$pair"
        checks=''
        for rule in public_benefit not_property_duty no_clash fits_purpose costed; do checks="$checks,{\"bid\":\"${ALL[$login]}\",\"rule\":\"$rule\",\"passed\":true}"; done
        AS=clerk want 200 POST "/api/v1/lots/${LOTS[no]}/checks" "{\"checks\":[${checks#,}]}"
    done
    sql "UPDATE linli.tender SET plan = jsonb_set(jsonb_set(jsonb_set(plan, '{panel,at_least}', '3'), '{panel,of}', '1'), '{phases}',
             (SELECT jsonb_agg(CASE WHEN p ->> 'code' = 'counting'
                  THEN jsonb_set(jsonb_set(p, '{may,evaluator}', '[\"mark\", \"report\"]'), '{may,office_clerk}', (p -> 'may' -> 'office_clerk') || '[\"assign\"]') ELSE p END ORDER BY n)
              FROM jsonb_array_elements(plan -> 'phases') WITH ORDINALITY x(p, n))) WHERE id = '$TENDER';
         UPDATE linli.lot SET phase = 'counting', phase_kind = 'evaluating', state = 'opened' WHERE tender_id = '$TENDER';
         UPDATE linli.tender SET state = 'opened' WHERE id = '$TENDER'" >/dev/null
}
all_signed() { # number login: marked, and signed by every member
    local i members=''
    LOT=${LOTS[$1 - 1]} BID=(["$2"]=${ALL[$2]})
    PANEL=(evaluator1 evaluator2 evaluator3)
    for i in "${PANEL[@]}"; do members="$members,$(seat "$i" expert "$([ "$i" = evaluator1 ] && echo true || echo false)")"; done
    AS=clerk IFM=$(AS='' lot_etag) want 200 PUT "/api/v1/lots/$LOT/panel" "{\"members\":[${members#,}]}"
    for i in "${PANEL[@]}"; do
        AS=$i want 200 POST "/api/v1/lots/$LOT/panel/enter"
        AS=$i want 200 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":false}'
    done
    marks_of "$2:90"
    report_signed
}
stands() { # number: its phase and what it waits for
    AS='' req GET "/api/v1/lots/${LOTS[$1 - 1]}"
    got '.phase_kind + " " + (.waiting // "nothing")'
}
to_evaluate() { AS=clerk req GET /api/v1/offices/3/tasks; got "[.items[] | select(.task == \"evaluate\" and .subject == \"${LOTS[1]}\") | .act] | join(\" \")"; }
declare -A BID

call_of '"shared_pool":true,"lots":[{"title":"一","budget":"20000.00"},{"title":"二","budget":"20000.00"}]'
all_signed 2 orgb
is "$(sql "SELECT count(*) FROM linli.panel_member WHERE lot_id = '${LOTS[1]}' AND report_signed IS NOT NULL")" 3 "every signature is kept"
is "$(stands 2)" "evaluating lots" "and the lot waits for the one before it"
is "$(to_evaluate)" "" "nobody is told to sum it up yet"
AS=clerk IFM=$(AS='' lot_etag) want 409 POST "/api/v1/lots/$LOT/evaluate"
is "$(problem)" lot/order "it is not summed up before the first"
all_signed 1 orga
is "$(stands 1)" "deciding nothing" "the first is summed up at its last signature"
AS=clerk lot decide
is "$(to_evaluate)" lot_evaluate "now somebody is told"
LOT=${LOTS[1]}
AS=clerk lot evaluate
is "$(stands 2)" "deciding nothing" "and the second is summed up"
AS=clerk lot decide
is "$(got '[.awards[] | .standing + " " + .amount] | join(",")')" "winner 9000.00" "from what the first left"

call_of '"most_awards":1,"lots":[{"title":"一","budget":"15000.00"},{"title":"二","budget":"15000.00"}]'
all_signed 2 orgb
is "$(stands 2)" "deciding nothing" "a limit of awards binds the decisions, not what is summed up"
AS=clerk IFM=$(AS='' lot_etag) want 409 POST "/api/v1/lots/$LOT/decide"
is "$(problem)" lot/order "which are taken in order"
stop_server
finish
