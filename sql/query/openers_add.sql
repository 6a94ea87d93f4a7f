WITH s AS (
    INSERT INTO linli.opener_set (office_id, tender_id, envelope, sha256, k, n, note, signers, added, added_by)
    VALUES ($1::integer, $2::uuid, $3::integer, $4::bytea, $5::integer, $6::integer, $7::text, $8::text[], $9::timestamptz, $10::uuid)
    RETURNING office_id, tender_id, sha256, envelope
)
UPDATE linli.tender t SET openers = s.sha256, must_seal = $11::boolean, co_key_minutes = $12::integer
FROM s WHERE t.office_id = s.office_id AND t.id = s.tender_id AND s.envelope = 1
