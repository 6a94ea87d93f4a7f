-- Does a number belong to what was entered wrongly, a receipt that was refused or reversed, a gift that was reversed?  Then who enters it
-- right may have it: once, by receipt_live and gift_live.
SELECT EXISTS (SELECT FROM linli.claim m WHERE m.kind = $2::text AND m.value = $3::text AND (
      $2::text = 'bank_ref' AND m.holder IN (SELECT x.id::text FROM linli.receipt x
                                             WHERE x.office_id = $1::integer AND x.bank_ref = $3::text AND x.state IN ('refused', 'reversed'))
   OR $2::text = 'gift_receipt' AND m.holder IN (SELECT g.id::text FROM linli.gift g
                                                 WHERE g.office_id = $1::integer AND g.receipt = $3::text AND g.reversed IS NOT NULL))) AS free
