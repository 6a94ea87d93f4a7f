-- What was said of a tranche by indicator: by the organisation, by those who found it accepted, by users; by numbers who found.
SELECT v.kind, d.by, v.criterion, v.value, v.people
FROM (SELECT o.*, dense_rank() OVER (ORDER BY o.found_by, o.id) AS by FROM linli.delivery o
      WHERE o.office_id = $1::integer AND o.tranche_id = $2::uuid) d
CROSS JOIN LATERAL (
    SELECT 'own' AS kind, e ->> 'criterion' AS criterion, (e ->> 'value')::bigint AS value, 1::bigint AS people FROM jsonb_array_elements(d.own) e
    UNION ALL SELECT 'mark', e ->> 'criterion', (e ->> 'value')::bigint, 1 FROM jsonb_array_elements(d.marks) e
    UNION ALL SELECT 'answer', NULL, (e ->> 'value')::bigint, (e ->> 'people')::bigint FROM jsonb_array_elements(d.answers) e) v
WHERE v.kind = 'own' OR d.finding = 'accepted'
ORDER BY v.kind, v.criterion, d.by, v.value
