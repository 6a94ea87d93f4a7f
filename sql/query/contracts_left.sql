-- Winners without a signed contract, of the lot and of the tender; lots that may still find some.
SELECT (SELECT count(*) FROM linli.award w WHERE w.office_id = $1::integer AND w.lot_id = $3::uuid AND w.standing = 'winner'
        AND w.state IN ('proposed', 'announced')) AS of_lot,
       (SELECT count(*) FROM linli.award w WHERE w.office_id = $1::integer AND w.tender_id = $2::uuid AND w.standing = 'winner'
        AND w.state IN ('proposed', 'announced'))
       + (SELECT count(*) FROM linli.lot l WHERE l.office_id = $1::integer AND l.tender_id = $2::uuid AND l.id <> $3::uuid
          AND l.state NOT IN ('announced', 'contracted', 'delivering', 'closed', 'void', 'cancelled')) AS of_tender
