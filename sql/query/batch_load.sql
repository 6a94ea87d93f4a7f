SELECT b.state, b.channel, b.maker, b.execute, b.checker, b.second, b.payments, b.total_fen, b.fund_id, f.second_check_fen
FROM linli.batch b JOIN linli.office f ON f.office_id = b.office_id
WHERE b.office_id = $1::integer AND b.id = $2::uuid
