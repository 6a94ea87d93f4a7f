#!/bin/bash
# An ETag is of what is shown: where money moved, nobody is told that nothing has changed; and If-Match of an act stands
# for the row it acts on, whose version counts what was paid of it.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
known() { # path tag: what a cache that has that tag is answered
    AS='' H="If-None-Match: $2" req GET "$1"
    echo "$STATUS"
}
fund_of sub_threshold 200000.00
F=/api/v1/appropriations/$APP
AS='' req GET "$F"
before=$(etag) reserved=$(got .reserved)
is "$(known "$F" "$before")" 304 "nothing happened, nothing is sent"
winner_of 100000.00
is "$(known "$F" "$before")" 200 "a tender reserved money of the appropriation: another answer"
AS='' req GET "$F"
is "$reserved $(got .reserved)" '0.00 100000.00' "with the sum that is reserved"
reserved=$(etag)
draft_of "$AWARD"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
is "$(known "$F" "$reserved")" 200 "signed, it is committed"
parts
P=/api/v1/tranches/${PARTS[0]} C=/api/v1/contracts/$CONTRACT
AS=clerk IFM='*' want 200 POST "$P/release"
AS='' req GET "$P"
released=$(etag)
AS=clerk req GET "$C"
contract=$(etag)
is "$(known "$P" "$released")" 304 "a released tranche is as it was"
pay_released "${PARTS[0]}"
is "$(known "$P" "$released")" 200 "paid, it is not"
AS='' req GET "$P"
is "$(got .state)" paid "it says so"
AS=clerk H="If-None-Match: $contract" want 200 GET "$C"
AS=clerk IFM=$released want 412 POST "$P/release"
is "$(problem)" etag/stale "who saw it before it was paid acts on another thing"
AS=clerk IFM=${released%%.*}\" want 412 POST "$P/release"
AS='' req GET "$P"
paid=$(etag)
like "$paid" '"[0-9]*.????????????????"' "the tag names the version and what is shown"
AS=clerk IFM=$paid want 409 POST "$P/release"
AS=clerk IFM=${paid%%.*}\" want 409 POST "$P/release"
AS=clerk IFM="${paid:0:2}9${paid:2}" want 412 POST "$P/release"
AS=clerk IFM="W/$paid" want 412 POST "$P/release"
stop_server
finish
