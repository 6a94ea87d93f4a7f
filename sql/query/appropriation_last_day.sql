UPDATE linli.appropriation SET last_request = $3::date, carry_years = $4::integer WHERE office_id = $1::integer AND id = $2::uuid
