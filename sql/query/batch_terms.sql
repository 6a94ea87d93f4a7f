-- How a fund pays: through the treasury where the office's own finance holds it, else from the account confirmed last.
SELECT CASE f.holder_kind WHEN 'finance' THEN 'treasury' ELSE 'bank' END AS channel,
       (SELECT a.id FROM linli.fund_account a WHERE a.office_id = f.office_id AND a.fund_id = f.id AND a.confirmed IS NOT NULL
        ORDER BY a.confirmed DESC, a.id DESC LIMIT 1) AS payer_id
FROM linli.fund f WHERE f.office_id = $1::integer AND f.id = $2::uuid
