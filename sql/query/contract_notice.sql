-- What is published of a contract (政府采购法实施条例 §50); in statutory procurement with where the supplier is (财办库〔2020〕50号).
SELECT jsonb_build_object(
    'number', c.number, 'tender', t.number, 'project', t.title, 'buyer', o.name, 'contractor', g.name, 'parties', (SELECT jsonb_agg(jsonb_build_object('name', o.name, 'part', p.part) ORDER BY o.id)
        FROM linli.contract_party p JOIN linli.organisation o ON o.id = p.organisation_id WHERE p.office_id = c.office_id AND p.contract_id = c.id),
    'amount', (c.amount_fen / 100)::text || '.' || lpad((c.amount_fen % 100)::text, 2, '0'),
    'starts', c.starts, 'ends', c.ends, 'signed', c.signed,
    'tranches', (SELECT jsonb_agg(jsonb_build_object('no', r.no, 'name', r.name, 'name_en', r.name_en,
                     'amount', (r.amount_fen / 100)::text || '.' || lpad((r.amount_fen % 100)::text, 2, '0'), 'due', r.trigger_on) ORDER BY r.no)
                 FROM linli.tranche r WHERE r.office_id = c.office_id AND r.contract_id = c.id))
    || CASE WHEN t.regime = 'statutory' THEN jsonb_strip_nulls(jsonb_build_object('contractor_address', g.address, 'contractor_phone', g.phone)) ELSE '{}' END
    || CASE WHEN t.years > 1 THEN jsonb_build_object('year', c.year_no || '/' || t.years) ELSE '{}' END
    || CASE WHEN c.renews IS NULL THEN '{}' ELSE jsonb_build_object('sources',
           (SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('name', p.name, 'origin', p.origin, 'year', p.year,
                       'amount', linli.yuan(coalesce(s.amount_fen, c.amount_fen)), 'mark', CASE p.origin WHEN 'lottery' THEN '彩票公益金资助' END)) ORDER BY s.no)
            FROM linli.source s JOIN linli.appropriation p ON p.office_id = s.office_id AND p.id = s.appropriation_id
            WHERE s.office_id = c.office_id AND s.owner_id = c.id)) END AS body
FROM linli.contract c
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
JOIN linli.office o ON o.office_id = c.office_id
JOIN linli.organisation g ON g.id = c.organisation_id
WHERE c.office_id = $1::integer AND c.id = $2::uuid
