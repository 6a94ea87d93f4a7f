SELECT x.id, x.amount_fen, x.state, x.entered_by FROM linli.receipt x
WHERE x.office_id = $1::integer AND x.recovery_id = $2::uuid AND x.id = $3::uuid
