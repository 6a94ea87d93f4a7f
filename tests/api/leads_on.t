#!/bin/bash
# Refusals lead on, and a draft that names no appropriation takes the only one that fits.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
fund_of sub_threshold 90000.00
entry_of sub_threshold public_bidding 90000.00
draft() { AS=clerk want 201 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"需求\",\"scheme\":\"lowest_price\",\"options\":{\"tranches\":$TWO_PARTS}}"; TENDER=$(got .id) TAG=$(etag) LOT=$(got '.lots[0].id'); }
AS=clerk want 422 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"需求\",\"scheme\":\"lowest_price\",\"options\":{\"tranches\":[]}}"
like "$(got '.errors[0].pointer')" '/options/*' "the member at fault is named whole"
draft
is "$(got .appropriation)" "$APP" "of the budget item of the entry there is one this year: it is taken"
fund_of sub_threshold 90000.00
draft
is "$(got .appropriation)" null "of two none is"
AS='' req GET /api/v1/clock
deadline=$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)
H='Accept-Language: en' AS=approver IFM=$TAG want 409 POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$deadline\",\"confirm_unverified\":true}"
is "$(problem)" fund/unnamed "a type of its own"
like "$(got .detail)" "*PATCH /tenders/$TENDER*" "and the way on"
H='Accept-Language: en' AS=clerk IFM=$TAG want 403 POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$deadline\"}"
like "$(got .detail)" '*these may: office_approver' "who may act is named"
H='Accept-Language: en' AS=resident want 403 GET /api/v1/offices/3/memberships
like "$(got .detail)" '*these may:*office_clerk*security' "and who may read"
AS=clerk IFM=$TAG want 200 PATCH "/api/v1/tenders/$TENDER" "{\"appropriation\":\"$APP\"}"
TAG=$(etag)
publish "$deadline"
H='Accept-Language: en' AS=clerk want 400 POST /api/v1/offices/3/tenders
like "$(got .detail)" 'a body is needed*' "an empty body is called so"
H='Accept-Language: en' AS=clerk IFM='*' want 409 PUT "/api/v1/lots/$LOT/panel" "{\"members\":[$(seat evaluator1 expert true)]}"
is "$(got .detail)" "the panel has 1 members and needs at least 3" "how many it needs"
finish
