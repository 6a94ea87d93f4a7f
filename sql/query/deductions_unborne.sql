-- Penalties that no open tranche of their contract will bear: they count as taken, and are asked back.
WITH x AS (
    SELECT d.id, d.amount_fen - d.taken_fen AS left_fen FROM linli.deduction d
    WHERE d.office_id = $1::integer AND d.contract_id = $2::uuid AND d.state = 'approved' AND d.taken_fen < d.amount_fen
      AND NOT EXISTS (SELECT 1 FROM linli.tranche r WHERE r.office_id = d.office_id AND r.contract_id = d.contract_id
                      AND r.state NOT IN ('released', 'paid', 'stopped')))
UPDATE linli.deduction d SET taken_fen = d.amount_fen FROM x WHERE d.office_id = $1::integer AND d.id = x.id
RETURNING x.left_fen
