SELECT g.id, g.kind, coalesce(g.shown, '匿名') AS donor, g.amount_fen, g.restriction, g.receipt, g.received, g.reversed,
       g.recorded AS _c0, g.id AS _c1
FROM linli.gift g
WHERE g.office_id = $1::integer AND g.fund_id = $2::uuid
  AND ($3::timestamptz IS NULL OR (g.recorded, g.id) > ($3::timestamptz, $4::uuid))
ORDER BY g.recorded, g.id LIMIT $5::integer
