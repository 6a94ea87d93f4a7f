-- The payments of a tranche, for everybody; of what is given the vouchers it rests on, and the files of them that are public.
SELECT p.id, p.tranche_id AS tranche, p.amount_fen, p.state, p.ordered, p.approved, p.sent, p.settled, p.pay_by, linli.vouchers_given(p.office_id, p.tranche_id) AS papers,
       (SELECT jsonb_agg(jsonb_build_object('id', v.id, 'name', v.name, 'sha256', encode(v.sha256, 'hex')) ORDER BY v.added, v.id)
        FROM linli.attachment v WHERE v.office_id = p.office_id AND v.object_kind = 'payment' AND v.object_id = p.id AND v.public) AS vouchers,
       p.version
FROM linli.payment p WHERE p.office_id = $1::integer AND p.tranche_id = $2::uuid ORDER BY p.ordered, p.id LIMIT 1001
