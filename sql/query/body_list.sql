SELECT b.id, b.name, b.name_en,
       jsonb_build_object('a', b.quorum_a, 'b', b.quorum_b, 'over', b.quorum_over) AS quorum,
       jsonb_build_object('a', b.consent_a, 'b', b.consent_b, 'over', b.consent_over, 'of', b.consent_of) AS consent,
       coalesce((SELECT jsonb_agg(jsonb_build_object('seat', m.id, 'person', m.person_id, 'name', p.name, 'head', m.head,
                                                     'from', m.valid_from, 'until', m.valid_until) ORDER BY NOT m.head, m.valid_from, m.id)
                 FROM linli.body_member m JOIN linli.person p ON p.id = m.person_id
                 WHERE m.office_id = b.office_id AND m.body_id = b.id), '[]') AS members
FROM linli.body b WHERE b.office_id = $1::integer ORDER BY b.id LIMIT 1001
