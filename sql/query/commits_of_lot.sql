SELECT c.member_id, c.bid_id, c.commitment, c.revealed FROM linli.mark_commit c
WHERE c.office_id = $1::integer AND c.lot_id = $2::uuid
ORDER BY c.member_id, c.bid_id
