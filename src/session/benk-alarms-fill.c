/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-follow-private.h"

#include <string.h>

#include "benk-serial.h"
#include "benk-table-device.h"

/* What an alarm is, as its source says it. */

/* Today's national code as it is; an older one as today's; any other with its system, so
 * that it is never taken for a national one. */
char *
benk_telling_read_code (BenkTelling *self)
{
  const BenkFhirIssue *issue = self->issue;
  const BenkAlarmCode *old;

  if (issue->code == NULL)
    return g_strdup (BENK_ALARM_CODE_OTHER);
  if (issue->code_system == NULL ||
      g_str_equal (issue->code_system, BENK_ALARM_CODE_SYSTEM))
    return g_strdup (issue->code);
  old =
    strstr (issue->code_system, "v06") ? benk_alarm_code_from_v06 (issue->code) : NULL;
  if (old != NULL)
    return g_strdup (old->code);
  return g_strdup_printf ("%s|%s", issue->code_system, issue->code);
}

/* The one device of that serial; none where there are two. */
static gboolean
link_device (BenkTelling *self, BenkAlarm *alarm, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;

  if (self->issue->serial == NULL)
    return TRUE;
  found = benk_table_device_find_all (self->db, self->issue->serial, error);
  if (found == NULL)
    return FALSE;
  /* What nobody registered stands in the change log by what a source says. */
  if (found->len > 0 || benk_serial_is_plausible (self->issue->serial))
    benk_alarm_set_serial (alarm, self->issue->serial);
  if (found->len == 1)
    benk_alarm_set_device (alarm, g_ptr_array_index (found, 0));
  return TRUE;
}

/* What was named and is no device's number is kept where it can be erased. */
static void
set_text (BenkAlarm *alarm, const BenkFhirIssue *issue)
{
  const char *named = benk_alarm_get_serial (alarm) ? NULL : issue->serial;
  g_autofree char *text =
    named ? g_strjoin (" · ", named, issue->text, NULL) : g_strdup (issue->text);

  benk_alarm_set_code_text (alarm, text);
}

gboolean
benk_telling_fill (BenkTelling *self, BenkAlarm *alarm, GError **error)
{
  const BenkFhirIssue *issue = self->issue;
  g_autofree char *code = benk_telling_read_code (self);
  const BenkAlarmCode *kind = benk_alarm_code_resolve (code);

  if (!link_device (self, alarm, error))
    return FALSE;
  benk_alarm_set_code (alarm, code);
  set_text (alarm, issue);
  benk_alarm_set_kind (alarm, kind, issue->severity);
  if (issue->raised_ms > 0)
    benk_alarm_set_raised_ms (alarm, issue->raised_ms);
  else if (benk_alarm_get_raised_ms (alarm) == 0)
    benk_alarm_set_raised_ms (alarm, benk_db_get_wall_ms (self->db));
  return benk_alarm_set_deadlines (self->db, alarm, kind, self->roster, error);
}
