-- Batches of a lot that nobody has typed in again yet.
SELECT count(*) AS count FROM linli.ballot_batch b WHERE b.office_id = $1::integer AND b.lot_id = $2::uuid AND b.state = 'entered'
