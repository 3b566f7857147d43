/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phdc.h"

#include <string.h>

#include "benk-error.h"

#define MANY 255

typedef struct
{
  const char *name;
  const char *hex;
  gboolean readable;
  guint8 data_code;
  gboolean preamble;
  guint n_specs;
  guint16 first_spec;
} FunctionRow;

static const FunctionRow function_rows[] = {
  { "medication-monitor", "04200200 063000014810", TRUE, 2, FALSE, 1, 4168 },
  { "preamble-bit", "04200201 063000014810", TRUE, 2, TRUE, 1, 4168 },
  { "no-extension", "04200200", TRUE, 2, FALSE, 0, 0 },
  { "empty-list", "04200200 04300000", TRUE, 2, FALSE, 0, 0 },
  { "vendor-defined", "04200100", TRUE, 1, FALSE, 0, 0 },
  { "vendor-defined-ignores-extension", "04200100 063000014810", TRUE, 1, FALSE, 0, 0 },
  { "two-specialisations", "04200200 08300002 4810 0710", TRUE, 2, FALSE, 2, 4168 },
  { "unknown-type-before", "03ff00 04200200 063000014810", TRUE, 2, FALSE, 1, 4168 },
  { "unknown-type-after", "04200200 063000014810 05fe010203", TRUE, 2, FALSE, 1, 4168 },
  { "second-function-ignored", "04200200 04200100 063000014810", TRUE, 2, FALSE, 1,
    4168 },
  { "extension-before-function", "063000014810 04200200", TRUE, 2, FALSE, 0, 0 },
  { "chain-ends-in-zero-length", "04200200 0000000000", TRUE, 2, FALSE, 0, 0 },
  { "chain-ends-in-length-one", "04200200 01", TRUE, 2, FALSE, 0, 0 },
  { "chain-runs-past-the-end", "04200200 ff30", TRUE, 2, FALSE, 0, 0 },
  { "extension-cut-short", "04200200 0630000148", TRUE, 2, FALSE, 0, 0 },
  { "empty", "", FALSE },
  { "one-octet", "04", FALSE },
  { "zeros", "00000000", FALSE },
  { "function-cut-short", "042002", FALSE },
  { "function-too-short", "03200200", FALSE },
  { "function-too-long", "0520020000", FALSE },
  { "function-length-two", "0220", FALSE },
  { "count-says-more", "04200200 063000ff4810", FALSE },
  { "count-says-less", "04200200 063000004810", FALSE },
  { "extension-without-count", "04200200 033000", FALSE },
  { "no-function", "063000014810", FALSE },
  { "length-255-of-nothing", "ff", FALSE },
};

typedef struct
{
  const char *name;
  const char *hex;
  gboolean readable;
  guint8 qos;
} QosRow;

static const QosRow qos_rows[] = {
  { "medium-best", "04210108", TRUE, 0x08 },
  { "after-metadata", "0522010203 04210110", TRUE, 0x10 },
  { "several-bits", "0421010e", TRUE, 0x0e },
  { "unknown-encoding", "04210208", FALSE, 0 },
  { "too-short", "032101", FALSE, 0 },
  { "cut-short", "042101", FALSE, 0 },
  { "empty", "", FALSE, 0 },
  { "zero-length", "00210108", FALSE, 0 },
  { "past-the-end", "fe210108", FALSE, 0 },
};

/* Exactly as long as its content, so that a sanitizer sees every octet read too much. */
static guint8 *
from_hex (const char *hex, gsize *length)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  while (*hex != '\0')
    {
      guint8 octet;

      if (*hex == ' ')
        {
          hex++;
          continue;
        }
      octet =
        (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));
      g_byte_array_append (bytes, &octet, 1);
      hex += 2;
    }
  *length = bytes->len;
  return g_memdup2 (bytes->data, bytes->len);
}

static void
test_function_row (gconstpointer data)
{
  const FunctionRow *row = data;
  gsize length;
  g_autofree guint8 *extra = from_hex (row->hex, &length);
  g_autoptr (GError) error = NULL;
  BenkPhdcFunction function;

  if (!row->readable)
    {
      g_assert_false (benk_phdc_parse_function (extra, length, &function, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL);
      return;
    }
  g_assert_true (benk_phdc_parse_function (extra, length, &function, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (function.data_code, ==, row->data_code);
  g_assert_cmpint (function.preamble, ==, row->preamble);
  g_assert_cmpuint (function.n_specs, ==, row->n_specs);
  if (row->n_specs > 0)
    {
      g_assert_cmpuint (function.specs[0], ==, row->first_spec);
      g_assert_true (benk_phdc_function_lists (&function, row->first_spec));
    }
  g_assert_false (benk_phdc_function_lists (&function, 0x1234));
}

static void
test_qos_row (gconstpointer data)
{
  const QosRow *row = data;
  gsize length;
  g_autofree guint8 *extra = from_hex (row->hex, &length);
  guint8 qos = 0xff;

  g_assert_cmpint (benk_phdc_parse_qos (extra, length, &qos), ==, row->readable);
  g_assert_cmpuint (qos, ==, row->qos);
}

static void
test_function_longest_list (void)
{
  guint8 extra[4 + MANY - 1];
  BenkPhdcFunction function;
  g_autoptr (GError) error = NULL;

  memset (extra, 0x10, sizeof extra);
  memcpy (extra, "\x04\x20\x02\x00", 4);
  extra[4] = MANY - 1;
  extra[5] = 0x30;
  extra[6] = 0;
  extra[7] = BENK_PHDC_MAX_SPECS;
  g_assert_true (benk_phdc_parse_function (extra, sizeof extra, &function, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (function.n_specs, ==, BENK_PHDC_MAX_SPECS);
  g_assert_true (benk_phdc_function_lists (&function, 0x1010));
}

/* Every prefix, and every octet changed to every value, of a real chain. */
static void
test_function_survives_any_octet (void)
{
  gsize length;
  g_autofree guint8 *whole =
    from_hex ("04200200 063000014810 04210108 0522010203", &length);

  for (gsize cut = 0; cut <= length; cut++)
    for (gsize at = 0; at < cut; at++)
      for (guint value = 0; value <= G_MAXUINT8; value++)
        {
          g_autofree guint8 *extra = g_memdup2 (whole, cut);
          g_autoptr (GError) error = NULL;
          BenkPhdcFunction function;
          guint8 qos;

          extra[at] = (guint8) value;
          if (benk_phdc_parse_function (extra, cut, &function, &error))
            g_assert_cmpuint (function.n_specs, <=, BENK_PHDC_MAX_SPECS);
          else
            g_assert_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL);
          benk_phdc_parse_qos (extra, cut, &qos);
        }
}

static void
test_function_nothing_there (void)
{
  BenkPhdcFunction function;
  g_autoptr (GError) error = NULL;
  guint8 qos;

  g_assert_false (benk_phdc_parse_function (NULL, 12, &function, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL);
  g_assert_false (benk_phdc_parse_qos (NULL, 12, &qos));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (function_rows); i++)
    {
      g_autofree char *path =
        g_strconcat ("/usb/phdc/function/", function_rows[i].name, NULL);

      g_test_add_data_func (path, &function_rows[i], test_function_row);
    }
  for (guint i = 0; i < G_N_ELEMENTS (qos_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/usb/phdc/qos/", qos_rows[i].name, NULL);

      g_test_add_data_func (path, &qos_rows[i], test_qos_row);
    }
  g_test_add_func ("/usb/phdc/function/longest-list", test_function_longest_list);
  g_test_add_func ("/usb/phdc/survives-any-octet", test_function_survives_any_octet);
  g_test_add_func ("/usb/phdc/nothing-there", test_function_nothing_there);

  return g_test_run ();
}
