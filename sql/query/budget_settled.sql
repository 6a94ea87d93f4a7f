UPDATE linli.budget_line SET settled = true WHERE office_id = $1::integer AND contract_id = $2::uuid
