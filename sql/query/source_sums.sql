-- How many pay for a tender, and what they give together; NULL: one gives all.
SELECT count(*) AS sources, sum(s.amount_fen)::bigint AS amount_fen FROM linli.source s WHERE s.office_id = $1::integer AND s.owner_id = $2::uuid
