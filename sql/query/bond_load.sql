SELECT x.id, x.form, x.amount_fen, x.kept_fen, x.due, x.state, x.entered_by FROM linli.bond x
WHERE x.office_id = $1::integer AND x.tender_id = $2::uuid AND x.id = $3::uuid
