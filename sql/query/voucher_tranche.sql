SELECT tranche_id, kind, number FROM linli.voucher WHERE office_id = $1::integer AND id = $2::uuid
