-- Which patterns are looked for at an office, with the thresholds that hold there, for everybody.
SELECT f.code, f.about, f.name, f.name_en, f.unit, f.source, o.threshold, o.cases, f.threshold AS usual_threshold, f.cases AS usual_cases, o.since
FROM linli.red_flags_of($1::integer) o JOIN linli.red_flag f ON f.code = o.code
ORDER BY f.no
