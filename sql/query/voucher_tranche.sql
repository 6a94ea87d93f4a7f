SELECT tranche_id FROM linli.voucher WHERE office_id = $1::integer AND id = $2::uuid
