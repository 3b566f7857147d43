/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-checklist-version.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-plan.h"

/** benk_checklist_version_new: Returns: (transfer full): a version without steps */
BenkChecklistVersion *
benk_checklist_version_new (const char *model_id, BenkTask task)
{
  BenkChecklistVersion *self = g_new0 (BenkChecklistVersion, 1);

  self->model_id = g_strdup (model_id);
  self->origin = g_strdup (BENK_VERSION_PROGRAM);
  self->number = 1;
  self->form = benk_checklist_form_new (task);
  return self;
}

/** benk_checklist_version_free: @self: (nullable) (transfer full): a version */
void
benk_checklist_version_free (BenkChecklistVersion *self)
{
  if (self == NULL)
    return;
  g_free (self->model_id);
  g_free (self->origin);
  g_free (self->initials);
  g_free (self->decided_by);
  g_free (self->decided_initials);
  benk_checklist_form_free (self->form);
  g_free (self);
}

/**
 * benk_checklist_version_is_proposed:
 *
 * Returns: whether nobody of the district has decided it yet
 */
gboolean
benk_checklist_version_is_proposed (const BenkChecklistVersion *self)
{
  return self->decided_ms == 0;
}

static char *
describe_day (gint64 ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%x") : g_strdup ("?");
}

/**
 * benk_checklist_version_describe:
 *
 * Returns: (transfer full): who decided it and when, or that nobody has, a sentence
 */
char *
benk_checklist_version_describe (const BenkChecklistVersion *self)
{
  g_autofree char *day = NULL;
  const char *who = self->decided_by;

  if (benk_checklist_version_is_proposed (self))
    return g_strdup (g_strcmp0 (self->origin, BENK_VERSION_PROGRAM) == 0
                       ? benk_proposed_label ()
                       : _ ("Changed here, not decided by the district yet"));
  day = describe_day (self->decided_ms);
  return g_strdup_printf (_ ("Decided by %s, %s"),
                          who != NULL && *who != '\0' ? who : _ ("(erased)"), day);
}
