UPDATE linli.fund_account SET confirmed = $4::timestamptz, confirmed_by = $5::uuid
WHERE office_id = $1::integer AND fund_id = $2::uuid AND id = $3::uuid AND confirmed IS NULL AND entered_by <> $5::uuid
RETURNING id
