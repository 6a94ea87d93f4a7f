INSERT INTO linli.panel_turn (office_id, lot_id, no, expert_id, outcome, why, at)
VALUES ($1::integer, $2::uuid, $3::integer, $4::uuid, $5::text, $6::text, $7::timestamptz)
