-- A year's money and where it stands, summed from the ledger.
SELECT p.id, p.fund_id AS fund, p.year, p.budget_item, p.name, p.currency, p.restriction, p.origin, p.last_request, p.carried,
       coalesce(s.granted, 0)::bigint AS granted_fen, coalesce(s.available, 0)::bigint AS available_fen,
       coalesce(s.reserved, 0)::bigint AS reserved_fen, coalesce(s.committed, 0)::bigint AS committed_fen,
       coalesce(s.payable, 0)::bigint AS payable_fen, coalesce(s.in_transit, 0)::bigint AS in_transit_fen,
       coalesce(s.paid, 0)::bigint AS paid_fen, coalesce(s.returned, 0)::bigint AS returned_fen, coalesce(s.lapsed, 0)::bigint AS lapsed_fen, p.version AS _version
FROM linli.appropriation p
LEFT JOIN LATERAL (
    SELECT sum(debits - credits) FILTER (WHERE bucket = 'authority') AS granted,
           sum(credits - debits) FILTER (WHERE bucket = 'available') AS available,
           sum(credits - debits) FILTER (WHERE bucket = 'reserved') AS reserved,
           sum(credits - debits) FILTER (WHERE bucket = 'committed') AS committed,
           sum(credits - debits) FILTER (WHERE bucket = 'payable') AS payable,
           sum(credits - debits) FILTER (WHERE bucket = 'in_transit') AS in_transit,
           sum(credits - debits) FILTER (WHERE bucket = 'paid') AS paid,
           sum(credits - debits) FILTER (WHERE bucket = 'returned') AS returned,
           sum(credits - debits) FILTER (WHERE bucket = 'lapsed') AS lapsed
    FROM linli.account c WHERE c.office_id = p.office_id AND c.appropriation_id = p.id) s ON true
WHERE p.office_id = $1::integer AND p.id = $2::uuid
