-- What was entered on behalf, as the receipt shows it; nothing of a score sheet but that it came.  For who asks ($4; NULL: it answers an act)
-- of no tender of which one has still to mark blindly.
SELECT b.id, b.number, b.state, b.act, b.channel, b.sender, b.contact, g.name AS organisation, p.name AS person, b.received, b.posted, t.id AS tender, b.lot_id AS lot,
       CASE WHEN b.act = 'tranche_accept' THEN b.target END AS tranche, CASE WHEN b.act IN ('paper_give', 'opening_answer', 'bid_explain') THEN b.target WHEN b.act = 'proposal_create' THEN b.made END AS bid,
       CASE WHEN b.act = 'objection_review' THEN b.target END AS reviews, b.content, b.entered, e.name AS entered_by, b.decided, d.name AS decided_by, b.reason,
       CASE WHEN b.act = 'need_create' THEN b.made END AS need,
       CASE WHEN b.act IN ('objection_file', 'objection_review') THEN b.made WHEN b.act = 'objection_withdraw' THEN b.target END AS objection, b.version AS _version
FROM linli.behalf b
LEFT JOIN linli.tender t ON t.office_id = b.office_id AND t.id = b.tender_id
LEFT JOIN linli.organisation g ON g.id = b.organisation_id
LEFT JOIN linli.person p ON p.id = b.person_id
JOIN linli.person e ON e.id = b.entered_by
LEFT JOIN linli.person d ON d.id = b.decided_by
WHERE b.office_id = $1::integer AND b.id = $2::uuid AND b.office_id = ANY ($3::integer[])
  AND NOT linli.in_the_dark_of(b.office_id, b.tender_id, $4::uuid)
