SELECT o.code FROM linli.office o WHERE o.office_id = $1::integer
