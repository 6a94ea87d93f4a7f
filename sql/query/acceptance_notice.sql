-- What is published of an acceptance (政府采购法实施条例 §45): nobody's name but the contractor's.
SELECT jsonb_build_object(
    'number', c.number, 'tender', t.number, 'project', t.title, 'contractor', linli.named_then(c.organisation_id, c.signed),
    'tranche', jsonb_build_object('no', r.no, 'name', r.name, 'name_en', r.name_en), 'finding', d.finding, 'found', d.found,
    'by', d.finding_role, 'score', CASE WHEN d.score_micro IS NOT NULL THEN trim_scale(d.score_micro / 1000000.0)::text END, 'grade', d.grade,
    'value', (d.value_fen / 100)::text || '.' || lpad((d.value_fen % 100)::text, 2, '0'),
    'late', coalesce((d.reported AT TIME ZONE 'Asia/Shanghai')::date > r.due_on, false),
    'users', (SELECT sum((x ->> 'people')::bigint) FROM jsonb_array_elements(d.answers) x),
    'opinions', (SELECT count(*) FROM linli.opinion o JOIN linli.delivery x ON x.office_id = o.office_id AND x.id = o.delivery_id
                 WHERE x.office_id = r.office_id AND x.tranche_id = r.id))
    || CASE WHEN t.regime = 'statutory' THEN (SELECT jsonb_strip_nulls(jsonb_build_object('contractor_address', g.address, 'contractor_phone', g.phone))
                                              FROM linli.organisation g WHERE g.id = c.organisation_id) ELSE '{}' END AS body
FROM linli.delivery d
JOIN linli.tranche r ON r.office_id = d.office_id AND r.id = d.tranche_id
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
WHERE d.office_id = $1::integer AND d.id = $2::uuid
