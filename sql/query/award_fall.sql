-- The award of one bid falls.
UPDATE linli.award SET state = 'withdrawn', reason = $4::text, version = version + 1
WHERE office_id = $1::integer AND lot_id = $2::uuid AND bid_id = $3::uuid AND state IN ('proposed', 'announced')
RETURNING id
