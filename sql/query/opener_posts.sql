-- What openers promised and showed: of the bids (lot 0), or of the prices of a lot; NULL: of any.
SELECT p.lot_no, p.opener, p.promise, p.promised, p.shares, p.key FROM linli.opener_post p
WHERE p.office_id = $1::integer AND p.tender_id = $2::uuid AND p.envelope = $3::integer AND ($4::integer IS NULL OR p.lot_no = $4::integer)
ORDER BY p.lot_no, p.opener
