/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BENK_USBIP_VERSION 0x0111
#define BENK_USBIP_PORT 3240
#define BENK_USBIP_BUSID 32
/** Octets of every header of a device that has been imported. */
#define BENK_USBIP_HEADER 48
/** Longest transfer that is taken: what usbfs takes (16 MiB) is never needed. */
#define BENK_USBIP_MAX_DATA (1024 * 1024)
/** Most packets of an isochronous transfer, which no dispenser has. */
#define BENK_USBIP_MAX_PACKETS 1024

/**
 * BenkUsbipStatus:
 *
 * Answers of a server to a request for the list or for a device.
 */
typedef enum
{
  BENK_USBIP_OK = 0,
  BENK_USBIP_NOT_AVAILABLE = 1,
  BENK_USBIP_BUSY = 2,
  BENK_USBIP_DEVICE_ERROR = 3,
  BENK_USBIP_NO_DEVICE = 4,
  BENK_USBIP_ERROR = 5,
} BenkUsbipStatus;

/**
 * BenkUsbipResult:
 *
 * How a transfer ended: numbers of Linux, negative, whatever system serves it.
 */
typedef enum
{
  BENK_USBIP_DONE = 0,
  BENK_USBIP_NO_ROOM = -12,
  BENK_USBIP_INVALID = -22,
  BENK_USBIP_STALLED = -32,
  BENK_USBIP_OVERFLOW = -75,
  BENK_USBIP_UNLINKED = -104,
  BENK_USBIP_SHORT = -121,
} BenkUsbipResult;

/** Flags of a transfer that a device has to know. */
#define BENK_USBIP_SHORT_NOT_OK 0x0001
#define BENK_USBIP_ZERO_PACKET 0x0040

/**
 * BenkUsbipKind:
 * @BENK_USBIP_LIST: asks for the devices
 * @BENK_USBIP_IMPORT: wants the device @busid
 * @BENK_USBIP_SUBMIT: a transfer
 * @BENK_USBIP_UNLINK: takes the transfer @unlink back
 */
typedef enum
{
  BENK_USBIP_LIST,
  BENK_USBIP_IMPORT,
  BENK_USBIP_SUBMIT,
  BENK_USBIP_UNLINK,
} BenkUsbipKind;

/**
 * BenkUsbipMessage:
 * @busid: of an import
 * @in: whether the transfer is from the device
 * @endpoint: number without direction
 * @flags: %BENK_USBIP_SHORT_NOT_OK …
 * @length: room, or octets of @data
 * @n_packets: as it came; 0 and 0xffffffff say that it is not isochronous
 * @data: (nullable): to the device
 * @packets: (nullable): descriptors of isochronous packets, 16 octets each
 *
 * What a client sends.
 */
typedef struct
{
  BenkUsbipKind kind;
  char busid[BENK_USBIP_BUSID + 1];
  guint32 seqnum;
  guint32 devid;
  gboolean in;
  guint32 endpoint;
  guint32 flags;
  guint32 length;
  guint32 start_frame;
  guint32 n_packets;
  guint8 setup[8];
  guint32 unlink;
  GBytes *data;
  GBytes *packets;
} BenkUsbipMessage;

void benk_usbip_message_free (BenkUsbipMessage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkUsbipMessage, benk_usbip_message_free)

/**
 * BenkUsbipReader:
 *
 * Cuts messages off the octets of a client; bounded, as anybody may be at the other end.
 */
typedef struct _BenkUsbipReader BenkUsbipReader;

BenkUsbipReader *benk_usbip_reader_new (void);
void benk_usbip_reader_free (BenkUsbipReader *self);
void benk_usbip_reader_set_imported (BenkUsbipReader *self);
void benk_usbip_reader_push (BenkUsbipReader *self, const guint8 *data, gsize length);
gsize benk_usbip_reader_get_pending (const BenkUsbipReader *self);
BenkUsbipMessage *benk_usbip_reader_next (BenkUsbipReader *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkUsbipReader, benk_usbip_reader_free)

GBytes *benk_usbip_compose_list (GPtrArray *descriptions);
GBytes *benk_usbip_compose_import (BenkUsbipStatus status, GBytes *description);
GBytes *benk_usbip_compose_done (const BenkUsbipMessage *submit,
                                 BenkUsbipResult result,
                                 const guint8 *data,
                                 gsize length);
GBytes *benk_usbip_compose_unlinked (const BenkUsbipMessage *unlink,
                                     BenkUsbipResult result);
GBytes *benk_usbip_compose_description (const char *path,
                                        const char *busid,
                                        guint32 devid,
                                        const guint8 device[18]);

G_END_DECLS
