-- A tender's salt, once its bids are open or where it seals none.
SELECT s.salt, t.opened IS NOT NULL OR t.sealing = 'open_bids' AS shown
FROM linli.log_salt s JOIN linli.tender t ON t.id = s.tender_id AND t.office_id = $1::integer
WHERE s.tender_id = $2::uuid
