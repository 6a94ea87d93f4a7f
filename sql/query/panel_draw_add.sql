INSERT INTO linli.panel_draw (office_id, lot_id, pool_office, field, experts, representatives, pool, excluded, sources, read_at, frozen, frozen_by)
VALUES ($1::integer, $2::uuid, $3::integer, $4::text, $5::integer, $6::uuid[], $7::text, $8::text, $9::text[], $10::timestamptz,
        $11::timestamptz, $12::uuid)
