SELECT count(*) AS maps FROM linli.column_map m WHERE m.office_id = $1::integer
