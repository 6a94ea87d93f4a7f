UPDATE linli.mark_commit SET revealed = $4::timestamptz
WHERE office_id = $1::integer AND member_id = $2::uuid AND bid_id = ANY ($3::uuid[])
