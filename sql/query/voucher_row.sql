SELECT v.id, v.tranche_id AS tranche, v.kind, v.number, v.seller, v.seller_uscc, v.reimburses, v.amount_fen, v.issued, v.received, v.pay_by,
       v.red_number, v.reversed, v.reason, v.version AS _version
FROM linli.voucher v WHERE v.office_id = $1::integer AND v.id = $2::uuid
