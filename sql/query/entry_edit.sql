UPDATE linli.list_entry SET number = COALESCE($3::text, number), project_id = CASE WHEN $19::boolean THEN $4::uuid ELSE project_id END,
       name = COALESCE($5::text, name), department = COALESCE($6::text, department), field = COALESCE($7::text, field),
       beneficiaries = COALESCE($8::text, beneficiaries), place = COALESCE($9::text, place),
       budget_fen = COALESCE($10::bigint, budget_fen), fund_id = CASE WHEN $20::boolean THEN $11::uuid ELSE fund_id END,
       budget_item = COALESCE($12::text, budget_item), catalogue_code = COALESCE($13::text, catalogue_code),
       regime = COALESCE($14::text, regime), method = COALESCE($15::text, method),
       planned_month = COALESCE($16::integer, planned_month), term_months = COALESCE($17::integer, term_months),
       officer = COALESCE($18::text, officer), state = 'planned', stopped_by = NULL
WHERE office_id = $1::integer AND id = $2::uuid AND state IN ('planned', 'stopped')
RETURNING fund_id, regime
