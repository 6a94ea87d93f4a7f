-- I8: a tranche has one live payment at the most; a bank reference belongs to one payment or receipt.
SELECT p.office_id, format('tranche %s has %s live payments', p.tranche_id, count(*)) AS what
FROM linli.payment p WHERE p.state NOT IN ('failed', 'returned', 'refused')
GROUP BY p.office_id, p.tranche_id HAVING count(*) > 1
UNION ALL
SELECT min(b.office_id), format('bank reference %s is used %s times', b.bank_ref, count(*))
FROM (SELECT p.office_id, p.bank_ref FROM linli.payment p WHERE p.bank_ref IS NOT NULL
      UNION ALL SELECT x.office_id, x.bank_ref FROM linli.receipt x WHERE x.state NOT IN ('refused', 'reversed')) b
GROUP BY b.bank_ref HAVING count(*) > 1
ORDER BY 1, 2 LIMIT 1000
