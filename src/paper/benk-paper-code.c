/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-private.h"

#include <qrencode.h>

/* Side of one module, in points: about half a millimetre, which a telephone reads. */
#define MODULE 1.5
/* ISO/IEC 18004 9.1: four light modules around the symbol. */
#define QUIET 4

static void
draw_modules (cairo_t *cr, const QRcode *code, double x, double y, double module)
{
  for (int row = 0; row < code->width; row++)
    for (int column = 0; column < code->width; column++)
      if (code->data[row * code->width + column] & 1)
        cairo_rectangle (cr, x + (QUIET + column) * module, y + (QUIET + row) * module,
                         module, module);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_fill (cr);
}

/**
 * benk_paper_code_draw:
 * @payload: text
 *
 * Draws a QR code with its quiet zone; correction level M bears a fold or a stain.
 *
 * Returns: its side in points; 0 when @payload is too long for one
 */
double
benk_paper_code_draw (cairo_t *cr, const char *payload, double x, double y)
{
  QRcode *code = QRcode_encodeString8bit (payload, 0, QR_ECLEVEL_M);
  double side;

  if (code == NULL)
    return 0;
  draw_modules (cr, code, x, y, MODULE);
  side = (code->width + 2 * QUIET) * MODULE;
  QRcode_free (code);
  return side;
}

/**
 * benk_paper_code_fit:
 * @payload: text; of capitals, figures and full stops it takes the least room
 * @side: in points, the quiet zone counted in
 *
 * Draws a QR code in a square of a given size; nothing when @payload is too long for one.
 */
void
benk_paper_code_fit (cairo_t *cr, const char *payload, double x, double y, double side)
{
  QRcode *code = QRcode_encodeString (payload, 0, QR_ECLEVEL_M, QR_MODE_8, 1);

  if (code == NULL)
    return;
  draw_modules (cr, code, x, y, side / (code->width + 2 * QUIET));
  QRcode_free (code);
}
