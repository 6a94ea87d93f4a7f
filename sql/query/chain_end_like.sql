-- A chain takes the place of the one for the same act, regime and sum.
UPDATE linli.chain SET ended = true, version = version + 1
WHERE office_id = $1::integer AND act = $2::text AND regime IS NOT DISTINCT FROM $3::text AND least_fen = $4::bigint AND NOT ended
