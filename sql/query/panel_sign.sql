UPDATE linli.panel_member SET report_signed = $4::timestamptz, dissent = $5::text
WHERE office_id = $1::integer AND lot_id = $2::uuid AND id = $3::uuid
