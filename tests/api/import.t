#!/bin/bash
# Real votes, brought in through the API and decided: what the towns really funded comes out.
. "$(dirname "$0")/lib.sh"
start_server
people
pb=$here/tests/data/pabulib/mit_equalshares
export LINLI_TOKEN=${TOKEN[clerk]} LINLI_APPROVER_TOKEN=${TOKEN[approver]}
bring() { linli import pabulib "$1" --office 3 --url "$B" --quiet "${@:2}" 2>>"$T/said" | cut -f2,3; }

town=$pb/poland_wieliczka_2023_green-budget.pb
start=$(date +%s)
is "$(bring "$town")" $'30\t995079.00' "Wieliczka 2023: 6,586 residents fund 30 of 64 projects, 995,079.00 in all"
say "imported in $(($(date +%s) - start)) seconds"
is "$(sql 'SELECT count(*) FROM linli.ballot')" 6586 "every ballot is there"
is "$(sql 'SELECT count(*) FROM linli.ballot WHERE source = '"'paper'")" 6586 "entered from paper"
is "$(bring "$town" --name 再次计票 --scheme-options '{"utility":"cost","completion":"add1","reading":"first_exhaustive","ties":["number"]}')" \
    $'31\t984579.00' "with the other reading 31 projects, 984,579.00"
is "$(sql "SELECT count(DISTINCT available) FROM (SELECT sum(amount_fen) AS available FROM linli.award WHERE standing = 'winner' GROUP BY lot_id) a")" 2 "both results stand"

# The list of the year is published by now: the next one comes as an adjustment.
ok "a small one" test -n "$(bring "$pb/pb_maximin/synthetic_approval.pb")"
is "$(sql 'SELECT max(edition) FROM linli.list')" 2 "the list was adjusted for it"
is "$(bring "$pb/pb_cardinal/synthetic_cumulative.pb" --scheme-options '{"ballots":"cumulative","points":50,"utility":"cardinality","completion":"none","ties":["number"]}')" \
    $'4\t176.00' "points to be given away: p2, p5, p7 and p10"

# Faults.
printf 'META\nkey;value\nnum_projects;1\nbudget;10\nvote_type;approval\nPROJECTS\nproject_id;cost\n1;5\nVOTES\nvoter_id;vote\na;9\n' >"$T/bad.pb"
linli import pabulib "$T/bad.pb" --office 3 --url "$B" >"$T/said" 2>&1
is $? 65 "a vote for a project that is not there"
like "$(cat "$T/said")" '*line 11*' "the line is named"
env -u LINLI_TOKEN LINLI_DATABASE_URL="$LINLI_DATABASE_URL" "$LINLI" import pabulib "$town" --office 3 --url "$B" >"$T/said" 2>&1
is $? 77 "nobody acts without a token"
linli import pabulib "$town" --office 3 --url http://127.0.0.1:1 >"$T/said" 2>&1
is $? 69 "nobody answers there"
linli import pabulib "$town" >"$T/said" 2>&1
is $? 64 "an office is needed"
finish
