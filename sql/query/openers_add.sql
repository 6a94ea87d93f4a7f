WITH s AS (
    INSERT INTO linli.opener_set (office_id, tender_id, sha256, k, n, note, signers, added, added_by)
    VALUES ($1::integer, $2::uuid, $3::bytea, $4::integer, $5::integer, $6::text, $7::text[], $8::timestamptz, $9::uuid)
    RETURNING office_id, tender_id, sha256
)
UPDATE linli.tender t SET openers = s.sha256, must_seal = $10::boolean FROM s WHERE t.office_id = s.office_id AND t.id = s.tender_id
