-- Fees of an office, with what identifies people covered.
SELECT f.id, f.tender_id AS tender, f.payee, linli.masked(f.id_number) AS id_number, f.bank_name, linli.masked(f.account) AS account, f.work, f.worked,
       f.gross_fen, f.tax_fen, f.gross_fen - f.tax_fen AS net_fen, f.state, f.entered AS _c0, f.id AS _c1
FROM linli.fee f
WHERE f.office_id = $1::integer AND ($2::timestamptz IS NULL OR (f.entered, f.id) > ($2::timestamptz, $3::uuid))
ORDER BY f.entered, f.id LIMIT $4::integer
