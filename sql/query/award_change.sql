-- A reserve moves up, or what was only proposed is proposed otherwise: confirmed and announced anew.
UPDATE linli.award w SET standing = $3::text, place = $4::integer, amount_fen = $5::bigint,
       why = coalesce(d.answer::jsonb -> 'items' -> $6::integer -> 'why', '[]'::jsonb),
       decision_id = d.id, state = 'proposed', decided = $8::timestamptz, decided_by = $9::uuid,
       confirmed = NULL, confirmed_by = NULL, announced = NULL, version = w.version + 1
FROM linli.decision d
WHERE w.office_id = $1::integer AND w.id = $2::uuid AND d.office_id = $1::integer AND d.id = $7::uuid
