/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-accessory-list.h"

#include "benk-config.h"

#include <glib/gi18n.h>

/* Nothing was said. */
#define NEVER G_MININT64

typedef struct
{
  BenkAccessory base;
  gint64 order; /* of the newest word about it */
} Entry;

struct _BenkAccessoryList
{
  GPtrArray *entries;    /* (element-type Entry) */
  gint64 all_attested;   /* where it was last attested that all are there */
  gint64 power_attested; /* where it was last attested that the adapter is there */
  gint64 since;          /* where the device came last */
};

/**
 * benk_accessory_new:
 * @kind: a kind
 * @status: what is known
 * @listed: whether the file of the model lists it
 *
 * Returns: (transfer full): an accessory
 */
BenkAccessory *
benk_accessory_new (const char *kind, BenkAccessoryStatus status, gboolean listed)
{
  BenkAccessory *self = g_new0 (BenkAccessory, 1);

  self->kind = g_strdup (kind);
  self->status = status;
  self->listed = listed;

  return self;
}

/**
 * benk_accessory_copy:
 * @self: an accessory
 *
 * Returns: (transfer full): a copy
 */
BenkAccessory *
benk_accessory_copy (const BenkAccessory *self)
{
  return benk_accessory_new (self->kind, self->status, self->listed);
}

/**
 * benk_accessory_free:
 * @self: (transfer full): an accessory
 */
void
benk_accessory_free (BenkAccessory *self)
{
  g_free (self->kind);
  g_free (self);
}

/**
 * benk_accessory_find:
 * @all: (element-type BenkAccessory): accessories
 * @kind: a kind
 *
 * Returns: (transfer none) (nullable): the one of that kind
 */
const BenkAccessory *
benk_accessory_find (GPtrArray *all, const char *kind)
{
  for (guint i = 0; i < all->len; i++)
    {
      const BenkAccessory *one = g_ptr_array_index (all, i);

      if (g_str_equal (one->kind, kind))
        return one;
    }

  return NULL;
}

static void
entry_free (Entry *entry)
{
  g_free (entry->base.kind);
  g_free (entry);
}

/**
 * benk_accessory_list_new:
 *
 * Returns: (transfer full): a list of which nothing is known
 */
BenkAccessoryList *
benk_accessory_list_new (void)
{
  BenkAccessoryList *self = g_new0 (BenkAccessoryList, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->all_attested = NEVER;
  self->power_attested = NEVER;
  self->since = NEVER;

  return self;
}

/**
 * benk_accessory_list_free:
 * @self: (transfer full): a list
 */
void
benk_accessory_list_free (BenkAccessoryList *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static Entry *
ensure_entry (BenkAccessoryList *self, const char *kind)
{
  Entry *entry;

  for (guint i = 0; i < self->entries->len; i++)
    {
      entry = g_ptr_array_index (self->entries, i);
      if (g_str_equal (entry->base.kind, kind))
        return entry;
    }

  entry = g_new0 (Entry, 1);
  entry->base.kind = g_strdup (kind);
  entry->order = NEVER;
  g_ptr_array_add (self->entries, entry);

  return entry;
}

/**
 * benk_accessory_list_set_since:
 * @self: a list
 * @order: place in the change log where the device came last; what was seen before says
 *   nothing of today
 */
void
benk_accessory_list_set_since (BenkAccessoryList *self, gint64 order)
{
  self->since = order;
}

/**
 * benk_accessory_list_add_kind:
 * @self: a list
 * @kind: a kind that the file of the model lists
 */
void
benk_accessory_list_add_kind (BenkAccessoryList *self, const char *kind)
{
  ensure_entry (self, kind)->base.listed = TRUE;
}

/**
 * benk_accessory_list_add_word:
 * @self: a list
 * @kind: a kind
 * @status: what was said of it
 * @order: place in the change log
 *
 * Feeds what was said of one accessory, in any order.
 */
void
benk_accessory_list_add_word (BenkAccessoryList *self,
                              const char *kind,
                              BenkAccessoryStatus status,
                              gint64 order)
{
  Entry *entry = ensure_entry (self, kind);

  if (order < entry->order)
    return;
  entry->base.status = status;
  entry->order = order;
}

/**
 * benk_accessory_list_add_attested:
 * @self: a list
 * @all: whether all of them were attested to be there, or what gives power only
 * @order: place in the change log
 *
 * Feeds what was attested of several at once, in any order.
 */
void
benk_accessory_list_add_attested (BenkAccessoryList *self, gboolean all, gint64 order)
{
  if (all)
    self->all_attested = MAX (self->all_attested, order);
  else
    self->power_attested = MAX (self->power_attested, order);
}

/* A word about the one counts more than a word of the same change about all. What is
 * missing stays missing; that something is there goes for as long as the device is not
 * back from somewhere. */
static BenkAccessoryStatus
get_status (const BenkAccessoryList *self, const Entry *entry)
{
  gint64 attested = self->all_attested;
  BenkAccessoryStatus status = entry->base.status;
  gint64 order = entry->order;

  if (benk_accessory_kind_gives_power (entry->base.kind))
    attested = MAX (attested, self->power_attested);
  if (attested > order)
    {
      status = BENK_ACCESSORY_THERE;
      order = attested;
    }
  if (status == BENK_ACCESSORY_THERE && order < self->since)
    status = BENK_ACCESSORY_NOT_LOOKED_AT;

  return status;
}

/**
 * benk_accessory_list_get:
 * @self: a list
 *
 * Returns: (transfer full) (element-type BenkAccessory): each kind that the model lists,
 *   in its order, then each other kind of which something was said
 */
GPtrArray *
benk_accessory_list_get (const BenkAccessoryList *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_accessory_free);

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < self->entries->len; i++)
      {
        const Entry *entry = g_ptr_array_index (self->entries, i);
        BenkAccessoryStatus status = get_status (self, entry);

        if (entry->base.listed == (round == 0) &&
            (entry->base.listed || status != BENK_ACCESSORY_NOT_LOOKED_AT))
          g_ptr_array_add (all, benk_accessory_new (entry->base.kind, status,
                                                    entry->base.listed));
      }

  return all;
}

/* Whether nothing is missing and what the model lists was seen. */
static gboolean
is_there (const BenkAccessoryList *self, gboolean power_only, gboolean *out_any_listed)
{
  *out_any_listed = FALSE;
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);
      BenkAccessoryStatus status = get_status (self, entry);

      if (power_only && !benk_accessory_kind_gives_power (entry->base.kind))
        continue;
      *out_any_listed = *out_any_listed || entry->base.listed;
      if (status == BENK_ACCESSORY_MISSING ||
          (entry->base.listed && status == BENK_ACCESSORY_NOT_LOOKED_AT))
        return FALSE;
    }

  return TRUE;
}

/**
 * benk_accessory_list_is_complete:
 * @self: a list
 *
 * Whether all that belongs to the device was seen to be there. Where it is not known what
 * belongs to it, somebody has to have attested that it is complete.
 *
 * Returns: %FALSE also when something was not looked at
 */
gboolean
benk_accessory_list_is_complete (const BenkAccessoryList *self)
{
  gboolean listed;

  return is_there (self, FALSE, &listed) && (listed || self->all_attested >= self->since);
}

/**
 * benk_accessory_list_has_power:
 * @self: a list
 *
 * Whether the adapter, or what else gives the device its power, was seen to be there.
 *
 * Returns: %FALSE also when it was not looked at
 */
gboolean
benk_accessory_list_has_power (const BenkAccessoryList *self)
{
  gboolean listed;

  return is_there (self, TRUE, &listed) &&
         (listed || MAX (self->power_attested, self->all_attested) >= self->since ||
          benk_accessory_list_is_complete (self));
}

/**
 * benk_accessory_list_misses_power:
 * @self: a list
 *
 * Returns: whether somebody has looked in vain for what gives the device its power
 */
gboolean
benk_accessory_list_misses_power (const BenkAccessoryList *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (benk_accessory_kind_gives_power (entry->base.kind) &&
          get_status (self, entry) == BENK_ACCESSORY_MISSING)
        return TRUE;
    }

  return FALSE;
}

static char *
join_labels (GPtrArray *all, gboolean power_only, BenkAccessoryStatus status)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const BenkAccessory *one = g_ptr_array_index (all, i);

      if (one->status == status &&
          (!power_only || benk_accessory_kind_gives_power (one->kind)))
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                                benk_accessory_kind_get_label (one->kind));
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/**
 * benk_accessory_list_describe_lack:
 * @self: a list
 * @power_only: whether only what gives power is asked for
 *
 * Returns: (transfer full) (nullable): what is missing and what was not looked at, by
 *   name, translated; %NULL when neither is
 */
char *
benk_accessory_list_describe_lack (const BenkAccessoryList *self, gboolean power_only)
{
  g_autoptr (GPtrArray) all = benk_accessory_list_get (self);
  g_autofree char *missing = join_labels (all, power_only, BENK_ACCESSORY_MISSING);
  g_autofree char *unseen = join_labels (all, power_only, BENK_ACCESSORY_NOT_LOOKED_AT);

  if (missing != NULL && unseen != NULL)
    /* Translators: names of accessories, such as "Missing: Power adapter." */
    return g_strdup_printf (_ ("Missing: %s. Not looked at: %s."), missing, unseen);
  if (missing != NULL)
    return g_strdup_printf (_ ("Missing: %s."), missing);
  if (unseen != NULL)
    return g_strdup_printf (_ ("Not looked at: %s."), unseen);

  return NULL;
}
