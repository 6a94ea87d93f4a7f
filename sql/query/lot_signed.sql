-- Contracts of a lot that are signed, and winners that still may sign.
SELECT (SELECT count(*) FROM linli.award w WHERE w.office_id = $1::integer AND w.lot_id = $2::uuid AND w.state = 'contracted') AS signed,
       (SELECT count(*) FROM linli.award w WHERE w.office_id = $1::integer AND w.lot_id = $2::uuid AND w.standing = 'winner'
           AND w.state IN ('proposed', 'announced')) AS winners
