UPDATE linli.chain SET ended = true, version = version + 1
WHERE office_id = $1::integer AND id = $2::uuid AND NOT ended
RETURNING id
