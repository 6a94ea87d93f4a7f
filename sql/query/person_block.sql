WITH s AS (DELETE FROM linli.session WHERE person_id = $1::uuid AND $2::boolean)
UPDATE linli.person SET blocked = $2::boolean WHERE id = $1::uuid
