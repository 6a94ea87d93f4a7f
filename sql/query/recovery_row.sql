-- A demand, for the answer of an act on it.
SELECT r.id, r.contract_id AS contract, r.amount_fen, r.recovered_fen, r.sets_off, r.set_off_fen, r.reason, r.state, r.due, r.overdue, r.proposed, r.decided, r.ended, r.note,
       r.version AS _version
FROM linli.recovery r
WHERE r.office_id = $1::integer AND r.id = $2::uuid
