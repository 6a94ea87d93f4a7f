-- All entries of a tender with what they commit to.  `shown`: what the entry commits to is for this level ($3 public, party,
-- supervisor; $4 the party).  Who handed in what was never opened is its bidder's alone.  The public reads what the office itself did; a party besides that what it did and what was done to
-- its bid, contract and payments.
SELECT l.idx, e.office_id, e.id, e.at, e.actor, e.role, e.act, e.subject_kind, e.subject, e.tender_id, e.sealed, e.salt, e.payload,
       $3::text = 'supervisor' AND NOT (e.sealed AND t.opened IS NULL)
       OR e.act IN ('log_tender', 'log_decision', 'log_journal', 'bids_closed', 'lot_phase')
       OR e.role IN ('office_clerk', 'office_approver', 'agent', 'operator')
          AND e.act IN ('tender_publish', 'tender_extend', 'tender_amend', 'tender_cancel', 'openers_set', 'shares_promise', 'shares_post', 'lot_advance',
                        'lot_decide', 'lot_draw', 'lot_confirm', 'lot_announce', 'contract_sign', 'tranche_release', 'payment_approve')
       OR e.act = 'tender_open' AND t.regime IN ('grants', 'charity')
       OR $3::text = 'party' AND (
           EXISTS (SELECT FROM linli.bid b WHERE b.office_id = e.office_id AND b.id = e.subject AND b.organisation_id = $4::uuid)
           OR EXISTS (SELECT FROM linli.contract c
                      LEFT JOIN linli.tranche r ON r.office_id = c.office_id AND r.contract_id = c.id
                      LEFT JOIN linli.payment p ON p.office_id = r.office_id AND p.tranche_id = r.id
                      WHERE c.office_id = e.office_id AND c.tender_id = e.tender_id AND c.organisation_id = $4::uuid
                        AND e.subject IN (c.id, c.award_id, r.id, p.id))) AS shown
FROM linli.log_entry l
JOIN linli.event_queue e ON e.office_id = l.office_id AND e.id = l.event_id
JOIN linli.tender t ON t.office_id = e.office_id AND t.id = e.tender_id
WHERE e.office_id = $1::integer AND e.tender_id = $2::uuid
ORDER BY l.idx
