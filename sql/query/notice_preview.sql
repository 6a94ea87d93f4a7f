-- The notice of a draft as it stands in a transaction that is taken back: as notice_get answers it, but for what it will only have then.
SELECT true AS preview, n.tender_id AS tender, n.kind, n.title, n.body, n.published
FROM linli.notice n WHERE n.office_id = $1::integer AND n.tender_id = $2::uuid
ORDER BY n.published DESC LIMIT 1
