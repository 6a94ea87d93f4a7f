SELECT n.id, n.tender_id AS tender, n.list_id AS list, n.kind, n.title, n.body, n.published, n.period_ends, n.replaces, n.reason,
       (SELECT r.id FROM linli.notice r WHERE r.office_id = n.office_id AND r.replaces = n.id) AS replaced_by
FROM linli.notice n WHERE n.office_id = $1::integer AND n.id = $2::uuid
