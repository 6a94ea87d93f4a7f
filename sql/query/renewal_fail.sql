-- A year that was found wanting when all of it was settled is the last, also where another was drawn up that nobody bound by both signatures:
-- that falls with it.  Gives a row the one time this is written down.
WITH r AS (
    INSERT INTO linli.renewal AS n (office_id, contract_id, decision, reason, decided)
    SELECT c.office_id, c.id, 'failed', CASE c.state WHEN 'stopped' THEN '合同提前终止，不再续签' ELSE '年度考核不合格，不再续签' END, $3::timestamptz
    FROM linli.contract c JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
    WHERE c.office_id = $1::integer AND c.id = $2::uuid AND c.signed IS NOT NULL AND c.year_no < t.years
      AND linli.year_found(c.office_id, c.id, $3::timestamptz) = 'failed'
    ON CONFLICT (office_id, contract_id) DO UPDATE SET decision = excluded.decision, reason = excluded.reason, decided = excluded.decided, decided_by = NULL
    WHERE n.decision = 'renewed'
      AND EXISTS (SELECT 1 FROM linli.contract d WHERE d.office_id = n.office_id AND d.id = n.next_id AND d.state = 'draft')
    RETURNING contract_id, next_id),
d AS (
    UPDATE linli.contract c SET state = 'stopped', version = c.version + 1 FROM r WHERE c.office_id = $1::integer AND c.id = r.next_id),
w AS (
    UPDATE linli.award w SET state = 'closed', version = w.version + 1 FROM r JOIN linli.contract c ON c.office_id = $1::integer AND c.id = r.contract_id
    WHERE r.next_id IS NOT NULL AND c.state = 'closed' AND w.office_id = c.office_id AND w.id = c.award_id AND w.state = 'contracted')
SELECT contract_id FROM r
