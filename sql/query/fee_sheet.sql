-- The sheet of a month that those who are paid sign: in full, for those who pay, with its sums at the end.
WITH paid AS (
    SELECT row_number() OVER (ORDER BY f.worked, f.id) AS no, f.payee, f.id_number, f.work, f.worked, f.gross_fen, f.tax_fen, f.bank_name, f.account
    FROM linli.fee f WHERE f.office_id = $1::integer AND f.state = 'approved' AND f.month = make_date($2::integer, $3::integer, 1))
SELECT no, payee, id_number, work, worked, gross_fen, tax_fen, gross_fen - tax_fen AS net_fen, bank_name, account, '' AS signed FROM paid
UNION ALL
SELECT NULL, '合计', NULL, NULL, NULL, sum(gross_fen)::bigint, sum(tax_fen)::bigint, sum(gross_fen - tax_fen)::bigint, NULL, NULL, '' FROM paid HAVING count(*) > 0
ORDER BY no NULLS LAST
