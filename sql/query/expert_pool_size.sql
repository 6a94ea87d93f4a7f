-- How many are in a pool for a field, counted up to $3.
SELECT count(*) AS count
FROM (SELECT FROM linli.expert e WHERE e.office_id = $1::integer AND e.gone IS NULL AND ($2::text IS NULL OR $2::text = ANY (e.fields)) LIMIT $3::bigint) x
