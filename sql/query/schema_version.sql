-- The newest version of the schema that was deployed: a tag of sqitch, "@v1.0".
SELECT substr(t.tag, 3) AS version FROM sqitch.tags t WHERE t.project = 'linli'
ORDER BY string_to_array(substr(t.tag, 3), '.')::integer[] DESC LIMIT 1
