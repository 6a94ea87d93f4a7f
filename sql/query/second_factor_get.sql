-- The factor of a person; none where it was given back.
SELECT f.secret, f.step, f.confirmed, f.failed FROM linli.second_factor f WHERE f.person_id = $1::uuid AND f.secret IS NOT NULL
