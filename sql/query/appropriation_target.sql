-- Whether money may move from one appropriation to another: whose it is, in which currency, with which mark, and whether its year still pays.
SELECT g.holder_kind = f.holder_kind AND g.holder IS NOT DISTINCT FROM f.holder AS same_holder, b.currency = a.currency AS same_currency,
       a.origin = 'lottery' AND b.origin <> 'lottery' AS loses_mark, b.last_request < (($4::timestamptz) AT TIME ZONE 'Asia/Shanghai')::date AS over,
       b.last_request
FROM linli.appropriation a
JOIN linli.fund f ON f.office_id = a.office_id AND f.id = a.fund_id
JOIN linli.appropriation b ON b.office_id = a.office_id AND b.id = $3::uuid
JOIN linli.fund g ON g.office_id = b.office_id AND g.id = b.fund_id
WHERE a.office_id = $1::integer AND a.id = $2::uuid
