INSERT INTO linli.support (office_id, bid_id, person_id, at) VALUES ($1::integer, $2::uuid, $3::uuid, $4::timestamptz)
ON CONFLICT (office_id, bid_id, person_id) DO UPDATE SET at = EXCLUDED.at, withdrawn = NULL
