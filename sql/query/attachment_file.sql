-- One file, who brought it, and whether the person reads it as a member of the panel: a blind one does not.
SELECT a.name, encode(a.sha256, 'hex') AS digest, b.bytes, b.type, a.public, a.added_by, a.object_kind, a.object_id,
       a.object_kind = 'bid' AND EXISTS (
           SELECT 1 FROM linli.bid d
           JOIN linli.tender t ON t.office_id = d.office_id AND t.id = d.tender_id
           JOIN linli.lot l ON l.office_id = d.office_id AND l.tender_id = d.tender_id AND l.no = d.lot_no
           JOIN linli.panel_member m ON m.office_id = l.office_id AND m.lot_id = l.id AND m.person_id = $3::uuid
                AND m.state = 'present' AND m.declared IS NOT NULL
           WHERE d.office_id = a.office_id AND d.id = a.object_id AND 'bids:evaluator' = ANY (l.sees)
             AND (t.plan -> 'panel' ->> 'blind')::boolean IS NOT TRUE) AS judged
FROM linli.attachment a JOIN linli.blob b ON b.sha256 = a.sha256
WHERE a.office_id = $1::integer AND a.id = $2::uuid
