-- The chain for an act: of its regime before one for every regime, of the highest sum it reaches.
SELECT c.id FROM linli.chain c
WHERE c.office_id = $1::integer AND c.act = $2::text AND NOT c.ended
  AND (c.regime IS NULL OR c.regime = $3::text) AND c.least_fen <= $4::bigint
ORDER BY (c.regime IS NOT NULL) DESC, c.least_fen DESC LIMIT 1
