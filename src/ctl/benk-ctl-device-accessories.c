/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-device-many.h"

#include <glib/gi18n.h>

#include "benk-ctl-work.h"
#include "benk-error.h"

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
add_words (GPtrArray *words,
           GPtrArray *known,
           char **texts,
           BenkAccessoryStatus status,
           GError **error)
{
  for (guint i = 0; texts && texts[i]; i++)
    {
      const char *kind = find_kind (known, texts[i]);

      if (!kind || benk_accessory_find (words, kind))
        {
          g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                       kind ? _ ("“%s” is named twice.")
                            : _ ("“%s” is not an accessory of this model."),
                       texts[i]);
          return FALSE;
        }
      g_ptr_array_add (words, benk_accessory_new (kind, status, FALSE));
    }
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

static gboolean
set (BenkCtl *ctl, const BenkId *device, GPtrArray *words, GError **error)
{
  benk_inventory_set_accessories_async (benk_session_get_inventory (ctl->session), device,
                                        words, NULL, benk_ctl_on_ready, ctl);
  return benk_ctl_await_change (ctl, NULL, error);
}

gboolean
benk_ctl_device_accessories (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (GStrv) there = NULL;
  g_auto (GStrv) missing = NULL;
  g_auto (GStrv) unseen = NULL;
  const GOptionEntry entries[] = {
    { "present", 0, 0, G_OPTION_ARG_STRING_ARRAY, &there, NULL, NULL },
    { "missing", 0, 0, G_OPTION_ARG_STRING_ARRAY, &missing, NULL, NULL },
    { "not-looked-at", 0, 0, G_OPTION_ARG_STRING_ARRAY, &unseen, NULL, NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) words =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_accessory_free);
  g_autoptr (BenkDevice) device = NULL;
  g_autoptr (BenkDeviceCard) card = NULL;
  GPtrArray *known;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error))
    return FALSE;
  device = benk_ctl_open_device (ctl, argv[1], error);
  card = device ? benk_ctl_load_device (ctl, benk_device_get_id (device), error) : NULL;
  if (!card)
    return FALSE;
  known = benk_device_card_get_accessories (card);
  if (!add_words (words, known, there, BENK_ACCESSORY_THERE, error) ||
      !add_words (words, known, missing, BENK_ACCESSORY_MISSING, error) ||
      !add_words (words, known, unseen, BENK_ACCESSORY_NOT_LOOKED_AT, error))
    return FALSE;
  if (words->len > 0)
    {
      g_autoptr (BenkDeviceCard) after = NULL;

      if (!set (ctl, benk_device_get_id (device), words, error))
        return FALSE;
      after = benk_ctl_load_device (ctl, benk_device_get_id (device), error);
      if (!after)
        return FALSE;
      g_set_object (&card, after);
    }
  print (ctl, card);
  return TRUE;
}
