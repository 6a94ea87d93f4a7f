-- One's own bid; others' for those whom the plan lets read bids by now.  Whose name a clerk wrote down, the office reads.
SELECT b.id, b.tender_id AS tender, b.lot_no AS lot, b.organisation_id AS organisation, b.received, b.state, b.withdrawn,
       b.void_reason,
       CASE WHEN linli.told(l.state) OR EXISTS (SELECT FROM unnest($5::text[]) r WHERE r NOT IN ('evaluator', 'organisation', 'public', 'resident')
                 AND 'marks:' || r = ANY (l.sees)) THEN b.not_admitted END AS not_admitted, b.number, b.price_fen,
       CASE WHEN $5::text[] && '{office_clerk,office_approver,agent,operator,supervisor,auditor}' THEN b.content ELSE b.content - 'proposer' END AS content, encode(b.sha256, 'hex') AS sha256, b.bytes,
       (SELECT jsonb_agg(jsonb_build_object('field', o.field, 'round', o.round, 'unit', o.unit, 'value',
            CASE o.unit WHEN 'money' THEN to_char(o.value / 100.0, 'FM999999999999990.00') ELSE o.value::text END) ORDER BY o.round, o.field)
        FROM linli.offer o WHERE o.office_id = b.office_id AND o.bid_id = b.id AND o.round > 1 AND (b.organisation_id = ANY ($3::uuid[]) OR b.organisation_id IS NULL AND b.person_id = $4::uuid)) AS quotes
FROM linli.bid b JOIN linli.lot l ON l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
WHERE b.office_id = $1::integer AND b.id = $2::uuid
  AND (linli.parties_of(b.office_id, b.id) && $3::uuid[] OR b.organisation_id IS NULL AND b.person_id = $4::uuid
       OR NOT linli.in_the_dark(b.office_id, l.id, $4::uuid) AND b.state <> 'sealed' AND b.replaced_by IS NULL AND (b.key IS NOT NULL OR b.state = 'open')
          AND EXISTS (SELECT FROM unnest($5::text[]) r WHERE r <> 'evaluator' AND 'bids:' || r = ANY (l.sees)))
