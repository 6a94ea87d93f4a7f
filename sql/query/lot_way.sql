UPDATE linli.lot SET way = $3::text, way_by = $4::uuid, version = version + 1 WHERE office_id = $1::integer AND id = $2::uuid
