UPDATE linli.opener_post SET key = $4::bytea
WHERE office_id = $1::integer AND tender_id = $2::uuid AND opener = $3::integer AND key IS NULL
