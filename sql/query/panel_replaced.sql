-- The member's views are void: what it locked no longer counts (87:49).
UPDATE linli.panel_member SET state = 'replaced', chair = false, replaced_reason = $4::text
WHERE office_id = $1::integer AND lot_id = $2::uuid AND id = $3::uuid
