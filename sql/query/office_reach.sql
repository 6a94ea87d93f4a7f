-- Are the offices below it, and it, all among these?
SELECT NOT EXISTS (SELECT 1 FROM linli.office o
                   WHERE $1::integer = ANY (o.path) AND o.office_id <> ALL ($2::bigint[])) AS reached
