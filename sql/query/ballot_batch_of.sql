-- A batch of a lot that waits for a second person; locked.
SELECT b.entered_by, array_to_string(b.digests, E'\n') AS digests, cardinality(b.digests) AS ballots FROM linli.ballot_batch b
WHERE b.office_id = $1::integer AND b.lot_id = $2::uuid AND b.id = $3::uuid AND b.state = 'entered'
FOR UPDATE
