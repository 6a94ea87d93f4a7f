SELECT p.id, p.state, p.maker, p.checker, p.tranche_id, p.amount_fen, p.batch_id, p.payee_id, p.back_ref, p.back_by FROM linli.payment p WHERE p.office_id = $1::integer AND p.id = $2::uuid
