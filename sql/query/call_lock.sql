-- Of two call-offs under the same agreements one is decided after the other.
SELECT t.id FROM linli.tender t
WHERE t.office_id = $1::integer AND t.id = (SELECT l.tender_id FROM linli.lot l WHERE l.office_id = $1::integer AND l.id = $2::uuid)
FOR UPDATE OF t
