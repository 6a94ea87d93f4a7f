-- What is published of what an authority decided on a complaint (财政部令第94号 §34): neither who complained nor who wrote it down.
SELECT jsonb_strip_nulls(jsonb_build_object('number', t.number, 'project', t.title, 'lot_title', l.title, 'buyer', jsonb_build_object('name', o.name, 'name_en', o.name_en),
    'method', t.mechanism, 'about', x.body, 'kind', x.kind, 'finding', x.state, 'decision', x.answer, 'effect', x.effect, 'consequence', x.consequence,
    'decided', x.answered)) AS body
FROM linli.objection x
JOIN linli.lot l ON l.office_id = x.office_id AND l.id = x.lot_id
JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
JOIN linli.office o ON o.office_id = t.office_id
WHERE x.office_id = $1::integer AND x.id = $2::uuid
