/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-backoff.h"
#include "benk-doorbell.h"
#include "benk-http-private.h"

G_BEGIN_DECLS

/* What a server says on the line. */
typedef enum
{
  BENK_DOOR_WORD_NONE,  /* not understood */
  BENK_DOOR_WORD_BOUND, /* bound, or a handshake */
  BENK_DOOR_WORD_ALIVE, /* a heartbeat */
  BENK_DOOR_WORD_RING,
} BenkDoorWord;

/* What a CapabilityStatement tells of the line. */
typedef struct
{
  char *url; /* NULL: none told */
  gboolean by_token;
} BenkDoorOffer;

typedef struct
{
  char *token;
  char *url;       /* nullable */
  gint64 until_ms; /* server time; -1: not told */
} BenkDoorPass;

struct _BenkDoorbell
{
  GObject parent_instance;

  BenkFhirClient *client;
  GRand *random;
  BenkDoorbellState state;
  char *problem;
  BenkBackoff backoff;
  guint keepalive_s;

  GCancellable *attempt;
  BenkDoorOffer *offer;
  BenkDoorPass *pass;
  char *subscription;
  char *distrusted; /* a Subscription that was refused */
  guint n_refused;
  SoupWebsocketConnection *socket;
  GSource *timer;   /* the next try; the answer to bind; or the death of the line */
  GSource *renewal; /* of the token */
  gboolean was_away;
  guint n_pongs;
};

void benk_doorbell_call (BenkDoorbell *self);
void benk_doorbell_ask_pass (BenkDoorbell *self);
void benk_doorbell_hold (BenkDoorbell *self, SoupWebsocketConnection *socket);
void benk_doorbell_bind (BenkDoorbell *self);
void benk_doorbell_lose (BenkDoorbell *self, const char *problem);
void benk_doorbell_do_without (BenkDoorbell *self, const char *problem);

BenkDoorWord benk_door_word_read (GBytes *message, const char *subscription);
BenkDoorOffer *benk_door_offer_read (GBytes *text, GError **error);
void benk_door_offer_free (BenkDoorOffer *offer);
BenkDoorPass *benk_door_pass_read (GBytes *text, GError **error);
void benk_door_pass_free (BenkDoorPass *pass);
char *benk_door_subscription_find (GBytes *text, const char *not_this);
char *benk_door_subscription_get_id (GBytes *text, const char *location);
GBytes *benk_door_subscription_compose (void);
char *benk_door_bind_compose (const char *subscription, const BenkDoorPass *pass);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkDoorOffer, benk_door_offer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkDoorPass, benk_door_pass_free)

G_END_DECLS
