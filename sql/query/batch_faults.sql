-- Why a batch cannot go out by this person: the first fault of each payment.
SELECT p.id, x.code, x.zh, x.en, x.article
FROM linli.payment p
JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
JOIN linli.organisation o ON o.id = c.organisation_id
LEFT JOIN linli.list_entry e ON e.office_id = t.office_id AND e.id = t.entry_id
JOIN linli.person k ON k.id = $3::uuid
CROSS JOIN LATERAL (
    SELECT 'same-person' AS code, '经办人不得审批自己发起的付款' AS zh, 'who ordered a payment cannot approve it' AS en, NULL AS article WHERE p.maker = k.id
    UNION ALL SELECT 'interest', '收款人的人员不得审批向其支付的款项', 'who belongs to the payee has no part in its payments', NULL
    WHERE EXISTS (SELECT FROM linli.held(k.id, ($4::timestamptz AT TIME ZONE 'Asia/Shanghai')::date, true) m
                  WHERE m.organisation_id = p.payee_id)
    UNION ALL SELECT 'officer', '项目负责人不得审批本项目的付款', 'the officer of the project has no part in its payments', NULL WHERE e.officer = k.name
    UNION ALL SELECT 'suspended', '合同已中止履行，暂停支付', 'the contract is suspended', NULL WHERE c.state = 'suspended'
    UNION ALL SELECT 'payee', '发起后合同已由他方承继，应退回并重新发起付款', 'the contract passed on to another since it was ordered', NULL
    WHERE p.payee_id IS DISTINCT FROM CASE o.kind WHEN 'filed' THEN coalesce(o.host_id, o.id) ELSE o.id END
    -- A chain before each payment is not gone round by putting it into a batch, unless one before batches stands in its place.
    UNION ALL SELECT 'chain', '须先走付款审批', 'an approval chain stands before this payment', NULL
    WHERE EXISTS (SELECT FROM linli.chain k WHERE k.office_id = p.office_id AND k.act = 'payment_approve' AND NOT k.ended
                  AND (k.regime IS NULL OR k.regime = t.regime) AND k.least_fen <= p.amount_fen)
      AND NOT EXISTS (SELECT FROM linli.chain k JOIN linli.batch b ON b.office_id = k.office_id AND b.id = p.batch_id
                      WHERE k.office_id = p.office_id AND k.act = 'batch_approve' AND NOT k.ended AND k.regime IS NULL AND k.least_fen <= b.total_fen)
      AND NOT EXISTS (SELECT FROM linli.approval v WHERE v.office_id = p.office_id AND v.act = 'payment_approve' AND v.subject = p.id
                      AND v.state = 'approved' AND v.subject_version = p.version)
    UNION ALL SELECT 'held', h.zh, h.en, h.article FROM linli.holds_of(p.office_id, r.id, $4::timestamptz) h) x
WHERE p.office_id = $1::integer AND p.batch_id = $2::uuid
ORDER BY p.batch_no LIMIT 20
