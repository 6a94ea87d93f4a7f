-- Brought and not named for a day.  What a bidder brought may be named in a bid, or a price, that is still sealed.
WITH closed AS MATERIALIZED (
    SELECT d.person_id, d.organisation_id FROM linli.bid d
    WHERE d.state = 'sealed' OR d.state = 'open' AND d.price_sha256 IS NOT NULL AND d.price_fen IS NULL
          AND EXISTS (SELECT FROM linli.lot l WHERE l.office_id = d.office_id AND l.tender_id = d.tender_id AND l.no = d.lot_no
                      AND l.state IN ('bidding', 'opened', 'checked', 'evaluated'))
), bidders AS MATERIALIZED (
    SELECT d.person_id FROM closed d
    UNION SELECT m.person_id FROM closed d JOIN linli.membership m ON m.organisation_id = d.organisation_id
)
DELETE FROM linli.upload u
WHERE (u.sha256, u.person_id) IN (SELECT x.sha256, x.person_id FROM linli.upload x
                                  WHERE NOT x.used AND x.at < $1::timestamptz
                                    AND NOT EXISTS (SELECT 1 FROM bidders p WHERE p.person_id = x.person_id)
                                  LIMIT $2::integer)
  AND NOT u.used
