-- Areas stay on the ballots of a source only where at least five ballots of each came so: one that stands alone, or the rest that
-- others leave, tells who chose what.
WITH few AS (
    SELECT o.source FROM linli.ballot o WHERE o.office_id = $1::integer AND o.tender_id = $2::uuid AND o.lot_no = $3::integer
    GROUP BY o.source, o.area HAVING count(*) < 5)
UPDATE linli.ballot b SET area = ''
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer AND b.area <> '' AND b.source IN (SELECT f.source FROM few f)
