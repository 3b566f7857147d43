/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-words.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
run (const char *const *argv, GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_newv (argv,
                       G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                       &error);
  g_autoptr (GBytes) out = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate (process, pdf, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return g_strndup (g_bytes_get_data (out, NULL), g_bytes_get_size (out));
}

/* Blanks and line ends in a row are one blank; a page ends in a form feed. */
char *
test_paper_read_words (GBytes *pdf)
{
  const char *argv[] = { g_getenv ("BENK_TEST_PDFTOTEXT"), "-layout", "-", "-", NULL };
  char *text = run (argv, pdf);
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    if ((*from != ' ' && *from != '\n') || (to > text && to[-1] != ' '))
      *to++ = *from == '\n' ? ' ' : *from;
  *to = '\0';
  return text;
}

char *
test_paper_read_info (GBytes *pdf)
{
  const char *argv[] = { g_getenv ("BENK_TEST_PDFINFO"), "-", NULL };

  return run (argv, pdf);
}

char *
test_paper_read_boxes (GBytes *pdf)
{
  const char *argv[] = { g_getenv ("BENK_TEST_PDFTOTEXT"), "-bbox", "-", "-", NULL };

  return run (argv, pdf);
}

char *
test_paper_scan_codes (GBytes *pdf)
{
  const char *scanner = g_getenv ("BENK_TEST_ZBARIMG");
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = NULL;
  g_autofree char *paper = NULL;
  g_autofree char *picture = NULL;
  g_autofree char *draw = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  if (scanner == NULL || *scanner == '\0')
    return NULL;
  dir = g_dir_make_tmp ("dosebenk-XXXXXX", &error);
  g_assert_no_error (error);
  paper = g_build_filename (dir, "page", NULL);
  picture = g_strconcat (paper, ".png", NULL);
  {
    const char *draw_argv[] = { g_getenv ("BENK_TEST_PDFTOPPM"),
                                "-r",
                                "300",
                                "-png",
                                "-singlefile",
                                "-",
                                paper,
                                NULL };
    const char *scan_argv[] = { scanner, "-q", "--raw", "--nodbus", picture, NULL };

    draw = run (draw_argv, pdf);
    text = run (scan_argv, nothing);
  }
  g_remove (picture);
  g_rmdir (dir);
  return g_steal_pointer (&text);
}

/* Whether @octets stand in the file as they are, outside its packed parts. */
gboolean
test_paper_holds (GBytes *pdf, const char *octets)
{
  gsize length;
  const char *data = g_bytes_get_data (pdf, &length);

  return memmem (data, length, octets, strlen (octets)) != NULL;
}
