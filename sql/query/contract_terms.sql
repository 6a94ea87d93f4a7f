SELECT c.terms FROM linli.contract c WHERE c.office_id = $1::integer AND c.id = $2::uuid
