-- More came back, or (below zero) was entered in error.
UPDATE linli.recovery SET recovered_fen = recovered_fen + $3::bigint, state = CASE WHEN recovered_fen + $3::bigint = amount_fen THEN 'recovered' ELSE 'demanded' END,
       ended = CASE WHEN recovered_fen + $3::bigint = amount_fen THEN $4::timestamptz END
WHERE office_id = $1::integer AND id = $2::uuid
