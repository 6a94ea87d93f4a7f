-- The payments of a tranche, for everybody.
SELECT p.id, p.tranche_id AS tranche, p.amount_fen, p.state, p.ordered, p.approved, p.sent, p.settled, p.pay_by, p.version
FROM linli.payment p WHERE p.office_id = $1::integer AND p.tranche_id = $2::uuid ORDER BY p.ordered, p.id LIMIT 1001
