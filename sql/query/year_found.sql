-- How the year of a contract was found: passed, failed or waits.
SELECT linli.year_found($1::integer, $2::uuid, $3::timestamptz) AS found
