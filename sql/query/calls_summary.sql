-- What is published of all call-offs when the term of their agreements is over (财政部令第110号 §35).
SELECT jsonb_build_object('number', t.number, 'project', t.title, 'lot', l.no, 'calls',
    (SELECT coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'title', c.title, 'contractor', g.name, 'signed', k.signed,
                'amount', (k.amount_fen / 100)::text || '.' || lpad((k.amount_fen % 100)::text, 2, '0')) ORDER BY c.published, c.id, k.number), '[]'::jsonb)
     FROM linli.tender c JOIN linli.contract k ON k.office_id = c.office_id AND k.tender_id = c.id JOIN linli.organisation g ON g.id = k.organisation_id
     WHERE c.office_id = l.office_id AND c.under = l.id AND k.signed IS NOT NULL)) AS body
FROM linli.lot l JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
WHERE l.office_id = $1::integer AND l.id = $2::uuid
