-- The most lots that one organisation has won of a tender.
SELECT coalesce(max(n), 0)::bigint AS most FROM (
    SELECT count(DISTINCT w.lot_id) AS n FROM linli.award w JOIN linli.bid b ON b.office_id = w.office_id AND b.id = w.bid_id
    WHERE w.office_id = $1::integer AND w.tender_id = $2::uuid AND w.standing = 'winner' AND w.state NOT IN ('withdrawn', 'refused')
      AND b.organisation_id IS NOT NULL
    GROUP BY b.organisation_id) x
