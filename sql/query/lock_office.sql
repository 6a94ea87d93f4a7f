SELECT version, NULL::uuid AS tender_id FROM linli.office WHERE office_id = $1::integer AND ($2::text IS NOT NULL)
