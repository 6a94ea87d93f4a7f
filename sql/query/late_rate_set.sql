INSERT INTO linli.late_rate (office_id, contract_id, rate_ppm, source, entered, entered_by)
VALUES ($1::integer, $2::uuid, $3::bigint, $4::text, $5::timestamptz, $6::uuid)
ON CONFLICT (office_id, contract_id) DO UPDATE SET rate_ppm = $3::bigint, source = $4::text, entered = $5::timestamptz, entered_by = $6::uuid
