SELECT o.code, o.kind FROM linli.office o WHERE o.office_id = $1::integer
