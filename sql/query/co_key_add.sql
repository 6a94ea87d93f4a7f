UPDATE linli.bid SET co_key = $3::bytea, co_key_shown = $4::timestamptz WHERE office_id = $1::integer AND id = $2::uuid
