-- I15: what is with the bank or paid rests on an award a second person confirmed, a contract both signed, a release that was
-- decided, and on acceptances and advances that cover it.
SELECT p.office_id, format('payment %s of contract %s is not covered by award, contract, release or acceptance', p.id, c.number) AS what
FROM linli.payment p
JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.award w ON w.office_id = c.office_id AND w.id = c.award_id
JOIN LATERAL (SELECT sum(o.accepted_fen) AS accepted, coalesce(sum(o.amount_fen) FILTER (WHERE o.advance OR o.trigger_on IN ('signing', 'date')), 0) AS ahead,
                     sum(o.released_fen) AS out
              FROM linli.tranche o WHERE o.office_id = c.office_id AND o.contract_id = c.id) x ON true
WHERE p.state IN ('sent', 'settled')
  AND (w.confirmed_by IS NULL OR c.signed IS NULL OR c.signed_office IS NULL OR c.signed_organisation IS NULL
       OR p.amount_fen > r.released_fen OR r.state NOT IN ('released', 'paid') OR x.out > x.accepted + x.ahead
       OR NOT EXISTS (SELECT 1 FROM linli.journal j WHERE j.office_id = p.office_id AND j.source = p.id AND j.kind = 'send'))
ORDER BY p.office_id, p.id LIMIT 1000
