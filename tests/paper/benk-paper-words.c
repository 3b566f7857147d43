/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-words.h"

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

/* Whether @octets stand in the file as they are, outside its packed parts. */
gboolean
test_paper_holds (GBytes *pdf, const char *octets)
{
  gsize length;
  const char *data = g_bytes_get_data (pdf, &length);

  return memmem (data, length, octets, strlen (octets)) != NULL;
}
