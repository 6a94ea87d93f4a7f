-- Their tranches are paid.
UPDATE linli.tranche r SET paid_fen = r.paid_fen + p.amount_fen, state = 'paid', version = r.version + 1
FROM linli.payment p WHERE p.office_id = $1::integer AND p.id = ANY ($2::uuid[]) AND r.office_id = p.office_id AND r.id = p.tranche_id
