SELECT b.id, b.year, b.number, b.fund_id AS fund, b.channel, b.state, b.payments, b.total_fen, b.indicator, b.functional_class, b.economic_department,
       b.economic_government, b.project_code, b.payment_kind, b.method, b.procurement, b.execute, b.purpose, b.made, m.name AS maker, b.approved,
       k.name AS checker, b.seconded, s.name AS second, b.exported, b.settled, b.reason,
       x.sent, x.settled_payments, x.failed, x.returned, b.version AS _version
FROM linli.batch b
JOIN linli.person m ON m.id = b.maker
LEFT JOIN linli.person k ON k.id = b.checker
LEFT JOIN linli.person s ON s.id = b.second
CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE p.state = 'sent') AS sent, count(*) FILTER (WHERE p.state = 'settled') AS settled_payments,
                           count(*) FILTER (WHERE p.state = 'failed') AS failed, count(*) FILTER (WHERE p.state = 'returned') AS returned
                    FROM linli.payment p WHERE p.office_id = b.office_id AND p.batch_id = b.id) x
WHERE b.office_id = $1::integer AND b.id = $2::uuid
