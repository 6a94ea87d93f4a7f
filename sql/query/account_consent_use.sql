-- Whether an account may be opened for its person: it has no password yet, or another than $2 agreed, which serves once.
WITH p AS (SELECT x.password IS NOT NULL AS lives FROM linli.person x WHERE x.id = $1::uuid),
     c AS (SELECT x.id FROM linli.account_consent x, p
           WHERE p.lives AND x.person_id = $1::uuid AND x.given_by <> $2::uuid AND x.used IS NULL AND x.expires > $3::timestamptz
           ORDER BY x.given LIMIT 1 FOR UPDATE OF x),
     u AS (UPDATE linli.account_consent x SET used = $3::timestamptz FROM c WHERE x.id = c.id RETURNING x.id)
SELECT NOT coalesce((SELECT lives FROM p), false) OR EXISTS (SELECT FROM u) AS may
