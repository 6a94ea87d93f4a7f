-- Closes a contract none of whose tranches is open, with its award unless another year of it is open or may follow; gives a row where
-- nothing of the contract is open any more.
WITH done AS (
    SELECT NOT EXISTS (SELECT 1 FROM linli.tranche r WHERE r.office_id = $1::integer AND r.contract_id = $2::uuid AND r.state NOT IN ('paid', 'stopped')) AS yes),
c AS (
    UPDATE linli.contract SET state = 'closed', version = version + 1
    WHERE office_id = $1::integer AND id = $2::uuid AND state = 'signed' AND (SELECT yes FROM done)
    RETURNING award_id),
w AS (
    UPDATE linli.award w SET state = 'closed', version = version + 1 FROM c WHERE w.office_id = $1::integer AND w.id = c.award_id
       AND NOT linli.award_goes_on($1::integer, c.award_id, $2::uuid, $3::timestamptz))
SELECT k.id, k.year_no FROM linli.contract k
WHERE k.office_id = $1::integer AND k.id = $2::uuid AND k.state IN ('signed', 'stopped') AND (SELECT yes FROM done)
