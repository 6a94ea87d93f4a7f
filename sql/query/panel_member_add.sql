INSERT INTO linli.panel_member (office_id, id, tender_id, lot_id, person_id, kind, chair, no, state, replaces_id)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::text, $7::boolean, $8::integer, 'assigned', $9::uuid)
ON CONFLICT (office_id, lot_id, person_id) DO UPDATE
SET kind = excluded.kind, chair = excluded.chair, state = 'assigned', replaced_reason = NULL
