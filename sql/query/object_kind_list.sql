SELECT k.code, k.name, k.name_en, k.attach, k.read, k.own_attach, k.publishes, k.files_max, k.bytes_max FROM linli.object_kind k ORDER BY k.code
