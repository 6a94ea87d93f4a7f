-- What a person declared of itself, for its own eyes.
SELECT r.id, r.kind, r.value, r.until, r.declared FROM linli.relation r
WHERE r.person_id = $1::uuid ORDER BY r.declared, r.id LIMIT 1001
