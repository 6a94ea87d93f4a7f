UPDATE linli.opener_post SET key = $5::bytea
WHERE office_id = $1::integer AND tender_id = $2::uuid AND envelope = $3::integer AND opener = $4::integer AND key IS NULL
