-- $1 is the office, which a relation has none of.
SELECT r.id, r.kind, r.value, r.until, r.declared FROM linli.relation r WHERE $1::integer IS NOT NULL AND r.id = $2::uuid
