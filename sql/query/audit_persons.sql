-- I9: whoever made a thing did not approve it.
SELECT x.office_id, format('%s %s was made and approved by one person', x.kind, x.id) AS what
FROM (SELECT p.office_id, 'payment' AS kind, p.id, p.maker AS made, p.checker AS approved FROM linli.payment p
      UNION ALL SELECT w.office_id, 'award', w.id, w.decided_by, w.confirmed_by FROM linli.award w
      UNION ALL SELECT c.office_id, 'contract change', c.id, c.proposed_by, c.decided_by FROM linli.contract_change c WHERE c.state = 'approved'
      UNION ALL SELECT r.office_id, 'recovery', r.id, r.proposed_by, r.decided_by FROM linli.recovery r WHERE r.state <> 'refused'
      UNION ALL SELECT r.office_id, 'receipt', r.id, r.entered_by, r.decided_by FROM linli.receipt r WHERE r.state <> 'refused'
      UNION ALL SELECT y.office_id, 'transfer', y.id, y.proposed_by, y.decided_by FROM linli.transfer y WHERE y.state = 'approved'
      UNION ALL SELECT w.office_id, 'withdrawal', w.id, w.proposed_by, w.decided_by FROM linli.withdrawal w WHERE w.state = 'approved'
      UNION ALL SELECT e.office_id, 'evidence', e.id, e.entered_by, e.decided_by FROM linli.evidence e WHERE e.state = 'accepted'
      UNION ALL SELECT v.office_id, 'reversal', v.id, v.proposed_by, v.decided_by FROM linli.reversal v WHERE v.state = 'approved') x
WHERE x.made = x.approved
ORDER BY x.office_id, x.id LIMIT 1000
