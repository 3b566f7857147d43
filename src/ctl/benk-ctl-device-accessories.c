/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-device-many.h"

#include <glib/gi18n.h>

#include "benk-ctl-work.h"
#include "benk-error.h"

/* A kind that some model has. */
static const char *
find_kind_of_models (GPtrArray *models, const char *text)
{
  for (guint i = 0; i < models->len; i++)
    {
      const char *kind =
        benk_accessory_kind_match (benk_model_get_accessories (models->pdata[i]), text);

      if (kind)
        return kind;
    }
  return NULL;
}

/* The kind that somebody means: one of this device, or one with a name of the program. */
static const char *
find_kind (GPtrArray *known, const char *text)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();
  const char *kind;

  for (guint i = 0; i < known->len; i++)
    g_ptr_array_add (kinds, ((BenkAccessory *) g_ptr_array_index (known, i))->kind);
  g_ptr_array_add (kinds, NULL);
  kind = benk_accessory_kind_match ((const char *const *) kinds->pdata, text);

  return kind ? kind
              : benk_accessory_kind_match (benk_accessory_get_standard_kinds (), text);
}

static gboolean
add_word (GPtrArray *words,
          GPtrArray *known,
          GPtrArray *models,
          const char *text,
          BenkAccessoryStatus status,
          GError **error)
{
  const char *kind = known ? find_kind (known, text) : find_kind_of_models (models, text);

  if (!kind && !known)
    kind = benk_accessory_kind_match (benk_accessory_get_standard_kinds (), text);
  if (!kind || benk_accessory_find (words, kind))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   kind    ? _ ("“%s” is named twice.")
                   : known ? _ ("“%s” is not an accessory of this model.")
                           : _ ("“%s” is not an accessory of any model."),
                   text);
      return FALSE;
    }
  g_ptr_array_add (words, benk_accessory_new (kind, status, FALSE));
  return TRUE;
}

static void
print (BenkCtl *ctl, BenkDeviceCard *card)
{
  BenkDevice *device = benk_device_card_get_device (card);
  GPtrArray *known = benk_device_card_get_accessories (card);
  BenkModel *model = benk_model_find (benk_inventory_get_models (
                                        benk_session_get_inventory (ctl->session)),
                                      benk_device_get_model_id (device));
  gboolean proposed = model && benk_model_is_accessories_proposed (model);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "serial", benk_device_get_serial (device));
  benk_json_add_bool (ctl->out, "proposed", proposed);
  benk_json_begin_array (ctl->out, "accessories");
  for (guint i = 0; i < known->len; i++)
    {
      const BenkAccessory *one = g_ptr_array_index (known, i);
      const char *label = benk_accessory_kind_get_label (one->kind);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "kind", one->kind);
      benk_json_add_string (ctl->out, "label", label);
      benk_json_add_string (ctl->out, "status",
                            benk_accessory_status_to_name (one->status));
      benk_json_add_bool (ctl->out, "listed", one->listed);
      benk_json_end_object (ctl->out);
      benk_ctl_say (ctl, "%s: %s", label, benk_accessory_status_get_label (one->status));
    }
  benk_json_end_array (ctl->out);
  benk_json_end_object (ctl->out);
  if (known->len == 0)
    benk_ctl_say (ctl, "%s", _ ("It is not known which accessories this model has."));
  if (proposed)
    benk_ctl_say (ctl, "%s", benk_proposed_label ());
}

/* What one command says of the accessories. */
typedef struct
{
  BenkCtlWhich which;
  char **there;
  char **missing;
  char **unseen;
} Said;

static void
said_clear (Said *said)
{
  benk_ctl_which_clear (&said->which);
  g_strfreev (said->there);
  g_strfreev (said->missing);
  g_strfreev (said->unseen);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Said, said_clear)

/* @known: what the device has, or NULL for several, which each look for themselves. */
static GPtrArray *
make_words (BenkCtl *ctl, const Said *said, GPtrArray *known, GError **error)
{
  GPtrArray *models =
    benk_inventory_get_models (benk_session_get_inventory (ctl->session));
  const struct
  {
    char **texts;
    BenkAccessoryStatus status;
  } rows[] = {
    { said->there, BENK_ACCESSORY_THERE },
    { said->missing, BENK_ACCESSORY_MISSING },
    { said->unseen, BENK_ACCESSORY_NOT_LOOKED_AT },
  };
  g_autoptr (GPtrArray) words =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_accessory_free);

  for (gsize row = 0; row < G_N_ELEMENTS (rows); row++)
    for (guint i = 0; rows[row].texts && rows[row].texts[i]; i++)
      if (!add_word (words, known, models, rows[row].texts[i], rows[row].status, error))
        return NULL;
  return g_steal_pointer (&words);
}

static gboolean
say_of_one (BenkCtl *ctl, const Said *said, const BenkId *device, GError **error)
{
  g_autoptr (BenkDeviceCard) card = benk_ctl_load_device (ctl, device, error);
  g_autoptr (GPtrArray) words =
    card ? make_words (ctl, said, benk_device_card_get_accessories (card), error) : NULL;

  if (!words)
    return FALSE;
  if (words->len > 0)
    {
      g_autoptr (BenkDeviceCard) after = NULL;

      benk_inventory_set_accessories_async (benk_session_get_inventory (ctl->session),
                                            device, words, NULL, benk_ctl_on_ready, ctl);
      after = benk_ctl_await_change (ctl, NULL, error)
                ? benk_ctl_load_device (ctl, device, error)
                : NULL;
      if (!after)
        return FALSE;
      g_set_object (&card, after);
    }
  print (ctl, card);
  return TRUE;
}

static gboolean
say_of_many (BenkCtl *ctl, const Said *said, GArray *devices, GError **error)
{
  g_autoptr (GPtrArray) words = make_words (ctl, said, NULL, error);
  g_autoptr (BenkBulk) bulk = NULL;

  if (!words)
    return FALSE;
  bulk = benk_bulk_new_accessories (benk_session_get_inventory (ctl->session),
                                    (const BenkId *) (gpointer) devices->data,
                                    devices->len, words);
  return benk_ctl_bulk_run (ctl, bulk, said->which.able, NULL, error);
}

gboolean
benk_ctl_device_accessories (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (Said) said = { BENK_CTL_WHICH_INIT };
  const GOptionEntry entries[] = {
    BENK_CTL_WHICH_ENTRIES (&said.which),
    { "present", 0, 0, G_OPTION_ARG_STRING_ARRAY, &said.there, NULL, NULL },
    { "missing", 0, 0, G_OPTION_ARG_STRING_ARRAY, &said.missing, NULL, NULL },
    { "not-looked-at", 0, 0, G_OPTION_ARG_STRING_ARRAY, &said.unseen, NULL, NULL },
    { NULL },
  };
  g_autoptr (GArray) devices = NULL;
  gboolean one;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, BENK_CTL_MAX_NAMED, error) ||
      !benk_ctl_which_check (&said.which, argc - 1, error))
    return FALSE;
  one = argc == 2 && !benk_ctl_which_is_question (&said.which);
  if (!one && !said.there && !said.missing && !said.unseen)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("Say with --present, --missing or --not-looked-at what is "
                              "so of all these devices."));
      return FALSE;
    }
  devices = benk_ctl_which_gather (ctl, &said.which, argc - 1, argv + 1, error);
  if (!devices)
    return FALSE;
  return one ? say_of_one (ctl, &said, &g_array_index (devices, BenkId, 0), error)
             : say_of_many (ctl, &said, devices, error);
}
