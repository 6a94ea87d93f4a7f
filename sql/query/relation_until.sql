-- It ended: the last day is not after today, and not changed afterwards.
UPDATE linli.relation SET until = $3::date
WHERE id = $1::uuid AND person_id = $2::uuid AND until IS NULL
