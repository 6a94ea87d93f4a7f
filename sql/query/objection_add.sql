INSERT INTO linli.objection (office_id, id, tender_id, lot_id, bid_id, organisation_id, person_id, kind, phase, body, relevant,
                             state, filed, due, channel, reviews)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::uuid, $7::uuid, $8::text, $9::text, $10::text, $11::boolean,
        'open', $12::timestamptz, $13::timestamptz, $14::text, $15::uuid)
