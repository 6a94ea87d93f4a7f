-- More came back, or (below zero) was entered in error; and what the demand was before.
UPDATE linli.recovery r SET recovered_fen = r.recovered_fen + $3::bigint, state = CASE WHEN r.recovered_fen + $3::bigint = r.amount_fen THEN 'recovered' ELSE 'demanded' END,
       ended = CASE WHEN r.recovered_fen + $3::bigint = r.amount_fen THEN $4::timestamptz END
FROM (SELECT x.id, x.state, c.tender_id FROM linli.recovery x JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
      WHERE x.office_id = $1::integer AND x.id = $2::uuid) o
WHERE r.office_id = $1::integer AND r.id = o.id
RETURNING r.state, r.due, o.state AS was, o.tender_id
