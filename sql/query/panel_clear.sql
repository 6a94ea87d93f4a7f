-- The panel is named afresh; only while nobody has signed in.
UPDATE linli.panel_member SET state = 'replaced', chair = false, replaced_reason = 'named afresh'
WHERE office_id = $1::integer AND lot_id = $2::uuid
