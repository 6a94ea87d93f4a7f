-- What was evaluated last, unless it is to be evaluated again.
SELECT d.answer FROM linli.decision d
WHERE d.office_id = $1::integer AND d.tender_id = $2::uuid AND d.lot_id = $3::uuid AND d.question = 'evaluate'
  AND NOT EXISTS (SELECT FROM linli.review r WHERE r.office_id = d.office_id AND r.lot_id = d.lot_id
                  AND r.state IN ('approved', 'done') AND r.decided >= d.at)
ORDER BY d.at DESC, d.id DESC
LIMIT 1
