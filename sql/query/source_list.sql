-- Who pays for a tender, as its notice says it: none where one pays that has nothing to say.
SELECT p.name, p.origin, coalesce(s.amount_fen, $3::bigint) AS amount_fen, CASE p.origin WHEN 'lottery' THEN '彩票公益金资助' END AS mark
FROM linli.source s JOIN linli.appropriation p ON p.office_id = s.office_id AND p.id = s.appropriation_id
WHERE s.office_id = $1::integer AND s.owner_id = $2::uuid
  AND (s.amount_fen IS NOT NULL OR p.origin = 'lottery')
ORDER BY s.no
