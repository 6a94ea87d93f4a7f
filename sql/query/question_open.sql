-- Questions of a tender that wait for an answer, for the office; never who asked.
SELECT q.id, q.body, q.asked, q.due FROM linli.question q
WHERE q.office_id = $1::integer AND q.tender_id = $2::uuid AND q.answered IS NULL AND q.office_id = ANY ($3::integer[])
ORDER BY q.asked, q.id
