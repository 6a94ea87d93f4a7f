-- What the office intends to buy by statutory procurement (财库〔2020〕10号): the entries of a list that are still planned; fresh: is anything of it
-- new since it was told last, or fallen away, or bought otherwise by now?
WITH now AS (
    SELECT e.number, jsonb_strip_nulls(jsonb_build_object('number', e.number, 'name', e.name, 'goals', p.goals, 'field', e.field, 'beneficiaries', e.beneficiaries,
               'place', e.place, 'budget', linli.yuan(e.budget_fen), 'method', e.method, 'planned_month', e.planned_month)) AS item
    FROM linli.list_entry e
    LEFT JOIN linli.project p ON p.office_id = e.office_id AND p.id = e.project_id
    WHERE e.office_id = $1::integer AND e.list_id = $2::uuid AND e.regime = 'statutory' AND e.state = 'planned'
), last AS (
    SELECT i.item FROM (SELECT n.body FROM linli.notice n WHERE n.office_id = $1::integer AND n.list_id = $2::uuid AND n.kind = 'intention'
                        ORDER BY n.published DESC, n.id DESC LIMIT 1) n, jsonb_array_elements(n.body -> 'intentions') i (item)
)
SELECT jsonb_build_object('year', l.year, 'list', l.id, 'edition', $3::integer, 'regime', 'statutory',
           'intentions', (SELECT coalesce(jsonb_agg(n.item ORDER BY n.number), '[]') FROM now n)) AS body,
       EXISTS (SELECT FROM now n WHERE n.item NOT IN (SELECT o.item FROM last o))
       OR EXISTS (SELECT FROM last o JOIN linli.list_entry e ON e.office_id = $1::integer AND e.list_id = $2::uuid AND e.number = o.item ->> 'number'
                  WHERE e.state IN ('dropped', 'stopped') OR e.regime <> 'statutory') AS fresh
FROM linli.list l WHERE l.office_id = $1::integer AND l.id = $2::uuid
