-- The last day and the terms, where a change says so.
UPDATE linli.contract SET ends = coalesce($3::date, ends), terms = coalesce($4::text, terms) WHERE office_id = $1::integer AND id = $2::uuid
