-- The panel, with the places nobody has taken: secret to all but the office, those who watch, and its own members, until the result is announced (87:47).
SELECT l.id AS lot, l.phase, l.state,
       (SELECT jsonb_agg(jsonb_build_object('id', m.id, 'no', m.no, 'name', p.name, 'person', m.person_id, 'kind', m.kind,
                   'chair', m.chair, 'state', m.state, 'signed_in', m.signed_in IS NOT NULL, 'declared', m.declared IS NOT NULL,
                   'report_signed', m.report_signed IS NOT NULL, 'dissent', m.dissent) ORDER BY m.no)
        FROM linli.panel_member m JOIN linli.person p ON p.id = m.person_id
        WHERE m.office_id = l.office_id AND m.lot_id = l.id AND (m.state <> 'replaced' OR m.signed_in IS NOT NULL
             OR m.replaced_reason <> 'named afresh' AND NOT EXISTS (SELECT FROM linli.panel_member n WHERE n.office_id = m.office_id AND n.replaces_id = m.id))) AS members,
       (SELECT s.locked FROM linli.sitting s WHERE s.office_id = l.office_id AND s.lot_id = l.id) AS locked,
       (SELECT r.summary FROM linli.panel_report r WHERE r.office_id = l.office_id AND r.lot_id = l.id AND r.void IS NULL) AS summary,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('at', r.at, 'summary', r.summary) ORDER BY r.at), '[]'::jsonb)
        FROM linli.panel_report r WHERE r.office_id = l.office_id AND r.lot_id = l.id AND r.settled IS NOT NULL) AS minutes,
       l.version AS _version
FROM linli.lot l
WHERE l.office_id = $1::integer AND l.id = $2::uuid
  AND (l.office_id = ANY ($3::integer[])
       OR EXISTS (SELECT 1 FROM linli.panel_member m
                  WHERE m.office_id = l.office_id AND m.lot_id = l.id AND m.person_id = $4::uuid AND m.state <> 'replaced'))
