SELECT p.id FROM linli.panel_member p
WHERE p.office_id = $1::integer AND p.lot_id = $2::uuid AND p.person_id = $3::uuid AND p.state = 'present'
  AND p.declared IS NOT NULL AND p.conflict IS NOT TRUE
