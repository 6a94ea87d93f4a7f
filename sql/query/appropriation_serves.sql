-- Whether each who pays for a tender may: its fund is for that regime and, where the entry names a fund, is that fund or pays beside
-- it; the entry is of the field the money is restricted to; its last day has not passed.
SELECT p.name, $3::text = ANY (f.regimes) AND ($4::uuid IS NULL OR f.id = $4::uuid OR EXISTS (SELECT FROM linli.source o JOIN linli.appropriation y ON y.office_id = o.office_id AND y.id = o.appropriation_id
                                              WHERE o.office_id = s.office_id AND o.owner_id = s.owner_id AND y.fund_id = $4::uuid))
       AND (p.restriction IS NULL OR EXISTS (SELECT FROM linli.list_entry e
                                             WHERE e.office_id = $1::integer AND e.id = $5::uuid AND e.field = p.restriction)) AS serves,
       p.last_request < ($6::timestamptz AT TIME ZONE 'Asia/Shanghai')::date AS closed
FROM linli.source s
JOIN linli.appropriation p ON p.office_id = s.office_id AND p.id = s.appropriation_id
JOIN linli.fund f ON f.office_id = p.office_id AND f.id = p.fund_id
WHERE s.office_id = $1::integer AND s.owner_id = $2::uuid
ORDER BY s.no
