SELECT tranche_id, kind, number, seller, seller_uscc, reimburses FROM linli.voucher WHERE office_id = $1::integer AND id = $2::uuid
