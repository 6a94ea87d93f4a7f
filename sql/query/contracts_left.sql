-- Winners of a lot without a signed contract.
SELECT count(*) AS of_lot FROM linli.award w
WHERE w.office_id = $1::integer AND w.lot_id = $2::uuid AND w.standing = 'winner' AND w.state IN ('proposed', 'announced')
