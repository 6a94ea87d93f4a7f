-- Why a lot does not go on, and the lawful ways on.
UPDATE linli.lot SET waiting = $3::text, reason = $4::jsonb, ways = $5::jsonb, version = version + 1
WHERE office_id = $1::integer AND id = $2::uuid
