SELECT l.idx, l.entry FROM linli.log_entry l WHERE l.idx >= $1::bigint ORDER BY l.idx LIMIT $2::integer
