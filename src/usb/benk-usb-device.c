/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-device-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-mds.h"
#include "benk-usb-error.h"
#include "benk-usb-host.h"
#include "benk-usb-string.h"
#include "benk-usb-transfer.h"

/* A string descriptor is read at once by any device that works; USB 2.0, 9.2.6.4 allows
 * 500 ms for a request with data. */
#define STRING_TIMEOUT_MS 1000
#define LANGUAGE_ENGLISH_US 0x0409

typedef enum
{
  STRING_LANGUAGES,
  STRING_SERIAL,
  STRING_PRODUCT,
  STRING_MANUFACTURER,
  N_STRINGS,
} StringKind;

/* As the kernel names them. */
static const char *const known_names[N_STRINGS] = { NULL, "serial", "product",
                                                    "manufacturer" };

struct _BenkUsbDevice
{
  GObject parent_instance;

  BenkUsbContext *context;
  libusb_device *libusb;
  char *bus_path;
  guint16 vendor_id;
  guint16 product_id;
  guint8 indexes[N_STRINGS];
  char *strings[N_STRINGS];
  BenkUsbInterface interface;
  GError *error;
  struct _Probe *probe; /* while it is under way */
  guint n_closing;
  GQueue waiting;
};

G_DEFINE_FINAL_TYPE (BenkUsbDevice, benk_usb_device, G_TYPE_OBJECT)

typedef struct _Probe
{
  BenkUsbContext *context;
  libusb_device_handle *handle;
  BenkUsbTransfer *transfer;
  guint kind;
  guint16 language;
  GTask *task; /* not owned: the task owns the probe */
} Probe;

static void
probe_free (Probe *probe)
{
  g_clear_pointer (&probe->transfer, benk_usb_transfer_free);
  if (probe->handle != NULL)
    benk_usb_context_close (probe->context, probe->handle);
  g_object_unref (probe->context);
  g_free (probe);
}

static char *
build_bus_path (libusb_device *libusb)
{
  guint8 ports[7]; /* no tree is deeper (USB 3.0) */
  int n_ports = libusb_get_port_numbers (libusb, ports, G_N_ELEMENTS (ports));
  GString *path = g_string_new (NULL);

  g_string_printf (path, "%u-", libusb_get_bus_number (libusb));
  for (int i = 0; i < n_ports; i++)
    g_string_append_printf (path, i > 0 ? ".%u" : "%u", ports[i]);
  if (n_ports <= 0)
    g_string_append_c (path, '0');
  return g_string_free (path, FALSE);
}

static int
get_config (libusb_device *libusb, struct libusb_config_descriptor **config)
{
  int code = libusb_get_active_config_descriptor (libusb, config);

  if (code == LIBUSB_ERROR_NOT_FOUND)
    code = libusb_get_config_descriptor (libusb, 0, config);
  return code;
}

static void ask_next_string (Probe *probe);

static void
end_probe (Probe *probe)
{
  g_autoptr (GTask) task = probe->task;
  BenkUsbDevice *self = g_task_get_source_object (task);

  self->probe = NULL;
  g_task_return_boolean (task, TRUE);
}

static void
on_string (BenkUsbTransfer *transfer,
           enum libusb_transfer_status status,
           const guint8 *data,
           gsize length,
           gpointer user_data)
{
  Probe *probe = user_data;
  BenkUsbDevice *self = g_task_get_source_object (probe->task);

  if (status == LIBUSB_TRANSFER_COMPLETED)
    {
      if (probe->kind == STRING_LANGUAGES)
        {
          if (length >= 4 && data[1] == LIBUSB_DT_STRING)
            probe->language = (guint16) (data[2] | data[3] << 8);
        }
      else
        {
          g_autofree char *text = benk_usb_string_decode (data, length);

          if (text != NULL)
            {
              g_free (self->strings[probe->kind]);
              self->strings[probe->kind] = g_steal_pointer (&text);
            }
        }
    }
  else if (status == LIBUSB_TRANSFER_NO_DEVICE || status == LIBUSB_TRANSFER_CANCELLED)
    {
      end_probe (probe);
      return;
    }

  probe->kind++;
  ask_next_string (probe);
}

static void
ask_next_string (Probe *probe)
{
  BenkUsbDevice *self = g_task_get_source_object (probe->task);

  while (probe->kind < N_STRINGS && probe->kind != STRING_LANGUAGES &&
         self->indexes[probe->kind] == 0)
    probe->kind++;

  if (probe->kind == N_STRINGS ||
      !benk_usb_transfer_submit_control_in (
        probe->transfer, probe->handle, LIBUSB_ENDPOINT_IN, LIBUSB_REQUEST_GET_DESCRIPTOR,
        (guint16) (LIBUSB_DT_STRING << 8 | self->indexes[probe->kind]),
        probe->kind == STRING_LANGUAGES ? 0 : probe->language, BENK_USB_STRING_MAX,
        STRING_TIMEOUT_MS, NULL))
    end_probe (probe);
}

static void
benk_usb_device_finalize (GObject *object)
{
  BenkUsbDevice *self = BENK_USB_DEVICE (object);

  g_clear_pointer (&self->libusb, libusb_unref_device);
  g_clear_object (&self->context);
  g_free (self->bus_path);
  for (guint i = 0; i < N_STRINGS; i++)
    g_free (self->strings[i]);
  g_clear_error (&self->error);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) g_source_unref);

  G_OBJECT_CLASS (benk_usb_device_parent_class)->finalize (object);
}

static void
benk_usb_device_class_init (BenkUsbDeviceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = benk_usb_device_finalize;
}

static void
benk_usb_device_init (BenkUsbDevice *self)
{
  g_queue_init (&self->waiting);
}

/**
 * benk_usb_device_is_hub:
 * @libusb: a device on the bus
 *
 * Returns: whether it only carries others
 */
gboolean
benk_usb_device_is_hub (libusb_device *libusb)
{
  struct libusb_device_descriptor descriptor;

  return libusb_get_device_descriptor (libusb, &descriptor) == LIBUSB_SUCCESS &&
         descriptor.bDeviceClass == LIBUSB_CLASS_HUB;
}

/**
 * benk_usb_device_is_candidate:
 * @libusb: a device on the bus
 *
 * Tells without opening anything: a kernel's root hubs answer BUSY or worse.
 *
 * Returns: whether one of its interfaces is of the personal healthcare class
 */
gboolean
benk_usb_device_is_candidate (libusb_device *libusb)
{
  struct libusb_config_descriptor *config = NULL;
  BenkUsbInterface interface;
  g_autoptr (GError) error = NULL;
  gboolean found;

  if (get_config (libusb, &config) != LIBUSB_SUCCESS)
    return FALSE;
  found = benk_usb_interface_find (config, &interface, &error) ||
          !g_error_matches (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  libusb_free_config_descriptor (config);
  return found;
}

/**
 * benk_usb_device_new:
 * @context: the context @libusb came from
 * @libusb: a device on the bus
 *
 * Returns: (transfer full): the device; with an error set if its descriptors are unusable
 */
BenkUsbDevice *
benk_usb_device_new (BenkUsbContext *context, libusb_device *libusb)
{
  BenkUsbDevice *self = g_object_new (BENK_TYPE_USB_DEVICE, NULL);
  struct libusb_device_descriptor descriptor;
  struct libusb_config_descriptor *config = NULL;
  int code;

  self->context = g_object_ref (context);
  self->libusb = libusb_ref_device (libusb);
  self->bus_path = build_bus_path (libusb);
  if (libusb_get_device_descriptor (libusb, &descriptor) == LIBUSB_SUCCESS)
    {
      self->vendor_id = descriptor.idVendor;
      self->product_id = descriptor.idProduct;
      self->indexes[STRING_SERIAL] = descriptor.iSerialNumber;
      self->indexes[STRING_PRODUCT] = descriptor.iProduct;
      self->indexes[STRING_MANUFACTURER] = descriptor.iManufacturer;
    }

  for (guint i = STRING_SERIAL; i < N_STRINGS; i++)
    self->strings[i] = benk_usb_string_read_known (self->bus_path, known_names[i]);

  code = get_config (libusb, &config);
  if (code != LIBUSB_SUCCESS)
    self->error = benk_usb_error_new (code, _ ("Cannot read what the device offers"));
  else
    {
      benk_usb_interface_find (config, &self->interface, &self->error);
      libusb_free_config_descriptor (config);
    }
  return self;
}

/**
 * benk_usb_device_probe_async:
 * @self: a device
 * @callback: called when done
 * @user_data: given to @callback
 *
 * Opens the device for as long as it takes to read its three strings. Nothing is claimed.
 * What cannot be read stays unknown; a device that may not be opened keeps the error.
 */
void
benk_usb_device_probe_async (BenkUsbDevice *self,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Probe *probe;
  int code;

  g_return_if_fail (BENK_IS_USB_DEVICE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, benk_usb_device_probe_async);

  probe = g_new0 (Probe, 1);
  probe->context = g_object_ref (self->context);
  probe->task = task;
  probe->language = LANGUAGE_ENGLISH_US;
  g_task_set_task_data (task, probe, (GDestroyNotify) probe_free);

  if (g_error_matches (self->error, BENK_ERROR, BENK_ERROR_PERMISSION))
    g_clear_error (&self->error);
  code = benk_usb_context_open (self->context, self->libusb, &probe->handle);
  if (code != LIBUSB_SUCCESS)
    {
      if (self->error == NULL)
        self->error = benk_usb_error_new (code, _ ("Cannot open the device"));
      g_task_return_boolean (task, TRUE);
      return;
    }
  probe->transfer = benk_usb_transfer_new (self->context, on_string, probe);
  self->probe = probe;
  g_steal_pointer (&task);
  ask_next_string (probe);
}

/**
 * benk_usb_device_probe_finish:
 * @self: a device
 * @result: the result given to the callback
 *
 * Ends benk_usb_device_probe_async().
 */
void
benk_usb_device_probe_finish (BenkUsbDevice *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

/**
 * benk_usb_device_cancel_probe:
 * @self: a device
 *
 * Ends benk_usb_device_probe_async() early, if it is under way.
 */
void
benk_usb_device_cancel_probe (BenkUsbDevice *self)
{
  g_return_if_fail (BENK_IS_USB_DEVICE (self));

  if (self->probe != NULL)
    benk_usb_transfer_cancel (self->probe->transfer);
}

/**
 * benk_usb_device_begin_close:
 * @self: a device
 *
 * Says that a link of this device is about to let go of it.
 */
void
benk_usb_device_begin_close (BenkUsbDevice *self)
{
  g_return_if_fail (BENK_IS_USB_DEVICE (self));

  self->n_closing++;
}

/**
 * benk_usb_device_end_close:
 * @self: a device
 *
 * Says that the link has let go; who waited for that may go on.
 */
void
benk_usb_device_end_close (BenkUsbDevice *self)
{
  GSource *source;

  g_return_if_fail (BENK_IS_USB_DEVICE (self));
  g_return_if_fail (self->n_closing > 0);

  self->n_closing--;
  while (self->n_closing == 0 && (source = g_queue_pop_head (&self->waiting)) != NULL)
    {
      g_source_attach (source, benk_usb_context_get_main_context (self->context));
      g_source_unref (source);
    }
}

/**
 * benk_usb_device_wait_closed:
 * @self: a device
 * @func: run once from the main context when no link is closing
 * @data: given to @func
 *
 * Lets a new link wait until the former one has released the interface.
 */
void
benk_usb_device_wait_closed (BenkUsbDevice *self, GSourceFunc func, gpointer data)
{
  GSource *source;

  g_return_if_fail (BENK_IS_USB_DEVICE (self));

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, NULL);
  g_queue_push_tail (&self->waiting, source);
  self->n_closing++;
  benk_usb_device_end_close (self);
}

/**
 * benk_usb_device_get_context:
 * @self: a device
 *
 * Returns: (transfer none): the context the device belongs to
 */
BenkUsbContext *
benk_usb_device_get_context (BenkUsbDevice *self)
{
  g_return_val_if_fail (BENK_IS_USB_DEVICE (self), NULL);

  return self->context;
}

/**
 * benk_usb_device_get_libusb:
 * @self: a device
 *
 * Returns: (transfer none): libusb's device
 */
libusb_device *
benk_usb_device_get_libusb (BenkUsbDevice *self)
{
  g_return_val_if_fail (BENK_IS_USB_DEVICE (self), NULL);

  return self->libusb;
}

/**
 * benk_usb_device_get_interface:
 * @self: a device
 *
 * Returns: (transfer none): its interface; without pipes if the device has an error
 */
const BenkUsbInterface *
benk_usb_device_get_interface (BenkUsbDevice *self)
{
  g_return_val_if_fail (BENK_IS_USB_DEVICE (self), NULL);

  return &self->interface;
}

/**
 * benk_usb_device_get_bus_path:
 * @self: a device
 *
 * Returns: (transfer none): bus and ports, as in "3-1.2"; the same after a replug into
 * the same socket
 */
const char *
benk_usb_device_get_bus_path (BenkUsbDevice *self)
{
  g_return_val_if_fail (BENK_IS_USB_DEVICE (self), NULL);

  return self->bus_path;
}

/**
 * benk_usb_device_get_vendor_id:
 * @self: a device
 *
 * Returns: idVendor
 */
guint16
benk_usb_device_get_vendor_id (BenkUsbDevice *self)
{
  g_return_val_if_fail (BENK_IS_USB_DEVICE (self), 0);

  return self->vendor_id;
}

/**
 * benk_usb_device_get_product_id:
 * @self: a device
 *
 * Returns: idProduct
 */
guint16
benk_usb_device_get_product_id (BenkUsbDevice *self)
{
  g_return_val_if_fail (BENK_IS_USB_DEVICE (self), 0);

  return self->product_id;
}

/**
 * benk_usb_device_is_simulated:
 * @self: a device
 *
 * What can be known before a word was said: it names itself so in its descriptors, or it
 * comes over a network. One that lies about all of this, on a real bus, is not told from
 * a dispenser.
 *
 * Returns: whether nothing that it says may be proof
 */
gboolean
benk_usb_device_is_simulated (BenkUsbDevice *self)
{
  g_return_val_if_fail (BENK_IS_USB_DEVICE (self), TRUE);

  return g_strcmp0 (self->strings[STRING_MANUFACTURER], BENK_SIMULATED_MAKER) == 0 ||
         benk_usb_host_is_made_up (libusb_get_bus_number (self->libusb));
}

/**
 * benk_usb_device_get_manufacturer:
 * @self: a device
 *
 * Returns: (transfer none) (nullable): what the device's string says, unverified
 */
const char *
benk_usb_device_get_manufacturer (BenkUsbDevice *self)
{
  g_return_val_if_fail (BENK_IS_USB_DEVICE (self), NULL);

  return self->strings[STRING_MANUFACTURER];
}

/**
 * benk_usb_device_get_product:
 * @self: a device
 *
 * Returns: (transfer none) (nullable): what the device's string says, unverified
 */
const char *
benk_usb_device_get_product (BenkUsbDevice *self)
{
  g_return_val_if_fail (BENK_IS_USB_DEVICE (self), NULL);

  return self->strings[STRING_PRODUCT];
}

/**
 * benk_usb_device_get_serial:
 * @self: a device
 *
 * Returns: (transfer none) (nullable): the serial number of the USB descriptors
 */
const char *
benk_usb_device_get_serial (BenkUsbDevice *self)
{
  g_return_val_if_fail (BENK_IS_USB_DEVICE (self), NULL);

  return self->strings[STRING_SERIAL];
}

/**
 * benk_usb_device_get_function:
 * @self: a device
 *
 * Returns: (transfer none): what its class descriptors say
 */
const BenkPhdcFunction *
benk_usb_device_get_function (BenkUsbDevice *self)
{
  g_return_val_if_fail (BENK_IS_USB_DEVICE (self), NULL);

  return &self->interface.function;
}

/**
 * benk_usb_device_get_error:
 * @self: a device
 *
 * Returns: (transfer none) (nullable): why the device cannot be used;
 *   %BENK_ERROR_PERMISSION when the udev rule is missing
 */
const GError *
benk_usb_device_get_error (BenkUsbDevice *self)
{
  g_return_val_if_fail (BENK_IS_USB_DEVICE (self), NULL);

  return self->error;
}
