-- What was asked for and erased, of people of the actor's offices alone: which account, not whose.
SELECT x.id, x.person_id AS person, x.ground, x.reason, x.asked, x.state, x.decided, x.note, x.events, x.kept, x.named
FROM linli.erasure x WHERE linli.person_within(x.person_id, $1::bigint[]) ORDER BY x.asked, x.id LIMIT 1001
