-- The opening record: who bid, and prices for those whom the plan lets read them; one's own bid always.  Why one is not
-- admitted the office reads with the marks, others with the result.  As an
-- organisation only bidders read it; evaluators read at their panel, and here, whatever else they are, not while they mark blindly.
SELECT b.id, l.no AS lot, b.number, b.organisation_id AS organisation, o.name, b.received, b.state,
       CASE WHEN a.own OR a.bids THEN b.void_reason END AS void_reason,
       CASE WHEN a.desk OR (a.own OR a.bids) AND linli.told(l.state) THEN b.not_admitted END AS not_admitted,
       CASE WHEN a.own OR a.prices THEN b.price_fen END AS price_fen,
       CASE WHEN a.own OR a.bids THEN CASE WHEN $3::text[] && '{office_clerk,office_approver,agent,operator,supervisor,auditor}'
            THEN b.content ELSE b.content - 'proposer' END END AS content,
       t.answers_until, CASE WHEN a.own OR a.bids THEN x.agrees END AS agrees, CASE WHEN a.own OR a.bids THEN x.reason END AS objection,
       CASE WHEN a.own OR a.bids THEN x.reply END AS reply
FROM linli.bid b
JOIN linli.lot l ON l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
JOIN linli.tender t ON t.office_id = b.office_id AND t.id = b.tender_id
LEFT JOIN linli.opening_answer x ON x.office_id = b.office_id AND x.bid_id = b.id
LEFT JOIN linli.organisation o ON o.id = b.organisation_id
CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM linli.bid m WHERE m.office_id = b.office_id AND m.tender_id = b.tender_id
                              AND m.lot_no = b.lot_no AND m.key IS NOT NULL AND m.organisation_id = ANY ($4::uuid[])) AS bidder) w
CROSS JOIN LATERAL (
    SELECT COALESCE(linli.parties_of(b.office_id, b.id) && $4::uuid[], false) AS own,
           COALESCE(bool_or('bids:' || r = ANY (l.sees)), false) AS bids,
           COALESCE(bool_or('marks:' || r = ANY (l.sees) AND r NOT IN ('organisation', 'public', 'resident')), false) AS desk, COALESCE(bool_or('prices:' || r = ANY (l.sees)), false) AS prices
    FROM unnest($3::text[]) r WHERE r <> 'evaluator' AND (r <> 'organisation' OR w.bidder)) a
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.key IS NOT NULL AND NOT linli.in_the_dark(b.office_id, l.id, $5::uuid) AND (a.own OR a.bids OR a.prices)
ORDER BY l.no, b.number
