-- How many journals of a kind a source has: the next one's number.
SELECT count(*) AS made FROM linli.journal WHERE office_id = $1::integer AND source = $2::uuid AND kind = $3::text
