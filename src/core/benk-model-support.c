/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarm-code.h"
#include "benk-config.h"
#include "benk-error.h"
#include "benk-model-private.h"
#include "benk-serial-pattern.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_PATTERN_OCTETS 128
#define MAX_EXAMPLES 20
#define MAX_PHONES 8
#define MAX_GUIDANCE_STEPS 12
#define MAX_TEXT 400

/* A pattern comes from a file: however it is built, it may not take long. */
#define PATTERN_LIMIT "(*LIMIT_MATCH=20000)"

static gboolean
set_invalid (GError **error, BenkModel *self, const char *what)
{
  /* Translators: a model's id, then what is wrong */
  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID, _ ("The model “%s”: %s"), self->id,
               what);
  return FALSE;
}

static gboolean
check_lines (BenkModel *self, char **lines, guint most, GError **error)
{
  if (lines != NULL && g_strv_length (lines) > most)
    return set_invalid (error, self, _ ("there are too many lines of one kind."));
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);
      if (*lines[i] == '\0' || g_utf8_strlen (lines[i], -1) > MAX_TEXT ||
          strpbrk (lines[i], "\n\r\t") != NULL)
        return set_invalid (error, self, _ ("a line is empty or too long."));
    }
  return TRUE;
}

/* The pattern of the file, or the one its examples have in common. */
gboolean
benk_model_read_serials (BenkModel *self, GKeyFile *file, GError **error)
{
  g_autofree char *pattern = benk_model_dup_text (file, "Identifiers", "SerialPattern");
  g_autofree char *limited = NULL;

  self->serial_examples =
    g_key_file_get_string_list (file, "Identifiers", "SerialExamples", NULL, NULL);
  if (!check_lines (self, self->serial_examples, MAX_EXAMPLES, error))
    return FALSE;
  if (pattern != NULL && strlen (pattern) > MAX_PATTERN_OCTETS)
    return set_invalid (error, self, _ ("its pattern for serials cannot be used."));
  if (pattern == NULL && self->serial_examples != NULL)
    pattern = benk_serial_pattern_of ((const char *const *) self->serial_examples);
  if (pattern == NULL)
    return TRUE;

  limited = g_strconcat (PATTERN_LIMIT, pattern, NULL);
  self->serial_pattern = g_regex_new (limited, G_REGEX_DOLLAR_ENDONLY, 0, NULL);
  return self->serial_pattern != NULL ||
         set_invalid (error, self, _ ("its pattern for serials cannot be used."));
}

static gboolean
read_guidance (BenkModel *self, GKeyFile *file, GError **error)
{
  g_auto (GStrv) codes = g_key_file_get_keys (file, "Guidance", NULL, NULL);

  self->guidance =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    {
      g_auto (GStrv) steps =
        g_key_file_get_string_list (file, "Guidance", codes[i], NULL, NULL);

      if (benk_alarm_code_find (codes[i]) == NULL || steps == NULL)
        return set_invalid (error, self, _ ("it has guidance for an unknown code."));
      if (!check_lines (self, steps, MAX_GUIDANCE_STEPS, error))
        return FALSE;
      if (steps[0] != NULL)
        g_hash_table_replace (self->guidance, g_strdup (codes[i]),
                              g_steal_pointer (&steps));
    }
  return TRUE;
}

/* What to do at an alarm, and whom to phone. */
gboolean
benk_model_read_support (BenkModel *self, GKeyFile *file, GError **error)
{
  self->phones = g_key_file_get_string_list (file, "Vendor", "Phones", NULL, NULL);
  self->hours = benk_model_dup_text (file, "Vendor", "Hours");
  if (self->hours != NULL && g_utf8_strlen (self->hours, -1) > MAX_TEXT)
    return set_invalid (error, self, _ ("a line is empty or too long."));
  for (guint i = 0; self->alarm_codes != NULL && self->alarm_codes[i] != NULL; i++)
    if (benk_alarm_code_find (g_strstrip (self->alarm_codes[i])) == NULL)
      return set_invalid (error, self, _ ("it sends an unknown code."));

  return check_lines (self, self->phones, MAX_PHONES, error) &&
         read_guidance (self, file, error);
}

void
benk_model_clear_support (BenkModel *self)
{
  g_clear_pointer (&self->guidance, g_hash_table_unref);
  g_strfreev (self->phones);
  g_free (self->hours);
  g_strfreev (self->serial_examples);
}

/**
 * benk_model_get_guidance:
 * @self: a model
 * @code: (nullable): an alarm code
 *
 * What the district, or another one, wrote of this model and code. Where nothing is,
 * benk_guidance_get() has what the program proposes.
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): steps in order
 */
const char *const *
benk_model_get_guidance (BenkModel *self, const char *code)
{
  return code != NULL ? g_hash_table_lookup (self->guidance, code) : NULL;
}

static const char *const *
or_none (char **list)
{
  static const char *const none[] = { NULL };

  return list != NULL ? (const char *const *) list : none;
}

/**
 * benk_model_get_phones:
 * @self: a model
 *
 * Returns: (transfer none) (array zero-terminated=1): numbers of the vendor's support, as
 * they were written; none where none is known
 */
const char *const *
benk_model_get_phones (BenkModel *self)
{
  return or_none (self->phones);
}

/**
 * benk_model_get_hours:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): when the vendor's support answers, in words
 */
const char *
benk_model_get_hours (BenkModel *self)
{
  return self->hours;
}

/**
 * benk_model_get_serial_examples:
 * @self: a model
 *
 * Returns: (transfer none) (array zero-terminated=1): serials that its pattern was made
 * of
 */
const char *const *
benk_model_get_serial_examples (BenkModel *self)
{
  return or_none (self->serial_examples);
}

/**
 * benk_model_get_aliases:
 * @self: a model
 *
 * Returns: (transfer none) (array zero-terminated=1): what lists call it besides its name
 */
const char *const *
benk_model_get_aliases (BenkModel *self)
{
  return or_none (self->aliases);
}
