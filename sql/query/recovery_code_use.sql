-- A recovery code serves once, and only beside a factor in force; it opens one that was shut for wrong codes as well.
WITH u AS (
    UPDATE linli.recovery_code SET used = $3::timestamptz
    WHERE hash = $2::bytea AND person_id = $1::uuid AND used IS NULL
      AND EXISTS (SELECT FROM linli.second_factor f WHERE f.person_id = $1::uuid AND f.confirmed IS NOT NULL)
    RETURNING person_id),
     f AS (UPDATE linli.second_factor x SET failed = 0 FROM u WHERE x.person_id = u.person_id)
SELECT person_id FROM u
