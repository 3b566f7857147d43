/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-clock.h"
#include "benk-job.h"

G_BEGIN_DECLS

#define BENK_TYPE_BUS (benk_bus_get_type ())
G_DECLARE_FINAL_TYPE (BenkBus, benk_bus, BENK, BUS, GObject)

/**
 * BenkBusRequest:
 * @id: number of the job, not 0
 * @automatic: nobody asked for it; faults on command do not count from here
 * @setup: what to do; its pointers are not used, the members below are
 * @confirm: (nullable): what the person has typed already
 * @models: (nullable): makes whose identities may use the extension
 * @stream: (nullable): gets the dialogue line by line
 *
 * A job on its way to the bus thread, with everything it needs.
 */
typedef struct
{
  guint id;
  gboolean automatic;
  BenkJobSetup setup;
  char *serial;
  gboolean has_plan;
  BenkJobPlan plan;
  GBytes *salt;
  char *zone;
  char *confirm;
  GOutputStream *stream;
  GPtrArray *models; /* (nullable): makes whose identities may use the extension */
} BenkBusRequest;

BenkBusRequest *benk_bus_request_new (guint id, BenkJobKind kind);
void benk_bus_request_free (BenkBusRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkBusRequest, benk_bus_request_free)

/**
 * BenkBusEventKind:
 * @BENK_BUS_ARRIVED: a device is plugged in, or again
 * @BENK_BUS_LEFT: it was unplugged
 * @BENK_BUS_STEP: a step of a job changed
 * @BENK_BUS_FINISHED: a job has ended, @result says how
 * @BENK_BUS_SETTLED: everything plugged in has been told of
 * @BENK_BUS_FAILED: USB cannot be used, @problem says why
 * @BENK_BUS_ITEM_ARRIVED: anything but a hub is plugged in, a dispenser or not
 * @BENK_BUS_ITEM_LEFT: it was unplugged
 * @BENK_BUS_LOOKING: no events come here: the bus is looked at every second
 */
typedef enum
{
  BENK_BUS_ARRIVED,
  BENK_BUS_LEFT,
  BENK_BUS_STEP,
  BENK_BUS_FINISHED,
  BENK_BUS_SETTLED,
  BENK_BUS_FAILED,
  BENK_BUS_ITEM_ARRIVED,
  BENK_BUS_ITEM_LEFT,
  BENK_BUS_LOOKING,
} BenkBusEventKind;

/**
 * BenkBusEvent:
 * @station: number of the device, stays while it comes and goes
 * @bus_path: where it is plugged in
 * @label: (nullable): what it calls itself
 * @model_id: (nullable): make of a simulated one
 * @usb_serial: (nullable): serial of the USB descriptors
 * @vendor_id: idVendor of an item
 * @product_id: idProduct of an item
 * @healthcare: whether an item is of the Personal Healthcare class
 * @problem: (nullable): why it cannot be used
 * @job: number of the job
 * @step: which step
 * @n_steps: how many there are
 * @step_id: its id
 * @step_label: its words
 * @detail: (nullable): what was found
 * @step_state: how far it is
 * @result: (nullable): how the job ended
 * @dialogue: (nullable): what was said to it and by it, without payloads
 * @dialogue_problem: (nullable): why the stream does not have all of it
 *
 * Something that happened in the bus thread, told in the main thread.
 */
typedef struct
{
  BenkBusEventKind kind;
  guint station;
  BenkLinkKind link_kind;
  char *bus_path;
  char *label;
  char *model_id;
  char *usb_serial;
  guint16 vendor_id;
  guint16 product_id;
  gboolean healthcare;
  GError *problem;
  guint job;
  guint step;
  guint n_steps;
  const char *step_id;
  const char *step_label;
  char *detail;
  BenkJobStepState step_state;
  BenkJobResult *result;
  char *dialogue;
  char *dialogue_problem;
} BenkBusEvent;

void benk_bus_event_free (BenkBusEvent *self);
BenkJobResult *benk_bus_result_copy (const BenkJobResult *result);
void benk_bus_result_free (BenkJobResult *self);

typedef void (*BenkBusFunc) (const BenkBusEvent *event, gpointer user_data);

BenkBus *benk_bus_new (BenkClock *clock, BenkBusFunc func, gpointer user_data);
void benk_bus_start_usb (BenkBus *self);
void benk_bus_plug_virtual (BenkBus *self,
                            const char *model_id,
                            const char *serial,
                            const char *state_dir,
                            const char *fault,
                            GTask *task);
void benk_bus_run (BenkBus *self, guint station, BenkBusRequest *request);
void benk_bus_cancel (BenkBus *self, guint station);
void benk_bus_stop (BenkBus *self);

G_END_DECLS
