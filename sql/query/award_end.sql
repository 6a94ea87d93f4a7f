-- refused by the winner, withdrawn by a later decision
UPDATE linli.award SET state = $3::text, reason = $4::text, version = version + 1
WHERE office_id = $1::integer AND id = $2::uuid
