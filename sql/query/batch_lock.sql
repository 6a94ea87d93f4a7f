-- The tenders of a batch, in one order for everybody, before anything of theirs is touched.
SELECT t.id FROM linli.tender t
WHERE t.office_id = $1::integer AND t.id IN (
    SELECT c.tender_id FROM linli.payment p
    JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
    JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
    WHERE p.office_id = $1::integer AND p.batch_id = $2::uuid)
ORDER BY t.id FOR UPDATE
