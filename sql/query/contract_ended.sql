-- A contract carried out to the end: nothing of it was stopped.
SELECT c.id FROM linli.contract c
WHERE c.office_id = $1::integer AND c.id = $2::uuid AND c.state = 'closed'
  AND NOT EXISTS (SELECT FROM linli.tranche t WHERE t.office_id = c.office_id AND t.contract_id = c.id AND t.state = 'stopped')
