-- Who pays for a tender pays for the one that follows it, each as much of its budget.
SELECT linli.source_set($1::integer, $3::uuid, array_agg(s.appropriation_id ORDER BY s.no),
       CASE count(*) WHEN 1 THEN ARRAY[0::bigint] ELSE linli.shares($4::bigint, array_agg(s.amount_fen ORDER BY s.no)) END)
FROM linli.source s WHERE s.office_id = $1::integer AND s.owner_id = $2::uuid HAVING count(*) > 0
