-- Its own people, the administrators of the platform, and offices that deal with it: where it has a bid that was opened, or a
-- contract, be it as a party that does not lead.  Who acts for it, its own people read.
SELECT o.id, o.name, o.name_en, o.kind, o.uscc, o.uscc_doubtful, o.host_id, o.founded, o.representative, o.address, o.phone, b.bank_name,
       b.bank_code, b.account AS bank_account,
       CASE WHEN o.id = ANY ($2::uuid[]) THEN (
           SELECT jsonb_agg(jsonb_build_object('person', p.id, 'name', p.name, 'since', p.since) ORDER BY p.since, p.id)
           FROM (SELECT x.id, x.name, min(m.valid_from) AS since FROM linli.membership m JOIN linli.person x ON x.id = m.person_id
                 WHERE m.organisation_id = o.id AND EXISTS (
                     SELECT FROM linli.held(x.id, ($5::timestamptz AT TIME ZONE 'Asia/Shanghai')::date, true) h WHERE h.organisation_id = o.id)
                 GROUP BY x.id) p) END AS members,
       o.created, o.version AS _version
FROM linli.organisation o LEFT JOIN LATERAL linli.account_at(o.id, $5::timestamptz) b ON true
WHERE o.id = $1::uuid AND (o.id = ANY ($2::uuid[])
    OR EXISTS (SELECT FROM linli.office root WHERE root.parent_id IS NULL AND root.office_id = ANY ($4::integer[]))
    OR linli.dealt($3::integer[], o.id))
