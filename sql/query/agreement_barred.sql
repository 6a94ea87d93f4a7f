-- Whether an organisation may have no agreement beside those of a lot: it stands in one (standing), or the office ended one with
-- it (财政部令第110号 §16: struck).  Of the calls that add to the lot likewise.
SELECT CASE WHEN bool_or(c.state = 'stopped' AND NOT coalesce(x.by_contractor, false)) THEN 'struck'
            WHEN bool_or(c.state IN ('signed', 'suspended')) THEN 'standing' END AS why
FROM linli.lot l
JOIN linli.tender t ON t.office_id = l.office_id AND (t.id = l.tender_id OR t.supplements = l.id)
JOIN linli.award w ON w.office_id = t.office_id AND w.tender_id = t.id AND (w.lot_id = l.id OR t.supplements = l.id)
JOIN linli.bid b ON b.office_id = w.office_id AND b.id = w.bid_id AND b.organisation_id = $3::uuid
JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id
LEFT JOIN linli.contract_change x ON x.office_id = c.office_id AND x.contract_id = c.id AND x.kind = 'terminate' AND x.state = 'approved'
WHERE l.office_id = $1::integer AND l.id = $2::uuid
