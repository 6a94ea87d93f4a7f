-- From when on whoever a document was sent to knows it: the first service of it that is done.  waiting: one is under way and none is done.
-- A copy for somebody else, and what was sent before there was anything to tell, serve nobody.
SELECT min(s.served) AS served, bool_or(s.served IS NULL) AND min(s.served) IS NULL AS waiting
FROM linli.service s WHERE s.office_id = $1::integer AND s.object_id = $2::uuid AND s.way <> 'board'
    AND s.organisation_id IS NOT DISTINCT FROM $3::uuid AND s.sent >= $4::timestamptz
