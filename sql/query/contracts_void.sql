-- So do the drafts of their contracts.
UPDATE linli.contract c SET state = 'stopped', version = c.version + 1
FROM linli.award w
WHERE c.office_id = $1::integer AND c.state = 'draft' AND w.office_id = c.office_id AND w.id = c.award_id AND w.lot_id = $2::uuid
