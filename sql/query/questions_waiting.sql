SELECT q.id, q.asked, q.due FROM linli.question q
WHERE q.office_id = $1::integer AND q.tender_id = $2::uuid AND q.answered IS NULL AND q.due IS NOT NULL
ORDER BY q.asked, q.id
