/* QR codes as one path of an SVG. */
#include <qrencode.h>

#include "web/page.h"

enum { QUIET = 4 };

const char *page_qr(const struct page *p, const char *text)
{
    CLEANUP(buf_free) struct buf out = {0};
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

    for (int y = 0; code && y < code->width; y++)
        for (int x = 0, run; x < code->width; x += run + 1) {
            for (run = 0; x + run < code->width && code->data[y * code->width + x + run] & 1; run++)
                ;
            if (run)
                buf_printf(&out, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, run, run);
        }
    if (code)
        QRcode_free(code);
    return out.size ? arena_ndup(p->view.arena, out.data, out.size) : "";
}
