-- No other year follows: a draft of it falls, and where nothing of the award is open it is closed.
WITH r AS (
    INSERT INTO linli.renewal (office_id, contract_id, decision, reason, decided, decided_by)
    VALUES ($1::integer, $2::uuid, 'refused', $3::text, $4::timestamptz, $5::uuid)
    ON CONFLICT (office_id, contract_id) DO UPDATE SET decision = 'refused', reason = excluded.reason, decided = excluded.decided, decided_by = excluded.decided_by
    RETURNING next_id),
n AS (
    UPDATE linli.contract c SET state = 'stopped', version = c.version + 1 FROM r
    WHERE c.office_id = $1::integer AND c.id = r.next_id AND c.state = 'draft')
UPDATE linli.award w SET state = 'closed', version = w.version + 1 FROM linli.contract c
WHERE c.office_id = $1::integer AND c.id = $2::uuid AND c.state = 'closed' AND w.office_id = c.office_id AND w.id = c.award_id AND w.state = 'contracted'
