-- The tax on all that somebody gets in the month, less what was withheld of it already; what was withheld too much is not given back here.
INSERT INTO linli.fee (office_id, id, tender_id, month, payee, id_number, bank_name, account, work, worked, gross_fen, tax_fen, state, entered, entered_by)
SELECT $1::integer, $2::uuid, $3::uuid, date_trunc('month', $4::date)::date, $5::text, $6::text, $7::text, $8::text, $9::text, $4::date, $10::bigint,
       greatest(linli.fee_tax((coalesce(x.gross_fen, 0) + $10::bigint)::bigint, $4::date) - coalesce(x.tax_fen, 0), 0), 'entered', $11::timestamptz, $12::uuid
FROM (SELECT sum(f.gross_fen) AS gross_fen, sum(f.tax_fen)::bigint AS tax_fen FROM linli.fee f
      WHERE f.office_id = $1::integer AND f.id_number = $6::text AND f.month = date_trunc('month', $4::date)::date AND f.state <> 'refused') x
