-- The panel of a lot as the acts need it, those who left too.
SELECT m.id, m.person_id, m.kind, m.chair, m.no, m.state, m.signed_in, m.declared, m.report_signed, m.dissent
FROM linli.panel_member m
WHERE m.office_id = $1::integer AND m.lot_id = $2::uuid
ORDER BY m.no
