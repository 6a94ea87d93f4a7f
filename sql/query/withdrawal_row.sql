-- What was let out and is to be taken back, for the answer of an act on it.
SELECT x.id, x.tranche_id AS tranche, x.amount_fen, x.reason, x.state, x.proposed, x.decided, x.note, r.version AS _version
FROM linli.withdrawal x JOIN linli.tranche r ON r.office_id = x.office_id AND r.id = x.tranche_id
WHERE x.office_id = $1::integer AND x.id = $2::uuid
