-- How many support a proposal, for the answer of an act on it.
SELECT b.id AS bid, (SELECT count(*) FROM linli.support s WHERE s.office_id = b.office_id AND s.bid_id = b.id AND s.withdrawn IS NULL) AS supports
FROM linli.bid b WHERE b.office_id = $1::integer AND b.id = $2::uuid
