INSERT INTO linli.bid (office_id, id, tender_id, lot_no, organisation_id, person_id, sha256, bytes, received, state, price_fen, content)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::integer, $5::uuid, $6::uuid, $7::bytea, $8::bigint, $9::timestamptz, 'open',
        $10::bigint, $11::jsonb)
