-- Everybody who sits may know whose bid is whose.
UPDATE linli.panel_member SET unblinded = $3::timestamptz
WHERE office_id = $1::integer AND lot_id = $2::uuid AND state = 'present' AND unblinded IS NULL
