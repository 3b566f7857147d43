/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BenkVirtualSpec:
 * @model: a model id
 * @serial: (nullable): its serial; %NULL = the model's own
 *
 * One dispenser of the command line.
 */
typedef struct
{
  char *model;
  char *serial;
} BenkVirtualSpec;

/**
 * BenkVirtualOptions:
 * @version: print the version
 * @list_models: print what can be simulated
 * @list_faults: print what can be wrong
 * @hub: play an alarm hub
 * @hub_token: (nullable): the token that it asks for
 * @hub_faults: (nullable) (array zero-terminated=1): what it does wrong from the start
 * @list_hub_faults: print what the hub can be told
 * @usbip: (nullable): where to listen for USB/IP; empty = the usual place
 * @connect: (nullable): manager to connect to
 * @fault: (nullable): "NAME[@K]"
 * @state: (nullable) (type filename): where memories are kept
 * @return_s: seconds after which a dispenser that left comes back; negative = never
 * @again_s: seconds after which it connects to the manager again; negative = never
 * @specs: (element-type BenkVirtualSpec): at least one, unless something is only printed
 *
 * The command line of dosebenk-virtual.
 */
typedef struct
{
  gboolean version;
  gboolean list_models;
  gboolean list_faults;
  gboolean hub;
  char *hub_token;
  char **hub_faults;
  gboolean list_hub_faults;
  char *usbip;
  char *connect;
  char *fault;
  char *state;
  double return_s;
  double again_s;
  GPtrArray *specs;
} BenkVirtualOptions;

BenkVirtualOptions *benk_virtual_options_parse (int *argc, char ***argv, GError **error);
void benk_virtual_options_free (BenkVirtualOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkVirtualOptions, benk_virtual_options_free)

G_END_DECLS
