-- Its own people, the administrators of the platform, and offices that deal with it: where it has a bid that was opened, or a
-- contract, be it as a party that does not lead.
SELECT o.id, o.name, o.name_en, o.kind, o.uscc, o.uscc_doubtful, o.host_id, o.founded, o.representative, o.address, o.phone, o.bank_name,
       o.bank_code, o.bank_account, o.created, o.version AS _version
FROM linli.organisation o
WHERE o.id = $1::uuid AND (o.id = ANY ($2::uuid[])
    OR EXISTS (SELECT FROM linli.office root WHERE root.parent_id IS NULL AND root.office_id = ANY ($4::integer[]))
    OR EXISTS (SELECT FROM linli.bid b
               WHERE b.office_id = ANY ($3::integer[]) AND b.organisation_id = o.id AND (b.key IS NOT NULL OR b.state = 'open'))
    OR EXISTS (SELECT FROM linli.bid_party p WHERE p.office_id = ANY ($3::integer[]) AND p.organisation_id = o.id)
    OR EXISTS (SELECT FROM linli.contract c WHERE c.office_id = ANY ($3::integer[]) AND c.organisation_id = o.id))
