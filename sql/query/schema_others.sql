-- $1 names each script of the schema with its digest, "010_platform:<digest> ...": those that were deployed with another
-- content.  What only one side knows belongs to the next version, or to the one before.
SELECT string_agg(c.change, ', ' ORDER BY c.change) AS changes
FROM string_to_table($1::text, ' ') s JOIN sqitch.changes c ON c.project = 'linli' AND c.change = split_part(s, ':', 1)
WHERE c.script_hash IS DISTINCT FROM split_part(s, ':', 2)
