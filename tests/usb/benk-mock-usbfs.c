/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-mock-usb-private.h"

#include <errno.h>
#include <string.h>
#include <termios.h>

#include <linux/ioctl.h>
#include <linux/usbdevice_fs.h>

#define SETUP_LENGTH 8
#define REQUEST_GET_DESCRIPTOR 6
#define DESCRIPTOR_STRING 3

/* What comes next on bulk IN: a packet, or the status that ends a transfer. */
typedef struct
{
  GBytes *packet;
  int status;
} InItem;

typedef struct
{
  UMockdevIoctlClient *client; /* identity of the handle only */
  UMockdevIoctlData *urb_data;
  UMockdevIoctlData *buffer;
} Urb;

struct _BenkMockUsbfs
{
  UMockdevIoctlBase parent_instance;

  GMutex mutex;
  BenkMockDevice *device;
  BenkMockSpec spec;
  char *serial;
  int slave_fd;
  gboolean unplugged;
  gboolean hold_out;
  gboolean stall_out;
  UMockdevIoctlClient *owner; /* who claimed the interface */
  GQueue in_items;
  GQueue in_urbs;
  GQueue held_urbs;
  GQueue done_urbs;
  BenkMockCounts counts;
};

G_DEFINE_FINAL_TYPE (BenkMockUsbfs, benk_mock_usbfs, UMOCKDEV_TYPE_IOCTL_BASE)

static void
in_item_free (InItem *item)
{
  g_clear_pointer (&item->packet, g_bytes_unref);
  g_free (item);
}

static void
urb_free (Urb *urb)
{
  g_clear_object (&urb->buffer);
  g_clear_object (&urb->urb_data);
  g_free (urb);
}

static struct usbdevfs_urb *
urb_peek (Urb *urb)
{
  return (struct usbdevfs_urb *) (gpointer) urb->urb_data->data;
}

/* The node polls writable exactly while something can be reaped. */
static void
update_poll (BenkMockUsbfs *self)
{
  if (!self->unplugged)
    tcflow (self->slave_fd, g_queue_is_empty (&self->done_urbs) ? TCOOFF : TCOON);
}

static void
finish_urb (BenkMockUsbfs *self, Urb *urb, int status)
{
  urb_peek (urb)->status = status;
  g_queue_push_tail (&self->done_urbs, urb);
}

/* Fills the oldest read as a host controller would: until the buffer is full or a packet
 * is short. */
static void
feed_reads (BenkMockUsbfs *self)
{
  while (!g_queue_is_empty (&self->in_urbs) && !g_queue_is_empty (&self->in_items))
    {
      Urb *urb = g_queue_peek_head (&self->in_urbs);
      InItem *item = g_queue_pop_head (&self->in_items);
      struct usbdevfs_urb *raw = urb_peek (urb);
      gboolean ended = item->packet == NULL;

      if (item->packet != NULL)
        {
          gsize length = g_bytes_get_size (item->packet);

          g_assert_cmpint (raw->actual_length + (int) length, <=, raw->buffer_length);
          if (length > 0)
            memcpy (urb->buffer->data + raw->actual_length,
                    g_bytes_get_data (item->packet, NULL), length);
          raw->actual_length += (int) length;
          ended = length < self->spec.packet || raw->actual_length == raw->buffer_length;
        }
      if (ended)
        finish_urb (self, g_queue_pop_head (&self->in_urbs), item->status);
      in_item_free (item);
    }
  update_poll (self);
}

static gsize
write_string (const char *text, guint8 *out, gsize room)
{
  gsize length = 2 + 2 * strlen (text);
  guint8 descriptor[255] = { (guint8) length, DESCRIPTOR_STRING };

  for (gsize i = 0; text[i] != '\0'; i++)
    descriptor[2 + 2 * i] = (guint8) text[i];
  memcpy (out, descriptor, MIN (length, room));
  return MIN (length, room);
}

/* Endpoint 0: strings only, the rest stalls. */
static void
answer_control (BenkMockUsbfs *self, Urb *urb)
{
  struct usbdevfs_urb *raw = urb_peek (urb);
  const guint8 *setup = urb->buffer->data;
  guint8 *out = urb->buffer->data + SETUP_LENGTH;
  gsize room = (gsize) raw->buffer_length - SETUP_LENGTH;
  const char *strings[] = { NULL, BENK_MOCK_MANUFACTURER, BENK_MOCK_PRODUCT,
                            self->serial };
  static const guint8 languages[] = { 4, DESCRIPTOR_STRING, 0x09, 0x04 };

  raw->actual_length = 0;
  if (self->spec.no_strings || setup[0] != 0x80 || setup[1] != REQUEST_GET_DESCRIPTOR ||
      setup[3] != DESCRIPTOR_STRING || setup[2] >= G_N_ELEMENTS (strings))
    {
      finish_urb (self, urb, -EPIPE);
      return;
    }
  if (setup[2] == 0)
    {
      raw->actual_length = (int) MIN (sizeof languages, room);
      memcpy (out, languages, (gsize) raw->actual_length);
    }
  else if (strings[setup[2]] != NULL)
    raw->actual_length = (int) write_string (strings[setup[2]], out, room);
  finish_urb (self, urb, 0);
}

/* Returns TRUE when the transfer went over and the device is to be told. */
static gboolean
take_out (BenkMockUsbfs *self, Urb *urb)
{
  struct usbdevfs_urb *raw = urb_peek (urb);

  if (self->stall_out)
    {
      self->stall_out = FALSE;
      finish_urb (self, urb, -EPIPE);
      return FALSE;
    }
  if (self->hold_out)
    {
      g_queue_push_tail (&self->held_urbs, urb);
      return FALSE;
    }
  raw->actual_length = raw->buffer_length;
  finish_urb (self, urb, 0);
  return TRUE;
}

static void
submit (BenkMockUsbfs *self, UMockdevIoctlClient *client, UMockdevIoctlData *arg)
{
  Urb *urb = g_new0 (Urb, 1);
  struct usbdevfs_urb *raw;
  g_autofree guint8 *sent = NULL;
  gsize length = 0;
  gboolean zlp = FALSE, told = FALSE;

  urb->client = client;
  urb->urb_data = umockdev_ioctl_data_resolve (arg, 0, sizeof *raw, NULL);
  raw = urb_peek (urb);
  urb->buffer =
    umockdev_ioctl_data_resolve (urb->urb_data,
                                 G_STRUCT_OFFSET (struct usbdevfs_urb, buffer),
                                 (gsize) raw->buffer_length, NULL);
  raw->actual_length = 0;

  if (raw->type == USBDEVFS_URB_TYPE_CONTROL)
    answer_control (self, urb);
  else if (raw->endpoint == BENK_MOCK_ENDPOINT_IN)
    {
      g_queue_push_tail (&self->in_urbs, urb);
      feed_reads (self);
    }
  else
    {
      length = (gsize) raw->buffer_length;
      zlp =
        (raw->flags & USBDEVFS_URB_ZERO_PACKET) != 0 && length % self->spec.packet == 0;
      sent = g_memdup2 (urb->buffer->data, length);
      told = take_out (self, urb);
      self->counts.n_zlp_out += told && zlp;
    }
  update_poll (self);
  umockdev_ioctl_client_complete (client, 0, 0);

  if (told && self->spec.out != NULL)
    {
      g_mutex_unlock (&self->mutex);
      self->spec.out (self->device, sent, length, zlp, self->spec.user_data);
      g_mutex_lock (&self->mutex);
    }
}

static void
reap (BenkMockUsbfs *self, UMockdevIoctlClient *client, UMockdevIoctlData *arg)
{
  for (GList *link = self->done_urbs.head; link != NULL; link = link->next)
    {
      Urb *urb = link->data;
      g_autoptr (UMockdevIoctlData) pointer = NULL;

      if (urb->client != client)
        continue;
      g_queue_delete_link (&self->done_urbs, link);
      update_poll (self);
      pointer = umockdev_ioctl_data_resolve (arg, 0, sizeof (gpointer), NULL);
      umockdev_ioctl_data_set_ptr (pointer, 0, urb->urb_data);
      umockdev_ioctl_client_complete (client, 0, 0);
      urb_free (urb);
      return;
    }
  umockdev_ioctl_client_complete (client, -1, self->unplugged ? ENODEV : EAGAIN);
}

static gboolean
discard_from (BenkMockUsbfs *self, GQueue *queue, gulong address)
{
  for (GList *link = queue->head; link != NULL; link = link->next)
    {
      Urb *urb = link->data;

      if (urb->urb_data->client_addr != address)
        continue;
      g_queue_delete_link (queue, link);
      finish_urb (self, urb, -ENOENT);
      update_poll (self);
      return TRUE;
    }
  return FALSE;
}

static void
claim (BenkMockUsbfs *self, UMockdevIoctlClient *client)
{
  if (self->owner != NULL && self->owner != client)
    {
      umockdev_ioctl_client_complete (client, -1, EBUSY);
      return;
    }
  self->owner = client;
  self->counts.n_claims++;
  umockdev_ioctl_client_complete (client, 0, 0);
}

static void
release (BenkMockUsbfs *self, UMockdevIoctlClient *client)
{
  if (self->owner == client)
    self->owner = NULL;
  self->counts.n_releases++;
  umockdev_ioctl_client_complete (client, 0, 0);
}

static void
capabilities (UMockdevIoctlClient *client, UMockdevIoctlData *arg)
{
  g_autoptr (UMockdevIoctlData) data =
    umockdev_ioctl_data_resolve (arg, 0, sizeof (guint32), NULL);
  guint32 bits = USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_BULK_CONTINUATION |
                 USBDEVFS_CAP_NO_PACKET_SIZE_LIM | USBDEVFS_CAP_BULK_SCATTER_GATHER |
                 USBDEVFS_CAP_REAP_AFTER_DISCONNECT;

  memcpy (data->data, &bits, sizeof bits);
  umockdev_ioctl_client_complete (client, 0, 0);
}

static gboolean
handle_locked (BenkMockUsbfs *self, UMockdevIoctlClient *client)
{
  UMockdevIoctlData *arg = umockdev_ioctl_client_get_arg (client);
  gulong request = umockdev_ioctl_client_get_request (client);
  gulong address;

  if (self->unplugged && request != USBDEVFS_REAPURBNDELAY)
    {
      umockdev_ioctl_client_complete (client, -1, ENODEV);
      return TRUE;
    }

  switch (request)
    {
    case USBDEVFS_GET_CAPABILITIES:
      capabilities (client, arg);
      return TRUE;
    case USBDEVFS_CLAIMINTERFACE:
    case USBDEVFS_DISCONNECT_CLAIM:
      claim (self, client);
      return TRUE;
    case USBDEVFS_RELEASEINTERFACE:
      release (self, client);
      return TRUE;
    case USBDEVFS_GETDRIVER:
      umockdev_ioctl_client_complete (client, -1, ENODATA);
      return TRUE;
    case USBDEVFS_CLEAR_HALT:
      self->counts.n_clear_halts++;
      umockdev_ioctl_client_complete (client, 0, 0);
      return TRUE;
    case USBDEVFS_RESET:
      self->counts.n_resets++;
      umockdev_ioctl_client_complete (client, 0, 0);
      return TRUE;
    case USBDEVFS_SUBMITURB:
      submit (self, client, arg);
      return TRUE;
    case USBDEVFS_REAPURBNDELAY:
      reap (self, client, arg);
      return TRUE;
    case USBDEVFS_DISCARDURB:
      memcpy (&address, arg->data, sizeof address);
      if (discard_from (self, &self->in_urbs, address) ||
          discard_from (self, &self->held_urbs, address))
        umockdev_ioctl_client_complete (client, 0, 0);
      else
        umockdev_ioctl_client_complete (client, -1, EINVAL);
      return TRUE;
    default:
      umockdev_ioctl_client_complete (client, -1, ENOTTY);
      return TRUE;
    }
}

static gboolean
benk_mock_usbfs_handle_ioctl (UMockdevIoctlBase *base, UMockdevIoctlClient *client)
{
  BenkMockUsbfs *self = BENK_MOCK_USBFS (base);
  gboolean handled;

  g_mutex_lock (&self->mutex);
  handled = handle_locked (self, client);
  g_mutex_unlock (&self->mutex);
  return handled;
}

static void
drop_urbs_of (GQueue *queue, UMockdevIoctlClient *client)
{
  GList *next;

  for (GList *link = queue->head; link != NULL; link = next)
    {
      Urb *urb = link->data;

      next = link->next;
      if (urb->client == client)
        {
          urb_free (urb);
          g_queue_delete_link (queue, link);
        }
    }
}

static void
benk_mock_usbfs_client_vanished (UMockdevIoctlBase *base, UMockdevIoctlClient *client)
{
  BenkMockUsbfs *self = BENK_MOCK_USBFS (base);

  g_mutex_lock (&self->mutex);
  drop_urbs_of (&self->in_urbs, client);
  drop_urbs_of (&self->held_urbs, client);
  drop_urbs_of (&self->done_urbs, client);
  if (self->owner == client)
    self->owner = NULL;
  update_poll (self);
  g_mutex_unlock (&self->mutex);
}

static void
benk_mock_usbfs_finalize (GObject *object)
{
  BenkMockUsbfs *self = BENK_MOCK_USBFS (object);

  g_queue_clear_full (&self->in_items, (GDestroyNotify) in_item_free);
  g_queue_clear_full (&self->in_urbs, (GDestroyNotify) urb_free);
  g_queue_clear_full (&self->held_urbs, (GDestroyNotify) urb_free);
  g_queue_clear_full (&self->done_urbs, (GDestroyNotify) urb_free);
  g_mutex_clear (&self->mutex);
  g_free (self->serial);

  G_OBJECT_CLASS (benk_mock_usbfs_parent_class)->finalize (object);
}

static void
benk_mock_usbfs_class_init (BenkMockUsbfsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  UMockdevIoctlBaseClass *base_class = UMOCKDEV_IOCTL_BASE_CLASS (klass);

  object_class->finalize = benk_mock_usbfs_finalize;
  base_class->handle_ioctl = benk_mock_usbfs_handle_ioctl;
  base_class->client_vanished = benk_mock_usbfs_client_vanished;
}

static void
benk_mock_usbfs_init (BenkMockUsbfs *self)
{
  g_mutex_init (&self->mutex);
  g_queue_init (&self->in_items);
  g_queue_init (&self->in_urbs);
  g_queue_init (&self->held_urbs);
  g_queue_init (&self->done_urbs);
}

BenkMockUsbfs *
benk_mock_usbfs_new (BenkMockDevice *device, const BenkMockSpec *spec, int slave_fd)
{
  BenkMockUsbfs *self = g_object_new (BENK_TYPE_MOCK_USBFS, NULL);

  self->device = device;
  self->spec = *spec;
  self->serial = g_strdup (spec->serial);
  self->slave_fd = slave_fd;
  update_poll (self);
  return self;
}

/* Everything under way ends in -ESHUTDOWN; later calls get ENODEV. */
void
benk_mock_usbfs_unplug (BenkMockUsbfs *self)
{
  Urb *urb;

  g_mutex_lock (&self->mutex);
  while ((urb = g_queue_pop_head (&self->in_urbs)) != NULL)
    finish_urb (self, urb, -ESHUTDOWN);
  while ((urb = g_queue_pop_head (&self->held_urbs)) != NULL)
    finish_urb (self, urb, -ESHUTDOWN);
  update_poll (self);
  self->unplugged = TRUE;
  g_mutex_unlock (&self->mutex);
}

static void
push (BenkMockUsbfs *self, GBytes *packet, int status)
{
  InItem *item = g_new0 (InItem, 1);

  item->packet = packet != NULL ? g_bytes_ref (packet) : NULL;
  item->status = status;
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->in_items, item);
  if (!self->unplugged)
    feed_reads (self);
  g_mutex_unlock (&self->mutex);
}

void
benk_mock_usbfs_push_packet (BenkMockUsbfs *self, GBytes *packet)
{
  push (self, packet, 0);
}

void
benk_mock_usbfs_push_status (BenkMockUsbfs *self, int status)
{
  push (self, NULL, status);
}

void
benk_mock_usbfs_stall_out (BenkMockUsbfs *self)
{
  g_mutex_lock (&self->mutex);
  self->stall_out = TRUE;
  g_mutex_unlock (&self->mutex);
}

void
benk_mock_usbfs_hold_out (BenkMockUsbfs *self, gboolean hold)
{
  g_mutex_lock (&self->mutex);
  self->hold_out = hold;
  g_mutex_unlock (&self->mutex);
}

BenkMockCounts
benk_mock_usbfs_count (BenkMockUsbfs *self)
{
  BenkMockCounts counts;

  g_mutex_lock (&self->mutex);
  counts = self->counts;
  counts.n_pending =
    self->in_urbs.length + self->held_urbs.length + self->done_urbs.length;
  g_mutex_unlock (&self->mutex);
  return counts;
}
