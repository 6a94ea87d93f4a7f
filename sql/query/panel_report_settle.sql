UPDATE linli.panel_report SET settled = $3::timestamptz
WHERE office_id = $1::integer AND lot_id = $2::uuid AND void IS NULL
