SELECT p.id, p.name, p.name_en, p.role, p.ended,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', h.id, 'person', h.person_id, 'place', h.place, 'from', h.valid_from,
                                                     'until', h.valid_until) ORDER BY h.place, h.valid_from)
                 FROM linli.post_holder h WHERE h.office_id = p.office_id AND h.post_id = p.id), '[]') AS holders
FROM linli.post p WHERE p.office_id = $1::integer ORDER BY p.id LIMIT 1001
