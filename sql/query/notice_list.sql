-- What was published about a tender.
SELECT n.id, n.kind, n.title, n.body, n.published, n.period_ends, n.replaces, n.reason FROM linli.notice n
WHERE n.office_id = $1::integer AND n.tender_id = $2::uuid
ORDER BY n.published, n.id
