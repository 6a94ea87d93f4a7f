-- Is this kind of voucher due for money of the regime, and which are?
SELECT count(*) FILTER (WHERE kind = $2::text) > 0 AS fits, string_agg(kind, ', ' ORDER BY kind) AS due FROM linli.voucher_rule WHERE regime = $1::text
