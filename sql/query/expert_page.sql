-- The pool of an office with its history: who is or was in it, for which fields, since when, until when and why.
SELECT e.id, e.person_id AS person, p.name, to_jsonb(e.fields) AS fields, e.basis, e.entered, e.gone, e.gone_reason,
       (SELECT count(*) FROM linli.panel_turn t WHERE t.office_id = e.office_id AND t.expert_id = e.id AND t.outcome = 'seated') AS drawn_times,
       (extract(epoch FROM e.entered) * 1000000)::bigint AS _c0, e.id AS _c1
FROM linli.expert e JOIN linli.person p ON p.id = e.person_id
WHERE e.office_id = $1::integer
  AND ($2::bigint IS NULL OR (e.entered, e.id) > ('epoch'::timestamptz + $2::bigint * interval '1 microsecond', $3::uuid))
  AND ($5::text IS NULL OR $5::text = ANY (e.fields)) AND ($6::boolean IS NULL OR $6::boolean = (e.gone IS NOT NULL))
  AND ($7::uuid IS NULL OR e.person_id = $7::uuid)
ORDER BY e.entered, e.id LIMIT $4::integer
