-- What bids offer; and under the field $4, where there is one, how many residents support each.
SELECT f.bid_id, f.field, f.round, f.unit, f.value, f.at
FROM (SELECT o.bid_id, o.field, o.round, o.unit, o.value, o.at
      FROM linli.bid b JOIN linli.offer o ON o.office_id = b.office_id AND o.bid_id = b.id
      WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer AND b.state = 'open'
      UNION ALL
      SELECT b.id, $4::text, 1, 'count', count(*), max(s.at)
      FROM linli.bid b JOIN linli.support s ON s.office_id = b.office_id AND s.bid_id = b.id AND s.withdrawn IS NULL
      WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer AND b.state = 'open' AND $4::text IS NOT NULL
      GROUP BY b.id) f
ORDER BY f.bid_id, f.field COLLATE "C", f.round
