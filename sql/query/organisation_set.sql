-- A member that was not given keeps what it was.
UPDATE linli.organisation
SET name_en = coalesce($2::text, name_en), representative = coalesce($3::text, representative),
    address = coalesce($4::text, address), phone = coalesce($5::text, phone)
WHERE id = $1::uuid
