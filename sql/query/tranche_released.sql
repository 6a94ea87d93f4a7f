-- A tranche of which nothing is left to pay is over at once.
UPDATE linli.tranche SET released_fen = $3::bigint, state = CASE WHEN $3::bigint > 0 THEN 'released' ELSE 'stopped' END, version = version + 1
WHERE office_id = $1::integer AND id = $2::uuid
