-- Where an organisation is paid at an instant, and whether a change waits for a second person or for its day.
SELECT a.bank_name, a.bank_code, a.account,
       EXISTS (SELECT FROM linli.organisation_account w WHERE w.organisation_id = $1::uuid
               AND (w.state = 'proposed' OR w.state = 'agreed' AND w.valid_from > $2::timestamptz)) AS waits
FROM (VALUES (1)) one LEFT JOIN LATERAL linli.account_at($1::uuid, $2::timestamptz) a ON true
