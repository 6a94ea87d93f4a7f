SELECT $3::text = ANY (f.regimes) AS serves FROM linli.fund f WHERE f.office_id = $1::integer AND f.id = $2::uuid
