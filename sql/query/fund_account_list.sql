SELECT a.id, a.holder, a.bank_name, a.bank_code, a.account, a.entered, p.name AS entered_by, a.confirmed, c.name AS confirmed_by
FROM linli.fund_account a JOIN linli.person p ON p.id = a.entered_by LEFT JOIN linli.person c ON c.id = a.confirmed_by
WHERE a.office_id = $1::integer AND a.fund_id = $2::uuid AND a.office_id = ANY ($3::integer[])
ORDER BY a.entered, a.id
