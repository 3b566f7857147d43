/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-label.h"
#include "benk-scan.h"

#include <math.h>
#include <string.h>

#include "benk-paper-words.h"

#define MADE_MS G_GINT64_CONSTANT (1772438400000)
#define POINTS_A_MM (72 / 25.4)

static char *
make_code (guint n, const char *asset)
{
  g_autofree char *name = g_strdup_printf ("%u", n);
  BenkId id = benk_id_new_named ("device", name);

  return benk_scan_compose_own (&id, asset);
}

static GPtrArray *
make_labels (guint n_labels, gboolean simulated)
{
  GPtrArray *labels =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_paper_label_free);

  for (guint i = 0; i < n_labels; i++)
    {
      g_autofree char *asset = g_strdup_printf ("D-%03u", 1037 + i);
      g_autofree char *code = make_code (i, asset);

      g_ptr_array_add (labels,
                       benk_paper_label_new (code, asset, "Blåbær-Øre E300",
                                             "E300A1B2C3D4E5F6A7B8C9D0", simulated));
    }
  return labels;
}

static GBytes *
compose (GPtrArray *labels, BenkLabelFormat format, guint start, guint *n_pages)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf =
    benk_paper_label_compose (labels, format, start, MADE_MS, n_pages, &error);

  g_assert_no_error (error);
  return pdf;
}

/* Where each word that begins like this stands, in millimetres, as another program
 * measures it. */
static GArray *
find_words (GBytes *pdf, const char *beginning)
{
  g_autofree char *text = test_paper_read_boxes (pdf);
  g_autofree char *pattern =
    g_strconcat ("<word xMin=\"([0-9.]+)\" yMin=\"([0-9.]+)\" xMax=\"([0-9.]+)\""
                 " yMax=\"([0-9.]+)\">",
                 beginning, NULL);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  GArray *found = g_array_new (FALSE, FALSE, 4 * sizeof (double));

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      double box[4];

      for (int i = 0; i < 4; i++)
        {
          g_autofree char *number = g_match_info_fetch (match, i + 1);

          box[i] = g_ascii_strtod (number, NULL) / POINTS_A_MM;
        }
      g_array_append_vals (found, box, 1);
    }
  return found;
}

/* Labels lie where the sheet has them: pitch and margins, measured in the PDF. */
static void
test_labels_lie_right (void)
{
  for (guint format = 0; format < BENK_N_LABEL_FORMATS; format++)
    {
      const BenkLabelSheet *sheet = benk_label_format_get_sheet (format);
      guint n_cells = benk_label_format_get_n_cells (format);
      g_autoptr (GPtrArray) labels = make_labels (n_cells, FALSE);
      guint n_pages = 0;
      g_autoptr (GBytes) pdf = compose (labels, format, 1, &n_pages);
      g_autoptr (GArray) boxes = find_words (pdf, "D-");

      g_assert_cmpuint (n_pages, ==, 1);
      g_assert_cmpuint (boxes->len, ==, n_cells);
      for (guint i = 0; i < n_cells; i++)
        {
          const double *box = (const double *) (gpointer) boxes->data + i * 4;
          double left = sheet->left + i % sheet->columns * sheet->across;
          double top = sheet->top + i / sheet->columns * sheet->label_height;
          const double *first = (const double *) (gpointer) boxes->data;

          g_assert_cmpfloat (box[0], >, left);
          g_assert_cmpfloat (box[1], >=, top);
          g_assert_cmpfloat (box[2], <=, left + sheet->label_width);
          g_assert_cmpfloat (box[3], <=, top + sheet->label_height);
          g_assert_cmpfloat (fabs (box[0] - first[0] - (left - sheet->left)), <, 0.05);
          g_assert_cmpfloat (fabs (box[1] - first[1] - (top - sheet->top)), <, 0.05);
        }
      g_test_message ("%s: %u labels measured", benk_label_format_to_name (format),
                      n_cells);
    }
}

static void
test_pages_have_their_size (void)
{
  static const char *const sizes[BENK_N_LABEL_FORMATS] = {
    "595.276 x 841.89 pts (A4)",
    "595.276 x 841.89 pts (A4)",
    "175.748 x 90.7087 pts",
  };

  for (guint format = 0; format < BENK_N_LABEL_FORMATS; format++)
    {
      g_autoptr (GPtrArray) labels = make_labels (2, FALSE);
      g_autoptr (GBytes) pdf = compose (labels, format, 1, NULL);
      g_autofree char *info = test_paper_read_info (pdf);

      g_assert_nonnull (strstr (info, sizes[format]));
      g_assert_nonnull (strstr (info, format == BENK_LABEL_ROLL_62
                                        ? "Pages:           2"
                                        : "Pages:           1"));
    }
}

/* A sheet that was begun is used up; what does not fit goes to the next. */
static void
test_start (void)
{
  static const struct
  {
    BenkLabelFormat format;
    guint n_labels;
    guint start;
    guint pages;
  } cases[] = {
    { BENK_LABEL_A4_24, 1, 1, 1 },   { BENK_LABEL_A4_24, 24, 1, 1 },
    { BENK_LABEL_A4_24, 25, 1, 2 },  { BENK_LABEL_A4_24, 1, 24, 1 },
    { BENK_LABEL_A4_24, 2, 24, 2 },  { BENK_LABEL_A4_24, 1, 99, 1 },
    { BENK_LABEL_A4_24, 1, 0, 1 },   { BENK_LABEL_A4_21, 21, 2, 2 },
    { BENK_LABEL_A4_21, 43, 21, 3 }, { BENK_LABEL_ROLL_62, 3, 9, 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) labels = make_labels (cases[i].n_labels, FALSE);
      guint n_pages = 0;
      g_autoptr (GBytes) pdf =
        compose (labels, cases[i].format, cases[i].start, &n_pages);
      g_autoptr (GArray) boxes = find_words (pdf, "D-");

      g_assert_cmpuint (n_pages, ==, cases[i].pages);
      g_assert_cmpuint (boxes->len, ==, cases[i].n_labels);
      g_assert_cmpuint (benk_label_format_count_pages (cases[i].format, cases[i].n_labels,
                                                       cases[i].start),
                        ==, cases[i].pages);
    }
}

static void
test_words (void)
{
  g_autoptr (GPtrArray) real = make_labels (1, FALSE);
  g_autoptr (GPtrArray) played = make_labels (1, TRUE);

  for (guint format = 0; format < BENK_N_LABEL_FORMATS; format++)
    {
      g_autoptr (GBytes) one = compose (real, format, 1, NULL);
      g_autoptr (GBytes) other = compose (played, format, 1, NULL);
      g_autofree char *words = test_paper_read_words (one);
      g_autofree char *marked = test_paper_read_words (other);
      g_auto (GStrv) parts = NULL;
      g_autofree char *joined = NULL;

      g_assert_nonnull (strstr (words, "D-1037"));
      g_assert_nonnull (strstr (words, "Blåbær-Øre E300"));
      g_assert_null (strstr (words, "SIMULATED"));
      g_assert_nonnull (strstr (marked, "SIMULATED"));
      parts = g_strsplit (words, " ", -1);
      joined = g_strjoinv ("", parts);
      g_assert_nonnull (strstr (joined, "E300A1B2C3D4E5F6A7B8C9D0"));
    }
}

/* Names of any length leave the label whole: nothing stands outside it, and number and
 * serial are there. */
static void
test_long_names (void)
{
  static const char *const models[] = {
    "Medisindispenser for hjemmeboende med utvidet varsling og ekstra lang garanti, "
    "modell "
    "2027 (bydelens egen)",
    "Trygghetsalarmsentralmedtaleforsterkerogfallsensorogrøykvarsler",
    "Ø",
    "<b>&amp;\"'; DROP",
    "Dispenser\nmed\tto linjer",
  };

  for (guint format = 0; format < BENK_N_LABEL_FORMATS; format++)
    for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
      {
        const BenkLabelSheet *sheet = benk_label_format_get_sheet (format);
        g_autofree char *code = make_code ((guint) i, "D-1037");
        g_autoptr (GPtrArray) labels =
          g_ptr_array_new_with_free_func ((GDestroyNotify) benk_paper_label_free);
        g_autoptr (GBytes) pdf = NULL;
        g_autoptr (GArray) boxes = NULL;
        g_autofree char *words = NULL;
        guint n_pages = 0;

        g_ptr_array_add (labels, benk_paper_label_new (code, "D-1037", models[i],
                                                       "SN-0123456789", i % 2 == 0));
        pdf = compose (labels, format, 1, &n_pages);
        words = test_paper_read_words (pdf);
        g_assert_cmpuint (n_pages, ==, 1);
        g_assert_nonnull (strstr (words, "SN-0123456789"));
        g_assert_nonnull (strstr (words, "D-1037"));
        boxes = find_words (pdf, "");
        g_assert_cmpuint (boxes->len, >, 1);
        for (guint k = 0; k < boxes->len; k++)
          {
            const double *box = (const double *) (gpointer) boxes->data + k * 4;

            g_assert_cmpfloat (box[0], >=, sheet->left);
            g_assert_cmpfloat (box[1], >=, sheet->top);
            g_assert_cmpfloat (box[2], <=, sheet->left + sheet->label_width);
            g_assert_cmpfloat (box[3], <=, sheet->top + sheet->label_height);
          }
      }
}

static void
test_same_labels_give_same_octets (void)
{
  g_autoptr (GPtrArray) labels = make_labels (30, FALSE);
  g_autoptr (GBytes) one = compose (labels, BENK_LABEL_A4_24, 3, NULL);
  g_autoptr (GBytes) other = compose (labels, BENK_LABEL_A4_24, 3, NULL);

  g_assert_true (g_bytes_equal (one, other));
}

/* Another program reads every code of every format back from what a printer would get. */
static void
test_codes_can_be_scanned (void)
{
  for (guint format = 0; format < BENK_N_LABEL_FORMATS; format++)
    {
      guint n_labels = MIN (benk_label_format_get_n_cells (format), 6);
      g_autoptr (GPtrArray) labels = make_labels (n_labels, format == 1);
      g_autoptr (GBytes) pdf = compose (labels, format, 1, NULL);
      g_autofree char *read = test_paper_scan_codes (pdf);

      g_assert_nonnull (read);
      for (guint i = 0; i < n_labels; i++)
        {
          const BenkPaperLabel *label = g_ptr_array_index (labels, i);
          g_autoptr (BenkScan) scan = benk_scan_read (label->code, 0);

          g_assert_nonnull (strstr (read, label->code));
          g_assert_cmpstr (scan->asset, ==, label->asset);
        }
      g_test_message ("%s: %u codes read", benk_label_format_to_name (format), n_labels);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/paper/label/labels-lie-right", test_labels_lie_right);
  g_test_add_func ("/paper/label/pages-have-their-size", test_pages_have_their_size);
  g_test_add_func ("/paper/label/start", test_start);
  g_test_add_func ("/paper/label/words", test_words);
  g_test_add_func ("/paper/label/long-names-stay-on-it", test_long_names);
  g_test_add_func ("/paper/label/same-labels-give-same-octets",
                   test_same_labels_give_same_octets);
  g_test_add_func ("/paper/label/codes-can-be-scanned", test_codes_can_be_scanned);
  return g_test_run ();
}
