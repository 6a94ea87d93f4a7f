-- How many times a tender has given back: the next journal's number.
SELECT count(*) AS made FROM linli.journal WHERE office_id = $1::integer AND source = $2::uuid AND kind = 'release'
