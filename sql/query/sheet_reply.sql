SELECT s.id, s.lot_id AS lot, s.bid_id AS bid, s.state, s.saved, s.locked,
       (SELECT jsonb_agg(jsonb_build_object('ground', q.ground, 'reason', q.reason, 'asked', q.at, 'approved', r.at) ORDER BY q.at)
        FROM linli.sheet_request q LEFT JOIN linli.sheet_reopened r ON r.office_id = q.office_id AND r.id = q.id
        WHERE q.office_id = s.office_id AND q.sheet_id = s.id) AS reopened,
       s.version AS _version
FROM linli.sheet s WHERE s.office_id = $1::integer AND s.id = $2::uuid
