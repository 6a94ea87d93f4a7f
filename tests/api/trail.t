#!/bin/bash
# The trail: every act leaves one event; who reads what of it, and nothing that tells of sealed bids.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
bidder aa 甲社
bidder bb 乙社
fund_of sub_threshold 100000.00
entry_of sub_threshold public_bidding 100000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
E=/api/v1/offices/3/events
acts() { got '[.items[].act]|sort|join(" ")'; }

# A draft is the office's; those who watch read it with actor and content, others nothing.
AS=auditor want 200 GET "$E?tender=$TENDER"
is "$(acts)" tender_create "an act leaves one event"
is "$(got '.items[0]|[.role,.actor,.payload.request.summary]|@json')" "[\"office_clerk\",\"${PERSON[clerk]}\",\"需求\"]" "with who did it and what was asked"
for login in clerk aa ''; do
    AS=$login want 200 GET "$E?tender=$TENDER"
    is "$(got '.items|length')" 0 "${login:-nobody} sees nothing of a draft"
done
publish "$(date -u -d '+40 days' +%FT02:00:00Z)"
AS='' req GET "$E?tender=$TENDER"
is "$(acts)" 'tender_publish' "the public sees what was done to a published tender"
is "$(got '.items[0]|[.actor,.payload,.role]|@json')" '[null,null,null]' "act and time, no more"

# Bids change nothing anybody can read, before they are opened.
look() { for login in auditor supervisor clerk approver aa bb ''; do AS=$login req GET "$E?limit=100"; echo "$login $BODY"; AS=$login req GET "$E?tender=$TENDER"; echo "$BODY"; done; }
before=$(look)
bid_for aa 80000.00
bid_for bb 85000.00
bid_for aa 81000.00
ok "nobody sees a difference" [ "$before" = "$(look)" ]
for bid in "${BID[@]}"; do AS=auditor req GET "$E?object=$bid"; is "$(got '.items|length')" 0 "nor asks for a bid"; done
AS=bb want 200 POST "/api/v1/bids/${BID[bb]}/withdraw"
ok "nor sees one withdrawn" [ "$before" = "$(look)" ]
bid_for bb 85000.00

# Opened: those who watch see the bids arrive, a bidder its own, the public nothing of them before the result.
open_bids aa bb
AS=auditor req GET "$E?tender=$TENDER&limit=100"
is "$(got '[.items[]|select(.act=="bid_submit")]|length')" 4 "then each bid has its event"
is "$(got '[.items[]|select(.act=="bid_withdraw")]|length')" 1 "and so has the one withdrawn"
AS=aa req GET "$E?object=${BID[aa]}"
is "$(got '[.items[]|select(.act=="bid_submit")]|length')" 1 "a bidder reads what was done to its bid"
is "$(got '.items[0]|[.role,.payload]|@json')" '["organisation",null]' "by whom, in kind"
for login in bb ''; do
    AS=$login req GET "$E?object=${BID[aa]}"
    is "$(got '.items|length')" 0 "${login:-nobody} does not"
done
AS='' req GET "$E?tender=$TENDER&limit=100"
is "$(got '[.items[]|select(.subject_kind!="tender")]|length')" 0 "the public sees nothing of the evaluation"

# Pages go back in time without a gap.
AS=auditor req GET "$E?limit=100"
all=$(got '[.items[].id]|join(" ")')
paged='' cursor=''
while :; do
    AS=auditor req GET "$E?limit=3${cursor:+&cursor=$cursor}"
    paged="$paged${paged:+ }$(got '[.items[].id]|join(" ")')"
    cursor=$(got '.next // ""')
    [ -n "$cursor" ] || break
done
is "$paged" "$all" "page by page it is the same trail"
is "$(got '.items[-1].act' | grep -c .)" 1 "to its beginning"

# What is no office's: for those who watch the whole platform.
AS=auditor WHY='an office below' req GET /api/v1/events
is "$(got '.items|length')" 0 "an auditor of a street does not read the platform's"
person chief auditor 1
AS=root req POST /api/v1/people '{"login":"newcomer","name":"新人"}'
AS=chief want 200 GET /api/v1/events
is "$(got '.items[0]|[.act,.actor]|@json')" "[\"person_create\",\"${PERSON[root]}\"]" "one of the city does"
AS=clerk want 403 GET /api/v1/events
finish
