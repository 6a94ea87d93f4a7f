SELECT EXISTS (SELECT FROM linli.posts_held($3::uuid, $4::date) h WHERE h.office_id = $1::integer AND h.post_id = $2::uuid) AS held
