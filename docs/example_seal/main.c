/*
 * Seals a bid in a program of one's own: openers' text, key file, its passphrase ("-": not locked), price in
 * fen ("-": none is told), where the container goes, and the files.
 *
 *     cc -o bidder main.c $(pkg-config --cflags --libs linli-seal)
 *     ./bidder openers ours.key word 11800000 bid.sbx bid.json
 */
#include <linli/seal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 16 };

static char *file_read(const char *path, size_t *ret_bytes)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    long size;

    if (file && fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0 &&
        (bytes = malloc((size_t)size + 1))) {
        *ret_bytes = fread(bytes, 1, (size_t)size, file);
        bytes[*ret_bytes] = '\0';
    }
    if (file)
        fclose(file);
    if (!bytes) {
        fprintf(stderr, "%s cannot be read\n", path);
        exit(66);
    }
    return bytes;
}

int main(int argc, char **argv)
{
    linli_seal bid = {.size = sizeof bid};
    linli_seal_file files[FILES];
    linli_seal_fault fault;
    linli_sealed sealed;
    int64_t fen = 0;
    FILE *out;

    if (argc < 7 || argc > 6 + FILES)
        return 64;
    bid.openers = file_read(argv[1], &bid.openers_bytes);
    bid.key = file_read(argv[2], &bid.key_bytes);
    bid.passphrase = strcmp(argv[3], "-") == 0 ? NULL : argv[3];
    fen = strtoll(argv[4], NULL, 10);
    bid.price_fen = strcmp(argv[4], "-") == 0 ? NULL : &fen;
    for (int i = 6; i < argc; i++) {
        files[i - 6].name = argv[i];
        files[i - 6].bytes = file_read(argv[i], &files[i - 6].count);
    }
    bid.files = files;
    bid.file_count = (size_t)argc - 6;

    if (linli_seal_make(&bid, &sealed, &fault)) {
        fprintf(stderr, "%s: %s\n", fault.type, fault.detail);
        return 65;
    }
    out = fopen(argv[5], "wb");
    if (!out || fwrite(sealed.bytes, 1, sealed.count, out) != sealed.count || fclose(out))
        return 73;
    printf("%s\n", sealed.sha256);
    linli_sealed_free(&sealed);
    return 0;
}
