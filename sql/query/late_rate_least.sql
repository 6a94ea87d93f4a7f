SELECT coalesce(max(rate_ppm), 0)::bigint AS least_ppm FROM (
    SELECT rate_ppm FROM linli.reference_rate WHERE name = 'lpr_1y' AND starts <= $1::date ORDER BY starts DESC LIMIT 1) x
