-- Whoever said that it came back was mistaken.
UPDATE linli.payment SET back_ref = NULL, back_by = NULL, reason = NULL WHERE office_id = $1::integer AND id = $2::uuid
