-- For the answer of an act on it.
SELECT b.id AS bid, b.co_key_shown FROM linli.bid b WHERE b.office_id = $1::integer AND b.id = $2::uuid
