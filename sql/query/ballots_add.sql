-- One ballot a roll number: those already cast give no row.
INSERT INTO linli.ballot (office_id, tender_id, lot_no, number, source, area, choices, entered_by, at, id)
SELECT $1::integer, $2::uuid, $3::integer, n.number, $4::text, n.area, n.choices::jsonb, $5::uuid, $6::timestamptz, n.id
FROM unnest($7::text[], $8::text[], $9::text[], $10::uuid[]) AS n(number, area, choices, id)
ON CONFLICT (office_id, tender_id, lot_no, number) DO NOTHING
RETURNING number
