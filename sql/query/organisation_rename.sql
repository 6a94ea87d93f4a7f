UPDATE linli.organisation SET name = $2::text, name_en = coalesce($3::text, name_en) WHERE id = $1::uuid
