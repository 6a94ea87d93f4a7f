-- The references of what it settles, unless somebody holds them.  Each payment is found by its key, whatever PostgreSQL thinks of how
-- many are in batches: it may not know yet that there is any.
INSERT INTO linli.claim (kind, value, holder)
SELECT DISTINCT ON (e.ref) 'bank_ref', e.ref, p.id::text
FROM unnest($2::text[], $3::uuid[], $4::bigint[], $5::text[]) AS e(ref, payment, fen, outcome)
CROSS JOIN LATERAL (SELECT p.id, p.amount_fen, p.state, p.batch_id FROM linli.payment p
                    WHERE p.office_id = $1::integer AND p.id = e.payment LIMIT 1) p
WHERE e.outcome = 'settled' AND p.state = 'sent' AND p.batch_id IS NOT NULL AND (e.fen = 0 OR e.fen = p.amount_fen)
ORDER BY e.ref, p.id ON CONFLICT DO NOTHING
