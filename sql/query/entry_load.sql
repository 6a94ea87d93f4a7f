-- Locked, so that of two tenders from one entry one is published.
SELECT e.list_id, e.state, e.regime, e.method, e.fund_id, e.budget_fen, e.name, e.budget_item, e.catalogue_code,
       l.state AS list_state, l.year
FROM linli.list_entry e JOIN linli.list l ON l.office_id = e.office_id AND l.id = e.list_id
WHERE e.office_id = $1::integer AND e.id = $2::uuid
FOR UPDATE OF e
