-- A corrected notice stands in place of the one it corrects, which stays as it was.
INSERT INTO linli.notice (office_id, id, tender_id, list_id, kind, title, body, published, period_ends, replaces, reason)
SELECT n.office_id, $3::uuid, n.tender_id, n.list_id, n.kind, coalesce($4::text, n.title),
       coalesce($5::jsonb || linli.notice_contacts(n.office_id, n.tender_id), n.body)
         || CASE WHEN n.body ? 'period_ends' AND $9::timestamptz IS NULL THEN jsonb_build_object('period_ends', n.body -> 'period_ends') ELSE '{}' END
         || jsonb_build_object('correction', jsonb_build_object('of', n.id, 'reason', $6::text, 'text', $7::text)),
       $8::timestamptz, coalesce($9::timestamptz, n.period_ends), n.id, $6::text
FROM linli.notice n WHERE n.office_id = $1::integer AND n.id = $2::uuid
