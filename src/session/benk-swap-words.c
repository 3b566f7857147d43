/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-swap-private.h"

#include <glib/gi18n.h>

/* The lines of the sheet: what will be done, and what is done already as the store tells;
 * it is the same for a sheet that was just opened again. */

static gboolean
is_in_use (BenkDevice *device)
{
  BenkDeviceState state = benk_device_get_state (device);

  return state == BENK_DEVICE_STATE_TRIAL || state == BENK_DEVICE_STATE_OPERATION ||
         state == BENK_DEVICE_STATE_PAUSED;
}

/* Whether the new device holds the settings, as its state says. */
gboolean
benk_swap_is_ready (BenkSwap *self, BenkSwapChoice *choice)
{
  return choice != NULL &&
         (benk_device_get_state (benk_swap_choice_get_device (choice)) ==
            BENK_DEVICE_STATE_READY ||
          is_in_use (benk_swap_choice_get_device (choice)));
}

gboolean
benk_swap_has_taken_over (BenkSwap *self, BenkSwapChoice *choice)
{
  BenkSwapView *view = benk_swap_get_view (self);
  BenkDevice *device = choice != NULL ? benk_swap_choice_get_device (choice) : NULL;

  if (device == NULL || view->row == NULL ||
      !benk_id_equal (benk_device_get_person_id (device), &view->person))
    return FALSE;
  /* During a temporary stop the new one stands ready. */
  if (view->goes_on == BENK_DEVICE_STATE_PAUSED && benk_swap_is_out (self))
    return benk_swap_is_ready (self, choice);

  return is_in_use (device);
}

gboolean
benk_swap_is_out (BenkSwap *self)
{
  BenkSwapView *view = benk_swap_get_view (self);
  BenkDeviceState state = benk_device_get_state (view->old);

  return view->row != NULL && !is_in_use (view->old) && state != BENK_DEVICE_STATE_FAULTY;
}

/* What was tried and is not done keeps saying why until it is. */
static void
settle (BenkSwapLine *line, gboolean done, const char *detail)
{
  BenkSwapState state = benk_swap_line_get_state (line);
  g_autofree char *kept = g_strdup (benk_swap_line_get_detail (line));

  if (done)
    benk_swap_line_set (line, BENK_SWAP_DONE, detail);
  else if (state == BENK_SWAP_NOT_DONE || state == BENK_SWAP_UNDER_WAY)
    benk_swap_line_set (line, state, kept);
  else
    benk_swap_line_set (line, BENK_SWAP_WILL, NULL);
}

static void
say_settings (BenkSwap *self, const char *other)
{
  BenkSwapView *view = benk_swap_get_view (self);
  BenkSwapChoice *chosen = benk_swap_get_chosen (self);
  BenkSwapLine *line = benk_swap_get_line (self, BENK_SWAP_SETTINGS);
  gboolean ready = benk_swap_is_ready (self, chosen);
  g_autofree char *label = NULL;
  g_autofree char *detail = NULL;

  if (benk_swap_get_by_checklist (self))
    label = g_strdup_printf (_ ("%s is made ready by its checklist"), other);
  else if (view->times != NULL)
    label = g_strdup_printf (ngettext ("The last verified settings go into %s: %u dose "
                                       "time (%s)",
                                       "The last verified settings go into %s: %u dose "
                                       "times (%s)",
                                       view->n_times),
                             other, view->n_times, view->times);
  else
    label = g_strdup_printf (_ ("The settings of the user go into %s"), other);
  benk_swap_line_say (line, label);
  if (ready)
    detail =
      benk_visit_settings_describe (benk_swap_choice_get_settings (chosen),
                                    benk_clock_get_wall_ms (benk_session_get_clock (
                                      benk_swap_get_session (self))));
  settle (line, ready, detail);
}

static void
say_medicine (BenkSwap *self, const char *old, const char *other)
{
  BenkSwapView *view = benk_swap_get_view (self);
  BenkSwapChoice *chosen = benk_swap_get_chosen (self);
  BenkSwapLine *line = benk_swap_get_line (self, BENK_SWAP_MEDICINE);
  gboolean out = view->medicine_out || benk_swap_is_out (self);
  gboolean in = benk_swap_has_taken_over (self, chosen) ||
                (chosen != NULL && benk_swap_choice_get_medicine_in (chosen));
  g_autofree char *label =
    g_strdup_printf (_ ("Named health personnel move the medicine from %s to %s"), old,
                     other);

  benk_swap_line_say (line, label);
  settle (line, out && in, NULL);
}

static char *
describe_take_over (BenkDeviceState goes_on, const char *other)
{
  switch ((int) goes_on)
    {
    case BENK_DEVICE_STATE_TRIAL:
      return g_strdup_printf (_ ("%s takes over, and the trial goes on"), other);
    case BENK_DEVICE_STATE_PAUSED:
      return g_strdup_printf (_ ("%s takes over when the temporary stop ends"), other);
    default:
      return g_strdup_printf (_ ("%s takes over in regular use, without a new trial"),
                              other);
    }
}

static void
say_take_over (BenkSwap *self, const char *other)
{
  BenkSwapView *view = benk_swap_get_view (self);
  BenkSwapLine *line = benk_swap_get_line (self, BENK_SWAP_TAKE_OVER);
  gboolean done = benk_swap_has_taken_over (self, benk_swap_get_chosen (self));
  g_autofree char *label = describe_take_over (view->goes_on, other);

  benk_swap_line_say (line, label);
  if (done && view->goes_on == BENK_DEVICE_STATE_PAUSED)
    benk_swap_line_set (line, BENK_SWAP_OWED, _ ("It is ready and waits for that."));
  else
    settle (line, done, NULL);
}

static void
say_quarantine (BenkSwap *self, const char *old)
{
  BenkSwapLine *line = benk_swap_get_line (self, BENK_SWAP_QUARANTINE);
  g_autofree char *label =
    g_strdup_printf (_ ("%s goes to quarantine, to be reset"), old);

  benk_swap_line_say (line, label);
  settle (line, benk_swap_is_out (self), NULL);
}

static void
say_alarms (BenkSwap *self, const char *old)
{
  BenkSwapView *view = benk_swap_get_view (self);
  BenkSwapLine *line = benk_swap_get_line (self, BENK_SWAP_ALARMS);
  guint n = view->alarms->len;
  g_autofree char *others = NULL;
  g_autofree char *label = NULL;

  if (view->n_others > 0)
    others = g_strdup_printf (ngettext ("%u alarm stays open: it is care’s or medicine’s "
                                        "to close",
                                        "%u alarms stay open: they are care’s or "
                                        "medicine’s to close",
                                        view->n_others),
                              view->n_others);
  if (n > 0)
    label = g_strdup_printf (ngettext ("%u open alarm of %s is closed as “dispenser "
                                       "swapped”",
                                       "%u open alarms of %s are closed as “dispenser "
                                       "swapped”",
                                       n),
                             n, old);
  else if (view->n_others > 0)
    label = g_strdup_printf (
      ngettext ("%u open alarm of %s is care’s or medicine’s to close, and stays open",
                "%u open alarms of %s are care’s or medicine’s to close, and stay open",
                view->n_others),
      view->n_others, old);
  else
    label = g_strdup_printf (_ ("%s has no open alarm to close"), old);
  benk_swap_line_say (line, label);
  if (n > 0)
    {
      settle (line, FALSE, NULL);
      if (benk_swap_line_get_state (line) == BENK_SWAP_WILL)
        benk_swap_line_set (line, BENK_SWAP_WILL, others);
    }
  else if (view->n_others > 0)
    benk_swap_line_set (line, BENK_SWAP_OWED, NULL);
  else if (benk_swap_line_get_state (line) != BENK_SWAP_DONE)
    benk_swap_line_set (line, BENK_SWAP_NOTHING, NULL);
}

static void
say_return (BenkSwap *self, const char *old)
{
  BenkSwapView *view = benk_swap_get_view (self);
  BenkSwapLine *line = benk_swap_get_line (self, BENK_SWAP_RETURN);
  g_autofree char *label =
    view->vendor != NULL && *view->vendor != '\0'
      ? g_strdup_printf (_ ("A return of %s to %s is registered"), old, view->vendor)
      : g_strdup_printf (_ ("A return of %s is registered"), old);

  benk_swap_line_say (line, label);
  if (!view->returned && (view->vendor == NULL || *view->vendor == '\0'))
    benk_swap_line_set (line, BENK_SWAP_OWED,
                        _ ("Nobody is named as its owner or lessor. Register the return "
                           "on its page when that is known."));
  else
    settle (line, view->returned, _ ("It can be packed when its reset is proven."));
}

static void
say_record (BenkSwap *self)
{
  BenkSwapView *view = benk_swap_get_view (self);
  BenkSwapLine *line = benk_swap_get_line (self, BENK_SWAP_RECORD);

  benk_swap_line_say (line, _ ("The text for the patient record is copied"));
  settle (line,
          view->row != NULL && (view->row->done & BENK_SWAP_BIT (BENK_SWAP_RECORD)) != 0,
          NULL);
}

/* Says every line anew as things are now. */
void
benk_swap_update_lines (BenkSwap *self)
{
  BenkSwapChoice *chosen = benk_swap_get_chosen (self);
  const char *old = benk_swap_get_old_name (self);
  const char *other = chosen != NULL
                        ? benk_visit_name_device (benk_swap_choice_get_device (chosen))
                        : _ ("the new device");

  say_settings (self, other);
  say_medicine (self, old, other);
  say_take_over (self, other);
  say_quarantine (self, old);
  say_alarms (self, old);
  say_return (self, old);
  say_record (self);
}
