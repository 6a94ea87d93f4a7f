UPDATE linli.contract SET signed_organisation = $3::uuid, signed_organisation_at = $4::timestamptz
WHERE office_id = $1::integer AND id = $2::uuid
