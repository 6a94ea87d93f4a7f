-- The stretch of an expert in the pool ends; what it was stays.
UPDATE linli.expert SET gone = $3::timestamptz, gone_by = $4::uuid, gone_reason = $5::text
WHERE office_id = $1::integer AND id = $2::uuid AND gone IS NULL
RETURNING person_id
