-- What the bank said at an office, entry by entry.
SELECT e.id, e.file_id AS file, e.no, e.bank_ref, e.end_to_end, e.payment_id AS payment, e.outcome, e.amount_fen, e.booked, e.reason, e.fits, e.unfit, e.taken,
       e.taken AS _c0, e.id AS _c1
FROM linli.bank_entry e
WHERE e.office_id = $1::integer AND ($2::timestamptz IS NULL OR (e.taken, e.id) > ($2::timestamptz, $3::uuid))
  AND ($5::boolean IS NULL OR e.fits = $5::boolean)
ORDER BY e.taken, e.id LIMIT $4::integer
