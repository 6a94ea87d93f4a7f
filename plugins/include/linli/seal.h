/*
 * linli/seal.h - making a sealed bid in one's own program, on the bidder's side and offline.
 *
 * What `linli seal` does, as one function of a library (pkg-config linli-seal): files go into a container that nobody reads before k of the
 * openers of the tender show their shares.  It is that program's code, so that one container is as good as the other; docs/trust.md says
 * what a container is and how it is handed in.  Nothing is read from disk and nothing is sent; from several threads at once.
 *
 *     linli_seal_fault fault;
 *     linli_sealed sealed;
 *     const linli_seal_file file = { "bid.json", text, strlen(text) };
 *     const linli_seal bid = { .size = sizeof bid, .openers = openers, .openers_bytes = strlen(openers), .key = key,
 *                              .key_bytes = strlen(key), .passphrase = "word", .files = &file, .file_count = 1 };
 *     if (linli_seal_make(&bid, &sealed, &fault) == 0) { ... linli_sealed_free(&sealed); }
 */
#ifndef LINLI_SEAL_H
#define LINLI_SEAL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct linli_seal_file {
    const char *name;                       /* UTF-8, no slash; of a bid one is "bid.json", of a price "price.json" */
    const void *bytes;
    size_t      count;
} linli_seal_file;

typedef struct linli_seal {
    size_t      size;                       /* sizeof(linli_seal): it may grow at its end, behind the padding, where zero means "as before".  A program
                                             * runs with a library of an earlier or later version, as long as it asks for nothing that one does not know */
    const char *openers;                    /* the text that names who opens, or the note of it */
    size_t      openers_bytes;
    const char *key;                        /* the bidder's key file, as `linli keygen bidder` writes it */
    size_t      key_bytes;
    const char *passphrase;                 /* NULL: the key is not locked */
    const char *bidder;                     /* who bids, for people; NULL: the name of the key */
    const char *lot;                        /* its UUID; NULL: the whole tender */
    const int64_t *price_fen;               /* NULL: none is told */
    const linli_seal_file *files;
    size_t      file_count;
    const char *price_openers;              /* two envelopes: who opens the other; NULL: there is one */
    size_t      price_openers_bytes;
    const linli_seal_file *priced;          /* two envelopes: what is in the other, first "price.json" */
    size_t      priced_count;
    unsigned char *co_key;                  /* mode K2: room for 32 bytes, the key that the bidder keeps; NULL: none is kept */
    int32_t     p256;                       /* 1: on the curve P-256, as a browser without X25519 does */
} linli_seal;

typedef struct linli_sealed {
    unsigned char *bytes;                   /* what is handed in */
    size_t         count;
    char           sha256[65];              /* its digest in hex, as it will stand in the receipt */
} linli_sealed;

typedef struct linli_seal_fault {
    char type[64];                          /* stable, for programs: "key/locked" */
    char detail[512], zh[512];              /* one sentence in English, and in Chinese where there is one */
} linli_seal_fault;

/* 0, or -1 and why: `fault` may be NULL.  `ret` is nothing to be freed then. */
int linli_seal_make(const linli_seal *bid, linli_sealed *ret, linli_seal_fault *fault);
void linli_sealed_free(linli_sealed *sealed);   /* what was freed before, or never made, is fine */

#ifdef __cplusplus
}
#endif
#endif
