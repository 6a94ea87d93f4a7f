-- The payments it settles: with their tranches, and what is still to be done about each.
WITH paid AS (
    UPDATE linli.payment p SET state = 'settled', bank_ref = e.bank_ref, settled = $3::timestamptz, version = p.version + 1
    FROM linli.bank_entry e
    WHERE e.office_id = $1::integer AND e.id = ANY ($2::uuid[]) AND e.fits AND e.outcome = 'settled'
      AND p.office_id = e.office_id AND p.id = e.payment_id AND p.state = 'sent'
    RETURNING p.id, p.tranche_id, p.amount_fen),
done AS (
    UPDATE linli.tranche r SET paid_fen = paid_fen + x.amount_fen, state = 'paid', version = r.version + 1
    FROM paid x WHERE r.office_id = $1::integer AND r.id = x.tranche_id
    RETURNING r.id, r.contract_id)
SELECT x.id, x.tranche_id, x.amount_fen, d.contract_id, t.id AS tender_id, w.lot_id, w.bid_id,
       jsonb_path_exists(t.plan, '$.windows[*] ? (@.from == "paid" || @.until == "paid")') AS awaited,
       NOT EXISTS (SELECT FROM linli.tranche o WHERE o.office_id = $1::integer AND o.contract_id = d.contract_id
                   AND o.state NOT IN ('paid', 'stopped') AND NOT EXISTS (SELECT FROM paid q WHERE q.tranche_id = o.id)) AS last
FROM paid x
JOIN done d ON d.id = x.tranche_id
JOIN linli.contract c ON c.office_id = $1::integer AND c.id = d.contract_id
JOIN linli.award w ON w.office_id = c.office_id AND w.id = c.award_id
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
ORDER BY d.contract_id, x.id
