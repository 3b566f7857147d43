/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-conform-private.h"

#include <glib/gi18n.h>

/* What the service extension asks of attributes, self-test and the way to a reset. */

#define ALL_TESTS 0xffff
#define TEST_DONE 2
#define POLL_MS 500
#define POLLS 20

static BenkApdu *
ask_profile (BenkConform *self)
{
  return benk_conform_get (self, BENK_HANDLE_MDS, BENK_EXT_ATTR_PROFILE);
}

static void
check_profile (BenkConform *self, const BenkApdu *answer)
{
  if (answer != NULL &&
      (answer->choice == BENK_CHOICE_ERROR ||
       (answer->choice == BENK_CHOICE_GET_RESPONSE &&
        benk_attrs_find (answer->attrs, BENK_EXT_ATTR_PROFILE) == NULL)))
    {
      self->no_profile = TRUE;
      benk_conform_not_offered (self, _ ("There is no service extension."));
      return;
    }
  if (!benk_conform_take_value (self, answer, BENK_EXT_ATTR_PROFILE, BENK_EXT_PROFILE,
                                &self->profile))
    return;
  self->has_extension = benk_ext_profile_is_known (&self->profile);
  if (self->has_extension)
    benk_conform_pass (self);
  else
    benk_conform_fail (self, "%s", _ ("The extension or its version is another one."));
}

/* Whoever says so by name says so by the bit, and the other way about. */
static void
check_simulated (BenkConform *self, const BenkApdu *answer)
{
  gboolean bit = (self->profile.caps & BENK_EXT_CAP_SIMULATED) != 0;

  if (bit == benk_mds_is_simulated (&self->mds))
    benk_conform_pass (self);
  else
    benk_conform_fail (self, "%s",
                       _ ("The simulated bit and the maker's name do not say "
                          "the same."));
}

static void
check_sizes (BenkConform *self, const BenkApdu *answer)
{
  if (self->profile.max_rx < 64 || self->profile.max_tx < 64)
    benk_conform_fail (self, _ ("It receives %u octets and sends %u."),
                       self->profile.max_rx, self->profile.max_tx);
  else
    benk_conform_pass (self);
}

BenkApdu *
benk_conform_ask_state (BenkConform *self)
{
  return benk_conform_get (self, BENK_HANDLE_MDS, BENK_EXT_ATTR_PROV_STATE);
}

static void
check_state (BenkConform *self, const BenkApdu *answer)
{
  self->has_before = benk_conform_take_value (self, answer, BENK_EXT_ATTR_PROV_STATE,
                                              BENK_EXT_PROV_STATE, &self->before);
  if (self->has_before)
    benk_conform_pass (self);
}

static BenkApdu *
ask_wipe_state (BenkConform *self)
{
  return benk_conform_get (self, BENK_HANDLE_MDS, BENK_EXT_ATTR_WIPE_STATE);
}

static void
check_wipe_state (BenkConform *self, const BenkApdu *answer)
{
  self->has_counter = benk_conform_take_value (self, answer, BENK_EXT_ATTR_WIPE_STATE,
                                               BENK_EXT_WIPE_STATE, &self->wiped_before);
  if (self->has_counter)
    benk_conform_pass (self);
}

BenkApdu *
benk_conform_ask_mode (BenkConform *self)
{
  return benk_conform_get (self, BENK_HANDLE_MDS, BENK_EXT_ATTR_MODE);
}

static void
expect_mode (BenkConform *self, const BenkApdu *answer, guint16 least, guint16 most)
{
  g_auto (BenkExtMessage) mode = { 0 };

  if (!benk_conform_take_value (self, answer, BENK_EXT_ATTR_MODE, BENK_EXT_NUMBER, &mode))
    return;
  if (mode.number < least || mode.number > most)
    benk_conform_fail (self, _ ("The mode is %u."), mode.number);
  else
    benk_conform_pass (self);
}

void
benk_conform_check_mode (BenkConform *self, const BenkApdu *answer)
{
  expect_mode (self, answer, BENK_EXT_MODE_IDLE, BENK_EXT_MODE_DISPENSING);
}

static BenkApdu *
ask_settings (BenkConform *self)
{
  static const guint16 ids[] = { BENK_EXT_ATTR_ZONE, BENK_EXT_ATTR_LANGUAGE,
                                 BENK_EXT_ATTR_VOLUME };

  return benk_apdu_new_get (0, BENK_HANDLE_MDS, ids, G_N_ELEMENTS (ids));
}

static void
check_settings (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) zone = { 0 };
  g_auto (BenkExtMessage) language = { 0 };
  g_auto (BenkExtMessage) volume = { 0 };

  if (!benk_conform_take_value (self, answer, BENK_EXT_ATTR_ZONE, BENK_EXT_ZONE, &zone) ||
      !benk_conform_take_value (self, answer, BENK_EXT_ATTR_LANGUAGE, BENK_EXT_TEXT,
                                &language) ||
      !benk_conform_take_value (self, answer, BENK_EXT_ATTR_VOLUME, BENK_EXT_NUMBER,
                                &volume))
    return;
  if (volume.number > 100)
    benk_conform_fail (self, _ ("The volume is %u percent."), volume.number);
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_selftest (BenkConform *self)
{
  g_auto (BenkExtMessage) message = { 0 };

  benk_ext_message_init (&message, BENK_EXT_SELFTEST_REQUEST);
  message.tests = ALL_TESTS;
  return benk_conform_act (self, BENK_EXT_ACT_SELFTEST, &message);
}

static void
check_selftest (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (!benk_conform_take_result (self, answer, BENK_EXT_SELFTEST_RESPONSE, BENK_EXT_OK,
                                 &message))
    return;
  self->run_id = message.run_id;
  benk_conform_pass (self);
}

static BenkApdu *
ask_tested (BenkConform *self)
{
  return benk_conform_get (self, BENK_HANDLE_MDS, BENK_EXT_ATTR_SELFTEST);
}

static void
check_tested (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) result = { 0 };

  if (!benk_conform_take_value (self, answer, BENK_EXT_ATTR_SELFTEST,
                                BENK_EXT_SELFTEST_RESULT, &result))
    return;
  if (result.state == TEST_DONE && result.run_id == self->run_id)
    benk_conform_pass (self);
  else if (++self->polls < POLLS)
    benk_conform_ask_again (self, POLL_MS);
  else
    benk_conform_fail (self, "%s", _ ("The self-test did not end."));
}

static BenkApdu *
ask_arm (BenkConform *self)
{
  return benk_conform_ask_reset (self, BENK_EXT_RESET_ARM);
}

static void
check_arm (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (!benk_conform_take_result (self, answer, BENK_EXT_RESET_RESPONSE, BENK_EXT_OK,
                                 &message))
    return;
  self->token = message.token;
  if (message.token == 0 || message.armed_secs == 0)
    benk_conform_fail (self, "%s", _ ("There is no token, or no time to confirm."));
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_cancel (BenkConform *self)
{
  return benk_conform_ask_reset (self, BENK_EXT_RESET_CANCEL);
}

/** benk_conform_check_reset: passes when a step of a reset is accepted */
void
benk_conform_check_reset (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (benk_conform_take_result (self, answer, BENK_EXT_RESET_RESPONSE, BENK_EXT_OK,
                                &message))
    benk_conform_pass (self);
}

static void
check_disarmed (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) now = { 0 };

  if (!benk_conform_take_value (self, answer, BENK_EXT_ATTR_WIPE_STATE,
                                BENK_EXT_WIPE_STATE, &now))
    return;
  if (now.state == BENK_EXT_WIPE_ARMED || now.state == BENK_EXT_WIPE_RUNNING ||
      (self->has_counter && now.counter != self->wiped_before.counter))
    benk_conform_fail (self, "%s", _ ("The reset is still prepared, or was done."));
  else if (!self->has_counter)
    benk_conform_not_tried (self, _ ("How often it had been wiped is not known."));
  else
    benk_conform_pass (self);
}

const BenkConformStep benk_conform_extension[] = {
  { "E-PROFILE", "2", N_ ("Names the extension and its version"), 0, FALSE, FALSE,
    ask_profile, check_profile },
  { "E-SIMULATED", "9", N_ ("Says in two places whether it is simulated"), 0, TRUE, FALSE,
    NULL, check_simulated },
  { "E-SIZES", "2", N_ ("Receives and sends at least 64 octets"), 0, TRUE, FALSE, NULL,
    check_sizes },
  { "E-STATE", "3", N_ ("Tells which plan is in force"), 0, TRUE, FALSE,
    benk_conform_ask_state, check_state },
  { "E-WIPE-STATE", "3", N_ ("Tells how often it was wiped"), BENK_EXT_CAP_RESET, TRUE,
    FALSE, ask_wipe_state, check_wipe_state },
  { "E-MODE", "3", N_ ("Tells its mode"), 0, TRUE, FALSE, benk_conform_ask_mode,
    benk_conform_check_mode },
  { "E-SETTINGS", "3", N_ ("Tells zone, language and volume"), 0, TRUE, FALSE,
    ask_settings, check_settings },
  { "E-SELF-TEST", "7", N_ ("Starts its self-test"), BENK_EXT_CAP_SELFTEST, TRUE, FALSE,
    ask_selftest, check_selftest },
  { "E-TESTED", "7", N_ ("Ends its self-test and tells the result"),
    BENK_EXT_CAP_SELFTEST, TRUE, FALSE, ask_tested, check_tested },
  { "E-ARM", "8", N_ ("Prepares a reset"), BENK_EXT_CAP_RESET, TRUE, FALSE, ask_arm,
    check_arm },
  { "E-CANCEL", "8", N_ ("Lets a reset be called off"), BENK_EXT_CAP_RESET, TRUE, FALSE,
    ask_cancel, benk_conform_check_reset },
  { "E-DISARMED", "8", N_ ("Is not prepared for a reset after that"), BENK_EXT_CAP_RESET,
    TRUE, FALSE, ask_wipe_state, check_disarmed },
};

const guint benk_conform_n_extension = G_N_ELEMENTS (benk_conform_extension);
