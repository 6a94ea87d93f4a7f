-- Locks the subject of an act and counts its version up; what the act refuses is rolled back.
UPDATE linli.approval SET version = version + 1 WHERE office_id = $1::integer AND id = $2::uuid
RETURNING version - 1 AS version, NULL::uuid AS tender_id
