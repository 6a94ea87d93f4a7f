-- Bids of a lot from organisations with one representative: they may not take part in the same lot.
UPDATE linli.bid b SET state = 'void', void_reason = '与同一采购包的其他投标人为同一负责人（政府采购法实施条例 §18）'
FROM linli.organisation o
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer AND b.key IS NOT NULL
  AND o.id = b.organisation_id
  AND EXISTS (SELECT FROM linli.bid c JOIN linli.organisation p ON p.id = c.organisation_id
              WHERE c.office_id = $1::integer AND c.tender_id = $2::uuid AND c.lot_no = $3::integer AND c.key IS NOT NULL
                AND c.id <> b.id AND p.id <> o.id AND p.representative = o.representative)
