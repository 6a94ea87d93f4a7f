SELECT x.id, x.recovery_id AS recovery, x.amount_fen, x.state, x.entered, x.decided, r.version AS _version
FROM linli.receipt x JOIN linli.recovery r ON r.office_id = x.office_id AND r.id = x.recovery_id
WHERE x.office_id = $1::integer AND x.id = $2::uuid
