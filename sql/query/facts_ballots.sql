-- One row a choice, in rank order; a voter without choices has one row without.  Voters stand in the order of the published
-- ballots: that of the roll would tell who chose what.
SELECT b.id AS ballot, b.source, b.area, (c.choice ->> 0)::bigint AS bid_key, (c.choice ->> 1)::bigint AS value, c.rank
FROM linli.ballot b
LEFT JOIN LATERAL jsonb_array_elements(b.choices) WITH ORDINALITY AS c (choice, rank) ON true
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer
ORDER BY b.id, c.rank
