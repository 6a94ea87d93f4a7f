-- A bid, for the answer of an act on it by who handed it in.
SELECT b.id, b.tender_id AS tender, b.lot_no AS lot, b.organisation_id AS organisation, b.received, b.state, b.withdrawn,
       b.void_reason, b.number, b.price_fen, b.content, encode(b.sha256, 'hex') AS sha256,
       (SELECT jsonb_agg(jsonb_build_object('field', o.field, 'round', o.round, 'unit', o.unit, 'value',
            CASE o.unit WHEN 'money' THEN to_char(o.value / 100.0, 'FM999999999999990.00') ELSE o.value::text END) ORDER BY o.round, o.field)
        FROM linli.offer o WHERE o.office_id = b.office_id AND o.bid_id = b.id AND o.round > 1) AS quotes
FROM linli.bid b WHERE b.office_id = $1::integer AND b.id = $2::uuid
