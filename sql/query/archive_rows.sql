-- The project archive of a tender whose result was told, in the order of 政府采购法 §42: part, its title, the titles and cells of a
-- row apart by U+001F.  What only few may know (reports, who asked) is not in it.
WITH t AS MATERIALIZED (SELECT * FROM linli.tender x WHERE x.office_id = $1::integer AND x.id = $2::uuid AND linli.told(x.state)),
     line AS (
    SELECT 1 AS part, '采购预算与清单' AS title, 0::bigint AS seq, ARRAY['序号', '项目名称', '需求科室', '受益对象', '预算金额', '预算科目', '目录编码'] AS titles,
           ARRAY[e.number, e.name, e.department, e.beneficiaries, to_char(e.budget_fen / 100.0, 'FM9999999999990.00'), e.budget_item, e.catalogue_code] AS cells
    FROM t JOIN linli.list_entry e ON e.office_id = t.office_id AND e.id = t.entry_id
    UNION ALL
    SELECT 2, '采购文件与方案', 0, ARRAY['编号', '名称', '需求', '制度', '方式', '评审方法', '规则集', '预算', '发布时间', '截止时间', '采购方式选项', '评审选项', '方案'],
           ARRAY[t.number, t.title, t.summary, t.regime, t.mechanism || ' ' || t.mechanism_version, t.scheme || ' ' || t.scheme_version, t.rule_set,
                 to_char(t.budget_fen / 100.0, 'FM9999999999990.00'), linli.shanghai(t.published), linli.shanghai(t.deadline), t.options::text, t.scheme_options::text, t.plan::text]
    FROM t
    UNION ALL
    SELECT 3, '公告', row_number() OVER (ORDER BY n.published), ARRAY['时间', '种类', '标题', '内容', '更正理由'],
           ARRAY[linli.shanghai(n.published), n.kind, n.title, n.body::text, n.reason]
    FROM t JOIN linli.notice n ON n.office_id = t.office_id AND n.tender_id = t.id
    UNION ALL
    SELECT 4, '答疑', row_number() OVER (ORDER BY q.asked), ARRAY['提问时间', '问题', '答复时间', '答复', '答复人'],
           ARRAY[linli.shanghai(q.asked), q.body, linli.shanghai(q.answered), q.answer, p.name]
    FROM t JOIN linli.question q ON q.office_id = t.office_id AND q.tender_id = t.id LEFT JOIN linli.person p ON p.id = q.answered_by
    UNION ALL
    SELECT 5, '投标文件与开标记录', b.number, ARRAY['编号', '投标人', '收到时间', '报价', '状态', '无效理由', '文件摘要 SHA-256'],
           ARRAY[b.number::text, coalesce(o.name, '居民'), linli.shanghai(b.received), to_char(b.price_fen / 100.0, 'FM9999999999990.00'), b.state, b.void_reason, encode(b.sha256, 'hex')]
    FROM t JOIN linli.bid b ON b.office_id = t.office_id AND b.tender_id = t.id AND b.key IS NOT NULL LEFT JOIN linli.organisation o ON o.id = b.organisation_id
    UNION ALL
    SELECT 6, '评审小组', m.no, ARRAY['包', '编号', '姓名', '身份', '组长', '签到', '声明', '回避', '签署报告', '不同意见'],
           ARRAY[l.no::text, 'E' || m.no, p.name, m.kind, m.chair::text, linli.shanghai(m.signed_in), linli.shanghai(m.declared), m.conflict_reason, linli.shanghai(m.report_signed), m.dissent]
    FROM t JOIN linli.panel_member m ON m.office_id = t.office_id AND m.tender_id = t.id JOIN linli.lot l ON l.office_id = m.office_id AND l.id = m.lot_id
    JOIN linli.person p ON p.id = m.person_id
    UNION ALL
    SELECT 7, '审查结论', row_number() OVER (ORDER BY c.at, b.number, c.rule), ARRAY['投标编号', '审查项', '通过', '理由', '审查人', '时间'],
           ARRAY[b.number::text, c.rule, c.passed::text, c.reason, p.name, linli.shanghai(c.at)]
    FROM t JOIN linli.bid b ON b.office_id = t.office_id AND b.tender_id = t.id AND b.key IS NOT NULL
    JOIN linli.bid_check c ON c.office_id = b.office_id AND c.bid_id = b.id JOIN linli.person p ON p.id = c.person_id
    UNION ALL
    SELECT 8, '评审报告', row_number() OVER (ORDER BY r.at), ARRAY['包', '时间', '报告', '作废时间'],
           ARRAY[l.no::text, linli.shanghai(r.at), r.summary, linli.shanghai(r.void)]
    FROM t JOIN linli.lot l ON l.office_id = t.office_id AND l.tender_id = t.id JOIN linli.panel_report r ON r.office_id = l.office_id AND r.lot_id = l.id
    UNION ALL
    SELECT 9, '各项决定及其计算', row_number() OVER (ORDER BY d.at, d.id), ARRAY['时间', '问题', '插件', '版本', '插件摘要', '回答'],
           ARRAY[linli.shanghai(d.at), d.question, d.plugin, d.plugin_version, d.plugin_sha256, d.answer]
    FROM t JOIN linli.decision d ON d.office_id = t.office_id AND d.tender_id = t.id
    UNION ALL
    SELECT 10, '定标', row_number() OVER (ORDER BY a.decided, a.place), ARRAY['名次', '投标编号', '中标人', '金额', '状态', '提出人', '提出时间', '审批人', '审批时间', '公告时间', '理由'],
           ARRAY[a.place::text, b.number::text, coalesce(o.name, '居民'), to_char(a.amount_fen / 100.0, 'FM9999999999990.00'), a.standing || ' ' || a.state, p.name, linli.shanghai(a.decided),
                 c.name, linli.shanghai(a.confirmed), linli.shanghai(a.announced), a.why::text]
    FROM t JOIN linli.award a ON a.office_id = t.office_id AND a.tender_id = t.id JOIN linli.bid b ON b.office_id = a.office_id AND b.id = a.bid_id
    LEFT JOIN linli.organisation o ON o.id = b.organisation_id LEFT JOIN linli.person p ON p.id = a.decided_by LEFT JOIN linli.person c ON c.id = a.confirmed_by
    UNION ALL
    SELECT 11, '质疑、异议与投诉', row_number() OVER (ORDER BY x.filed), ARRAY['时间', '渠道', '对象', '内容', '状态', '答复时间', '答复'],
           ARRAY[linli.shanghai(x.filed), x.channel, x.kind, x.body, x.state, linli.shanghai(x.answered), x.answer]
    FROM t JOIN linli.objection x ON x.office_id = t.office_id AND x.tender_id = t.id WHERE x.channel <> 'report'
    UNION ALL
    SELECT 12, '合同与变更', row_number() OVER (ORDER BY c.drawn_up), ARRAY['合同编号', '承接方', '金额', '起', '止', '条款', '单位签署', '对方签署', '状态', '变更'],
           ARRAY[c.number, o.name, to_char(c.amount_fen / 100.0, 'FM9999999999990.00'), c.starts::text, c.ends::text, c.terms, linli.shanghai(c.signed_office_at), linli.shanghai(c.signed_organisation_at), c.state,
                 (SELECT string_agg(x.no || ' ' || x.kind || ' ' || x.state || ' ' || x.reason, '；' ORDER BY x.no) FROM linli.contract_change x WHERE x.office_id = c.office_id AND x.contract_id = c.id)]
    FROM t JOIN linli.contract c ON c.office_id = t.office_id AND c.tender_id = t.id JOIN linli.organisation o ON o.id = c.organisation_id
    UNION ALL
    SELECT 13, '履约与验收', row_number() OVER (ORDER BY d.reported), ARRAY['合同编号', '期次', '报告时间', '报告', '结论', '验收人', '验收时间', '理由', '居民意见'],
           ARRAY[c.number, r.name, linli.shanghai(d.reported), d.body, d.finding, p.name, linli.shanghai(d.found), d.finding_reason,
                 (SELECT string_agg(o.finding || ' ' || o.reason, '；' ORDER BY o.at, o.id) FROM linli.opinion o WHERE o.office_id = d.office_id AND o.delivery_id = d.id)]
    FROM t JOIN linli.contract c ON c.office_id = t.office_id AND c.tender_id = t.id JOIN linli.tranche r ON r.office_id = c.office_id AND r.contract_id = c.id
    JOIN linli.delivery d ON d.office_id = r.office_id AND d.tranche_id = r.id LEFT JOIN linli.person p ON p.id = d.found_by
    UNION ALL
    SELECT 14, '票据与付款', row_number() OVER (ORDER BY y.ordered), ARRAY['合同编号', '期次', '金额', '状态', '经办人', '审批人', '支付凭证号', '付讫时间', '票据'],
           ARRAY[c.number, r.name, to_char(y.amount_fen / 100.0, 'FM9999999999990.00'), y.state, p.name, k.name, y.bank_ref, linli.shanghai(y.settled),
                 (SELECT string_agg(v.kind || ' ' || v.number, '；' ORDER BY v.received) FROM linli.voucher v WHERE v.office_id = r.office_id AND v.tranche_id = r.id)]
    FROM t JOIN linli.contract c ON c.office_id = t.office_id AND c.tender_id = t.id JOIN linli.tranche r ON r.office_id = c.office_id AND r.contract_id = c.id
    JOIN linli.payment y ON y.office_id = r.office_id AND y.tranche_id = r.id JOIN linli.person p ON p.id = y.maker LEFT JOIN linli.person k ON k.id = y.checker
    UNION ALL
    SELECT 15, '审批与会议纪要', row_number() OVER (ORDER BY s.at), ARRAY['事项', '环节', '结论', '审批人', '时间', '理由', '会议'],
           ARRAY[a.act, s.no::text, s.outcome, p.name, linli.shanghai(s.at), s.reason, s.meeting::text]
    FROM t JOIN linli.approval a ON a.office_id = t.office_id
         AND (a.subject = t.id OR a.subject IN (SELECT l.id FROM linli.lot l WHERE l.office_id = t.office_id AND l.tender_id = t.id
              UNION SELECT c.id FROM linli.contract c WHERE c.office_id = t.office_id AND c.tender_id = t.id
              UNION SELECT y.id FROM linli.contract c JOIN linli.tranche r ON r.office_id = c.office_id AND r.contract_id = c.id
                    JOIN linli.payment y ON y.office_id = r.office_id AND y.tranche_id = r.id WHERE c.office_id = t.office_id AND c.tender_id = t.id))
    JOIN linli.approval_step s ON s.office_id = a.office_id AND s.approval_id = a.id JOIN linli.person p ON p.id = s.person_id
    UNION ALL
    SELECT 16, '采购活动记录', row_number() OVER (ORDER BY e.at, e.id), ARRAY['时间', '事项', '对象', '角色'],
           ARRAY[linli.shanghai(e.at), e.act, e.subject_kind, e.role]
    FROM t JOIN linli.event_queue e ON e.office_id = t.office_id AND e.tender_id = t.id WHERE e.act <> 'irregularity_report'
)
SELECT part, title, array_to_string(titles, E'\x1f') AS titles, array_to_string(cells, E'\x1f', '') AS cells FROM line ORDER BY part, seq
