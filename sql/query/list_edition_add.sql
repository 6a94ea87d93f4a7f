-- The list as it now stands, kept with its date and reason.
INSERT INTO linli.list_edition (office_id, list_id, edition, at, reason, person_id, entries)
SELECT $1::integer, $2::uuid, $3::integer, $4::timestamptz, $5::text, $6::uuid,
       COALESCE(jsonb_agg(jsonb_build_object('id', e.id, 'number', e.number, 'name', e.name, 'department', e.department,
           'field', e.field, 'beneficiaries', e.beneficiaries, 'place', e.place,
           'budget', to_char(e.budget_fen / 100.0, 'FM9999999999990.00'), 'fund', e.fund_id, 'budget_item', e.budget_item,
           'catalogue_code', e.catalogue_code, 'regime', e.regime, 'method', e.method, 'planned_month', e.planned_month,
           'term_months', e.term_months, 'officer', e.officer, 'state', e.state, 'outcome', e.outcome) ORDER BY e.number, e.id), '[]')
FROM linli.list_entry e WHERE e.office_id = $1::integer AND e.list_id = $2::uuid
