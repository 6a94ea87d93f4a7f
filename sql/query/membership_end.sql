-- Ends early: what has ended already stays as it was.
UPDATE linli.membership SET valid_until = $3::date
WHERE office_id = $1::integer AND id = $2::uuid AND (valid_until IS NULL OR valid_until > $3::date) RETURNING id
