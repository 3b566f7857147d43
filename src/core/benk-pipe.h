/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "benk-clock.h"

G_BEGIN_DECLS

/** Whoever owes octets, or does not take any, is let go after this long. */
#define BENK_PIPE_PATIENCE_MS 30000

#define BENK_TYPE_PIPE (benk_pipe_get_type ())
G_DECLARE_FINAL_TYPE (BenkPipe, benk_pipe, BENK, PIPE, GObject)

BenkPipe *benk_pipe_new (GSocketConnection *connection, BenkClock *clock);
const char *benk_pipe_get_peer (BenkPipe *self);
gboolean benk_pipe_is_closed (BenkPipe *self);
void benk_pipe_start (BenkPipe *self);
void benk_pipe_expect (BenkPipe *self, gboolean owes, gboolean went_on);
void benk_pipe_send (BenkPipe *self, GBytes *octets);
void benk_pipe_finish (BenkPipe *self);
void benk_pipe_close (BenkPipe *self, const GError *error);

G_END_DECLS
