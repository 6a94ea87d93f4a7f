INSERT INTO linli.duty (office_id, id, tender_id, lot_id, code, source, subject_kind, subject, about, began, due)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::text, $7::text, $8::uuid, $9::text, $10::timestamptz, $11::timestamptz)
