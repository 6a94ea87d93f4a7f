-- A result announced anew stands in place of the one before.  Every notice says how to reach the office.
INSERT INTO linli.notice (office_id, id, tender_id, list_id, kind, title, body, published, period_ends, replaces)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::text, $7::jsonb || linli.notice_contacts($1::integer, $3::uuid), $8::timestamptz, $9::timestamptz,
        CASE WHEN $5::text = 'result' THEN
            (SELECT n.id FROM linli.notice n WHERE n.office_id = $1::integer AND n.tender_id = $3::uuid AND n.kind = 'result'
             AND n.body ->> 'lot' = $7::jsonb ->> 'lot' ORDER BY n.published DESC, n.id DESC LIMIT 1) END)
