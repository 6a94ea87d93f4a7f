INSERT INTO linli.list_entry (office_id, id, list_id, number, project_id, name, department, field, beneficiaries, place,
                              budget_fen, fund_id, budget_item, catalogue_code, regime, method, planned_month, term_months,
                              officer, state)
SELECT e.office_id, $2::uuid, $3::uuid, e.number, NULL, e.name, e.department, e.field, e.beneficiaries, e.place,
       e.budget_fen, e.fund_id, e.budget_item, e.catalogue_code, e.regime, e.method, e.planned_month, e.term_months,
       e.officer, 'planned'
FROM linli.list_entry e WHERE e.office_id = $1::integer AND e.id = $4::uuid
