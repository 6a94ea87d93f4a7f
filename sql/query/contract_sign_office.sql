UPDATE linli.contract SET signed_office = $3::uuid, signed_office_at = $4::timestamptz
WHERE office_id = $1::integer AND id = $2::uuid
