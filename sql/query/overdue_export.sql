SELECT o.contract, o.title, o.payee, o.amount_fen, (o.pay_by AT TIME ZONE 'Asia/Shanghai')::date - 1 AS due, o.days, o.rate, o.source, o.interest_fen
FROM linli.overdue_at($1::integer, $2::timestamptz) o ORDER BY o.pay_by, o.tranche_id
