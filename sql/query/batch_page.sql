SELECT b.id, b.year, b.number, b.fund_id AS fund, b.channel, b.state, b.payments, b.total_fen, b.purpose, b.made, b.approved, b.exported, b.settled,
       b.made AS _c0, b.id AS _c1
FROM linli.batch b
WHERE b.office_id = $1::integer AND ($2::timestamptz IS NULL OR (b.made, b.id) > ($2::timestamptz, $3::uuid))
  AND ($5::text IS NULL OR b.state = $5::text)
ORDER BY b.made, b.id LIMIT $4::integer
