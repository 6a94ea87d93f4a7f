-- What a quadratic pool gave a project, once that is decided and told; of whom, where it is an organisation's.
SELECT w.amount_fen, b.organisation_id
FROM linli.award w
JOIN linli.tender t ON t.office_id = w.office_id AND t.id = w.tender_id
JOIN linli.bid b ON b.office_id = w.office_id AND b.id = w.bid_id
WHERE w.office_id = $1::integer AND w.id = $2::uuid AND t.scheme = 'quadratic_match' AND w.standing = 'winner'
  AND w.confirmed IS NOT NULL AND w.announced IS NOT NULL AND w.state NOT IN ('withdrawn', 'refused')
