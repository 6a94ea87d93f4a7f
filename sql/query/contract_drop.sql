-- The draft of an award that was refused.
UPDATE linli.contract SET state = 'stopped', version = version + 1
WHERE office_id = $1::integer AND award_id = $2::uuid AND state = 'draft'
