UPDATE linli.post SET ended = $3::date, version = version + 1
WHERE office_id = $1::integer AND id = $2::uuid AND (ended IS NULL OR ended > $3::date) RETURNING id
