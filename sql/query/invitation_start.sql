-- What a draw of those invited starts from, and how many were drawn for other tenders of the same entry.
SELECT s.secret, t.invitation_commitment AS commitment,
       (SELECT count(DISTINCT v.tender_id) FROM linli.tender o JOIN linli.invitation v ON v.office_id = o.office_id AND v.tender_id = o.id
        WHERE o.office_id = t.office_id AND o.entry_id = t.entry_id AND o.id <> t.id AND v.seed IS NOT NULL) AS earlier
FROM linli.tender t JOIN linli.invitation_secret s ON s.office_id = t.office_id AND s.tender_id = t.id
WHERE t.office_id = $1::integer AND t.id = $2::uuid
