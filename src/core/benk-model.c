/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-model.h"

#include "benk-accessory.h"
#include "benk-config.h"
#include "benk-error.h"
#include "benk-model-private.h"
#include "benk-names.h"
#include "benk-serial.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_FILE_OCTETS 65536

G_DEFINE_FINAL_TYPE (BenkModel, benk_model, G_TYPE_OBJECT)

static const BenkName packaging_names[] = {
  [BENK_PACKAGING_UNKNOWN] = { "unknown", N_ ("unknown") },
  [BENK_PACKAGING_MULTIDOSE_ROLL] = { "multidose-roll", N_ ("multidose roll") },
  [BENK_PACKAGING_TRAY] = { "tray", N_ ("tray") },
  [BENK_PACKAGING_CARTRIDGE] = { "cartridge", N_ ("pouches in a locked cartridge") },
  [BENK_PACKAGING_POUCHES] = { "pouches", N_ ("pouches") },
};

BENK_DEFINE_NAMES (BenkPackaging, benk_packaging, packaging_names)

static void
benk_model_finalize (GObject *object)
{
  BenkModel *self = BENK_MODEL (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->maker);
  g_free (self->vendor);
  g_strfreev (self->aliases);
  g_free (self->identifier_system);
  g_clear_pointer (&self->serial_pattern, g_regex_unref);
  g_strfreev (self->usb_ouis);
  g_strfreev (self->usb_system_models);
  g_strfreev (self->alarm_codes);
  g_strfreev (self->accessories);
  benk_model_clear_support (self);
  for (guint i = 0; i < BENK_N_TASKS; i++)
    g_ptr_array_unref (self->checklists[i]);
  g_ptr_array_unref (self->own_steps);
  g_clear_pointer (&self->body, g_bytes_unref);

  G_OBJECT_CLASS (benk_model_parent_class)->finalize (object);
}

static void
benk_model_class_init (BenkModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_model_finalize;
}

static void
benk_model_init (BenkModel *self)
{
  for (guint i = 0; i < BENK_N_TASKS; i++)
    self->checklists[i] = g_ptr_array_new ();
  self->own_steps = benk_model_new_steps ();
}

/* The value without blanks around it; NULL when there is none. */
char *
benk_model_dup_text (GKeyFile *file, const char *group, const char *key)
{
  g_autofree char *text = g_key_file_get_string (file, group, key, NULL);

  if (text == NULL || *g_strstrip (text) == '\0')
    return NULL;

  return g_steal_pointer (&text);
}

static BenkKnown
get_known (GKeyFile *file, const char *group, const char *key)
{
  g_autofree char *text = benk_model_dup_text (file, group, key);

  if (g_strcmp0 (text, "true") == 0)
    return BENK_KNOWN_YES;
  if (g_strcmp0 (text, "false") == 0)
    return BENK_KNOWN_NO;

  return BENK_KNOWN_UNKNOWN;
}

static gboolean
is_id (const char *id)
{
  return id != NULL && strlen (id) <= 64 &&
         g_regex_match_simple ("^[a-z0-9]+(-[a-z0-9]+)*$", id, G_REGEX_DOLLAR_ENDONLY, 0);
}

static gboolean
read_identity (BenkModel *self, GKeyFile *file, GError **error)
{
  g_autofree char *packaging = benk_model_dup_text (file, "Model", "Packaging");
  g_autofree char *kind = benk_model_dup_text (file, "Model", "Kind");
  int chambers = g_key_file_get_integer (file, "Model", "Chambers", NULL);

  self->id = benk_model_dup_text (file, "Model", "Id");
  self->name = benk_model_dup_text (file, "Model", "Name");
  self->maker = benk_model_dup_text (file, "Model", "Maker");
  self->vendor = benk_model_dup_text (file, "Model", "Vendor");
  self->aliases = g_key_file_get_string_list (file, "Model", "Aliases", NULL, NULL);
  self->times_from_roll = get_known (file, "Model", "TimesFromRoll");
  self->chambers = (guint) CLAMP (chambers, 0, 1000);

  if (kind != NULL && !benk_model_kind_from_name (kind, &self->kind))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("The model “%s” is of an unknown kind: %s"), self->id, kind);
      return FALSE;
    }
  if (!is_id (self->id) ||
      (self->name == NULL && benk_model_kind_gives_doses (self->kind)))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("The model has no valid id and name."));
      return FALSE;
    }

  if (packaging != NULL && !benk_packaging_from_name (packaging, &self->packaging))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("The model “%s” has an unknown packaging: %s"), self->id,
                   packaging);
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_identifiers (BenkModel *self, GKeyFile *file, GError **error)
{
  self->has_imei = get_known (file, "Identifiers", "Imei");
  self->identifier_system = benk_model_dup_text (file, "Identifiers", "System");
  self->usb_standard = get_known (file, "Usb", "Standard");
  self->usb_extension = get_known (file, "Usb", "Extension");
  self->usb_ouis = g_key_file_get_string_list (file, "Usb", "Ouis", NULL, NULL);
  self->usb_system_models =
    g_key_file_get_string_list (file, "Usb", "SystemModels", NULL, NULL);
  self->alarm_codes = g_key_file_get_string_list (file, "Alarms", "Seen", NULL, NULL);

  return benk_model_read_serials (self, file, error);
}

static gboolean
read_accessories (BenkModel *self, GKeyFile *file, GError **error)
{
  self->accessories =
    g_key_file_get_string_list (file, "Accessories", "Kinds", NULL, NULL);
  self->accessories_proposed =
    get_known (file, "Accessories", "Proposed") == BENK_KNOWN_YES;
  for (guint i = 0; self->accessories != NULL && self->accessories[i] != NULL; i++)
    g_strstrip (self->accessories[i]);

  if (benk_accessory_kinds_check ((const char *const *) self->accessories, error))
    return TRUE;

  g_prefix_error (error, "%s: ", self->id);
  return FALSE;
}

/**
 * benk_model_new_from_bytes:
 * @bytes: the content of a file
 * @error: return location for a %BENK_ERROR_INVALID
 *
 * Reads a model.
 *
 * Returns: (transfer full): the model, or %NULL
 */
BenkModel *
benk_model_new_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (BenkModel) self = g_object_new (BENK_TYPE_MODEL, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local = NULL;

  if (g_bytes_get_size (bytes) == 0 || g_bytes_get_size (bytes) > MAX_FILE_OCTETS ||
      !g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, &local))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("This is not the file of a model: %s"),
                   local != NULL ? local->message : _ ("wrong size"));
      return NULL;
    }

  if (!read_identity (self, file, error) || !read_identifiers (self, file, error) ||
      !read_accessories (self, file, error) ||
      !benk_model_read_support (self, file, error) ||
      !benk_model_read_lists (self, file, error))
    return NULL;

  self->body = g_bytes_ref (bytes);
  return g_steal_pointer (&self);
}

/**
 * benk_model_find:
 * @models: (element-type BenkModel): models
 * @id: (nullable): an id
 *
 * Returns: (transfer none) (nullable): the model with that id
 */
BenkModel *
benk_model_find (GPtrArray *models, const char *id)
{
  for (guint i = 0; i < models->len; i++)
    {
      BenkModel *model = g_ptr_array_index (models, i);

      if (g_strcmp0 (model->id, id) == 0)
        return model;
    }

  return NULL;
}

/**
 * benk_model_guess:
 * @models: (element-type BenkModel): models
 * @serial: (nullable): a serial
 *
 * Patterns of serials are guessed themselves, so this is for a person to look at.
 *
 * Returns: (transfer none) (nullable): the one model whose serials look like this; %NULL
 *   if none or several do
 */
BenkModel *
benk_model_guess (GPtrArray *models, const char *serial)
{
  BenkModel *found = NULL;

  for (guint i = 0; serial != NULL && i < models->len; i++)
    {
      BenkModel *model = g_ptr_array_index (models, i);

      if (!benk_model_has_serial_pattern (model) ||
          !benk_model_is_serial_usual (model, serial))
        continue;
      if (found != NULL)
        return NULL;
      found = model;
    }

  return found;
}

static gboolean
is_same_name (const char *normal, const char *name)
{
  g_autofree char *other = benk_serial_normalise (name);

  return g_str_equal (normal, other);
}

/**
 * benk_model_match:
 * @models: (element-type BenkModel): models
 * @name: (nullable): what a list or a person calls it
 *
 * Compares ids, names and other names without regard to case, blanks and dashes.
 *
 * Returns: (transfer none) (nullable): the model
 */
BenkModel *
benk_model_match (GPtrArray *models, const char *name)
{
  g_autofree char *normal = benk_serial_normalise (name);

  for (guint i = 0; *normal != '\0' && i < models->len; i++)
    {
      BenkModel *model = g_ptr_array_index (models, i);

      if (is_same_name (normal, model->id) ||
          is_same_name (normal, benk_model_get_name (model)))
        return model;
      for (guint j = 0; model->aliases != NULL && model->aliases[j] != NULL; j++)
        if (is_same_name (normal, model->aliases[j]))
          return model;
    }

  return NULL;
}

/**
 * benk_model_get_id:
 * @self: a model
 *
 * Returns: (transfer none): stable id
 */
const char *
benk_model_get_id (BenkModel *self)
{
  return self->id;
}

/**
 * benk_model_get_name:
 * @self: a model
 *
 * Returns: (transfer none): name for people; of its kind, translated, where it has none
 */
const char *
benk_model_get_name (BenkModel *self)
{
  return self->name != NULL ? self->name : benk_model_kind_get_label (self->kind);
}

/**
 * benk_model_get_maker:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): who makes it, or %NULL if not known
 */
const char *
benk_model_get_maker (BenkModel *self)
{
  return self->maker;
}

/**
 * benk_model_get_vendor:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): who sells it in Norway, or %NULL if not known
 */
const char *
benk_model_get_vendor (BenkModel *self)
{
  return self->vendor;
}

/**
 * benk_model_get_kind:
 * @self: a model
 *
 * Returns: a dispenser, or which other equipment
 */
BenkModelKind
benk_model_get_kind (BenkModel *self)
{
  return self->kind;
}

/**
 * benk_model_get_packaging:
 * @self: a model
 *
 * Returns: how the medicine is in it
 */
BenkPackaging
benk_model_get_packaging (BenkModel *self)
{
  return self->packaging;
}

/**
 * benk_model_get_chambers:
 * @self: a model
 *
 * Returns: how many chambers its tray has; 0 = not known or no tray
 */
guint
benk_model_get_chambers (BenkModel *self)
{
  return self->chambers;
}

/**
 * benk_model_get_times_from_roll:
 * @self: a model
 *
 * Returns: whether it takes the dose times from the print on the roll
 */
BenkKnown
benk_model_get_times_from_roll (BenkModel *self)
{
  return self->times_from_roll;
}

/**
 * benk_model_get_has_imei:
 * @self: a model
 *
 * Returns: whether it is identified by an IMEI
 */
BenkKnown
benk_model_get_has_imei (BenkModel *self)
{
  return self->has_imei;
}

/**
 * benk_model_get_identifier_system:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): the URI its identifier has in messages, if known
 */
const char *
benk_model_get_identifier_system (BenkModel *self)
{
  return self->identifier_system;
}

/**
 * benk_model_has_serial_pattern:
 * @self: a model
 *
 * Returns: whether it is known what its serials look like
 */
gboolean
benk_model_has_serial_pattern (BenkModel *self)
{
  return self->serial_pattern != NULL;
}

/**
 * benk_model_is_serial_usual:
 * @self: a model
 * @serial: (nullable): a serial number
 *
 * Whether the serial looks like the others of this model. Warn if not, never refuse.
 *
 * Returns: %FALSE if it looks unusual
 */
gboolean
benk_model_is_serial_usual (BenkModel *self, const char *serial)
{
  g_autofree char *normal = benk_serial_normalise (serial);

  return self->serial_pattern == NULL ||
         g_regex_match (self->serial_pattern, normal, 0, NULL);
}

/**
 * benk_model_get_usb_standard:
 * @self: a model
 *
 * Returns: whether it follows IEEE 11073 over USB
 */
BenkKnown
benk_model_get_usb_standard (BenkModel *self)
{
  return self->usb_standard;
}

/**
 * benk_model_get_usb_extension:
 * @self: a model
 *
 * Returns: whether it has the service extension
 */
BenkKnown
benk_model_get_usb_extension (BenkModel *self)
{
  return self->usb_extension;
}

static gboolean
list_has (char **list, const char *text)
{
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    if (g_ascii_strcasecmp (list[i], text) == 0)
      return TRUE;
  return FALSE;
}

/**
 * benk_model_has_usb_identity:
 * @self: a model
 * @oui: the first three octets of a System-Id, the maker's number at the IEEE
 * @system_model: what the device calls its model
 *
 * Whether the maker has told that the service extension is in devices that say this of
 * themselves. The extension's own identifier can be copied by anybody; a write to a
 * device that means something else by the same numbers could change what it dispenses.
 *
 * Returns: %TRUE if [Usb] names both and Extension=true
 */
gboolean
benk_model_has_usb_identity (BenkModel *self,
                             const guint8 oui[3],
                             const char *system_model)
{
  g_autofree char *number = NULL;

  g_return_val_if_fail (BENK_IS_MODEL (self), FALSE);

  number = g_strdup_printf ("%02x%02x%02x", oui[0], oui[1], oui[2]);
  return self->usb_extension == BENK_KNOWN_YES && system_model != NULL &&
         list_has (self->usb_ouis, number) &&
         list_has (self->usb_system_models, system_model);
}

/**
 * benk_model_get_alarm_codes:
 * @self: a model
 *
 * The alarm codes it is known to send. Others may come as well.
 *
 * Returns: (transfer none) (array zero-terminated=1): codes, may be empty
 */
const char *const *
benk_model_get_alarm_codes (BenkModel *self)
{
  static const char *const none[] = { NULL };

  return self->alarm_codes != NULL ? (const char *const *) self->alarm_codes : none;
}

/**
 * benk_model_get_accessories:
 * @self: a model
 *
 * The kinds of accessories a device of it comes with, see
 * benk_accessory_kind_get_label(). Show benk_proposed_label() with them when
 * benk_model_is_accessories_proposed() says so: then no maker has said it.
 *
 * Returns: (transfer none) (array zero-terminated=1): kinds; empty when not known
 */
const char *const *
benk_model_get_accessories (BenkModel *self)
{
  static const char *const none[] = { NULL };

  return self->accessories != NULL ? (const char *const *) self->accessories : none;
}

/**
 * benk_model_is_accessories_proposed:
 * @self: a model
 *
 * Returns: whether the list of accessories is the program's proposal
 */
gboolean
benk_model_is_accessories_proposed (BenkModel *self)
{
  return self->accessories_proposed;
}
