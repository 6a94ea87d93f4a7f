-- How many other lots of a tender an organisation bids for.
SELECT count(DISTINCT b.lot_no) AS lots FROM linli.bid b
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.organisation_id = $3::uuid AND b.lot_no <> $4::integer
  AND b.withdrawn IS NULL AND b.replaced_by IS NULL
