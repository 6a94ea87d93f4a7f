-- The panel of a lot as the acts need it, those who left too.  vacant: nobody has taken the place.
SELECT m.id, m.person_id, m.kind, m.chair, m.no, m.state, m.signed_in, m.declared, m.report_signed, m.dissent, m.unblinded,
       m.state = 'replaced' AND m.replaced_reason <> 'named afresh'
       AND NOT EXISTS (SELECT FROM linli.panel_member n WHERE n.office_id = m.office_id AND n.replaces_id = m.id) AS vacant
FROM linli.panel_member m
WHERE m.office_id = $1::integer AND m.lot_id = $2::uuid
ORDER BY m.no
