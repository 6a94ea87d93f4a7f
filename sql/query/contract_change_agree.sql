UPDATE linli.contract_change SET agreed = $3::timestamptz, agreed_by = $4::uuid
WHERE office_id = $1::integer AND id = $2::uuid AND state = 'proposed' AND agreed IS NULL
