-- Does the person support the proposal now?
SELECT EXISTS (SELECT FROM linli.support s WHERE s.office_id = $1::integer AND s.bid_id = $2::uuid AND s.person_id = $3::uuid AND s.withdrawn IS NULL) AS supports
