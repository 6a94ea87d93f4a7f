-- Whoever bids for a lot alone and in a consortium, or in two of them, takes part with none of them.
UPDATE linli.bid b SET state = 'void', void_reason = '联合体成员同时参加同一采购包的其他投标（政府采购法实施条例 §22）'
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer AND b.key IS NOT NULL AND b.state = 'open'
  AND EXISTS (SELECT FROM linli.bid c
              WHERE c.office_id = $1::integer AND c.tender_id = $2::uuid AND c.lot_no = $3::integer AND c.key IS NOT NULL AND c.id <> b.id
                AND c.state IN ('open', 'void') AND linli.parties_of(c.office_id, c.id) && linli.parties_of(b.office_id, b.id))
