-- What was asked for and erased: which account, not whose.
SELECT x.id, x.person_id AS person, x.ground, x.reason, x.asked, x.state, x.decided, x.note, x.events, x.kept, x.named
FROM linli.erasure x ORDER BY x.asked, x.id LIMIT 1000
