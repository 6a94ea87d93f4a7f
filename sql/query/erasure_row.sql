-- $1 is the office, which it has none of.
SELECT x.id, x.person_id AS person, x.ground, x.reason, x.asked, x.state, x.decided, x.note, x.events, x.kept, x.named
FROM linli.erasure x WHERE $1::integer IS NOT NULL AND x.id = $2::uuid
