-- A code serves once, also when it is sent twice at the same moment; the first one confirms the factor.
UPDATE linli.second_factor SET step = $2::bigint, failed = 0, confirmed = coalesce(confirmed, $3::timestamptz)
WHERE person_id = $1::uuid AND step < $2::bigint AND secret IS NOT NULL RETURNING person_id
