UPDATE linli.panel_member SET state = 'present', signed_in = $4::timestamptz
WHERE office_id = $1::integer AND lot_id = $2::uuid AND id = $3::uuid
