-- The batches of paper ballots of a lot: how many ballots each has, who typed it in, and whether another did so as well.
SELECT b.id AS batch, cardinality(b.digests) AS ballots, b.state, b.entered, p.name AS entered_by, b.decided, q.name AS decided_by, b.reason,
       b.entered AS _c0, b.id AS _c1
FROM linli.ballot_batch b
JOIN linli.person p ON p.id = b.entered_by
LEFT JOIN linli.person q ON q.id = b.decided_by
WHERE b.office_id = $1::integer AND b.lot_id = $2::uuid AND b.office_id = ANY ($3::integer[])
  AND ($4::timestamptz IS NULL OR (b.entered, b.id) > ($4::timestamptz, $5::uuid))
ORDER BY b.entered, b.id LIMIT $6::integer
