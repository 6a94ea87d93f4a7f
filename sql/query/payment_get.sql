-- One payment, for everybody: what for, how much, how far.
SELECT p.id, p.tranche_id AS tranche, p.amount_fen, p.state, p.ordered, p.approved, p.sent, p.settled, p.pay_by, p.version AS _version
FROM linli.payment p WHERE p.office_id = $1::integer AND p.id = $2::uuid
