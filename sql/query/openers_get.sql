-- Who opens the bids of a tender, as bidders seal to it, and what the openers have posted; from its publication on.
SELECT s.tender_id AS tender, s.sha256, s.k, s.n, t.must_seal, s.note, s.signers, s.added,
       (SELECT jsonb_agg(jsonb_build_object('opener', p.opener, 'promise', encode(p.promise, 'hex'), 'promised', p.promised,
            'posted', p.posted) ORDER BY p.opener)
        FROM linli.opener_post p WHERE p.office_id = s.office_id AND p.tender_id = s.tender_id) AS posts
FROM linli.opener_set s JOIN linli.tender t ON t.office_id = s.office_id AND t.id = s.tender_id
WHERE s.office_id = $1::integer AND s.tender_id = $2::uuid AND (t.published IS NOT NULL OR s.office_id = ANY ($3::integer[]))
