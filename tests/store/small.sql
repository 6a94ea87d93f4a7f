-- Two offices, a person, an organisation; office 1 has a draft and a published tender.
INSERT INTO linli.office VALUES (1, NULL, '{1}', 'street', '310105011', '甲街道', 'Jia', '2026-01-01Z'),
                                (2, NULL, '{2}', 'street', '310105012', '乙街道', 'Yi', '2026-01-01Z');
INSERT INTO linli.person (id, name, login, created) VALUES ('00000000-0000-4000-8000-000000000001', '王', 'wang', '2026-01-01Z');
INSERT INTO linli.organisation (id, name, kind, created)
VALUES ('00000000-0000-4000-8000-0000000000a1', '社工社', 'registered', '2026-01-01Z');
INSERT INTO linli.tender (office_id, id, number, title, summary, category, regime, mechanism, scheme, options, scheme_options,
                          budget_fen, ceiling_fen, state, published, deadline, created, created_by)
VALUES (1, '00000001-0000-8000-8000-000000000001', NULL, '草稿', '', 'services', 'sub_threshold', 'm', 's', '{}', '{}',
        100, NULL, 'draft', NULL, NULL, '2026-01-01Z', '00000000-0000-4000-8000-000000000001'),
       (1, '00000001-0000-8000-8000-000000000002', 'N-1', 'say "你好" \', E'line\nline', 'services', 'sub_threshold', 'm', 's', '{}', '{}',
        48000000, 47999905, 'published', '2026-11-21T00:00:00.5Z', '2026-12-01T00:59:59.123456Z', '2026-01-01Z',
        '00000000-0000-4000-8000-000000000001');
INSERT INTO linli.bid (office_id, id, tender_id, lot_no, organisation_id, person_id, sha256, bytes, received)
VALUES (1, '00000001-0000-8000-8000-0000000000b1', '00000001-0000-8000-8000-000000000002', 1,
        '00000000-0000-4000-8000-0000000000a1', '00000000-0000-4000-8000-000000000001', decode(repeat('ab', 32), 'hex'), 10, '2026-11-22Z');
INSERT INTO linli.fund VALUES (1, '00000001-0000-8000-8000-0000000000f1', 'F', '专项', 'Fund', 'x', '{grants,sub_threshold}', '2026-01-01Z');
INSERT INTO linli.appropriation (office_id, id, fund_id, year, budget_item, name, created)
VALUES (1, '00000001-0000-8000-8000-0000000000f2', '00000001-0000-8000-8000-0000000000f1', 2026, '22999', '2026', '2026-01-01Z');
