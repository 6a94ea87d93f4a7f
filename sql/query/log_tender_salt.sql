-- A tender's salt, and whether what its decisions rest on may be given away: marks, votes and last quotes are told with the result.
SELECT s.salt, t.state IN ('announced', 'contracted', 'delivering', 'closed', 'void', 'cancelled') AS shown
FROM linli.log_salt s JOIN linli.tender t ON t.id = s.tender_id AND t.office_id = $1::integer
WHERE s.tender_id = $2::uuid
