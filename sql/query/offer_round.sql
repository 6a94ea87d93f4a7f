SELECT COALESCE(max(o.round), 0) AS round FROM linli.offer o WHERE o.office_id = $1::integer AND o.bid_id = $2::uuid
