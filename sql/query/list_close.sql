UPDATE linli.list l SET state = 'closed', closed = $3::timestamptz
WHERE l.office_id = $1::integer AND l.id = $2::uuid
  AND NOT EXISTS (SELECT FROM linli.list_entry e WHERE e.office_id = l.office_id AND e.list_id = l.id
                    AND e.outcome IS NULL AND e.state NOT IN ('dropped', 'stopped', 'done'))
RETURNING l.id
