-- A member that was not given keeps what it was.
UPDATE linli.organisation
SET name_en = coalesce($2::text, name_en), representative = coalesce($3::text, representative),
    address = coalesce($4::text, address), phone = coalesce($5::text, phone), bank_name = coalesce($6::text, bank_name),
    bank_code = coalesce($7::text, bank_code), bank_account = coalesce($8::text, bank_account)
WHERE id = $1::uuid
