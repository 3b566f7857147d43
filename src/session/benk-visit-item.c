/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-visit-private.h"

#include <glib/gi18n.h>

struct _BenkVisitItem
{
  GObject parent_instance;

  const BenkVisitThing *thing;
  BenkVisitItemState state;
  char *detail;
};

G_DEFINE_FINAL_TYPE (BenkVisitItem, benk_visit_item, G_TYPE_OBJECT)

#define RIGHT_DEVICE                                                                     \
  {                                                                                      \
    "right-device", 1, N_ ("Right device"), NULL, BENK_FACT_RIGHT_DEVICE, NULL, FALSE    \
  }

#define TEST_ALARM(section, label)                                                       \
  {                                                                                      \
    "test-alarm", section, label, NULL, BENK_FACT_TEST_ALARM_SEEN, NULL, TRUE            \
  }

static const BenkVisitThing install[] = {
  RIGHT_DEVICE,
  { "power", 2, N_ ("Power and coverage"), NULL, BENK_FACT_POWER_AT_HOME, NULL, FALSE },
  { "coverage", 2, N_ ("Power and coverage"), NULL, BENK_FACT_COVERAGE_AT_HOME, NULL,
    FALSE },
  { "settings", 3, N_ ("Settings"), N_ ("Dose times"), BENK_FACT_NONE, NULL, FALSE },
  { "medicine", 4, N_ ("Medicine"), NULL, BENK_FACT_MEDICINE_LOADED, "medicine-loaded",
    FALSE },
  { "test-dose", 5, N_ ("Test"), NULL, BENK_FACT_TEST_DISPENSE, NULL, FALSE },
  TEST_ALARM (5, N_ ("Test")),
  { "training-user", 6, N_ ("Training"), NULL, BENK_FACT_TRAINING_USER, "training-user",
    FALSE },
  { "training-kin", 6, N_ ("Training"), NULL, BENK_FACT_TRAINING_KIN, NULL, FALSE },
  { "sheet", 6, N_ ("Training"), NULL, BENK_FACT_SHEET_LEFT, NULL, FALSE },
};

static const BenkVisitThing settings[] = {
  RIGHT_DEVICE,
  { "settings", 2, N_ ("Settings"), N_ ("Dose times"), BENK_FACT_NONE, NULL, FALSE },
  { "home-care-informed", 3, N_ ("Told"), NULL, BENK_FACT_HOME_CARE_INFORMED, NULL,
    FALSE },
  TEST_ALARM (4, N_ ("Test")),
};

static const BenkVisitThing swap[] = {
  RIGHT_DEVICE,
  { "power", 2, N_ ("Power and coverage"), NULL, BENK_FACT_POWER_AT_HOME, NULL, FALSE },
  { "coverage", 2, N_ ("Power and coverage"), NULL, BENK_FACT_COVERAGE_AT_HOME, NULL,
    FALSE },
};

static const BenkVisitThing collect[] = {
  RIGHT_DEVICE,
  { "medicine-removed", 2, N_ ("Medicine"), NULL, BENK_FACT_MEDICINE_REMOVED,
    "medicine-removed", FALSE },
  { "accessories", 3, N_ ("Accessories"), NULL, BENK_FACT_ACCESSORIES_COUNTED, NULL,
    FALSE },
};

static const struct
{
  const BenkVisitThing *things;
  gsize n_things;
} kinds[BENK_N_VISIT_KINDS] = {
  [BENK_VISIT_INSTALL] = { install, G_N_ELEMENTS (install) },
  [BENK_VISIT_SETTINGS] = { settings, G_N_ELEMENTS (settings) },
  [BENK_VISIT_SWAP] = { swap, G_N_ELEMENTS (swap) },
  [BENK_VISIT_COLLECT] = { collect, G_N_ELEMENTS (collect) },
};

const BenkVisitThing *
benk_visit_get_things (BenkVisitKind kind, gsize *n_things)
{
  *n_things = kinds[kind].n_things;

  return kinds[kind].things;
}

const BenkVisitThing *
benk_visit_find_thing (BenkVisitKind kind, const char *id)
{
  for (gsize i = 0; i < kinds[kind].n_things; i++)
    if (g_strcmp0 (kinds[kind].things[i].id, id) == 0)
      return &kinds[kind].things[i];

  return NULL;
}

static void
benk_visit_item_finalize (GObject *object)
{
  g_free (BENK_VISIT_ITEM (object)->detail);
  G_OBJECT_CLASS (benk_visit_item_parent_class)->finalize (object);
}

static void
benk_visit_item_class_init (BenkVisitItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_visit_item_finalize;
}

static void
benk_visit_item_init (BenkVisitItem *self)
{
}

BenkVisitItem *
benk_visit_item_new (const BenkVisitThing *thing,
                     BenkVisitItemState state,
                     const char *detail)
{
  BenkVisitItem *self = g_object_new (BENK_TYPE_VISIT_ITEM, NULL);

  self->thing = thing;
  self->state = state;
  self->detail = g_strdup (detail);

  return self;
}

/** benk_visit_item_get_id: Returns: its stable name */
const char *
benk_visit_item_get_id (BenkVisitItem *self)
{
  g_return_val_if_fail (BENK_IS_VISIT_ITEM (self), NULL);

  return self->thing->id;
}

/** benk_visit_item_get_section: Returns: which section it stands in, from 1 */
guint
benk_visit_item_get_section (BenkVisitItem *self)
{
  g_return_val_if_fail (BENK_IS_VISIT_ITEM (self), 0);

  return self->thing->section;
}

/** benk_visit_item_get_section_label: Returns: what the section is called, translated */
const char *
benk_visit_item_get_section_label (BenkVisitItem *self)
{
  g_return_val_if_fail (BENK_IS_VISIT_ITEM (self), NULL);

  return _ (self->thing->section_label);
}

/** benk_visit_item_get_label: Returns: what is to be seen to, translated */
const char *
benk_visit_item_get_label (BenkVisitItem *self)
{
  g_return_val_if_fail (BENK_IS_VISIT_ITEM (self), NULL);

  return self->thing->label != NULL ? _ (self->thing->label)
                                    : benk_fact_kind_get_label (self->thing->fact);
}

/** benk_visit_item_get_state: Returns: how far it is */
BenkVisitItemState
benk_visit_item_get_state (BenkVisitItem *self)
{
  g_return_val_if_fail (BENK_IS_VISIT_ITEM (self), BENK_VISIT_ITEM_OPEN);

  return self->state;
}

/** benk_visit_item_get_state_name: Returns: "open", "done" or "later" */
const char *
benk_visit_item_get_state_name (BenkVisitItem *self)
{
  switch (benk_visit_item_get_state (self))
    {
    case BENK_VISIT_ITEM_DONE:
      return "done";
    case BENK_VISIT_ITEM_LATER:
      return "later";
    case BENK_VISIT_ITEM_OPEN:
    default:
      return "open";
    }
}

/** benk_visit_item_get_detail: Returns: (nullable): who, when and what was found */
const char *
benk_visit_item_get_detail (BenkVisitItem *self)
{
  g_return_val_if_fail (BENK_IS_VISIT_ITEM (self), NULL);

  return self->detail;
}

/** benk_visit_item_get_fact: Returns: what is signed by ticking it */
BenkFactKind
benk_visit_item_get_fact (BenkVisitItem *self)
{
  g_return_val_if_fail (BENK_IS_VISIT_ITEM (self), BENK_FACT_NONE);

  return self->thing->fact;
}
