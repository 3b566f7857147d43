/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "benk-clock.h"

G_BEGIN_DECLS

/**
 * BenkUrgency:
 * @BENK_URGENCY_LOW: can wait.
 * @BENK_URGENCY_NORMAL: as usual.
 * @BENK_URGENCY_CRITICAL: stays until somebody answers.
 *
 * Urgency Levels of the Desktop Notifications Specification 1.2.
 */
typedef enum
{
  BENK_URGENCY_LOW = 0,
  BENK_URGENCY_NORMAL = 1,
  BENK_URGENCY_CRITICAL = 2,
} BenkUrgency;

/**
 * BenkNotice:
 * @summary: its first line
 * @body: the rest
 * @take: (nullable): what the button that takes it says; %NULL: there is only "Show"
 * @urgency: how urgent it is
 *
 * What one bubble on the desktop says.
 */
typedef struct
{
  char *summary;
  char *body;
  char *take;
  BenkUrgency urgency;
} BenkNotice;

BenkNotice *benk_notice_copy (const BenkNotice *notice);
void benk_notice_free (BenkNotice *notice);
gboolean benk_notice_equal (const BenkNotice *a, const BenkNotice *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkNotice, benk_notice_free)

/* Shows bubbles, one a key. Property "problem" (in words, or NULL). Signals "answered"
 * (const char *key, const char *action, const char *token) and "dismissed" (const char
 * *key). */
#define BENK_TYPE_NOTICE_DESK (benk_notice_desk_get_type ())
G_DECLARE_FINAL_TYPE (BenkNoticeDesk, benk_notice_desk, BENK, NOTICE_DESK, GObject)

BenkNoticeDesk *benk_notice_desk_new (BenkClock *clock);
void
benk_notice_desk_show (BenkNoticeDesk *self, const char *key, const BenkNotice *notice);
void benk_notice_desk_withdraw (BenkNoticeDesk *self, const char *key);
const BenkNotice *benk_notice_desk_find (BenkNoticeDesk *self, const char *key);
void benk_notice_desk_stop (BenkNoticeDesk *self);
void benk_notice_desk_clear (BenkNoticeDesk *self);
GPtrArray *benk_notice_desk_list (BenkNoticeDesk *self);
gboolean benk_notice_desk_is_busy (BenkNoticeDesk *self);
const char *benk_notice_desk_get_problem (BenkNoticeDesk *self);

/* The thread's part: asks the service and says one thing to it. */
typedef struct
{
  gpointer notification; /* NotifyNotification; owned */
  BenkNotice *notice;    /* NULL: withdraw */
  char *key;
  GStrv capabilities; /* of the service; NULL: not known yet */
  guint service;      /* which one it was when this was begun */
} BenkNoticeErrand;

void benk_notice_errand_free (BenkNoticeErrand *errand);
void benk_notice_errand_run (GTask *task,
                             gpointer desk,
                             gpointer errand,
                             GCancellable *cancellable);
void benk_notice_desk_answer (BenkNoticeDesk *self,
                              const char *key,
                              const char *action,
                              const char *token);

G_END_DECLS
