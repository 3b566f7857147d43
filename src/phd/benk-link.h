/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-link-kind.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define BENK_TYPE_LINK (benk_link_get_type ())
G_DECLARE_DERIVABLE_TYPE (BenkLink, benk_link, BENK, LINK, GObject)

/**
 * BenkLink:
 *
 * Exchanges whole APDUs with one device. Everything happens on the #GMainContext that was
 * the thread's default when the link was opened; nothing blocks.
 */

/**
 * BenkLinkClass:
 * @open_async: gets ready to send and to receive
 * @send_async: sends one whole APDU; one at a time
 * @close: stops at once; the link emits nothing afterwards
 */
struct _BenkLinkClass
{
  GObjectClass parent_class;

  void (*open_async) (BenkLink *self,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  gboolean (*open_finish) (BenkLink *self, GAsyncResult *result, GError **error);
  void (*send_async) (BenkLink *self,
                      GBytes *apdu,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  gboolean (*send_finish) (BenkLink *self, GAsyncResult *result, GError **error);
  void (*close) (BenkLink *self);

  gpointer padding[6];
};

/**
 * BenkLinkMoment:
 * @BENK_LINK_OPENING: it is being opened
 * @BENK_LINK_OPENED: it is open
 * @BENK_LINK_NOT_OPENED: it could not be opened
 * @BENK_LINK_SENDING: an APDU goes out
 * @BENK_LINK_NOT_SENT: an APDU did not get out
 * @BENK_LINK_RECEIVED: an APDU came in
 * @BENK_LINK_LOST: it is down
 * @BENK_LINK_CLOSED: this side closed it
 *
 * What a tap is told of.
 */
typedef enum
{
  BENK_LINK_OPENING,
  BENK_LINK_OPENED,
  BENK_LINK_NOT_OPENED,
  BENK_LINK_SENDING,
  BENK_LINK_NOT_SENT,
  BENK_LINK_RECEIVED,
  BENK_LINK_LOST,
  BENK_LINK_CLOSED,
} BenkLinkMoment;

/**
 * BenkLinkTapFunc:
 * @link: the link
 * @moment: what happens
 * @apdu: (nullable): one whole APDU, of %BENK_LINK_SENDING and %BENK_LINK_RECEIVED
 * @error: (nullable): why, of what went wrong
 * @user_data: as given
 *
 * Sees everything that goes over a link of any kind, in the order in which the owner of
 * the link sees it.
 */
typedef void (*BenkLinkTapFunc) (BenkLink *link,
                                 BenkLinkMoment moment,
                                 GBytes *apdu,
                                 const GError *error,
                                 gpointer user_data);

void benk_link_set_tap (BenkLink *self,
                        BenkLinkTapFunc func,
                        gpointer user_data,
                        GDestroyNotify destroy);

BenkLinkKind benk_link_get_kind (BenkLink *self);
const char *benk_link_get_description (BenkLink *self);
const char *benk_link_get_bus_path (BenkLink *self);
const char *benk_link_get_usb_serial (BenkLink *self);

void benk_link_open_async (BenkLink *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean benk_link_open_finish (BenkLink *self, GAsyncResult *result, GError **error);
void benk_link_send_async (BenkLink *self,
                           GBytes *apdu,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean benk_link_send_finish (BenkLink *self, GAsyncResult *result, GError **error);
void benk_link_close (BenkLink *self);

void benk_link_emit_received (BenkLink *self, GBytes *apdu);
void benk_link_emit_down (BenkLink *self, const GError *error);

G_END_DECLS
