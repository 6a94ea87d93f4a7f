-- Ends early: what has ended already stays as it was.
UPDATE linli.body_member SET valid_until = $4::date
WHERE office_id = $1::integer AND body_id = $2::uuid AND id = $3::uuid AND (valid_until IS NULL OR valid_until > $4::date)
RETURNING id
