-- What one who is served says of a report, once; $7: the entry by which it came over the counter.
WITH d AS (SELECT d.id FROM linli.delivery d WHERE d.office_id = $1::integer AND d.id = $3::uuid AND d.tranche_id = $4::uuid),
     i AS (INSERT INTO linli.opinion (office_id, id, delivery_id, at, person_id, finding, reason)
           SELECT $1::integer, $2::uuid, d.id, $5::timestamptz,
                  CASE WHEN $7::uuid IS NULL THEN $6::uuid
                       ELSE (SELECT y.person_id FROM linli.behalf y WHERE y.office_id = $1::integer AND y.id = $7::uuid) END,
                  $8::text, $9::text
           FROM d ON CONFLICT (office_id, delivery_id, person_id) DO NOTHING RETURNING id)
SELECT EXISTS (SELECT FROM d) AS there, EXISTS (SELECT FROM i) AS added
