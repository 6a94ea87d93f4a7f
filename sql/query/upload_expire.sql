-- Brought and not named for a day.  What a bidder brought may be named in a bid that is still sealed.
WITH bidders AS MATERIALIZED (
    SELECT d.person_id FROM linli.bid d WHERE d.state = 'sealed'
    UNION SELECT m.person_id FROM linli.bid d JOIN linli.membership m ON m.organisation_id = d.organisation_id WHERE d.state = 'sealed'
)
DELETE FROM linli.upload u
WHERE (u.sha256, u.person_id) IN (SELECT x.sha256, x.person_id FROM linli.upload x
                                  WHERE NOT x.used AND x.at < $1::timestamptz
                                    AND NOT EXISTS (SELECT 1 FROM bidders p WHERE p.person_id = x.person_id)
                                  LIMIT $2::integer)
  AND NOT u.used
