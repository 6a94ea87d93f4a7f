-- Who opens the bids of a tender, as bidders seal to it, and what the openers have posted; from its publication on.  Of two envelopes
-- the openers of the price stand in "price".
SELECT s.tender_id AS tender, s.sha256, s.k, s.n, t.must_seal, t.co_key_minutes, t.deadline + t.co_key_minutes * interval '1 minute' AS co_keys_until, s.note, s.signers, s.added,
       (SELECT jsonb_agg(jsonb_build_object('opener', p.opener, 'promise', encode(p.promise, 'hex'), 'promised', p.promised,
            'posted', p.posted, 'key_shown', p.key IS NOT NULL) ORDER BY p.opener)
        FROM linli.opener_post p WHERE p.office_id = s.office_id AND p.tender_id = s.tender_id AND p.envelope = 1) AS posts,
       (SELECT jsonb_build_object('sha256', encode(s2.sha256, 'hex'), 'k', s2.k, 'n', s2.n, 'note', s2.note, 'signers', s2.signers, 'posts',
            (SELECT jsonb_agg(jsonb_build_object('lot', p.lot_no, 'opener', p.opener, 'promise', encode(p.promise, 'hex'), 'promised', p.promised,
                'posted', p.posted, 'key_shown', p.key IS NOT NULL) ORDER BY p.lot_no, p.opener)
             FROM linli.opener_post p WHERE p.office_id = s2.office_id AND p.tender_id = s2.tender_id AND p.envelope = 2))
        FROM linli.opener_set s2 WHERE s2.office_id = s.office_id AND s2.tender_id = s.tender_id AND s2.envelope = 2) AS price_openers
FROM linli.opener_set s JOIN linli.tender t ON t.office_id = s.office_id AND t.id = s.tender_id
WHERE s.office_id = $1::integer AND s.tender_id = $2::uuid AND s.envelope = 1
  AND (t.published IS NOT NULL OR s.office_id = ANY ($3::integer[]))
