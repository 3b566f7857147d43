/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phd-rig.h"

#include "benk-ext.h"
#include "benk-mder.h"

#include <string.h>

/* What a device may forge about itself: its maker's name, and the bit that says that it
 * is simulated. What the link is it cannot forge. */

#define SET 0x5e700001

typedef struct
{
  BenkLinkKind link;
  gboolean renamed;
  gboolean bit_cleared;
  gboolean demo;
} Case;

/* Takes the bit out of Ext-Profile: behind the 16 octets of the UUID and the version. */
static GBytes *
clear_bit (Rig *rig, GBytes *octets)
{
  g_autoptr (BenkApdu) apdu = benk_apdu_parse (octets, NULL);
  GBytes *value = apdu != NULL && apdu->choice == BENK_CHOICE_GET_RESPONSE
                    ? benk_attrs_find (apdu->attrs, BENK_EXT_ATTR_PROFILE)
                    : NULL;
  g_autoptr (GPtrArray) attrs = NULL;
  g_autoptr (GBytes) forged = NULL;
  g_autofree guint8 *data = NULL;
  gsize size;

  if (value == NULL)
    return g_bytes_ref (octets);
  data = g_memdup2 (g_bytes_get_data (value, &size), g_bytes_get_size (value));
  g_assert_cmpuint (size, ==, 26);
  data[18] &= (guint8) ~(BENK_EXT_CAP_SIMULATED >> 24);
  forged = g_bytes_new (data, size);
  attrs = benk_attrs_new ();
  for (guint i = 0; i < apdu->attrs->len; i++)
    {
      BenkAttr *attr = g_ptr_array_index (apdu->attrs, i);

      benk_attrs_add (attrs, attr->id,
                      attr->id == BENK_EXT_ATTR_PROFILE ? forged : attr->value);
    }
  g_ptr_array_unref (apdu->attrs);
  apdu->attrs = g_steal_pointer (&attrs);
  return benk_apdu_compose (apdu);
}

/* Only a device on a cable that forges everything is taken for what it says it is: no
 * octet of it tells otherwise. */
static gboolean
may_count (const Case *cheat)
{
  if (cheat->link == BENK_LINK_KIND_IMPORTED || cheat->link == BENK_LINK_KIND_NETWORK)
    return FALSE;
  return cheat->demo || cheat->link == BENK_LINK_KIND_CHECKLIST ||
         (cheat->link == BENK_LINK_KIND_USB && cheat->renamed && cheat->bit_cleared);
}

static void
try_case (const Case *cheat, BenkJobKind kind)
{
  g_autoptr (Rig) rig = rig_new ();
  g_auto (BenkJobPlan) plan = { 0 };
  BenkJobSetup setup;
  const BenkJobResult *result;

  rig_plan (&plan, 5);
  if (cheat->renamed)
    {
      g_free (rig->memory->manufacturer);
      rig->memory->manufacturer = g_strdup ("ACME");
    }
  if (cheat->bit_cleared)
    rig->spoil = clear_bit;
  setup = rig_setup (kind, &plan, SET);
  setup.link_kind = cheat->link;
  setup.demo_store = cheat->demo;
  result = rig_run (rig, &setup);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
  g_assert_cmpint (result->counts, ==, may_count (cheat));
  if (!result->counts)
    {
      g_assert_null (strstr (result->sentence, "Ready"));
      g_assert_null (strstr (result->sentence, "Reset confirmed"));
      g_assert_nonnull (strstr (result->sentence, "not valid as proof"));
    }
  /* A recording stays one, and no simulated device becomes one on a cable. */
  if (cheat->link != BENK_LINK_KIND_USB)
    g_assert_cmpint (result->link_kind, ==, cheat->link);
  else if (!cheat->renamed || !cheat->bit_cleared)
    g_assert_cmpint (result->link_kind, ==, BENK_LINK_KIND_SIMULATED);
}

static void
test_every_forgery (void)
{
  guint n = 0;

  for (guint link = 0; link < BENK_N_LINK_KINDS; link++)
    for (guint forged = 0; forged < 8; forged++)
      for (guint kind = BENK_JOB_PROVISION; kind <= BENK_JOB_RESET; kind++)
        {
          const Case cheat = { (BenkLinkKind) link, (forged & 1) != 0, (forged & 2) != 0,
                               (forged & 4) != 0 };

          try_case (&cheat, (BenkJobKind) kind);
          n++;
        }
  g_test_message ("%u forgeries", n);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phd/cheat/every-forgery-of-name-bit-and-link", test_every_forgery);
  return g_test_run ();
}
