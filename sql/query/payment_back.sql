-- Said to have come back: nothing moves before another person says the same.
UPDATE linli.payment SET back_ref = $3::text, back_by = $4::uuid, reason = $5::text WHERE office_id = $1::integer AND id = $2::uuid
