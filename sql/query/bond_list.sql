-- Bonds of a tender: for the office and those who watch, but for who is not to know yet who bids; an organisation sees its own.
SELECT x.id, x.tender_id AS tender, x.kind, x.bid_id AS bid, x.contract_id AS contract, x.organisation_id AS organisation, o.name, x.form, x.amount_fen,
       x.reference, x.received, x.expires, x.rule, x.due, x.kept_fen, x.interest_fen, x.state, x.ended, x.bank_ref, x.reason
FROM linli.bond x JOIN linli.organisation o ON o.id = x.organisation_id
WHERE x.office_id = $1::integer AND x.tender_id = $2::uuid
  AND (x.office_id = ANY ($3::integer[]) AND NOT linli.in_the_dark_of(x.office_id, x.tender_id, $5::uuid)
       OR x.organisation_id = ANY ($4::uuid[]))
ORDER BY x.entered, x.id LIMIT 1001
