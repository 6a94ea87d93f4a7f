-- Until when applications to be prequalified are taken, where they were called for; is anybody invited already?
SELECT (SELECT max(n.period_ends) FROM linli.notice n WHERE n.office_id = $1::integer AND n.tender_id = $2::uuid AND n.kind = 'prequalification') AS ends,
       EXISTS (SELECT FROM linli.invitation v WHERE v.office_id = $1::integer AND v.tender_id = $2::uuid) AS invited
