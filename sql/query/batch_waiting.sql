SELECT count(DISTINCT p.id) AS fitting FROM linli.payment p
JOIN linli.batch b ON b.office_id = p.office_id AND b.id = p.batch_id
WHERE p.office_id = $1::integer AND b.id = $2::uuid AND b.state IN ('unknown', 'settled') AND p.id = ANY ($3::uuid[])
