-- One fee less in the month: what is withheld of those that still wait is worked out anew, in the order they were entered.
WITH RECURSIVE one AS (
    SELECT f.id_number, f.month FROM linli.fee f WHERE f.office_id = $1::integer AND f.id = $2::uuid),
month AS (
    SELECT f.id, f.gross_fen, f.tax_fen, f.state, f.worked, row_number() OVER (ORDER BY f.entered, f.id) AS no
    FROM one JOIN linli.fee f ON f.office_id = $1::integer AND f.id_number = one.id_number AND f.month = one.month AND f.state <> 'refused'),
run AS (
    SELECT 0::bigint AS no, NULL::uuid AS id, 0::bigint AS gross_fen, 0::bigint AS withheld_fen, 0::bigint AS tax_fen
    UNION ALL
    SELECT m.no, m.id, r.gross_fen + m.gross_fen, r.withheld_fen + x.tax_fen, x.tax_fen
    FROM run r JOIN month m ON m.no = r.no + 1
    CROSS JOIN LATERAL (SELECT CASE m.state WHEN 'entered' THEN greatest(linli.fee_tax(r.gross_fen + m.gross_fen, m.worked) - r.withheld_fen, 0)
                                            ELSE m.tax_fen END AS tax_fen) x)
UPDATE linli.fee f SET tax_fen = r.tax_fen FROM run r
WHERE f.office_id = $1::integer AND f.id = r.id AND f.tax_fen <> r.tax_fen
