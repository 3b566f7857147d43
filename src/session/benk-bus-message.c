/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bus-private.h"

/* What crosses between the main thread and the bus thread is copied, so that neither
 * looks at anything of the other's. */

/** benk_bus_request_new: Returns: (transfer full): an empty request */
BenkBusRequest *
benk_bus_request_new (guint id, BenkJobKind kind)
{
  BenkBusRequest *self = g_new0 (BenkBusRequest, 1);

  self->id = id;
  self->setup.kind = kind;
  return self;
}

/** benk_bus_request_free: @self: (transfer full): a request */
void
benk_bus_request_free (BenkBusRequest *self)
{
  g_free (self->serial);
  benk_job_plan_clear (&self->plan);
  g_clear_pointer (&self->salt, g_bytes_unref);
  g_free (self->zone);
  g_free (self->confirm);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_free (self);
}

/** benk_bus_event_free: @self: (transfer full): an event */
void
benk_bus_event_free (BenkBusEvent *self)
{
  g_free (self->bus_path);
  g_free (self->label);
  g_free (self->model_id);
  g_free (self->usb_serial);
  g_clear_error (&self->problem);
  g_free (self->detail);
  g_clear_pointer (&self->result, benk_bus_result_free);
  g_free (self->dialogue);
  g_free (self->dialogue_problem);
  g_free (self);
}

/** benk_bus_result_copy: Returns: (transfer full): a result of its own */
BenkJobResult *
benk_bus_result_copy (const BenkJobResult *result)
{
  BenkJobResult *copy = g_memdup2 (result, sizeof *result);

  copy->sentence = g_strdup (result->sentence);
  copy->reason = g_strdup (result->reason);
  copy->next_dose = g_strdup (result->next_dose);
  copy->extension_reason = g_strdup (result->extension_reason);
  copy->mds.maker = g_strdup (result->mds.maker);
  copy->mds.model = g_strdup (result->mds.model);
  copy->mds.serial = g_strdup (result->mds.serial);
  copy->mds.hardware = g_strdup (result->mds.hardware);
  copy->mds.firmware = g_strdup (result->mds.firmware);
  copy->mds.faults = g_strdup (result->mds.faults);
  return copy;
}

/** benk_bus_result_free: @self: (transfer full): what benk_bus_result_copy() gave */
void
benk_bus_result_free (BenkJobResult *self)
{
  g_free (self->sentence);
  g_free (self->reason);
  g_free (self->next_dose);
  g_free (self->extension_reason);
  benk_mds_clear (&self->mds);
  g_free (self);
}
