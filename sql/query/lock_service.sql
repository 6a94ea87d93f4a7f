UPDATE linli.service s SET version = s.version + 1 WHERE s.office_id = $1::integer AND s.id = $2::uuid
RETURNING s.version - 1 AS version, s.tender_id
