-- What a tranche is paid for has come: the clock of the vouchers that waited for it begins.
UPDATE linli.voucher SET pay_by = $3::timestamptz WHERE office_id = $1::integer AND tranche_id = $2::uuid AND reversed IS NULL AND pay_by IS NULL
