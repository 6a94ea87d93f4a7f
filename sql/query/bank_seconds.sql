-- Settled money that a bank says came back: said by whoever brought the file, until a second person says the same.
UPDATE linli.payment p SET back_ref = e.bank_ref, back_by = $3::uuid, reason = coalesce(e.reason, '银行退回'), version = p.version + 1
FROM (SELECT DISTINCT ON (x.payment_id) x.payment_id, x.bank_ref, x.reason FROM linli.bank_entry x
      WHERE x.office_id = $1::integer AND x.id = ANY ($2::uuid[]) AND x.unfit = 'second' ORDER BY x.payment_id, x.no) e
WHERE p.office_id = $1::integer AND p.id = e.payment_id AND p.state = 'settled' AND p.back_ref IS NULL
