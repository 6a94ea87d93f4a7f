-- The sheet of a month that those who are paid sign: in full, for those who pay.
SELECT row_number() OVER (ORDER BY f.worked, f.id) AS no, f.payee, f.id_number, f.work, f.worked, f.gross_fen, f.tax_fen, f.gross_fen - f.tax_fen AS net_fen,
       f.bank_name, f.account, '' AS signed
FROM linli.fee f WHERE f.office_id = $1::integer AND f.state = 'approved' AND f.month = make_date($2::integer, $3::integer, 1)
ORDER BY f.worked, f.id
