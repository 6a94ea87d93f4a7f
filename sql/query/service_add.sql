INSERT INTO linli.service (office_id, id, object_kind, object_id, tender_id, way, organisation_id, recipient, place, reference, sent, until, note, entered, entered_by,
                           served, served_entered, served_by)
VALUES ($1::integer, $2::uuid, $3::text, $4::uuid, $5::uuid, $6::text, $7::uuid, $8::text, $9::text, $10::text, $11::timestamptz, $12::date, $13::text, $14::timestamptz,
        $15::uuid, $16::timestamptz, CASE WHEN $16::timestamptz IS NOT NULL THEN $14::timestamptz END, CASE WHEN $16::timestamptz IS NOT NULL THEN $15::uuid END)
