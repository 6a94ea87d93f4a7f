-- It is no more: nobody acts for it from the next day on.
WITH gone AS (
    UPDATE linli.organisation SET ended = $2::date, successor_id = $3::uuid WHERE id = $1::uuid AND ended IS NULL RETURNING id)
UPDATE linli.membership m SET valid_until = $2::date FROM gone
WHERE m.organisation_id = gone.id AND (m.valid_until IS NULL OR m.valid_until > $2::date)
