-- What an office owes and is late with, and the interest that has grown.
SELECT o.tranche_id AS tranche, o.contract, o.title, o.payee, o.amount_fen, o.pay_by, o.days, o.rate, o.source, o.interest_fen,
       o.pay_by AS _c0, o.tranche_id AS _c1
FROM linli.overdue_at($1::integer, $2::timestamptz) o
WHERE $3::timestamptz IS NULL OR (o.pay_by, o.tranche_id) > ($3::timestamptz, $4::uuid)
ORDER BY o.pay_by, o.tranche_id LIMIT $5::integer
