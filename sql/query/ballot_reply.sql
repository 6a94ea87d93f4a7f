-- That the ballot was taken; no count.
SELECT l.id AS lot, l.phase, true AS taken FROM linli.lot l WHERE l.office_id = $1::integer AND l.id = $2::uuid
