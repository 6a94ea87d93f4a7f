-- A result announced anew stands in place of the one before, and so do the intentions of a list, a close of the same
-- kind (one that is ended stands beside one that was closed), and an account settled again.  Every notice says how to reach the office.
INSERT INTO linli.notice (office_id, id, tender_id, list_id, kind, title, body, published, period_ends, replaces)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::text, $7::jsonb || linli.notice_contacts($1::integer, $3::uuid), $8::timestamptz, $9::timestamptz,
        CASE WHEN $5::text IN ('result', 'closing', 'project_end', 'funds_used', 'intention') THEN
            (SELECT n.id FROM linli.notice n WHERE n.office_id = $1::integer AND n.kind = $5::text
               AND (n.tender_id = $3::uuid OR $5::text = 'intention' AND n.list_id = $4::uuid)
               AND (n.body -> 'lot', n.body -> 'lot_title', n.body -> 'number') IS NOT DISTINCT FROM ($7::jsonb -> 'lot', $7::jsonb -> 'lot_title', $7::jsonb -> 'number')
             ORDER BY n.published DESC, n.id DESC LIMIT 1) END)
