/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-clock.h"
#include "benk-device.h"
#include "benk-link-kind.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BenkConformRow:
 * @id: stable, as "E-STAGED"
 * @clause: where it is asked for
 * @text: what is asked for, in words
 * @verdict: "passed", "failed", "not-offered" or "not-tried"
 * @label: the same in words
 * @seen: (nullable): what was seen, or why it was not tried
 *
 * One requirement and how it went.
 */
typedef struct
{
  char *id;
  char *clause;
  char *text;
  const char *verdict;
  char *label;
  char *seen;
} BenkConformRow;

/**
 * BenkConformReport:
 * @maker: (nullable): what the device says of itself, as the three that follow
 * @system_id: what the device says of itself; empty when it does not
 * @link_kind: how it was reached; a simulated one is simulated over any link
 * @destructive: whether it was given another plan and wiped
 * @at_ms: when it began, UTC ms
 * @rows: (element-type BenkConformRow): every requirement
 * @n_passed: how many passed, as the three that follow
 *
 * What came of trying the requirements with one device.
 */
typedef struct
{
  char *maker;
  char *model;
  char *serial;
  char *firmware;
  char *system_id;
  BenkLinkKind link_kind;
  gboolean destructive;
  gint64 at_ms;
  GPtrArray *rows;
  guint n_passed;
  guint n_failed;
  guint n_not_offered;
  guint n_not_tried;
} BenkConformReport;

typedef void (*BenkConformSayFunc) (const char *text, gpointer user_data);

void benk_conform_report_free (BenkConformReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkConformReport, benk_conform_report_free)

gboolean benk_conform_allow (BenkDevice *card, GError **error);
BenkConformReport *benk_conform_try_virtual (BenkClock *clock,
                                             const char *model_id,
                                             const char *serial,
                                             const char *state_dir,
                                             const char *fault,
                                             gboolean destructive,
                                             GError **error);
BenkConformReport *benk_conform_try_usb (BenkClock *clock,
                                         const char *serial,
                                         gboolean destructive,
                                         GError **error);
BenkConformReport *benk_conform_try_network (BenkClock *clock,
                                             GSocketAddress *address,
                                             guint wait_ms,
                                             const char *serial,
                                             gboolean destructive,
                                             BenkConformSayFunc say,
                                             gpointer say_data,
                                             GError **error);

G_END_DECLS
