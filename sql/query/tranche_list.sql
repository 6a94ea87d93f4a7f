-- The tranches of a contract, for everybody.
SELECT r.id, r.contract_id AS contract, r.no, r.code, r.name, r.name_en, r.amount_fen, r.trigger_on, r.due_on, r.advance, r.state,
       r.accepted_fen, r.released_fen, r.paid_fen, r.recovered_fen, r.version
FROM linli.tranche r WHERE r.office_id = $1::integer AND r.contract_id = $2::uuid ORDER BY r.no LIMIT 1001
