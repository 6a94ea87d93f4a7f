-- What an order of payment rests on: whom it goes to as that is called and banks now, who is in charge of the project, what the
-- office asks for, and the vouchers that are there.  A filed body has no account: the host that signed for it is paid, and the
-- body's cost may be reimbursed.
SELECT e.officer, f.second_check_fen, f.vouchers_first, t.regime, CASE WHEN team.kind = 'filed' THEN 'filed' ELSE o.kind END AS organisation_kind, payee.id AS payee_id, payee.uscc,
       linli.name_at(payee.id, $3::timestamptz) AS payee, b.bank_name, b.bank_code, b.account, coalesce(v.covered_fen, 0)::bigint AS covered_fen, v.pay_by
FROM linli.tranche r
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
JOIN linli.office f ON f.office_id = r.office_id
JOIN linli.organisation o ON o.id = c.organisation_id
JOIN linli.award w ON w.office_id = c.office_id AND w.id = c.award_id
JOIN linli.bid d ON d.office_id = w.office_id AND d.id = w.bid_id
LEFT JOIN linli.organisation team ON team.id = d.organisation_id
JOIN linli.organisation payee ON payee.id = CASE o.kind WHEN 'filed' THEN coalesce(o.host_id, o.id) ELSE o.id END
LEFT JOIN linli.list_entry e ON e.office_id = t.office_id AND e.id = t.entry_id
LEFT JOIN LATERAL linli.account_at(payee.id, $3::timestamptz) b ON true
LEFT JOIN LATERAL (SELECT sum(x.amount_fen) AS covered_fen, min(x.pay_by) AS pay_by FROM linli.voucher x
                   WHERE x.office_id = r.office_id AND x.tranche_id = r.id AND x.reversed IS NULL) v ON true
WHERE r.office_id = $1::integer AND r.id = $2::uuid
