UPDATE linli.payment SET state = 'settled', bank_ref = $3::text, settled = $4::timestamptz WHERE office_id = $1::integer AND id = $2::uuid
