-- Entries of a list in any state, for the office, by their numbers as people count: 2 before 10, those without one last.
SELECT e.id, e.list_id AS list, e.number, e.project_id AS project, e.name, e.department, e.field, e.beneficiaries, e.place, e.budget_fen,
       e.fund_id AS fund, e.budget_item, e.catalogue_code, e.regime, e.method, e.planned_month, e.term_months, e.officer, e.state,
       e.stopped_by, e.outcome,
       CASE WHEN y.count > 1 AND y.sum_fen > l.threshold_fen AND (e.regime, e.method) <> ('statutory', 'public_bidding')
       THEN jsonb_build_array(jsonb_build_object('code', 'splitting', 'article', '政府采购法实施条例 §28',
           'zh', '同一年度、同一预算科目、同一品目以非公开招标方式采购合计 ' || to_char(y.sum_fen / 100.0, 'FM9999999999990.00') || ' 元，可能构成化整为零',
           'en', 'Bought in parts: ' || to_char(y.sum_fen / 100.0, 'FM9999999999990.00') || ' yuan in the year under one budget item and code, not by open tender',
           'entries', y.count, 'sum', to_char(y.sum_fen / 100.0, 'FM9999999999990.00')))
       ELSE '[]'::jsonb END AS warnings, k.key AS _c0, e.id AS _c1
FROM linli.list_entry e
JOIN linli.list l ON l.office_id = e.office_id AND l.id = e.list_id
CROSS JOIN LATERAL (SELECT count(*) AS count, sum(o.budget_fen)::bigint AS sum_fen FROM linli.list_entry o
    WHERE o.office_id = e.office_id AND o.list_id = e.list_id AND o.budget_item = e.budget_item
      AND o.catalogue_code = e.catalogue_code AND o.state NOT IN ('dropped', 'stopped')
      AND (o.regime, o.method) <> ('statutory', 'public_bidding')) y
CROSS JOIN LATERAL (SELECT coalesce(lpad(length(e.number)::text, 2, '0') || e.number, '~') COLLATE "C" AS key) k
WHERE e.office_id = $1::integer AND e.list_id = $2::uuid AND e.office_id = ANY ($6::integer[])
  AND ($3::text IS NULL OR (k.key, e.id) > ($3::text COLLATE "C", $4::uuid))
ORDER BY k.key, e.id
LIMIT $5::integer
