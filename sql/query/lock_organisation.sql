-- A shared thing: $1 is not used, since these tables have no office.
UPDATE linli.organisation SET version = version + 1 WHERE id = $2::uuid AND ($1::integer IS NOT NULL)
RETURNING version - 1 AS version, NULL::uuid AS tender_id
