-- What is published of a change.
SELECT jsonb_strip_nulls(jsonb_build_object('number', c.number, 'kind', x.kind, 'no', x.no, 'reason', x.reason, 'decided', x.decided,
    'contractor', g.name, 'ground', x.ground, 'consequence', x.consequence, 'amount', to_char(c.amount_fen / 100.0, 'FM9999999999990.00'), 'ends', c.ends,
    'settled', CASE x.kind WHEN 'terminate' THEN to_char(x.amount_fen / 100.0, 'FM9999999999990.00') END,
    'added', CASE x.kind WHEN 'supplement' THEN to_char(x.amount_fen / 100.0, 'FM9999999999990.00') END)) AS body
FROM linli.contract_change x
JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
JOIN linli.organisation g ON g.id = c.organisation_id
WHERE x.office_id = $1::integer AND x.id = $2::uuid
