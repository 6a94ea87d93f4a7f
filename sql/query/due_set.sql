-- One open deadline for each subject and act; a later one takes its place.
INSERT INTO linli.due (office_id, id, at, act, subject, tender_id)
VALUES ($1::integer, $2::uuid, $3::timestamptz, $4::text, $5::uuid, $6::uuid)
ON CONFLICT (office_id, subject, act) WHERE done IS NULL
DO UPDATE SET at = excluded.at, tries = 0, failed = NULL, retry = NULL
