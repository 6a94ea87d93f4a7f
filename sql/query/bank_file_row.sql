SELECT f.id, f.format, f.taken, count(e.id) AS entries, count(e.id) FILTER (WHERE e.fits) AS fitting,
       count(e.id) FILTER (WHERE e.fits AND e.outcome = 'settled') AS settled, count(e.id) FILTER (WHERE e.fits AND e.outcome = 'failed') AS failed,
       count(e.id) FILTER (WHERE e.fits AND e.outcome = 'returned') AS returned, count(e.id) FILTER (WHERE e.unfit = 'second') AS to_confirm
FROM linli.bank_file f LEFT JOIN linli.bank_entry e ON e.office_id = f.office_id AND e.file_id = f.id
WHERE f.office_id = $1::integer AND f.id = $2::uuid
GROUP BY f.office_id, f.id
