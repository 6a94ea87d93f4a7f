-- What was entered and nobody has confirmed yet.
SELECT coalesce(sum(x.amount_fen), 0)::bigint AS entered_fen FROM linli.receipt x
WHERE x.office_id = $1::integer AND x.recovery_id = $2::uuid AND x.state = 'entered'
