-- The lot that takes a failed one up, unless its tender was cancelled.
SELECT l.id FROM linli.lot l JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
WHERE l.office_id = $1::integer AND l.follows = $2::uuid AND t.state <> 'cancelled'
