-- A ban of an authority that holds today, recorded at this office or one above it.
SELECT x.authority, x.document, x.ends FROM linli.exclusion x
WHERE x.office_id = ANY (SELECT unnest(h.path) FROM linli.office h WHERE h.office_id = $1::integer) AND x.organisation_id = $2::uuid
  AND x.ground = 'banned' AND x.lifted IS NULL AND x.starts <= $3::timestamptz AND x.ends > $3::timestamptz
ORDER BY x.ends DESC LIMIT 1
