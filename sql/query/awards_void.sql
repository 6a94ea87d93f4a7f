-- Everything that was proposed or announced of a lot falls.
UPDATE linli.award SET state = 'withdrawn', reason = $3::text, version = version + 1
WHERE office_id = $1::integer AND lot_id = $2::uuid AND state IN ('proposed', 'announced')
