-- The first of two has checked it.
UPDATE linli.batch SET state = 'checked', checker = $3::uuid, approved = $4::timestamptz WHERE office_id = $1::integer AND id = $2::uuid
