/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-accessory.h"

#include "benk-config.h"
#include "benk-error.h"
#include "benk-names.h"
#include "benk-serial.h"

#include <glib/gi18n.h>
#include <string.h>

static const BenkName status_names[] = {
  [BENK_ACCESSORY_NOT_LOOKED_AT] = { "not-looked-at", N_ ("Not looked at") },
  [BENK_ACCESSORY_THERE] = { "there", N_ ("There") },
  [BENK_ACCESSORY_MISSING] = { "missing", N_ ("Missing") },
};

BENK_DEFINE_NAMES (BenkAccessoryStatus, benk_accessory_status, status_names)

/* The kinds that the program has a translated word for. A model's file may name others.
 */
static const BenkName kind_names[] = {
  { "power-adapter", N_ ("Power adapter") },
  { "charger", N_ ("Charger") },
  { "batteries", N_ ("Batteries") },
  { "cable", N_ ("Cable") },
  { "key", N_ ("Key") },
  { "tray", N_ ("Tray") },
  { "collection-tray", N_ ("Collection tray") },
  { "cartridge", N_ ("Cartridge") },
  { "user-guide", N_ ("User guide") },
};

/* Without one of them the device has no power. */
static const char *const power_kinds[] = { "power-adapter", "charger", "batteries",
                                           NULL };

static gboolean
is_same (const char *one, const char *other)
{
  g_autofree char *a = benk_serial_normalise (one);
  g_autofree char *b = benk_serial_normalise (other);

  return g_str_equal (a, b);
}

/**
 * benk_accessory_get_standard_kinds:
 *
 * Returns: (transfer none) (array zero-terminated=1): the kinds that have a translated
 *   name
 */
const char *const *
benk_accessory_get_standard_kinds (void)
{
  static const char *kinds[G_N_ELEMENTS (kind_names) + 1];
  static gsize filled;

  if (g_once_init_enter (&filled))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (kind_names); i++)
        kinds[i] = kind_names[i].name;
      g_once_init_leave (&filled, 1);
    }

  return kinds;
}

/**
 * benk_accessory_kind_get_label:
 * @kind: a kind, as in a model's file
 *
 * Returns: (transfer none): what a person calls it: translated for a standard kind, as it
 *   was typed for any other; lives as long as @kind
 */
const char *
benk_accessory_kind_get_label (const char *kind)
{
  guint at;

  return benk_names_find (kind_names, G_N_ELEMENTS (kind_names), kind, &at)
           ? benk_names_get_label (kind_names, G_N_ELEMENTS (kind_names), at)
           : kind;
}

/**
 * benk_accessory_kind_gives_power:
 * @kind: a kind
 *
 * Returns: whether the device has no power without it
 */
gboolean
benk_accessory_kind_gives_power (const char *kind)
{
  return g_strv_contains (power_kinds, kind);
}

/**
 * benk_accessory_kind_match:
 * @kinds: (array zero-terminated=1): the kinds to choose from
 * @text: (nullable): what a person calls it
 *
 * Compares names and labels without regard to case, blanks and dashes.
 *
 * Returns: (transfer none) (nullable): which of @kinds is meant
 */
const char *
benk_accessory_kind_match (const char *const *kinds, const char *text)
{
  for (gsize i = 0; text != NULL && kinds[i] != NULL; i++)
    if (is_same (kinds[i], text) ||
        is_same (benk_accessory_kind_get_label (kinds[i]), text))
      return kinds[i];

  return NULL;
}

static gboolean
is_kind (const char *kind)
{
  gsize octets = strlen (kind);

  if (octets == 0 || octets > BENK_ACCESSORY_MAX_CHARACTERS * 4 ||
      !g_utf8_validate (kind, -1, NULL) ||
      g_utf8_strlen (kind, -1) > BENK_ACCESSORY_MAX_CHARACTERS)
    return FALSE;

  for (const char *at = kind; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)) || *at == ';')
      return FALSE;

  return !g_ascii_isspace (kind[0]) && !g_ascii_isspace (kind[octets - 1]);
}

/**
 * benk_accessory_kinds_check:
 * @kinds: (nullable) (array zero-terminated=1): the kinds a model lists
 * @error: return location for a %BENK_ERROR_INVALID
 *
 * Checks that a list of kinds can be kept and shown: at most %BENK_ACCESSORY_MAX_KINDS,
 * each one line of at most %BENK_ACCESSORY_MAX_CHARACTERS without a semicolon, none
 * twice.
 *
 * Returns: %FALSE with @error set
 */
gboolean
benk_accessory_kinds_check (const char *const *kinds, GError **error)
{
  for (gsize i = 0; kinds != NULL && kinds[i] != NULL; i++)
    {
      gboolean twice = FALSE;

      if (!is_kind (kinds[i]) || i >= BENK_ACCESSORY_MAX_KINDS)
        {
          g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                       _ (
                         "This cannot be the name of an accessory, or there are too many "
                         "of them: %s"),
                       kinds[i]);
          return FALSE;
        }
      for (gsize j = 0; j < i; j++)
        twice = twice || is_same (kinds[i], kinds[j]);
      if (twice)
        {
          g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                       _ ("The accessory “%s” is listed twice."), kinds[i]);
          return FALSE;
        }
    }

  return TRUE;
}
