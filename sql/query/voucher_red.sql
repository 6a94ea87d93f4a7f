UPDATE linli.voucher SET red_number = $3::text, reversed = $4::timestamptz, reversed_by = $5::uuid, reason = $6::text
WHERE office_id = $1::integer AND id = $2::uuid AND reversed IS NULL
RETURNING id
