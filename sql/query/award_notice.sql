-- Who was chosen directly from agreements, and on which ground (财政部令第110号 §32), is told with it.
-- What the notice of a result says (政府采购法实施条例 §43; 87:69).  Of the others, in statutory procurement nothing: each is told
-- its own score and rank; below the threshold totals and ranks; grants and funds in full.  Who was not admitted, and why, likewise.
WITH result AS (
    SELECT x.answer::jsonb AS answer FROM linli.decision x
    WHERE x.office_id = $1::integer AND x.lot_id = $2::uuid AND x.question = 'evaluate'
    ORDER BY x.at DESC, x.id DESC LIMIT 1)
SELECT jsonb_build_object(
    'number', t.number, 'project', t.title, 'lot', l.id, 'lot_number', l.no, 'lot_title', l.title,
    'buyer', jsonb_build_object('name', o.name, 'name_en', o.name_en, 'code', o.code),
    'method', t.mechanism, 'scheme', t.scheme, 'regime', t.regime, 'rule_set', t.rule_set,
    'period_ends', $3::timestamptz,
    'awards', (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                    'standing', w.standing, 'place', w.place, 'number', b.number, 'name', g.name, 'address', g.address,
                    'title', b.content ->> 'title',
                    'amount', (w.amount_fen / 100)::text || '.' || lpad((w.amount_fen % 100)::text, 2, '0'), 'why', w.why,
                    'ground', CASE WHEN t.under IS NOT NULL THEN (SELECT string_agg(k.reason, '；' ORDER BY k.at) FROM linli.bid_check k WHERE k.office_id = w.office_id AND k.bid_id = w.bid_id AND k.passed AND k.reason <> '') END)) ORDER BY w.place), '[]'::jsonb)
               FROM linli.award w JOIN linli.bid b ON b.office_id = w.office_id AND b.id = w.bid_id
               LEFT JOIN linli.organisation g ON g.id = b.organisation_id
               WHERE w.office_id = l.office_id AND w.lot_id = l.id AND w.state IN ('announced', 'contracted')),
    'panel', (SELECT coalesce(jsonb_agg(jsonb_build_object('member', 'E' || m.no, 'name', p.name, 'kind', m.kind) ORDER BY m.no), '[]'::jsonb)
              FROM linli.panel_member m JOIN linli.person p ON p.id = m.person_id
              WHERE m.office_id = l.office_id AND m.lot_id = l.id AND m.state = 'present'),
    'ranking', CASE WHEN t.regime = 'statutory' THEN NULL
                    WHEN t.regime = 'sub_threshold' THEN
                        (SELECT jsonb_agg(jsonb_build_object('number', (SELECT b.number FROM linli.bid b WHERE b.office_id = t.office_id AND b.tender_id = t.id AND b.lot_no = l.no AND b.key = (i ->> 'bid')::bigint), 'rank', i -> 'rank', 'total', i -> 'total') ORDER BY (i ->> 'rank')::bigint)
                         FROM result r, jsonb_array_elements(r.answer -> 'items') i)
                    ELSE (SELECT r.answer -> 'items' FROM result r) END,
    'not_admitted', CASE WHEN t.regime = 'statutory' THEN NULL
                    ELSE (SELECT jsonb_agg(jsonb_build_object('number', b.number, 'why', b.not_admitted) ORDER BY b.number)
                          FROM linli.bid b WHERE b.office_id = t.office_id AND b.tender_id = t.id AND b.lot_no = l.no AND b.not_admitted IS NOT NULL) END,
    'summary', t.summary) AS body
FROM linli.lot l
JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
JOIN linli.office o ON o.office_id = l.office_id
WHERE l.office_id = $1::integer AND l.id = $2::uuid
