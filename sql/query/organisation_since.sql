-- Since when a person is of an organisation; NULL: it is not.  others: how many are besides.
SELECT (SELECT min(m.valid_from) FROM linli.membership m
        WHERE m.organisation_id = $1::uuid AND m.person_id = $2::uuid AND (m.valid_until IS NULL OR m.valid_until >= $3::date)) AS since,
       (SELECT count(DISTINCT m.person_id) FROM linli.membership m
        WHERE m.organisation_id = $1::uuid AND m.person_id <> $2::uuid AND (m.valid_until IS NULL OR m.valid_until >= $3::date)) AS others
