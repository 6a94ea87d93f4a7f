SELECT placed_by, lifted FROM linli.hold WHERE office_id = $1::integer AND id = $2::uuid
