-- The report changes: what was signed is no longer there.
UPDATE linli.panel_member SET report_signed = NULL, dissent = NULL
WHERE office_id = $1::integer AND lot_id = $2::uuid
