-- Does a voucher of this number stand for the tranche?
SELECT EXISTS (SELECT FROM linli.voucher WHERE office_id = $1::integer AND tranche_id = $2::uuid AND number = $3::text AND reversed IS NULL) AS there
