-- What the contract was before stays readable.
UPDATE linli.contract_change x SET state = $3::text, decided = $4::timestamptz, decided_by = $5::uuid, note = $6::text,
       before = jsonb_build_object('amount', to_char(c.amount_fen / 100.0, 'FM9999999999990.00'), 'ends', c.ends, 'terms', c.terms, 'state', c.state,
           'organisation', c.organisation_id, 'contractor', g.name,
           'tranches', (SELECT jsonb_agg(jsonb_build_object('id', r.id, 'no', r.no, 'amount', to_char(r.amount_fen / 100.0, 'FM9999999999990.00'), 'state', r.state) ORDER BY r.no)
                        FROM linli.tranche r WHERE r.office_id = c.office_id AND r.contract_id = c.id))
FROM linli.contract c JOIN linli.organisation g ON g.id = c.organisation_id
WHERE x.office_id = $1::integer AND x.id = $2::uuid AND c.office_id = x.office_id AND c.id = x.contract_id
