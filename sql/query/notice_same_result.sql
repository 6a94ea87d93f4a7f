-- Do two notices of a result name the same winners at the same sums?
SELECT (SELECT jsonb_agg(w ORDER BY w) FROM (SELECT jsonb_build_array(x -> 'number', x -> 'title', x -> 'amount') AS w
        FROM jsonb_array_elements($1::jsonb -> 'awards') x WHERE x ->> 'standing' = 'winner') a)
    IS NOT DISTINCT FROM
       (SELECT jsonb_agg(w ORDER BY w) FROM (SELECT jsonb_build_array(x -> 'number', x -> 'title', x -> 'amount') AS w
        FROM jsonb_array_elements($2::jsonb -> 'awards') x WHERE x ->> 'standing' = 'winner') b) AS same
