-- One sheet a bid of the member; a locked one gives no row.
INSERT INTO linli.sheet (office_id, id, lot_id, member_id, bid_id, state, saved)
SELECT $1::integer, n.id, $2::uuid, $3::uuid, n.bid, 'open', $6::timestamptz
FROM unnest($4::uuid[], $5::uuid[]) AS n(id, bid)
ON CONFLICT (office_id, member_id, bid_id) DO UPDATE SET saved = excluded.saved, version = sheet.version + 1
    WHERE sheet.state = 'open'
RETURNING id, bid_id
