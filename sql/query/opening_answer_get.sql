-- For the answer of an act on it.
SELECT x.bid_id AS bid, x.agrees, x.reason, x.at, x.reply, x.replied FROM linli.opening_answer x
WHERE x.office_id = $1::integer AND x.bid_id = $2::uuid
