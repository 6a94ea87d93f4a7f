-- The notice of a draft as it stands in a transaction that is taken back: as notice_get answers it, but for what it will only have then;
-- and of what a statutory notice ends with (财办库〔2020〕50号) what nobody has said yet.
SELECT true AS preview, n.tender_id AS tender, n.kind, n.title, n.body, n.published,
       CASE WHEN t.regime = 'statutory' THEN
           (SELECT jsonb_agg(w.member ORDER BY w.no) FROM unnest(ARRAY['address', 'contact_person', 'phone', 'project_contact', 'project_phone']) WITH ORDINALITY w (member, no)
            WHERE n.body -> 'contacts' -> w.member IS NULL) END AS missing
FROM linli.notice n JOIN linli.tender t ON t.office_id = n.office_id AND t.id = n.tender_id
WHERE n.office_id = $1::integer AND n.tender_id = $2::uuid
ORDER BY n.published DESC LIMIT 1
