-- The accounts an organisation has had and will have, for its own people, administrators, and offices that deal with it.
SELECT a.id, a.bank_name, a.bank_code, a.account, a.state, a.proposed, p.name AS proposed_by, a.decided, d.name AS decided_by, a.valid_from
FROM linli.organisation_account a
JOIN linli.person p ON p.id = a.proposed_by
LEFT JOIN linli.person d ON d.id = a.decided_by
WHERE a.organisation_id = $1::uuid AND (a.organisation_id = ANY ($2::uuid[])
    OR EXISTS (SELECT FROM linli.office root WHERE root.parent_id IS NULL AND root.office_id = ANY ($4::integer[]))
    OR linli.dealt($3::integer[], $1::uuid))
ORDER BY a.proposed, a.id
