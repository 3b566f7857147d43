/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-conform-private.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "benk-serial.h"

/* What IEEE 11073-20601 and -10472 ask of an agent, as far as a manager sees it. */

#define UNKNOWN_ATTR 0xf7ff
#define UNKNOWN_ACTION 0xf7ff
#define UNKNOWN_OBJECT 0x7777
#define UNKNOWN_SERVICE 0x01f0
/* The clock may tick once on each side while it is set and read. */
#define CLOCK_LIMIT_S 2

static void
check_association (BenkConform *self, const BenkApdu *answer)
{
  benk_conform_pass (self);
}

static void
check_config (BenkConform *self, const BenkApdu *answer)
{
  if (self->config_known)
    benk_conform_pass (self);
  else
    benk_conform_fail (self, "%s", _ ("Its configuration was not understood."));
}

static BenkApdu *
ask_all (BenkConform *self)
{
  return benk_apdu_new_get (0, BENK_HANDLE_MDS, NULL, 0);
}

/* An agent without a serial has nothing but its System-Id. */
static gboolean
is_named (BenkConform *self)
{
  g_autofree char *system_id = benk_mds_dup_system_id (&self->mds);
  g_autofree char *told =
    benk_serial_normalise (self->mds.serial != NULL ? self->mds.serial : system_id);
  g_autofree char *named = benk_serial_normalise (self->serial);

  return g_str_equal (told, named);
}

static void
check_all (BenkConform *self, const BenkApdu *answer)
{
  self->foreign = TRUE;
  if (!benk_conform_expect (self, answer, BENK_CHOICE_GET_RESPONSE))
    return;
  benk_mds_update (&self->mds, answer->attrs);
  self->foreign = !is_named (self);
  if (self->foreign && self->mds.serial == NULL)
    {
      g_autofree char *system_id = benk_mds_dup_system_id (&self->mds);

      benk_conform_fail (self,
                         _ ("The device tells no serial number; its System-Id is "
                            "%s."),
                         *system_id != '\0' ? system_id : "–");
    }
  else if (self->foreign)
    benk_conform_fail (self, _ ("The device says its serial number is %s."),
                       self->mds.serial);
  else
    benk_conform_pass (self);
}

static void
check_identity (BenkConform *self, const BenkApdu *answer)
{
  if (!self->mds.has_system_id)
    benk_conform_fail (self, "%s", _ ("System-Id is missing."));
  else if (self->mds.model == NULL || self->mds.maker == NULL)
    benk_conform_fail (self, "%s", _ ("System-Model is missing."));
  else if (self->mds.faults != NULL)
    benk_conform_fail (self, "%s", self->mds.faults);
  else
    benk_conform_pass (self);
}

static void
check_spec (BenkConform *self, const BenkApdu *answer)
{
  if (!self->mds.has_type_specs)
    benk_conform_fail (self, "%s", _ ("System-Type-Spec-List is missing."));
  else if (!self->mds.is_med_monitor)
    benk_conform_fail (self, "%s", _ ("It is no medication monitor."));
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_list (BenkConform *self)
{
  static const guint16 ids[] = { BENK_ATTR_SYSTEM_ID, BENK_ATTR_CONFIG_ID };

  /* A number that no counter of the device has come to by itself. */
  self->invoke_id = 0xa5a4;
  return benk_apdu_new_get (0, BENK_HANDLE_MDS, ids, G_N_ELEMENTS (ids));
}

static void
check_list (BenkConform *self, const BenkApdu *answer)
{
  if (!benk_conform_expect (self, answer, BENK_CHOICE_GET_RESPONSE))
    return;
  if (answer->attrs->len != 2 ||
      benk_attrs_find (answer->attrs, BENK_ATTR_SYSTEM_ID) == NULL ||
      benk_attrs_find (answer->attrs, BENK_ATTR_CONFIG_ID) == NULL)
    benk_conform_fail (self, _ ("Two attributes were asked for, %u came."),
                       answer->attrs->len);
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_unknown_attr (BenkConform *self)
{
  return benk_conform_get (self, BENK_HANDLE_MDS, UNKNOWN_ATTR);
}

static void
check_unknown_attr (BenkConform *self, const BenkApdu *answer)
{
  if (answer != NULL && answer->choice == BENK_CHOICE_ERROR)
    benk_conform_pass (self);
  else if (!benk_conform_expect (self, answer, BENK_CHOICE_GET_RESPONSE))
    return;
  else if (benk_attrs_find (answer->attrs, UNKNOWN_ATTR) != NULL)
    benk_conform_fail (self, "%s", _ ("It gave a value that nobody knows."));
  else
    benk_conform_pass (self);
}

static void
expect_error (BenkConform *self, const BenkApdu *answer, guint16 error)
{
  if (!benk_conform_expect (self, answer, BENK_CHOICE_ERROR))
    return;
  if (answer->type != error)
    benk_conform_fail (self, _ ("The error is %u, not %u."), answer->type, error);
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_unknown_object (BenkConform *self)
{
  return benk_apdu_new_get (0, UNKNOWN_OBJECT, NULL, 0);
}

static void
check_unknown_object (BenkConform *self, const BenkApdu *answer)
{
  expect_error (self, answer, BENK_ROER_NO_SUCH_OBJECT);
}

static BenkApdu *
ask_unknown_action (BenkConform *self)
{
  return benk_apdu_new_action (0, BENK_HANDLE_MDS, UNKNOWN_ACTION, NULL);
}

static void
check_unknown_action (BenkConform *self, const BenkApdu *answer)
{
  expect_error (self, answer, BENK_ROER_NO_SUCH_ACTION);
}

static BenkApdu *
ask_unknown_service (BenkConform *self)
{
  return benk_apdu_new_data (0, (BenkApduChoice) UNKNOWN_SERVICE, 0);
}

static void
check_unknown_service (BenkConform *self, const BenkApdu *answer)
{
  if (answer != NULL && answer->tag == BENK_APDU_ABRT)
    self->leaves = TRUE;
  if ((answer != NULL && answer->tag == BENK_APDU_ABRT) ||
      benk_conform_expect (self, answer, BENK_CHOICE_REJECT))
    benk_conform_pass (self);
}

static BenkApdu *
ask_set_time (BenkConform *self)
{
  g_autoptr (GBytes) info = NULL;

  if ((self->mds.time_state & BENK_TIME_SETTABLE) == 0)
    return NULL;
  self->set_to = benk_mder_time_from_seconds (self->local_s);
  self->set_at_s = self->local_s;
  info = benk_set_time_compose (&self->set_to);
  return benk_apdu_new_action (0, BENK_HANDLE_MDS, BENK_ACT_SET_TIME, info);
}

static void
check_set_time (BenkConform *self, const BenkApdu *answer)
{
  if (self->set_at_s == 0)
    benk_conform_not_offered (self, _ ("The clock cannot be set."));
  else if (benk_conform_expect (self, answer, BENK_CHOICE_ACTION_RESPONSE))
    benk_conform_pass (self);
}

static BenkApdu *
ask_time (BenkConform *self)
{
  return self->set_at_s != 0
           ? benk_conform_get (self, BENK_HANDLE_MDS, BENK_ATTR_DATE_TIME)
           : NULL;
}

static void
check_time (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkMds) now = { 0 };

  if (self->set_at_s == 0)
    {
      benk_conform_not_offered (self, _ ("The clock cannot be set."));
      return;
    }
  if (!benk_conform_expect (self, answer, BENK_CHOICE_GET_RESPONSE))
    return;
  benk_mds_init (&now);
  benk_mds_update (&now, answer->attrs);
  if (!now.has_time)
    benk_conform_fail (self, "%s", _ ("It does not tell the time."));
  else if (ABS (benk_mder_time_to_seconds (&now.time) - self->local_s) > CLOCK_LIMIT_S)
    benk_conform_fail (self, "%s", _ ("The clock shows another time than was set."));
  else
    benk_conform_pass (self);
}

/** benk_conform_ask_store: Returns: (nullable): asks what the dose log holds */
BenkApdu *
benk_conform_ask_store (BenkConform *self)
{
  return self->pm_handle != 0 ? benk_apdu_new_get (0, self->pm_handle, NULL, 0) : NULL;
}

/** benk_conform_take_store: Returns: whether @answer tells what the dose log holds */
gboolean
benk_conform_take_store (BenkConform *self, const BenkApdu *answer, BenkPmStore *store)
{
  if (self->pm_handle == 0)
    {
      benk_conform_not_offered (self, _ ("There is no dose log."));
      return FALSE;
    }
  if (!benk_conform_expect (self, answer, BENK_CHOICE_GET_RESPONSE))
    return FALSE;
  benk_pm_store_parse (store, answer->attrs);
  return TRUE;
}

static void
check_store (BenkConform *self, const BenkApdu *answer)
{
  BenkPmStore store = { 0 };

  if (!benk_conform_take_store (self, answer, &store))
    return;
  if (store.usage < 0)
    benk_conform_fail (self, "%s", _ ("It does not tell how much is stored."));
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_segments (BenkConform *self)
{
  g_autoptr (GBytes) all = benk_pm_select_all ();

  return self->pm_handle != 0
           ? benk_apdu_new_action (0, self->pm_handle, BENK_ACT_SEG_GET_INFO, all)
           : NULL;
}

static void
check_segments (BenkConform *self, const BenkApdu *answer)
{
  g_autoptr (GArray) segments = NULL;
  g_autoptr (GError) error = NULL;

  if (self->pm_handle == 0)
    {
      benk_conform_not_offered (self, _ ("There is no dose log."));
      return;
    }
  if (!benk_conform_expect (self, answer, BENK_CHOICE_ACTION_RESPONSE))
    return;
  segments = benk_pm_segments_parse (answer->info, &error);
  if (segments == NULL)
    benk_conform_fail (self, "%s", error->message);
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_release (BenkConform *self)
{
  return benk_apdu_new_reason (BENK_APDU_RLRQ, 0);
}

static void
check_release (BenkConform *self, const BenkApdu *answer)
{
  self->leaves = TRUE;
  if (answer != NULL && answer->tag == BENK_APDU_RLRE)
    benk_conform_pass (self);
  else
    benk_conform_fail (self, "%s", _ ("It did not answer the release."));
}

static BenkApdu *
ask_abort (BenkConform *self)
{
  return benk_apdu_new_reason (BENK_APDU_ABRT, 0);
}

static void
check_abort (BenkConform *self, const BenkApdu *answer)
{
  self->leaves = TRUE;
}

const BenkConformStep benk_conform_standard[] = {
  { "S-ASSOCIATE", "20601", N_ ("Offers an association that can be accepted"), 0, FALSE,
    FALSE, NULL, check_association },
  { "S-CONFIGURE", "20601", N_ ("Tells a configuration that can be understood"), 0, FALSE,
    FALSE, NULL, check_config },
  { "S-GET-ALL", "20601", N_ ("Tells all attributes of itself"), 0, FALSE, FALSE, ask_all,
    check_all },
  { "S-IDENTITY", "20601", N_ ("Says which device it is, of which maker and model"), 0,
    FALSE, FALSE, NULL, check_identity },
  { "S-SPECIALISATION", "10472", N_ ("Says that it is a medication monitor"), 0, FALSE,
    FALSE, NULL, check_spec },
  { "S-GET-LIST", "20601",
    N_ ("Tells what was asked for, under the number of the "
        "question"),
    0, FALSE, FALSE, ask_list, check_list },
  { "S-UNKNOWN-ATTRIBUTE", "20601", N_ ("Bears a question for an unknown attribute"), 0,
    FALSE, FALSE, ask_unknown_attr, check_unknown_attr },
  { "S-UNKNOWN-OBJECT", "20601", N_ ("Refuses an unknown object by name"), 0, FALSE,
    FALSE, ask_unknown_object, check_unknown_object },
  { "S-UNKNOWN-ACTION", "20601", N_ ("Refuses an unknown action by name"), 0, FALSE,
    FALSE, ask_unknown_action, check_unknown_action },
  { "S-UNKNOWN-SERVICE", "20601", N_ ("Rejects an unknown service"), 0, FALSE, FALSE,
    ask_unknown_service, check_unknown_service },
  { "S-SET-TIME", "20601", N_ ("Lets its clock be set"), 0, FALSE, FALSE, ask_set_time,
    check_set_time },
  { "S-TIME", "20601", N_ ("Shows the time that was set"), 0, FALSE, FALSE, ask_time,
    check_time },
  { "S-STORE", "20601", N_ ("Tells how many doses its log holds"), 0, FALSE, FALSE,
    benk_conform_ask_store, check_store },
  { "S-SEGMENTS", "20601", N_ ("Lists the segments of its log"), 0, FALSE, FALSE,
    ask_segments, check_segments },
  { "S-RELEASE", "20601", N_ ("Answers a release"), 0, FALSE, FALSE, ask_release,
    check_release },
  { "S-ASSOCIATE-AGAIN", "20601", N_ ("Associates again with a known configuration"), 0,
    FALSE, FALSE, NULL, check_association },
  { NULL, NULL, NULL, 0, FALSE, FALSE, ask_abort, check_abort },
  { "S-ABORT", "20601", N_ ("Associates again after an abort"), 0, FALSE, FALSE, NULL,
    check_association },
};

const guint benk_conform_n_standard = G_N_ELEMENTS (benk_conform_standard);
