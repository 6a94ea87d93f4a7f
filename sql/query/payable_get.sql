-- How the sum of a tranche was found when it was let out, for everybody.
SELECT p.tranche_id AS tranche, p.at, p.planned_fen, p.score_fen, p.retained_fen, p.deducted_fen, p.set_off_fen, p.advance_fen, p.payable_fen
FROM linli.payable p WHERE p.office_id = $1::integer AND p.tranche_id = $2::uuid
