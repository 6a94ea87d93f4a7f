-- The event of an act, in the act's own transaction.
INSERT INTO linli.event_queue (office_id, id, at, actor, role, act, subject_kind, subject, tender_id, sealed, salt, payload)
VALUES ($1::integer, $2::uuid, $3::timestamptz, $4::uuid, $5::text, $6::text, $7::text, $8::uuid, $9::uuid, $10::boolean, $11::bytea, $12::text)
