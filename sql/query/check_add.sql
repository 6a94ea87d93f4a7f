-- The last finding of a person about a rule counts.
INSERT INTO linli.bid_check (office_id, bid_id, rule, person_id, role, passed, reason, at)
VALUES ($1::integer, $2::uuid, $3::text, $4::uuid, $5::text, $6::boolean, $7::text, $8::timestamptz)
ON CONFLICT (office_id, bid_id, rule, person_id)
DO UPDATE SET role = excluded.role, passed = excluded.passed, reason = excluded.reason, at = excluded.at
