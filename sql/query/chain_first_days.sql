SELECT s.days FROM linli.chain_step s WHERE s.office_id = $1::integer AND s.chain_id = $2::uuid AND s.no = 1
