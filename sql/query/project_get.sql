SELECT p.id, p.need_id AS need, p.contract_id AS contract, p.title, p.goals, p.field, p.beneficiaries, p.place, p.budget_fen, p.state, p.created, p.changed,
       p.version AS _version
FROM linli.project p WHERE p.office_id = $1::integer AND p.id = $2::uuid
