-- All of it: it is over.  Part of it: the rest still goes back.
UPDATE linli.bond SET kept_fen = kept_fen + $3::bigint, reason = $4::text,
       state = CASE WHEN kept_fen + $3::bigint = amount_fen THEN 'kept' ELSE state END,
       ended = CASE WHEN kept_fen + $3::bigint = amount_fen THEN $5::timestamptz END,
       ended_by = CASE WHEN kept_fen + $3::bigint = amount_fen THEN $6::uuid END
WHERE office_id = $1::integer AND id = $2::uuid
