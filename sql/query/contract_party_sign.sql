UPDATE linli.contract_party SET signed = $4::timestamptz, signed_by = $5::uuid
WHERE office_id = $1::integer AND contract_id = $2::uuid AND organisation_id = $3::uuid
