-- Every line of the ledger of a fund in a year, as it was written.
SELECT (j.at AT TIME ZONE 'Asia/Shanghai')::date AS day, a.budget_item, j.kind, t.number AS tender, c.number AS contract, p.payee, p.bank_ref, g.bucket,
       CASE g.side WHEN 'D' THEN g.amount_fen END AS debit_fen, CASE g.side WHEN 'C' THEN g.amount_fen END AS credit_fen, g.after_fen
FROM linli.appropriation a
JOIN linli.posting g ON g.office_id = a.office_id AND g.appropriation_id = a.id
JOIN linli.journal j ON j.office_id = g.office_id AND j.id = g.journal_id
LEFT JOIN linli.contract c ON c.office_id = g.office_id AND c.id = g.subject
LEFT JOIN linli.tender t ON t.office_id = g.office_id AND t.id = coalesce(c.tender_id, g.subject)
LEFT JOIN linli.payment p ON p.office_id = j.office_id AND p.id = j.source
WHERE a.office_id = $1::integer AND a.fund_id = $2::uuid
  AND j.at >= make_timestamptz($3::integer, 1, 1, 0, 0, 0, 'Asia/Shanghai') AND j.at < make_timestamptz($3::integer + 1, 1, 1, 0, 0, 0, 'Asia/Shanghai')
ORDER BY j.at, j.id, g.line
