-- The gift whose money was entered by a journal that is reversed now; none, where that was no gift's.
UPDATE linli.gift SET reversed = $3::timestamptz, version = version + 1 WHERE office_id = $1::integer AND id = $2::uuid
