/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-hub.h"

#include "benk-clock.h"
#include "benk-virtual-hub.h"

struct _BenkCtlHub
{
  BenkClock *clock;
  BenkVirtualHub *hub;
};

BenkCtlHub *
benk_ctl_hub_new (BenkCtlRig *rig)
{
  g_autofree char *log = benk_ctl_rig_path (rig, "hub-requests.jsonl");
  g_autoptr (GError) error = NULL;
  BenkCtlHub *self = g_new0 (BenkCtlHub, 1);

  self->clock = benk_system_clock_new ();
  self->hub = benk_virtual_hub_new (self->clock, BENK_CTL_HUB_TOKEN);
  benk_virtual_hub_set_log_file (self->hub, log, &error);
  g_assert_no_error (error);
  benk_virtual_hub_start_thread (self->hub, &error);
  g_assert_no_error (error);
  return self;
}

void
benk_ctl_hub_free (BenkCtlHub *self)
{
  benk_virtual_hub_stop (self->hub);
  g_clear_object (&self->hub);
  g_clear_object (&self->clock);
  g_free (self);
}

const char *
benk_ctl_hub_get_url (BenkCtlHub *self)
{
  return benk_virtual_hub_get_url (self->hub);
}

/* Makes it a source of the rig's store. */
void
benk_ctl_hub_add (BenkCtlHub *self, BenkCtlRig *rig)
{
  g_autofree char *token = benk_ctl_rig_write (rig, "token", BENK_CTL_HUB_TOKEN);
  g_autoptr (BenkCtlAnswer) added =
    benk_ctl_rig_do (rig, "feed add hub %s --token-file %s", benk_ctl_hub_get_url (self),
                     token);

  g_assert_nonnull (added);
}

/* Returns: (transfer full): the hub's id of the new alarm */
char *
benk_ctl_hub_raise (BenkCtlHub *self,
                    const char *serial,
                    const char *code,
                    const char *text)
{
  char *id = benk_virtual_hub_raise (self->hub, &(BenkVirtualAlarm){
                                                  .serial = serial,
                                                  .code = code,
                                                  .text = text,
                                                  .patient_number = BENK_CTL_HUB_NUMBER,
                                                  .patient_name = BENK_CTL_HUB_NAME,
                                                });

  g_assert_nonnull (id);
  return id;
}

/* @fault: as benk_virtual_hub_add_fault_named() takes it, or NULL for none */
void
benk_ctl_hub_set_fault (BenkCtlHub *self, const char *fault)
{
  g_autoptr (GError) error = NULL;

  benk_virtual_hub_clear_faults (self->hub);
  if (fault)
    benk_virtual_hub_add_fault_named (self->hub, fault, &error);
  g_assert_no_error (error);
}

guint
benk_ctl_hub_count (BenkCtlHub *self, const char *method, const char *part)
{
  return benk_virtual_hub_count_log (self->hub, method, part);
}

guint
benk_ctl_hub_get_n_documents (BenkCtlHub *self)
{
  return benk_virtual_hub_get_n_documents (self->hub);
}
