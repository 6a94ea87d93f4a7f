-- What the head of its file says.
SELECT b.id, b.year, b.number, b.channel, b.state, b.payments, b.total_fen, b.indicator, b.functional_class, b.economic_department, b.economic_government,
       b.project_code, b.payment_kind, b.method, b.procurement, b.execute, b.purpose, b.exported, o.name AS office, a.holder, a.bank_name, a.bank_code,
       a.account
FROM linli.batch b JOIN linli.office o ON o.office_id = b.office_id
LEFT JOIN linli.fund_account a ON a.office_id = b.office_id AND a.id = b.payer_id
WHERE b.office_id = $1::integer AND b.id = $2::uuid
