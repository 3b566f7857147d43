/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-ctl-work.h"
#include "benk-demo.h"

G_BEGIN_DECLS

/* The demo on its way: one device is carried through the whole main job. */
typedef struct
{
  BenkCtl *ctl;
  BenkDemo *demo;
  const char *serial;
  BenkId device;
  BenkId alarm;
  BenkId return_case;
  guint n_steps;
} BenkCtlDemo;

void benk_ctl_demo_say (BenkCtlDemo *demo,
                        const char *id,
                        const char *done,
                        const char *format,
                        ...) G_GNUC_PRINTF (4, 5);
BenkDevice *benk_ctl_demo_read_device (BenkCtlDemo *demo, GError **error);

gboolean benk_ctl_demo_connect_hub (BenkCtlDemo *demo, GError **error);
gboolean benk_ctl_demo_receive_alarm (BenkCtlDemo *demo, GError **error);
gboolean benk_ctl_demo_take_alarm (BenkCtlDemo *demo, GError **error);
gboolean benk_ctl_demo_close_alarm (BenkCtlDemo *demo, GError **error);
gboolean benk_ctl_demo_send_followup (BenkCtlDemo *demo, GError **error);

gboolean benk_ctl_demo_return_too_early (BenkCtlDemo *demo, GError **error);
gboolean benk_ctl_demo_register_return (BenkCtlDemo *demo, GError **error);
gboolean benk_ctl_demo_send_back (BenkCtlDemo *demo, GError **error);

G_END_DECLS
