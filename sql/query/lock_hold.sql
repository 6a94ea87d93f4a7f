UPDATE linli.hold x SET version = x.version + 1 WHERE x.office_id = $1::integer AND x.id = $2::uuid
RETURNING x.version - 1 AS version, NULL::uuid AS tender_id
