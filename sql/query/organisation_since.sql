-- Since when a person is of an organisation; NULL: it is not.  others: how many are besides.
WITH m AS (SELECT x.person_id, min(x.valid_from) AS since FROM linli.membership x
           WHERE x.organisation_id = $1::uuid AND EXISTS (SELECT FROM linli.held(x.person_id, $3::date, true) h WHERE h.organisation_id = $1::uuid)
           GROUP BY x.person_id)
SELECT (SELECT m.since FROM m WHERE m.person_id = $2::uuid) AS since, (SELECT count(*) FROM m WHERE m.person_id <> $2::uuid) AS others
