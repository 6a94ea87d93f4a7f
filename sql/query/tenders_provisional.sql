-- Tenders with an open deadline that was counted without an official calendar, which now reaches past it, or with objections or
-- questions that wait for their answer.
SELECT t.office_id, t.id
FROM linli.tender t
WHERE t.published IS NOT NULL AND t.state NOT IN ('closed', 'void', 'cancelled')
  AND ((t.deadline_provisional AND t.deadline <= $1::timestamptz AND t.opened IS NULL)
       OR EXISTS (SELECT FROM linli.lot l WHERE l.office_id = t.office_id AND l.tender_id = t.id AND l.provisional
                  AND l.phase_due <= $1::timestamptz))
   OR t.id IN (SELECT o.tender_id FROM linli.objection o WHERE o.state = 'open' AND o.overdue IS NULL AND o.due <= $1::timestamptz
               UNION SELECT q.tender_id FROM linli.question q WHERE q.answered IS NULL AND q.due <= $1::timestamptz)
ORDER BY t.office_id, t.id
