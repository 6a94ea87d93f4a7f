-- What an act entered on behalf is done to, and which tender and lot that belongs to; no row where there is no such thing.
SELECT x.id AS tender_id, NULL::uuid AS lot_id FROM linli.tender x WHERE $2::text = 'tender' AND x.office_id = $1::integer AND x.id = $3::uuid AND x.state <> 'draft'
UNION ALL SELECT x.tender_id, x.id FROM linli.lot x WHERE $2::text = 'lot' AND x.office_id = $1::integer AND x.id = $3::uuid AND x.state <> 'draft'
UNION ALL SELECT x.tender_id, x.lot_id FROM linli.objection x WHERE $2::text = 'objection' AND x.office_id = $1::integer AND x.id = $3::uuid
UNION ALL SELECT b.tender_id, l.id FROM linli.bid b JOIN linli.lot l ON l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
WHERE $2::text = 'bid' AND b.office_id = $1::integer AND b.id = $3::uuid AND b.key IS NOT NULL
UNION ALL SELECT c.tender_id, w.lot_id FROM linli.tranche r JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.award w ON w.office_id = c.office_id AND w.id = c.award_id
WHERE $2::text = 'tranche' AND r.office_id = $1::integer AND r.id = $3::uuid
