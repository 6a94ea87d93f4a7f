-- The tranches of a contract whose sum may still change.
SELECT r.id, r.amount_fen, r.accepted_fen FROM linli.tranche r
WHERE r.office_id = $1::integer AND r.contract_id = $2::uuid AND r.state IN ('planned', 'reported', 'accepted', 'refused')
ORDER BY r.id
