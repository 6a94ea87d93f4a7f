-- The term is over: agreements that stood till then are closed, with their awards.
WITH c AS (
    UPDATE linli.contract c SET state = 'closed', version = c.version + 1 FROM linli.award w
    WHERE c.office_id = $1::integer AND w.office_id = c.office_id AND w.id = c.award_id AND w.lot_id = $2::uuid AND c.state IN ('signed', 'suspended')
    RETURNING c.award_id)
UPDATE linli.award w SET state = 'closed', version = w.version + 1 FROM c WHERE w.office_id = $1::integer AND w.id = c.award_id
