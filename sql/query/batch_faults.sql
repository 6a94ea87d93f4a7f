-- Why a batch cannot go out by this person: the first fault of each payment.
SELECT p.id, x.code, x.zh, x.en, x.article
FROM linli.payment p
JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
LEFT JOIN linli.list_entry e ON e.office_id = t.office_id AND e.id = t.entry_id
JOIN linli.person k ON k.id = $3::uuid
CROSS JOIN LATERAL (
    SELECT 'same-person' AS code, '经办人不得审批自己发起的付款' AS zh, 'who ordered a payment cannot approve it' AS en, NULL AS article WHERE p.maker = k.id
    UNION ALL SELECT 'officer', '项目负责人不得审批本项目的付款', 'the officer of the project has no part in its payments', NULL WHERE e.officer = k.name
    UNION ALL SELECT 'suspended', '合同已中止履行，暂停支付', 'the contract is suspended', NULL WHERE c.state = 'suspended'
    UNION ALL SELECT 'held', h.zh, h.en, h.article FROM linli.holds_of(p.office_id, r.id, $4::timestamptz) h) x
WHERE p.office_id = $1::integer AND p.batch_id = $2::uuid
ORDER BY p.batch_no LIMIT 20
