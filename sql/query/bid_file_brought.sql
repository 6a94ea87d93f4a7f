-- Whether the bidder brought a file: who handed in the bid, or another of its organisation; or it was among the papers this keeps.
SELECT EXISTS (
    SELECT 1 FROM linli.bid b JOIN linli.upload u ON u.sha256 = $3::bytea
    WHERE b.office_id = $1::integer AND b.id = $2::uuid
      AND (u.person_id = b.person_id OR EXISTS (SELECT 1 FROM linli.membership m
                                                WHERE m.organisation_id = b.organisation_id AND m.person_id = u.person_id
                                                  AND m.valid_from <= b.received::date AND (m.valid_until IS NULL OR m.valid_until >= u.at::date))))
    OR EXISTS (SELECT 1 FROM linli.bid b WHERE b.office_id = $1::integer AND b.id = $2::uuid
               AND linli.certified(b.organisation_id, $3::bytea, b.received)) AS brought
