-- The way back of tranches_recovered.
WITH back AS (
    SELECT r.id, r.recovered_fen AS room, sum(r.recovered_fen) OVER (ORDER BY r.no) - r.recovered_fen AS taken
    FROM linli.tranche r WHERE r.office_id = $1::integer AND r.contract_id = $2::uuid AND r.recovered_fen > 0)
UPDATE linli.tranche t SET recovered_fen = t.recovered_fen - least(b.room, $3::bigint - b.taken), version = t.version + 1
FROM back b WHERE t.office_id = $1::integer AND t.id = b.id AND b.taken < $3::bigint
