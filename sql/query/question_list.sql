-- Answered questions of a tender, for everybody.
SELECT q.id, q.body, q.asked, q.answer, q.answered FROM linli.question q
WHERE q.office_id = $1::integer AND q.tender_id = $2::uuid AND q.answered IS NOT NULL
ORDER BY q.answered, q.id
