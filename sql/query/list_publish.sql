UPDATE linli.list SET state = 'published', published = $3::timestamptz, edition = 1
WHERE office_id = $1::integer AND id = $2::uuid
