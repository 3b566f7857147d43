/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phd-data.h"

#include "benk-apdu.h"
#include "benk-conform.h"
#include "benk-ext.h"

#include <string.h>

/* What the help says about the service extension is what the program does. */

static char *
load (const char *page)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "help", "C", page, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_uuid (void)
{
  g_autofree char *text = load ("extension.page");
  const guint8 *uuid = benk_ext_get_uuid ();
  GString *written = g_string_new (NULL);
  g_autofree char *sought = NULL;

  for (guint i = 0; i < 16; i++)
    g_string_append_printf (written, "%s%02x",
                            i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", uuid[i]);
  sought = g_string_free (written, FALSE);
  g_assert_nonnull (strstr (text, sought));
}

static void
test_numbers (void)
{
  static const guint16 codes[] = {
    BENK_EXT_ATTR_PROFILE,  BENK_EXT_ATTR_PROV_STATE, BENK_EXT_ATTR_WIPE_STATE,
    BENK_EXT_ATTR_SELFTEST, BENK_EXT_ATTR_MODE,       BENK_EXT_ATTR_ZONE,
    BENK_EXT_ATTR_LANGUAGE, BENK_EXT_ATTR_VOLUME,     BENK_EXT_ATTR_EVENTS,
    BENK_EXT_ACT_BEGIN,     BENK_EXT_ACT_DATA,        BENK_EXT_ACT_READ,
    BENK_EXT_ACT_COMMIT,    BENK_EXT_ACT_ABORT,       BENK_EXT_ACT_ACTIVATE,
    BENK_EXT_ACT_RESET,     BENK_EXT_ACT_VERIFY,      BENK_EXT_ACT_SELFTEST,
    BENK_EXT_ACT_PARAM,
  };
  static const guint32 bits[] = {
    BENK_EXT_CAP_SCHEDULE, BENK_EXT_CAP_ALARM_RULES, BENK_EXT_CAP_RECIPIENTS,
    BENK_EXT_CAP_LABELS,   BENK_EXT_CAP_RESET,       BENK_EXT_CAP_SELFTEST,
    BENK_EXT_CAP_SET,      BENK_EXT_CAP_SIMULATED,
  };
  g_autofree char *text = load ("extension.page");

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *cell = g_strdup_printf ("<td><p>%04X</p></td>", codes[i]);

      if (strstr (text, cell) == NULL)
        g_error ("%s is not there", cell);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bits); i++)
    {
      g_autofree char *cell = g_strdup_printf ("<td><p>%08x</p></td>", bits[i]);

      if (strstr (text, cell) == NULL)
        g_error ("%s is not there", cell);
    }
}

static gboolean
is_kind (const BenkApdu *apdu, const GBytes *info, BenkExtKind kind)
{
  g_auto (BenkExtMessage) message = { 0 };
  g_autoptr (GBytes) again = NULL;

  if (!benk_ext_message_parse (&message, kind, (GBytes *) info, NULL))
    return FALSE;
  again = benk_ext_message_compose (&message);
  return g_bytes_equal (again, info);
}

/* Some message of the extension is exactly this; of a GET, the values are. */
static void
check_inside (const BenkApdu *apdu, const char *name)
{
  gboolean found = apdu->choice == BENK_CHOICE_GET || apdu->choice == BENK_CHOICE_ERROR;

  for (guint kind = 0; kind < BENK_EXT_N_KINDS; kind++)
    {
      if (apdu->info != NULL && apdu->choice != BENK_CHOICE_ERROR)
        found |= is_kind (apdu, apdu->info, (BenkExtKind) kind);
      for (guint i = 0; apdu->attrs != NULL && i < apdu->attrs->len; i++)
        found |= is_kind (apdu, ((BenkAttr *) g_ptr_array_index (apdu->attrs, i))->value,
                          (BenkExtKind) kind);
    }
  if (!found)
    g_error ("%s is no message of the extension", name);
}

static void
check_example (const char *name, const char *hex)
{
  g_autoptr (GBytes) octets = data_from_hex (hex);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkApdu) apdu = benk_apdu_parse (octets, &error);
  g_autoptr (GBytes) again = NULL;

  g_assert_no_error (error);
  again = benk_apdu_compose (apdu);
  data_assert_equal (again, octets, name);
  check_inside (apdu, name);
  if (g_str_has_suffix (name, "req:"))
    g_assert_cmpuint (g_bytes_get_size (octets), <=, 64);
}

static void
test_examples (void)
{
  g_autofree char *text = load ("extension-examples.page");
  char *begin = strstr (text, "<code");
  char *end = strstr (text, "</code>");
  g_auto (GStrv) lines = NULL;
  g_autofree char *name = NULL;
  GString *hex = g_string_new (NULL);
  guint n = 0;

  g_assert_true (begin != NULL && end != NULL);
  *end = '\0';
  lines = g_strsplit (strchr (begin, '>') + 1, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean is_name = g_str_has_suffix (lines[i], ":");

      if ((is_name || lines[i + 1] == NULL) && hex->len > 0)
        {
          check_example (name, hex->str);
          g_string_set_size (hex, 0);
          n++;
        }
      if (!is_name)
        g_string_append (hex, lines[i]);
      else
        {
          g_free (name);
          name = g_strdup (lines[i]);
        }
    }
  g_string_free (hex, TRUE);
  g_test_message ("%u examples", n);
  g_assert_cmpuint (n, >=, 20);
}

/* Every requirement that is tried is listed, under its clause, and no other is. */
static void
test_requirements (void)
{
  const BenkConformSetup setup = { .serial = "X", .random = 1 };
  g_autoptr (BenkConform) conform = benk_conform_new (&setup);
  g_autofree char *text = load ("conform.page");
  g_auto (GStrv) rows = g_strsplit (text, "<tr>", -1);
  guint n = 0;

  for (guint i = 0; i < benk_conform_get_n_results (conform); i++)
    {
      const BenkConformResult *result = benk_conform_get_result (conform, i);
      gboolean found = FALSE;

      for (guint r = 1; result->id != NULL && rows[r] != NULL; r++)
        {
          g_autofree char *id = g_strdup_printf ("<p>%s</p>", result->id);
          g_autofree char *marked = g_strdup_printf ("<p>%s *</p>", result->id);
          g_autofree char *clause = g_strdup_printf ("<p>%s</p>", result->clause);

          found |= (strstr (rows[r], id) != NULL || strstr (rows[r], marked) != NULL) &&
                   strstr (rows[r], clause) != NULL &&
                   strstr (rows[r], result->text) != NULL;
        }
      if (result->id == NULL)
        continue;
      if (!found)
        g_error ("%s is not listed as it is", result->id);
      n++;
    }
  g_assert_cmpuint (n, ==, g_strv_length (rows) - 1);
  g_test_message ("%u requirements listed", n);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phd/open-spec/uuid-is-the-projects-own", test_uuid);
  g_test_add_func ("/phd/open-spec/numbers-are-those-of-the-program", test_numbers);
  g_test_add_func ("/phd/open-spec/octets-are-those-of-the-program", test_examples);
  g_test_add_func ("/phd/open-spec/every-requirement-is-listed", test_requirements);
  return g_test_run ();
}
