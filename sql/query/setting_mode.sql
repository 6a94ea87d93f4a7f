-- A database is a sandbox or it is not, from the first time it is served.
WITH first AS (
    INSERT INTO linli.setting (name, value) VALUES ('mode', $1::text)
    ON CONFLICT (name) DO NOTHING RETURNING value
)
SELECT value FROM first
UNION ALL
SELECT value FROM linli.setting WHERE name = 'mode'
LIMIT 1
