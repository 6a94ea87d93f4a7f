INSERT INTO linli.behalf (office_id, id, number, act, target, tender_id, lot_id, organisation_id, person_id, sender, contact, channel, received,
                          content, content_hash, entered, entered_by, posted)
VALUES ($1::integer, $2::uuid, $3::text, $4::text, $5::uuid, $6::uuid, $7::uuid, $8::uuid, $9::uuid, $10::text, $11::text, $12::text, $13::timestamptz,
        $14::text::jsonb, $15::bytea, $16::timestamptz, $17::uuid, $18::timestamptz)
