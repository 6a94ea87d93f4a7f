SELECT f.id, f.tender_id AS tender, f.payee, linli.masked(f.id_number) AS id_number, f.bank_name, linli.masked(f.account) AS account, f.work, f.worked,
       f.gross_fen, f.tax_fen, f.gross_fen - f.tax_fen AS net_fen, f.state
FROM linli.fee f WHERE f.office_id = $1::integer AND f.id = $2::uuid
