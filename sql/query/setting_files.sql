-- The mark of the folder that holds this database's files, from the first time it is served.
WITH first AS (
    INSERT INTO linli.setting (name, value) VALUES ('files', $1::text)
    ON CONFLICT (name) DO NOTHING RETURNING value
)
SELECT value FROM first
UNION ALL
SELECT value FROM linli.setting WHERE name = 'files'
LIMIT 1
