-- Whether what was decided on a lot is in a tree that enough witnesses cosigned, or an approver and a supervisor did without them.
SELECT count(*) = count(l.idx) AND coalesce(max(l.idx) < (SELECT max(c.size) FROM linli.log_checkpoint c WHERE c.cosigned >= $3::integer), false)
       OR (SELECT count(DISTINCT w.actor) >= 2 FROM linli.event_queue w
           WHERE w.office_id = $1::integer AND w.subject = $2::uuid AND w.act = 'lot_unwitnessed' AND w.at >= max(e.at)) AS cosigned
FROM linli.event_queue e
LEFT JOIN linli.log_entry l ON l.office_id = e.office_id AND l.event_id = e.id
WHERE e.office_id = $1::integer AND e.subject = $2::uuid AND e.act IN ('lot_decide', 'lot_confirm')
