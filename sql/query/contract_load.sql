SELECT c.id, c.tender_id, c.award_id, c.organisation_id, c.amount_fen, c.renews, c.year_no, c.starts, c.signed_office, c.signed_organisation, c.state, w.lot_id, w.bid_id, w.announced
FROM linli.contract c JOIN linli.award w ON w.office_id = c.office_id AND w.id = c.award_id
WHERE c.office_id = $1::integer AND c.id = $2::uuid
