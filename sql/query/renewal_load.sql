-- A contract as it may be followed by that of another year: which of how many it is, how it was found, what was decided.
SELECT c.id, c.state, c.year_no, t.years, c.ends, c.organisation_id, w.lot_id, w.amount_fen, r.decision, r.next_id, n.state AS next_state,
       f.starts AS first, f.number,
       linli.year_found(c.office_id, c.id, $3::timestamptz) AS found
FROM linli.contract c
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
JOIN linli.award w ON w.office_id = c.office_id AND w.id = c.award_id
JOIN linli.contract f ON f.office_id = c.office_id AND f.award_id = c.award_id AND f.year_no = 1
LEFT JOIN linli.renewal r ON r.office_id = c.office_id AND r.contract_id = c.id
LEFT JOIN linli.contract n ON n.office_id = c.office_id AND n.id = r.next_id
WHERE c.office_id = $1::integer AND c.id = $2::uuid
