-- What the other call-offs under the same agreements gave to whom, in their order; a turn that was declined was one.
SELECT dense_rank() OVER (ORDER BY t.published, t.id) AS lot, w.standing, w.amount_fen, b.organisation_id
FROM linli.tender t
JOIN linli.award w ON w.office_id = t.office_id AND w.tender_id = t.id
JOIN linli.bid b ON b.office_id = w.office_id AND b.id = w.bid_id
WHERE t.office_id = $1::integer AND t.under = $2::uuid AND t.id <> $3::uuid AND t.state <> 'cancelled'
  AND w.standing = 'winner' AND (w.state NOT IN ('withdrawn', 'refused') OR w.state = 'refused' AND w.announced IS NOT NULL)
ORDER BY 1, w.place, w.id
