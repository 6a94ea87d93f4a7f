-- Closes a contract none of whose tranches is open, with its award.
WITH c AS (
    UPDATE linli.contract SET state = 'closed', version = version + 1
    WHERE office_id = $1::integer AND id = $2::uuid AND state = 'signed'
      AND NOT EXISTS (SELECT 1 FROM linli.tranche r WHERE r.office_id = $1::integer AND r.contract_id = $2::uuid AND r.state NOT IN ('paid', 'stopped'))
    RETURNING award_id)
UPDATE linli.award w SET state = 'closed', version = version + 1 FROM c WHERE w.office_id = $1::integer AND w.id = c.award_id
RETURNING w.id
